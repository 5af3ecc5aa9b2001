"""What the model is told: rubric and video first, then the caption, then one short question each.

The order is what makes scoring cheap. All that is long is the same for every caption of a video
and is read once; a caption is read once for its five questions; a question is a few tokens.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from scorer.rubric import LEVELS, QUESTIONS, Dimension, Question

VERSION: Final = 1
"""Raise it when a word below changes: a scorer only understands the prompt it was trained on."""

CAPTIONING: Final = "Describe this video in detail."

_CUT: Final = "\N{SECTION SIGN}"
"""Marks where the shared part ends. A character of its own in every template that we know."""

Message = Mapping[str, Any]


class Render(Protocol):
    def __call__(self, messages: Sequence[Message], *, speaks_next: bool) -> str:
        """The template's text; `speaks_next` opens the assistant's turn behind it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A chat template cut where branches begin.

    `opening` holds the video and all that comes before and right after it; `closing` leads from the
    end of the user's words to where the assistant speaks; `ending` follows the assistant's words.
    """

    opening: str
    closing: str
    ending: str


class NoTurns(Exception):
    """The model's chat template does not keep the user's text in one piece behind the video."""


def turn(render: Render, *, media: Sequence[Message], before: str = "") -> Turn:
    """Cut the template around the user's words about `media`, with `before` said ahead of it."""
    said: list[Message] = [{"type": "text", "text": before}] if before else []
    user = {"role": "user", "content": [*said, *media, {"type": "text", "text": _CUT}]}
    reply = {"role": "assistant", "content": [{"type": "text", "text": _CUT}]}
    asked = render([user], speaks_next=True).split(_CUT)
    answered = render([user, reply], speaks_next=False).split(_CUT)
    if len(asked) != 2 or len(answered) != 3:  # noqa: PLR2004 - one cut, then two
        raise NoTurns(f"cannot cut {asked!r}")
    return Turn(opening=asked[0], closing=asked[1], ending=answered[2])


def rubric() -> str:
    """The part that every caption of every video shares."""
    scale = " ".join(f"{level.value} = {level.phrase}: {level.sentence}" for level in LEVELS)
    asked = " ".join(f"{question.dimension}: {question.text}" for question in QUESTIONS)
    return f"Judge a caption of this video on five dimensions, from 0 to 5. {scale} {asked}\n"


def question(caption: str, asked: Question) -> str:
    """A branch: the caption, then a question of a few tokens."""
    return f"Caption: {caption}\nLevel of {asked.dimension}?"


def questions(caption: str) -> dict[Dimension, str]:
    """The five branches of a caption, in the rubric's order."""
    return {asked.dimension: question(caption, asked) for asked in QUESTIONS}
