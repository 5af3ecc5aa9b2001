"""Base captioners with different weaknesses, and how good each of their captions truly is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from scorer.rubric import NOT_INVOLVED, Dimension
from training.miniature.language import Claims, say
from training.miniature.world import CHOICES, DIMENSION_OF, Facts

Levels = dict[Dimension, int]
Chances = Mapping[Dimension, float]

NOTHING_HAPPENS: Final = {"motion": "still", "camera": "static"}
"""Facts that there is little to say about; captioners name them half as often as the others."""

DROPPED: Final = 0.1
"""How often one of two facts of a dimension is left out although the other is named."""


def _chances(o: float, f: float, a: float, c: float, b: float) -> Chances:
    return dict(zip(Dimension, (o, f, a, c, b), strict=True))


@dataclass(frozen=True, kw_only=True, slots=True)
class Captioner:
    """How often it speaks of each dimension, and how often it is wrong then."""

    name: str
    mentions: Chances
    errs: Chances
    invents: float = 0.0
    """How often it adds an object that is not there."""

    one_way: bool = False
    """Whether it says the same thing always in the same words."""

    def claims(self, facts: Facts, dice: np.random.Generator) -> Claims:
        spoken = {dimension: dice.random() < self.mentions[dimension] for dimension in Dimension}
        said = {
            fact: self._claim(fact, getattr(facts, fact), dice)
            for fact, dimension in DIMENSION_OF.items()
            if spoken[dimension]
        }
        extra = None
        if dice.random() < self.invents:
            extra = (str(dice.choice(CHOICES["colour"])), str(dice.choice(CHOICES["shape"])))
        return Claims(**said, extra=extra)

    def _claim(self, fact: str, truth: str, dice: np.random.Generator) -> str | None:
        dimension = DIMENSION_OF[fact]
        alone = list(DIMENSION_OF.values()).count(dimension) == 1
        if not alone and dice.random() < DROPPED:
            return None
        if dice.random() < self.errs[dimension]:
            return str(dice.choice([value for value in CHOICES[fact] if value != truth]))
        if NOTHING_HAPPENS.get(fact) == truth and dice.random() < 0.5:  # noqa: PLR2004 - as above
            return None
        return truth

    def caption(self, facts: Facts, *, seed: int) -> tuple[str, Claims]:
        """Its caption of a clip, and what that claims. A seed says it the same way for ever."""
        dice = np.random.default_rng([seed, *self.name.encode()])
        claims = self.claims(facts, dice)
        return say(claims, None if self.one_way else dice), claims


PLAIN: Final = Captioner(
    name="Plain",  # knows things, and never looks up from them
    mentions=_chances(1.0, 0.97, 0.95, 0.15, 0.3),
    errs=_chances(0.03, 0.04, 0.06, 0.3, 0.25),
)
CINEMA: Final = Captioner(
    name="Cinema",  # an eye for the shot, none for detail
    mentions=_chances(0.97, 0.92, 0.92, 1.0, 1.0),
    errs=_chances(0.12, 0.45, 0.08, 0.03, 0.03),
)
SWIFT: Final = Captioner(
    name="Swift",  # guesses what happens, and sometimes sees double
    mentions=_chances(1.0, 0.92, 0.92, 0.6, 0.8),
    errs=_chances(0.06, 0.1, 0.65, 0.3, 0.15),
    invents=0.35,
)
BASE: Final = (PLAIN, CINEMA, SWIFT)

WITNESS: Final = Captioner(
    name="Witness",  # who leaves nothing out: for learning to see, never in a project
    mentions=_chances(1.0, 1.0, 1.0, 0.95, 0.95),
    errs=_chances(0, 0, 0, 0, 0),
    one_way=True,
)

APPRENTICE: Final = Captioner(
    name="Apprentice",  # whose captions the miniature model learns to see from: terse, seldom wrong
    mentions=_chances(1.0, 0.95, 0.95, 0.4, 0.42),
    errs=_chances(0.02, 0.03, 0.03, 0.03, 0.03),
    invents=0.05,
)


# --- The truth about a caption ----------------------------------------------------------------

OPPOSITES: Final = frozenset(
    frozenset(pair)
    for pair in (
        ("left", "right"),
        ("up", "down"),
        ("pan left", "pan right"),
        ("zoom in", "zoom out"),
    )
)


def levels(facts: Facts, claims: Claims) -> Levels:
    """What a careful annotator with the rubric in hand would give."""
    return {
        Dimension.OBJECT: _object(facts, claims),
        Dimension.FEATURE: _pair(facts, claims, "size", "colour"),
        Dimension.ACTION: _change(facts.motion, claims.motion, nothing="still"),
        Dimension.CAMERA: _change(facts.camera, claims.camera, nothing="static"),
        Dimension.BACKGROUND: _pair(facts, claims, "place", "texture"),
    }


def _object(facts: Facts, claims: Claims) -> int:
    if claims.shape is None:
        return 2  # "a thing" is not wrong, but names nothing
    named = claims.shape == facts.shape
    if claims.extra:
        return 3 if named else 1
    return 5 if named else 1


def _pair(facts: Facts, claims: Claims, *names: str) -> int:
    """Both right 5, one right and one missed 4, one right and one wrong 3, neither right 1."""
    right = sum(getattr(claims, name) == getattr(facts, name) for name in names)
    missed = sum(getattr(claims, name) is None for name in names)
    if right == 0:
        return 1
    return {0: 3, 1: 4}[missed] if right == 1 else 5


def _change(truth: str, claim: str | None, *, nothing: str) -> int:
    """Motion of the object or the camera: not involved where neither clip nor caption has any."""
    if claim == truth:
        return 5
    if truth == nothing and claim is None:
        return NOT_INVOLVED
    if claim and frozenset((truth, claim)) in OPPOSITES:
        return 3  # the right line, the wrong way
    if claim and nothing not in (truth, claim):
        return 2  # there is movement, but not this
    return 1
