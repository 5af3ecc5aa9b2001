"""Which kind of job is done by what. Apps register theirs when they are ready."""

from collections.abc import Callable
from typing import Any, Final

from annotation_site.jobs.work import Work

Handler = Callable[[Work], dict[str, Any]]

_handlers: Final[dict[str, Handler]] = {}


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Name the function that does jobs of a kind. What it returns becomes the job's result.

    It may be called again after its worker was killed: it goes on from `work.job.checkpoint`.
    """

    def register(function: Handler) -> Handler:
        if kind in _handlers:
            raise ValueError(f"two handlers for jobs of kind {kind}")
        _handlers[kind] = function
        return function

    return register


def handler_of(kind: str) -> Handler:
    return _handlers[kind]


def check_kind(kind: str) -> None:
    """Raise a ValueError for a kind that nothing does."""
    if kind not in _handlers:
        raise ValueError(f"no handler for jobs of kind {kind}")
