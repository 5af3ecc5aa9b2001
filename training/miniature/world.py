"""What can be true in the miniature world, and what a caption can claim about it."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from scorer.rubric import Dimension

SECONDS: Final = 3.0
FPS: Final = 12
FRAMES: Final = int(SECONDS * FPS)
ASPECT: Final = 16 / 9

CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "shape": ("ball", "ring", "pillar", "star"),
    "size": ("small", "big"),
    "colour": ("red", "yellow", "green", "blue", "purple", "white"),
    "motion": ("left", "right", "up", "down", "still"),
    "camera": ("static", "pan left", "pan right", "zoom in", "zoom out"),
    "place": ("navy", "teal", "sandy", "rosy"),
    "texture": ("stripes", "dots", "tiles", "waves"),
}
"""Every fact and its values."""

DIMENSION_OF: Final = {
    "shape": Dimension.OBJECT,
    "size": Dimension.FEATURE,
    "colour": Dimension.FEATURE,
    "motion": Dimension.ACTION,
    "camera": Dimension.CAMERA,
    "place": Dimension.BACKGROUND,
    "texture": Dimension.BACKGROUND,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What is true of one clip."""

    shape: str
    size: str
    colour: str
    motion: str
    camera: str
    place: str
    texture: str

    def __post_init__(self) -> None:
        for fact, choices in CHOICES.items():
            if getattr(self, fact) not in choices:
                raise ValueError(f"{fact} cannot be {getattr(self, fact)!r}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """What differs between clips of the same facts, and no caption mentions."""

    start: tuple[float, float]
    """Where the object is halfway through, in half heights of the picture from its middle."""

    scale: float
    """Of the object, beside its size."""

    phase: tuple[float, float]
    """Where the pattern of the background begins, in turns."""

    grain: float
    """How coarse that pattern is; 1 is usual."""

    light: float
    """Where the lamp shines on the wall, in half heights right of the middle."""

    tilt: float
    """The turn of the object in radians; little for those that stand."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    facts: Facts
    layout: Layout


def sample(seed: int) -> Scene:
    """The scene of a seed, for ever the same."""
    dice = np.random.default_rng([seed, 0x5CE7E])
    facts = Facts(**{fact: str(dice.choice(choices)) for fact, choices in CHOICES.items()})
    layout = Layout(
        start=(float(dice.uniform(-0.3, 0.3)), float(dice.uniform(-0.14, 0.14))),
        scale=float(dice.uniform(0.92, 1.08)),
        phase=(float(dice.random()), float(dice.random())),
        grain=float(dice.uniform(0.9, 1.1)),
        light=float(dice.uniform(-0.5, 0.5)),
        tilt=float(dice.uniform(-0.15, 0.15)),
    )
    return Scene(facts=facts, layout=layout)
