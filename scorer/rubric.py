"""The rubric: dimensions, levels, letters, questions; the one source for API, page and prompt."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

VERSION: Final = 1


class Dimension(StrEnum):
    """What a caption is judged on, in the order in which it is asked (O F A C B)."""

    OBJECT = "object"
    FEATURE = "feature"
    ACTION = "action"
    CAMERA = "camera"
    BACKGROUND = "background"


@dataclass(frozen=True, slots=True)
class Question:
    dimension: Dimension
    letter: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Level:
    """A point of the scale. 0 is a category (the dimension does not apply), not its bottom."""

    value: int
    phrase: str
    sentence: str


QUESTIONS: Final = (
    Question(
        Dimension.OBJECT,
        "O",
        "Objects",
        "Does the caption name the objects, people and animals that are in the video, "
        "and no others?",
    ),
    Question(
        Dimension.FEATURE,
        "F",
        "Object features",
        "Are the objects' features right: colour, size, number, material, clothing, text?",
    ),
    Question(
        Dimension.ACTION,
        "A",
        "Object actions",
        "Are the objects' actions and movements right, and in the right order?",
    ),
    Question(
        Dimension.CAMERA,
        "C",
        "Camera",
        "Is the camera right: its movement, angle, distance and cuts?",
    ),
    Question(
        Dimension.BACKGROUND,
        "B",
        "Background",
        "Is the background right: place, surroundings, weather, light?",
    ),
)

LEVELS: Final = (
    Level(
        0,
        "Not involved",
        "Neither the video nor the caption has anything to say on this dimension.",
    ),
    Level(1, "Totally incorrect", "Everything the caption should say here is wrong or missed."),
    Level(2, "Mainly incorrect", "Most of it is wrong or missed; a little is right."),
    Level(3, "Moderately incorrect", "Some of it is right, some is wrong or missed."),
    Level(4, "Mainly correct", "Most of it is right; a little is wrong or missed."),
    Level(5, "Totally correct", "Everything is right and nothing is missed."),
)

NOT_INVOLVED: Final = 0
INVOLVED_LEVELS: Final = tuple(level.value for level in LEVELS if level.value != NOT_INVOLVED)
