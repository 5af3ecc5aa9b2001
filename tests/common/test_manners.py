"""A worker that is asked to stop stops, whatever Celery trips over on the way."""

import signal
from typing import Any

import pytest
from celery.exceptions import WorkerTerminate
from celery.worker import state

from annotation_site.common import manners, stopping


@pytest.fixture(autouse=True)
def _undone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "should_terminate", None)
    monkeypatch.setattr(stopping, "wish", lambda: None)


def test_a_broken_pipe_does_not_undo_the_wish() -> None:
    def celerys(*_: Any) -> None:
        raise BrokenPipeError

    manners._let_go(celerys, signal.SIGQUIT, None)  # noqa: SLF001 - what a signal calls

    with pytest.raises(WorkerTerminate):
        state.maybe_shutdown()


def test_celerys_own_way_is_left_to_it() -> None:
    asked: list[int] = []
    manners._let_go(lambda number, _: asked.append(number), signal.SIGTERM, None)  # noqa: SLF001

    assert asked == [signal.SIGTERM]
    state.maybe_shutdown()
