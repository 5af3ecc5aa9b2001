"""Finds captions that say the same on two sides of the split.

The same: but for case, punctuation, spacing and articles. Short captions often coincide, so they
are told and move nothing.
"""

import hashlib
import re
from array import array
from collections.abc import Iterator
from typing import Final

import numpy as np

from annotation_site.datasets.splits import SIDES
from scorer.snapshot import Split

_WORDS: Final = re.compile(r"\w+")
_ARTICLES: Final = frozenset({"a", "an", "the"})


class Repeats:
    """Takes captions in; 17 bytes of memory each."""

    def __init__(self) -> None:
        self._said = array("Q")
        self._captions = array("q")
        self._sides = array("B")

    def add(self, *, caption: int, text: str, side: Split) -> None:
        words = (word for word in _WORDS.findall(text.casefold()) if word not in _ARTICLES)
        digest = hashlib.blake2b(" ".join(words).encode(), digest_size=8).digest()
        self._said.append(int.from_bytes(digest, "big"))
        self._captions.append(caption)
        self._sides.append(SIDES.index(side))

    def across(self) -> Iterator[list[int]]:
        """The captions that say the same, where they do so on more than one side."""
        if not self._said:
            return
        captions = np.array(self._captions)
        # Captions within what is said: the order does not depend on that of coming in.
        order = np.lexsort((captions, np.array(self._said)))
        said, sides = np.array(self._said)[order], np.array(self._sides)[order]
        starts = np.flatnonzero(np.r_[True, said[1:] != said[:-1]])
        lowest = np.minimum.reduceat(sides, starts)
        highest = np.maximum.reduceat(sides, starts)
        ends = np.r_[starts[1:], len(said)]
        for group in np.flatnonzero(lowest != highest):
            yield captions[order][starts[group] : ends[group]].tolist()
