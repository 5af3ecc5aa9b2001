"""Prompts are drawn by the video, and what was once asked is never changed."""

import hashlib
from collections import Counter
from typing import Final

import pytest

from training import asking
from training.asking import CaptionKind

DIGESTS: Final = {
    "detailed.v1": "102c01a7389d0ae6",
    "short.v1": "35e58f8aa8aabe99",
    "main_object.v1": "fef5b17d1d1c9301",
    "camera.v1": "bdffa3a339a422af",
    "background.v1": "795752ea939e149a",
}
"""Captions name these prompts. To ask in other words, add a file of the next version."""


def test_no_prompt_that_was_asked_is_changed() -> None:
    files = {path.stem: path.read_bytes() for path in asking.PROMPTS.glob("*.txt")}

    assert {name: hashlib.sha256(text).hexdigest()[:16] for name, text in files.items()} == DIGESTS


@pytest.mark.parametrize("kind", asking.KINDS)
def test_every_prompt_of_a_kind_is_drawn(kind: CaptionKind) -> None:
    drawn = Counter(asking.draw(kind, f"{number:064x}") for number in range(400))

    prompts = asking.of_kind(kind)
    assert {asked.text for asked in drawn} == set(prompts)
    assert min(drawn.values()) > 400 / len(prompts) / 2


def test_a_video_is_always_asked_the_same() -> None:
    first = asking.draw("camera", "ab" * 32)

    assert asking.draw("camera", "ab" * 32) == first
    assert first.name == f"camera.v1/{asking.of_kind('camera').index(first.text) + 1}"
