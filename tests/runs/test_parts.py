"""Parts of a run: each is done by one worker at a time, whatever becomes of the others."""

from contextlib import AbstractContextManager
from functools import partial

import pytest

from annotation_site.common.clock import seconds_from_now
from annotation_site.queue import GPU, waiting
from annotation_site.runs import parts, services
from annotation_site.runs.models import Kind, Part, Run, State
from annotation_site.runs.refusals import LostLease
from tests.runs.factories import RunFactory
from tests.runs.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(db: None) -> Run:  # noqa: ARG001
    """A scoring that somebody holds, in three parts."""
    run = RunFactory(kind=Kind.SCORE, state=State.RUNNING, lease_until=seconds_from_now(60))
    parts.divide(run, 3)
    return run


def claim(run: Run) -> Part | None:
    return parts.claim(run=run, owner="here")


def taken(run: Run) -> Part:
    part = claim(run)
    assert part is not None
    return part


def let_expire(part: Part) -> None:
    Part.objects.filter(pk=part.pk).update(lease_until=seconds_from_now(-1))


class TestClaiming:
    def test_in_order_and_each_once(self, run: Run) -> None:
        found = [claim(run) for _ in range(4)]
        assert [part and part.number for part in found] == [0, 1, 2, None]

    @pytest.mark.django_db(transaction=True)
    def test_of_twenty_at_once_each_gets_another(self) -> None:
        run = RunFactory(kind=Kind.SCORE, state=State.RUNNING, lease_until=seconds_from_now(60))
        parts.divide(run, 12)
        answers = at_once(20, partial(claim, run))
        numbers = sorted(part.number for part in answers if isinstance(part, Part))
        # One that was locked by another at this very moment is passed by, not waited for.
        assert len(numbers) == len(set(numbers))
        while (part := claim(run)) is not None:
            numbers.append(part.number)
        assert sorted(numbers) == list(range(12))

    def test_takes_over_what_somebody_died_with(self, run: Run) -> None:
        first = taken(run)
        let_expire(first)

        again = taken(run)

        assert (again.number, again.fence) == (first.number, first.fence + 1)
        with pytest.raises(LostLease):
            parts.renew(first)
        parts.finish(first)  # refused in silence: it is somebody else's
        assert not Part.objects.get(pk=first.pk).done

    @pytest.mark.parametrize("facts", [{"cancel_requested": True}, {"state": State.QUEUED}])
    def test_while_the_run_goes_on(self, run: Run, facts: dict[str, object]) -> None:
        Run.objects.filter(pk=run.pk).update(**facts)
        goes_on = "state" in facts  # the next worker finds done what is done meanwhile
        assert (claim(run) is not None) == goes_on
        assert parts.are_free(run) == goes_on


class TestHolding:
    def test_ends_with_the_run(self, run: Run) -> None:
        part = taken(run)
        parts.renew(part)
        services.cancel(run=run)
        with pytest.raises(LostLease):
            parts.renew(part)

    def test_what_is_let_go_is_free_at_once(self, run: Run) -> None:
        part = taken(run)
        parts.let_go(part)
        assert taken(run).number == part.number

    def test_all_are_done_when_each_was_finished(self, run: Run) -> None:
        while (part := claim(run)) is not None:
            assert not parts.are_done(run)
            parts.finish(part)
        assert parts.are_done(run)


def test_are_counted_with_those_who_do_them(run: Run) -> None:
    parts.finish(taken(run))
    assert parts.claim(run=run, owner="there") is not None
    assert parts.counted(run) == {"total": 3, "done": 1, "workers": 2}
    assert parts.counted(RunFactory(kind=Kind.SELECT)) is None


def test_a_second_attempt_keeps_what_is_done(run: Run) -> None:
    parts.finish(taken(run))
    parts.divide(run, 3)
    assert taken(run).number == 1


class TestTheSweep:
    @pytest.mark.usefixtures("run")
    def test_calls_again_for_parts_that_nobody_does(self) -> None:
        assert waiting(GPU) == 0
        with _committed():
            services.sweep()
        assert waiting(GPU) == 1
        with _committed():
            services.sweep()  # the first call was not heard yet
        assert waiting(GPU) == 1

    def test_and_for_nothing_else(self, run: Run) -> None:
        while claim(run) is not None:
            pass
        with _committed():
            services.sweep()
        assert waiting(GPU) == 0


def _committed() -> AbstractContextManager[object]:
    from django.test import TestCase  # noqa: PLC0415 - Django is set up by now

    return TestCase.captureOnCommitCallbacks(execute=True)
