"""What captioners are asked: prompts in files, drawn for each video by a hash of it.

A file of prompts (`prompts/KIND.vN.txt`, one a line) never changes once captions were written with
it; other words are another version. A test holds every file to its digest.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal, get_args

CaptionKind = Literal["detailed", "short", "main_object", "camera", "background"]
KINDS: Final[tuple[CaptionKind, ...]] = get_args(CaptionKind)
"""The aspects of VDCSCORE (2410.03051), so that what is written can be judged by all of it."""

VERSION: Final = 1
PROMPTS: Final = Path(__file__).parent / "prompts"


@dataclass(frozen=True, slots=True)
class Asked:
    """A prompt, and what it is called wherever a caption is kept."""

    text: str
    name: str


def draw(kind: CaptionKind, video: str, version: int = VERSION) -> Asked:
    """The prompt for a video: by chance over videos, and for one video always the same."""
    prompts = of_kind(kind, version)
    drawn = hashlib.sha256(f"{kind}.v{version}:{video}".encode()).digest()
    place = int.from_bytes(drawn[:8], "big") % len(prompts)
    return Asked(prompts[place], f"{kind}.v{version}/{place + 1}")


@cache
def of_kind(kind: CaptionKind, version: int = VERSION) -> tuple[str, ...]:
    """The prompts of a kind, as many as its file has lines."""
    return tuple((PROMPTS / f"{kind}.v{version}.txt").read_text(encoding="utf-8").splitlines())
