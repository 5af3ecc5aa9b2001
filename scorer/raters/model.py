"""The rater model of one dimension: the two fits in people's terms, plain means beside them.

Shape suffixes: I items, A annotators.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final, Self

import numpy as np

from scorer.raters import involvement, levels
from scorer.raters.em import Fit
from scorer.raters.em import fit as fit_law
from scorer.raters.involvement import chance
from scorer.ratings import Ints, Ratings
from scorer.rubric import INVOLVED_LEVELS
from scorer.tables import Floats, Table
from scorer.tables import applicability as table_of_involvement
from scorer.tables import levels as table_of_levels

VERSION: Final = 1
"""Raised whenever the same ratings would give other figures."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Items:
    """What each item deserves. A level is NaN where nobody gave one."""

    item: Ints
    ratings: Ints
    levels: Ints
    """How many ratings gave a level, that is, found the dimension involved."""
    involved: Floats
    """How likely the dimension is involved."""
    level: Floats
    """The level, if involved: the mean of what is likely, from 1 to 5."""
    level_sd: Floats
    plain_involved: Floats
    """The share of ratings that found the dimension involved."""
    plain_level: Floats
    """The mean of the levels given."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Annotators:
    """What each annotator is like, with deviations (`_sd`) that say how sure that is.

    Who has rated little is thought to be like the others, with wide deviations.
    """

    annotator: Ints
    ratings: Ints
    levels: Ints
    sensitivity: Floats
    """How likely they find involved what is."""
    sensitivity_sd: Floats
    specificity: Floats
    """How likely they find not involved what is not."""
    specificity_sd: Floats
    bias: Floats
    """In levels; above 0 is generous. The mean over all ratings is 0: only differences show."""
    bias_sd: Floats
    noise: Floats
    """The standard deviation of what they see around the truth and their bias, in levels."""
    noise_sd: Floats
    guessing: Floats
    """The share of levels that they give whatever is shown."""
    guessing_sd: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """How many steps a fit took, and whether it then stood still."""

    steps: int
    converged: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RaterModel:
    version: int
    items: Items
    annotators: Annotators
    involvement: Steps
    level: Steps

    def as_json(self) -> dict[str, Any]:
        """Plain dicts, lists and numbers; what is NaN becomes None."""
        return {
            "version": self.version,
            "items": _lists(self.items),
            "annotators": _lists(self.annotators),
            "involvement": {f.name: getattr(self.involvement, f.name) for f in fields(Steps)},
            "level": {f.name: getattr(self.level, f.name) for f in fields(Steps)},
        }

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Self:
        """The model that `as_json` wrote; ValueError if another version did."""
        if record["version"] != VERSION:
            raise ValueError(f"a rater model of version {record['version']}, not {VERSION}")
        return cls(
            version=VERSION,
            items=Items(**_arrays(Items, record["items"])),
            annotators=Annotators(**_arrays(Annotators, record["annotators"])),
            involvement=Steps(**record["involvement"]),
            level=Steps(**record["level"]),
        )


def fit(ratings: Ratings) -> RaterModel:
    """Fit the model. The same ratings give the same model; a million take some seconds."""
    involved, level = table_of_involvement(ratings), table_of_levels(ratings)
    involved_fit = fit_law(involved, involvement.LAW)
    level_fit = fit_law(level, levels.law(level))
    return RaterModel(
        version=VERSION,
        items=_items(ratings, involved, level, involved_fit, level_fit),
        annotators=_annotators(ratings, involved, level, involved_fit, level_fit),
        involvement=Steps(steps=involved_fit.steps, converged=involved_fit.converged),
        level=Steps(steps=level_fit.steps, converged=level_fit.converged),
    )


def _items(
    ratings: Ratings, involved: Table, level: Table, involved_fit: Fit, level_fit: Fit
) -> Items:
    item_I = np.unique(ratings.item)
    has_I = np.isin(item_I, ratings.involved().item)
    return Items(
        item=item_I,
        ratings=involved.raters_I.astype(np.int64),
        levels=_spread(level.raters_I, has_I, 0).astype(np.int64),
        involved=involved_fit.mean(),
        level=_spread(level_fit.mean(), has_I, np.nan),
        level_sd=_spread(level_fit.deviation(), has_I, np.nan),
        plain_involved=involved.counts_IK[:, 1] / involved.raters_I,
        plain_level=_spread(
            level.counts_IK @ np.array(INVOLVED_LEVELS) / level.raters_I, has_I, np.nan
        ),
    )


def _annotators(
    ratings: Ratings, involved: Table, level: Table, involved_fit: Fit, level_fit: Fit
) -> Annotators:
    annotator_A = np.unique(ratings.annotator)
    has_A = np.isin(annotator_A, ratings.involved().annotator)
    sensitivity_A, specificity_A = chance(involved_fit.number_AP).T
    found_A, refused_A = involved_fit.deviation_AP.T
    bias_A, log_noise_A, guessing_A = (
        _spread(number, has_A, centre)
        for number, centre in zip(level_fit.number_AP.T, level_fit.centre_P, strict=True)
    )
    bias_sd_A, log_noise_sd_A, guessing_sd_A = (
        _spread(deviation, has_A, spread)
        for deviation, spread in zip(level_fit.deviation_AP.T, level_fit.law.spread_P, strict=True)
    )
    # The deviations of chances and of the noise follow from those of their logits and logarithm.
    return Annotators(
        annotator=annotator_A,
        ratings=np.bincount(involved.annotator_N, minlength=len(annotator_A)),
        levels=_spread(np.bincount(level.annotator_N), has_A, 0).astype(np.int64),
        sensitivity=sensitivity_A,
        sensitivity_sd=found_A * sensitivity_A * (1 - sensitivity_A),
        specificity=specificity_A,
        specificity_sd=refused_A * specificity_A * (1 - specificity_A),
        bias=bias_A,
        bias_sd=bias_sd_A,
        noise=np.exp(log_noise_A),
        noise_sd=log_noise_sd_A * np.exp(log_noise_A),
        guessing=chance(guessing_A),
        guessing_sd=guessing_sd_A * chance(guessing_A) * (1 - chance(guessing_A)),
    )


def _spread(figure: Floats | Ints, has: Any, otherwise: float) -> Floats:
    """The figures where there are any, something else elsewhere."""
    whole = np.full(len(has), otherwise, np.float64)
    whole[has] = figure
    return whole


def _lists(columns: Items | Annotators) -> dict[str, list[float | None]]:
    named = {field.name: getattr(columns, field.name).tolist() for field in fields(columns)}
    return {
        name: [None if np.isnan(cell) else cell for cell in cells] for name, cells in named.items()
    }


def _arrays(columns: type[Items | Annotators], record: Mapping[str, Any]) -> dict[str, Any]:
    return {
        field.name: np.array(
            record[field.name], dtype=np.int64 if field.type is Ints else np.float64
        )
        for field in fields(columns)
    }
