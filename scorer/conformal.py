"""How far from people's level the expected level may be: split-conformal intervals.

On videos that taught nothing, the distance between the two is taken for every caption on which
people find the dimension involved. Its quantile, with the correction for a finite sample, is the
half width: a new caption's level lies within it at least as often as `COVERAGE` says, if it comes
from the same captioners, footage and annotators. Captions of one video are alike, so that the
promise holds over videos, less so within one. Sources: Vovk et al. 2005; Angelopoulos and Bates,
2107.07511.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Final

from scorer.metrics import Pair
from scorer.rubric import Dimension

COVERAGE: Final = 0.9


def half_widths(found: Mapping[Dimension, Sequence[Pair]]) -> dict[Dimension, float]:
    """Of each dimension that has enough captions: nine, for nine in ten."""
    widths = {dimension: _quantile(of_one) for dimension, of_one in found.items()}
    return {dimension: width for dimension, width in widths.items() if width is not None}


def _quantile(of_one: Sequence[Pair]) -> float | None:
    distances = sorted(abs(pair.predicted - pair.human) for pair in of_one)
    place = math.ceil((len(distances) + 1) * COVERAGE)
    return distances[place - 1] if place <= len(distances) else None
