"""What a scorer must beat, on the same captions: figures that need no learning, or no video.

- `constant`: people's mean level, always.
- `length`: the longer, the better.
- `zero_shot`: the model before it learnt. The digit read-out asks it without its adapter; the
  likelihood read-out goes by the mean log-probability of the words, which is no level.
- `blind`: the scorer itself before a grey video. What is left is what the text alone gives away.
- `one_hot`: the reference recipe (one-hot targets, argmax) on the same ratings; taught beside the
  likelihood read-out, where it takes seconds. For digits see `compare`.

Each gives `srcc`, `mae`, `pairs` and `regret`, as far as it says anything: see `evaluation`.
"""

from collections.abc import Callable
from typing import Final

from scorer.frames import Clip

GREY: Final = 127
FIGURES: Final = ("srcc", "mae", "pairs", "regret")
Look = Callable[[str], Clip]
"""From a video's sha256 to the frames that the scorer looks at. Raises `Unreadable`."""
