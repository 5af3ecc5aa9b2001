"""When to try again, and when to give up."""

import random
from datetime import timedelta
from typing import Final

_AFTER: Final = tuple(
    timedelta(seconds=seconds) for seconds in (5, 300, 1800, 7200, 18_000, 36_000, 50_400)
)
GIVE_UP_AFTER: Final = timedelta(days=3)
"""Since it happened, or since somebody last asked for it to be sent again."""

JITTER: Final = 0.2
MOST_REST: Final = timedelta(minutes=15)
SWITCH_OFF_AFTER: Final = timedelta(days=5)
"""Of nothing but failures."""


def next_try(tries: int, *, draw: float | None = None) -> timedelta:
    """How long to wait after so many tries: longer each time, and never in step with others.

    `draw` is a number from 0 to 1 that stands for chance.
    """
    chance = random.random() if draw is None else draw  # noqa: S311 - nobody has to be kept from guessing
    plain = _AFTER[min(tries, len(_AFTER)) - 1]
    return plain * (1 + JITTER * (2 * chance - 1))


def rest(failures: int) -> timedelta:
    """How long an endpoint is left alone that has failed so often in a row.

    Whatever else waits for it waits too: a server that is down is asked once, not for each event.
    """
    return min(timedelta(seconds=5 * 2 ** min(failures - 1, 10)), MOST_REST)
