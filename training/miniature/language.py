"""The little English of the miniature world: claims become sentences and claims again."""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np

from training.miniature.world import CHOICES

UNNAMED: Final = "thing"
"""What a captioner calls an object whose shape it does not name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Claims:
    """What a caption says; None where it says nothing."""

    shape: str | None = None
    size: str | None = None
    colour: str | None = None
    motion: str | None = None
    camera: str | None = None
    place: str | None = None
    texture: str | None = None
    extra: tuple[str, str] | None = None
    """Colour and shape of a second object, of which no clip has one."""


MOTIONS: Final[dict[str | None, tuple[str, ...]]] = {
    "left": ("moves left", "drifts to the left"),
    "right": ("moves right", "drifts to the right"),
    "up": ("moves up", "rises"),
    "down": ("moves down", "sinks"),
    "still": ("stays still", "does not move"),
    None: ("is shown", "appears"),
}
CAMERAS: Final = {
    "static": ("is static", "holds still"),
    "pan left": ("pans left",),
    "pan right": ("pans right",),
    "zoom in": ("zooms in",),
    "zoom out": ("zooms out",),
}
WATCHERS: Final = ("camera", "view")
BEFORE: Final = ("over", "against", "in front of")


def say(claims: Claims, dice: np.random.Generator | None) -> str:
    """One of the ways to say it; without dice always the plainest."""
    thing, place, camera = _thing(claims), _place(claims, dice), _camera(claims, dice)
    happens = f"{thing} {_one(MOTIONS[claims.motion], dice)}"
    order = dice.random() if dice else 0.5
    if camera and claims.motion and order < 0.25:  # noqa: PLR2004 - a quarter open with the camera
        return _sentence(f"{camera} while {happens} {place}")
    opening = f"{place} {happens}" if place and order > 0.75 else f"{happens} {place}"  # noqa: PLR2004
    return " ".join(_sentence(part) for part in (opening, camera) if part)


def _thing(claims: Claims) -> str:
    words = ["a", claims.size, claims.colour, claims.shape or UNNAMED]
    if claims.extra:
        words += ["beside a", *claims.extra]
    return " ".join(word for word in words if word)


def _place(claims: Claims, dice: np.random.Generator | None) -> str:
    if claims.place is None and claims.texture is None:
        return ""
    wall = f"{claims.place or ''} {claims.texture}" if claims.texture else f"a {claims.place} wall"
    return f"{_one(BEFORE, dice)} {wall.strip()}"


def _camera(claims: Claims, dice: np.random.Generator | None) -> str:
    if claims.camera is None:
        return ""
    return f"the {_one(WATCHERS, dice)} {_one(CAMERAS[claims.camera], dice)}"


def _one(options: tuple[str, ...], dice: np.random.Generator | None) -> str:
    return options[int(dice.integers(len(options))) if dice else 0]


def _sentence(words: str) -> str:
    words = words.strip()
    return f"{words[0].upper()}{words[1:]}."


# --- Back again -------------------------------------------------------------------------------


def read(text: str) -> Claims:
    """What a text claims: of the sentences above all, of other texts whatever is recognised."""
    rest = " ".join(re.findall(r"\w+", text.lower()))
    rest, beside = _cut(rest, rf"beside a ({_any('colour')}) ({_any('shape')})")
    rest, filmed = _cut(rest, rf"the (?:{'|'.join(WATCHERS)}) ({'|'.join(_CAMERA_OF)})")
    moved = re.search("|".join(_MOTION_OF), rest)
    return Claims(
        camera=_CAMERA_OF[filmed[1]] if filmed else None,
        motion=_MOTION_OF[moved[0]] if moved else None,
        extra=(beside[1], beside[2]) if beside else None,
        **{fact: _word(rest, fact) for fact in ("shape", "size", "colour", "place", "texture")},
    )


_CAMERA_OF: Final = {phrase: camera for camera, phrases in CAMERAS.items() for phrase in phrases}
_MOTION_OF: Final = {
    phrase: motion for motion, phrases in MOTIONS.items() if motion for phrase in phrases
}


def _any(fact: str) -> str:
    return "|".join(CHOICES[fact])


def _cut(text: str, pattern: str) -> tuple[str, re.Match[str] | None]:
    """The text without the first match of the pattern, and that match."""
    found = re.search(pattern, text)
    return (text[: found.start()] + text[found.end() :], found) if found else (text, None)


def _word(text: str, fact: str) -> str | None:
    found = re.search(rf"\b({_any(fact)})\b", text)
    return found[1] if found else None


def words() -> frozenset[str]:
    """Every word and mark that `say` can use, with the capitals that open sentences."""
    phrases = [
        *(
            value
            for fact in ("shape", "size", "colour", "place", "texture")
            for value in CHOICES[fact]
        ),
        *_CAMERA_OF,
        *(phrase for phrases in MOTIONS.values() for phrase in phrases),
        *WATCHERS,
        *BEFORE,
        f"the a wall while beside {UNNAMED}",
    ]
    plain = {word for phrase in phrases for word in phrase.split()}
    return frozenset(plain | {"A", "The", "."} | {way.split()[0].capitalize() for way in BEFORE})
