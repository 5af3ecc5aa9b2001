"""Which kind of job is done by what. Apps register theirs when they are ready."""

from collections.abc import Callable
from typing import Any, Final

from annotation_site.jobs.work import Work

Handler = Callable[[Work], dict[str, Any]]

_handlers: Final[dict[str, Handler]] = {}
_even_archived: Final[set[str]] = set()


def handler(kind: str, *, even_archived: bool = False) -> Callable[[Handler], Handler]:
    """Name the function that does jobs of a kind. What it returns becomes the job's result.

    It may be called again after its worker was killed: it goes on from `work.job.checkpoint`.
    In a project that was archived meanwhile nothing runs but what changes nothing in it.
    """

    def register(function: Handler) -> Handler:
        if kind in _handlers:
            raise ValueError(f"two handlers for jobs of kind {kind}")
        _handlers[kind] = function
        if even_archived:
            _even_archived.add(kind)
        return function

    return register


def handler_of(kind: str) -> Handler:
    return _handlers[kind]


def runs_in_archived(kind: str) -> bool:
    return kind in _even_archived


def check_kind(kind: str) -> None:
    """Raise a ValueError for a kind that nothing does."""
    if kind not in _handlers:
        raise ValueError(f"no handler for jobs of kind {kind}")
