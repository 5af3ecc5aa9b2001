"""What a person reads when a stage failed: what happened, and what to do about it."""

import errno
import re
import traceback
from typing import Final, NamedTuple

from scorer.manifest import Tampered, Unsealed

NO_SPACE: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


class Failure(NamedTuple):
    code: str
    detail: str


def explain(error: Exception) -> Failure:
    """Name the failure and say what to do. The worker's log has the traceback."""
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError":
        return Failure(
            "out_of_memory",
            f"There was not enough memory: {error}. Request the run again with a smaller batch, "
            "fewer frames or a smaller model.",
        )
    if isinstance(error, OSError) and error.errno in NO_SPACE:
        place = f" at {error.filename}" if error.filename else ""
        return Failure("disk_full", f"The disk is full{place}. Free space, then request it again.")
    if isinstance(error, Unsealed | Tampered):
        return Failure(
            "damaged_input",
            f"Something that this run builds on is not as it was left: {error}. Restore it from a "
            "backup, or run the step that made it again.",
        )
    return Failure(_snake(type(error).__name__), _own_words(error))


def _own_words(error: Exception) -> str:
    """The message of an error of ours; of any other also its type and place."""
    message = str(error) or " ".join((type(error).__doc__ or "").split())
    if type(error).__module__.partition(".")[0] in {"scorer", "training"}:
        return message
    last = traceback.extract_tb(error.__traceback__)[-1:]
    place = f" ({last[0].filename}:{last[0].lineno})" if last else ""
    return f"{type(error).__name__}: {message}{place}. The worker's log says more."


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()[:100]
