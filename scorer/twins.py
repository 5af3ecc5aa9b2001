"""Degraded twins: does a scorer see what is wrong, where it is wrong, and nowhere else?

A twin is a good caption of which one dimension was made wrong. That dimension should fall and the
other four should stay. Annotators are tested by the same texts.

Shape suffixes: T twins, D dimensions, V videos.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Final

import numpy as np

from scorer.degrading import degrade
from scorer.evaluation.drawn import Drawn, Values
from scorer.evaluation.report import RESAMPLES
from scorer.files import BadFile
from scorer.frames import Unreadable
from scorer.metrics import human_level
from scorer.rubric import Dimension
from scorer.scorer import Scorer
from scorer.sights import PathOf
from scorer.snapshot import Example
from scorer.tables import Floats

FORMAT: Final = "crest.twins/1"
GOOD: Final = 4.0
"""People's level from which a caption is good enough to be spoiled."""

FALL: Final = 0.5
"""Levels by which a dimension must fall to count as fallen."""


@dataclass(frozen=True, slots=True)
class Twin:
    video: str
    caption: str
    twin: str
    dimension: Dimension
    """The one that was made wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TwinReport:
    """By dimension that was made wrong, and of all together."""

    twins: int
    fall: float
    counts: dict[str, int]
    """Of the twins, by dimension."""
    dimensions: dict[str, Values]
    """`sensitivity`: how often it fell by `fall`; `specificity`: how often each of the others
    did not move by as much; `located`: how often none of the others fell as far; `own_fall` and
    `other_fall`: the mean falls in levels."""
    overall: Values
    format: str = FORMAT

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def of_examples(by_video: Mapping[str, Sequence[Example]]) -> Iterator[Twin]:
    """One twin of each caption that people find good and the rules can spoil.

    The rules know the miniature world's language only. Each caption is spoiled where the fewest
    twins were spoiled before, so that every dimension gets its share.
    """
    made = dict.fromkeys(Dimension, 0)
    for video, examples in by_video.items():
        for example in examples:
            for dimension in sorted(_good(example), key=lambda one: made[one]):
                caption = example.caption
                text = degrade(caption.text, dimension, seed=caption.id)
                if text is not None:
                    made[dimension] += 1
                    yield Twin(video, caption.text, text, dimension)
                    break


def _good(example: Example) -> list[Dimension]:
    """On which people find the caption good, in the rubric's order."""
    levels = {d: human_level(example.votes.get(d, ())) for d in Dimension}
    return [d for d, level in levels.items() if level is not None and level >= GOOD]


def read(path: Path) -> Iterator[Twin]:
    """Twins that people or a text model made: JSON Lines of four members. Raises `BadFile`."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                said = json.loads(line)
                video, caption, twin = (str(said[name]) for name in ("video", "caption", "twin"))
                yield Twin(video, caption, twin, Dimension(said["dimension"]))
            except (ValueError, KeyError, TypeError) as error:
                raise BadFile(f"{path}, line {number}: {error}") from error


def bench(
    scorer: Scorer,
    twins: Iterable[Twin],
    path_of: PathOf,
    *,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> TwinReport:
    """Score each caption and its twin. A video that cannot be seen leaves its twins out."""
    by_video: dict[str, list[Twin]] = defaultdict(list)
    for twin in twins:
        by_video[twin.video].append(twin)
    seen = {video: falls for video, of_one in sorted(by_video.items())
            if (falls := _falls(scorer, of_one, path_of)) is not None}  # fmt: skip
    kept = [twin for video in seen for twin in by_video[video]]
    falls_TD = np.concatenate([np.empty((0, len(Dimension))), *seen.values()])
    number = {video: place for place, video in enumerate(seen)}
    drawn = Drawn(len(number), resamples, seed)
    of_twins = [(number[twin.video], list(Dimension).index(twin.dimension)) for twin in kept]
    wrong_T2 = np.array(of_twins, dtype=np.int64).reshape(-1, 2)

    def figures(chosen_T: Any) -> Values:
        video_T, dimension_T = wrong_T2[chosen_T].T
        return drawn.values(
            drawn.shares(_sums(falls_TD[chosen_T], dimension_T, video_T, len(number)))
        )

    every_T = np.ones(len(kept), dtype=bool)
    return TwinReport(
        twins=len(kept),
        fall=FALL,
        counts={d: int((wrong_T2[:, 1] == place).sum()) for place, d in enumerate(Dimension)},
        dimensions={d: figures(wrong_T2[:, 1] == place) for place, d in enumerate(Dimension)},
        overall=figures(every_T),
    )


def _falls(scorer: Scorer, twins: Sequence[Twin], path_of: PathOf) -> Floats | None:
    """(T, D): by how much each dimension falls from a caption to its twin."""
    texts = list(chain.from_iterable((twin.caption, twin.twin) for twin in twins))
    try:
        scores = scorer.score(path_of(twins[0].video), texts)
    except Unreadable:
        return None
    levels = np.array([[score.expected[d] for d in Dimension] for score in scores])
    falls_TD: Floats = levels[0::2] - levels[1::2]
    return falls_TD


def _sums(falls_TD: Floats, dimension_T: Any, video_T: Any, videos: int) -> dict[str, Floats]:
    rows = np.arange(len(falls_TD))
    own_T = falls_TD[rows, dimension_T]
    others_TD = falls_TD.copy()
    others_TD[rows, dimension_T] = np.nan
    rest = len(Dimension) - 1
    of_twin = {
        "sensitivity": (own_T >= FALL, 1),
        "specificity": ((np.abs(others_TD) < FALL).sum(axis=1), rest),
        "located": (own_T > np.nanmax(others_TD, axis=1, initial=-np.inf), 1),
        "own_fall": (own_T, 1),
        "other_fall": (np.nansum(others_TD, axis=1), rest),
    }
    sums = {}
    for name, (value_T, weight) in of_twin.items():
        table_V2 = np.zeros((videos, 2))
        np.add.at(table_V2, (video_T, 0), value_T)
        np.add.at(table_V2, (video_T, 1), weight)
        sums[name] = table_V2
    return sums
