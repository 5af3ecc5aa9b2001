"""Makes one dimension of a miniature caption wrong by rule, and leaves the others as they are.

The words are those of the miniature world, which this library must not import; a test holds the
two against each other. Every fact that the caption names on the dimension is changed, never to the
opposite: "left" for "right" is half right. Annotators are tested by such twins, and scorers.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Final

from scorer.rubric import Dimension

Words = Mapping[str, tuple[str, ...]]


def _themselves(*values: str) -> Words:
    return {value: (value,) for value in values}


SHAPES: Final = _themselves("ball", "ring", "pillar", "star")
SIZES: Final = _themselves("small", "big")
COLOURS: Final = _themselves("red", "yellow", "green", "blue", "purple", "white")
PLACES: Final = _themselves("navy", "teal", "sandy", "rosy")
TEXTURES: Final = _themselves("stripes", "dots", "tiles", "waves")
MOTIONS: Final[Words] = {
    "left": ("moves left", "drifts to the left"),
    "right": ("moves right", "drifts to the right"),
    "up": ("moves up", "rises"),
    "down": ("moves down", "sinks"),
    "still": ("stays still", "does not move"),
}
CAMERAS: Final[Words] = {
    "static": ("is static", "holds still"),
    "pan left": ("pans left",),
    "pan right": ("pans right",),
    "zoom in": ("zooms in",),
    "zoom out": ("zooms out",),
}
OPPOSITES: Final = (
    {"left", "right"},
    {"up", "down"},
    {"pan left", "pan right"},
    {"zoom in", "zoom out"},
)
FACTS: Final[Mapping[Dimension, tuple[Words, ...]]] = {
    Dimension.OBJECT: (SHAPES,),
    Dimension.FEATURE: (SIZES, COLOURS),
    Dimension.ACTION: (MOTIONS,),
    Dimension.CAMERA: (CAMERAS,),
    Dimension.BACKGROUND: (PLACES, TEXTURES),
}

_AROUND: Final = "a the over against in front of wall while beside thing is shown appears"
_FILMED: Final = r"(?<=camera )|(?<=view )"
_EXTRA: Final = re.compile(rf"beside a (?:{'|'.join(COLOURS)}) (?:{'|'.join(SHAPES)})")
_HELD_BACK: Final = "\N{OBJECT REPLACEMENT CHARACTER}"


def is_miniature(text: str) -> bool:
    """Whether the text is made of the miniature world's words alone."""
    said = re.findall(r"\w+", text.lower())
    return bool(said) and _KNOWN.issuperset(said)


def degrade(text: str, dimension: Dimension, *, seed: int) -> str | None:
    """The text with this one dimension made wrong; None where it says nothing on it."""
    if not is_miniature(text):
        return None
    # A second object is not what the other dimensions are judged by.
    extra = _EXTRA.search(text)
    rest = _EXTRA.sub(_HELD_BACK, text, count=1)
    for words in FACTS[dimension]:
        rest = _changed(rest, words, seed)
    changed = rest.replace(_HELD_BACK, extra[0]) if extra else rest
    return None if changed == text else changed


def _changed(text: str, words: Words, seed: int) -> str:
    found = _pattern(words).search(text)
    if found is None:
        return text
    said = next(value for value, phrases in words.items() if found[0] in phrases)
    others = [
        phrase
        for value, phrases in words.items()
        if value != said and {value, said} not in OPPOSITES
        for phrase in phrases
    ]
    other = others[_draw(f"{seed} {text}", len(others))]
    return f"{text[: found.start()]}{other}{text[found.end() :]}"


def _pattern(words: Words) -> re.Pattern[str]:
    where = f"(?:{_FILMED})" if words is CAMERAS else r"\b"
    phrases = "|".join(phrase for phrases in words.values() for phrase in phrases)
    return re.compile(rf"{where}(?:{phrases})\b")


def _draw(about: str, choices: int) -> int:
    return int.from_bytes(hashlib.sha256(about.encode()).digest()[:6], "big") % choices


def _known() -> Iterator[str]:
    yield from (*_AROUND.split(), "camera", "view")
    for facts in FACTS.values():
        for words in facts:
            for phrases in words.values():
                for phrase in phrases:
                    yield from phrase.split()


_KNOWN: Final = frozenset(_known())
