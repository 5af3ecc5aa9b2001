"""What becomes of a run, however its stage ends."""

import errno
import json
import threading
import time
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.db import OperationalError, connection

from annotation_site.common.clock import seconds_from_now
from annotation_site.runs import lease, services
from annotation_site.runs.models import Kind, Run, State
from annotation_site.runs.refusals import NotToBeTaken
from scorer import manifest
from tests.runs.factories import RunFactory, SnapshotFactory, succeeded
from training.journal import Cancelled, LeaseLost
from training.recorder import recorded

pytestmark = pytest.mark.django_db(transaction=True)
DEADLINE = 20


@pytest.fixture
def run() -> Run:
    return RunFactory(config={"seed": 7})


def until(look: Callable[[], object]) -> None:
    """Returns when it is so; what is looked at is always another thread's or Postgres's doing."""
    end = time.monotonic() + DEADLINE
    while not look():
        assert time.monotonic() < end, "it never came"
        threading.Event().wait(0.01)


def state_of(run: Run) -> str:
    return Run.objects.values_list("state", flat=True).get(pk=run.pk)


class TestASuccess:
    def test_publishes_files_figures_and_progress(self, run: Run) -> None:
        with recorded(run.pk) as record:
            record.journal.progress(1, 2, "half")
            record.journal.metrics(1, {"loss": 0.5, "undefined": float("nan")})
            (record.work.out / "scorer.json").write_text("{}")
            record.result = {"srcc": 0.5}

        run.refresh_from_db()
        assert (run.state, run.result, run.attempt) == (State.SUCCEEDED, {"srcc": 0.5}, 1)
        assert run.progress == {"done": 1, "total": 2, "message": "half"}
        assert list(run.metrics.values_list("name", "step", "value")) == [("loss", 1, 0.5)]
        assert set(run.artifacts.values_list("name", flat=True)) == {
            "scorer.json",
            "manifest.json",
        }
        assert manifest.digest(run.directory) == run.digest
        for artifact in run.artifacts.all():
            assert manifest.file_digest(run.directory / artifact.name) == artifact.sha256
            assert (run.directory / artifact.name).stat().st_size == artifact.bytes

    def test_seals_where_everything_came_from(self) -> None:
        snapshot = SnapshotFactory()
        scorer = succeeded(Kind.SCORER, snapshot)
        run = RunFactory(kind=Kind.SCORE, snapshot=snapshot, config={"batch": 3})
        run.parents.add(scorer)

        with recorded(run.pk) as record:
            assert record.work.snapshot == snapshot.directory
            assert record.work.parents == {"scorer": scorer.directory}
            assert list(record.work.out.iterdir()) == []
            assert record.work.scratch.is_dir()

        run.refresh_from_db()
        sealed = manifest.verify(run.directory)
        code = sealed.pop("code")
        assert set(sealed.pop("machine")) == {"system", "processor", "cores", "gpus"}
        assert sealed == {
            "format": "crest.run/1",
            "kind": "score",
            "run": run.pk,
            "config": {"batch": 3},
            "snapshot": snapshot.digest,
            "parents": {"scorer": scorer.digest},
            "files": {},
        }
        assert {"python", "torch", "crest_source"} <= set(code)

    def test_keeps_nothing_but_its_directory(self, run: Run) -> None:
        abandoned = lease.claim(run_id=run.pk, owner="killed")
        abandoned.directory.mkdir(parents=True)
        (run.home / "scratch").mkdir()
        Run.objects.update(lease_until=seconds_from_now(-1))

        with recorded(run.pk):
            pass

        run.refresh_from_db()
        assert list(run.home.iterdir()) == [run.directory]

    def test_is_done_once(self, run: Run) -> None:
        with recorded(run.pk):
            pass

        with pytest.raises(NotToBeTaken), recorded(run.pk):
            pytest.fail("a finished run was done again")


class TestAFailure:
    def test_is_written_down_and_goes_on_to_the_log(self, run: Run) -> None:
        with pytest.raises(ZeroDivisionError), recorded(run.pk):
            _ = 1 / 0

        run.refresh_from_db()
        assert (run.state, run.error_code) == (State.FAILED, "zero_division_error")
        assert "division by zero" in run.error_detail
        assert "test_recorder.py" in run.error_detail
        assert not run.artifacts.exists()

    @pytest.mark.parametrize(
        ("error", "code", "advice"),
        [
            (MemoryError("12 GiB"), "out_of_memory", "smaller batch"),
            (OSError(errno.ENOSPC, "full", "/data/x"), "disk_full", "at /data/x"),
            (manifest.Tampered("a.json"), "damaged_input", "a.json"),
        ],
    )
    def test_says_what_to_do(self, run: Run, error: Exception, code: str, advice: str) -> None:
        with pytest.raises(type(error)), recorded(run.pk):
            raise error

        run.refresh_from_db()
        assert run.error_code == code
        assert advice in run.error_detail

    def test_a_result_that_is_no_json_is_one(self, run: Run) -> None:
        with pytest.raises(ValueError, match="not JSON compliant"), recorded(run.pk) as record:
            record.result = {"srcc": float("nan")}

        assert state_of(run) == State.FAILED

    def test_a_damaged_snapshot_is_never_read(self, run: Run) -> None:
        (run.snapshot.directory / "judgments.jsonl").write_text("another")

        with pytest.raises(manifest.Tampered), recorded(run.pk):
            pytest.fail("the stage began")

        run.refresh_from_db()
        assert run.error_code == "damaged_input"
        assert "judgments.jsonl" in run.error_detail

    def test_a_parent_that_was_sealed_anew_is_never_read(self) -> None:
        snapshot = SnapshotFactory()
        scorer = succeeded(Kind.SCORER, snapshot)
        run = RunFactory(kind=Kind.SCORE, snapshot=snapshot)
        run.parents.add(scorer)
        (scorer.directory / "result.json").write_text("better")
        manifest.seal(scorer.directory, {"kind": "scorer", "run": scorer.pk})

        with pytest.raises(manifest.Tampered), recorded(run.pk):
            pytest.fail("the stage began")

        run.refresh_from_db()
        assert run.error_code == "damaged_input"


class TestStopping:
    def test_a_cancel_ends_the_stage_at_its_next_step(self, run: Run) -> None:
        with recorded(run.pk) as record:
            services.cancel(run=record.run)
            record.journal.metrics(1, {"loss": 1.0})
            pytest.fail("the stage went on")

        assert state_of(run) == State.CANCELLED

    def test_a_cancel_reaches_a_stage_that_says_little(
        self, run: Run, settings: LazySettings
    ) -> None:
        settings.RUN_HEARTBEAT_SECONDS = 0.05

        with recorded(run.pk) as record:
            record.journal.progress(0, 9)
            services.cancel(run=record.run)
            with pytest.raises(Cancelled):  # too soon to be written, not to be noticed
                until(lambda: record.journal.progress(0, 9))
            raise Cancelled

        assert state_of(run) == State.CANCELLED

    def test_a_worker_that_stops_gives_the_run_back(self, run: Run) -> None:
        with recorded(run.pk, stopping=lambda: True) as record:
            (record.work.scratch / "ckpt").write_text("kept")
            record.journal.progress(1, 2)
            pytest.fail("the stage went on")

        run.refresh_from_db()
        assert (run.state, run.attempt) == (State.QUEUED, 0)
        assert (run.home / "scratch" / "ckpt").read_text() == "kept"

    def test_work_that_is_finished_is_not_thrown_away(self, run: Run) -> None:
        with recorded(run.pk, stopping=lambda: True) as record:
            record.result = {"srcc": 0.5}

        assert state_of(run) == State.SUCCEEDED

    def test_what_was_said_last_is_written_in_time(self, run: Run, settings: LazySettings) -> None:
        settings.RUN_HEARTBEAT_SECONDS = 0.05

        with recorded(run.pk) as record:
            record.journal.progress(1, 9)
            record.journal.progress(2, 9, "two")
            until(lambda: Run.objects.get(pk=run.pk).progress.get("message") == "two")


class TestTheLease:
    def test_is_renewed_while_the_stage_is_silent(self, run: Run, settings: LazySettings) -> None:
        settings.RUN_HEARTBEAT_SECONDS = 0.05

        with recorded(run.pk) as record:
            until(lambda: Run.objects.filter(pk=run.pk, lease_until__gt=record.run.lease_until))

        assert state_of(run) == State.SUCCEEDED

    def test_taken_by_another_stops_the_stage_and_its_writes(
        self, run: Run, settings: LazySettings
    ) -> None:
        settings.RUN_HEARTBEAT_SECONDS = 0.05

        with recorded(run.pk) as record:
            Run.objects.update(lease_until=seconds_from_now(-1))
            lease.claim(run_id=run.pk, owner="another")
            with pytest.raises(LeaseLost):
                until(lambda: record.journal.progress(1, 2))
            with pytest.raises(LeaseLost):
                record.journal.metrics(1, {"loss": 1.0})

        run.refresh_from_db()
        assert (run.state, run.fence, run.lease_owner) == (State.RUNNING, 2, "another")
        assert not run.metrics.exists()
        assert not run.artifacts.exists()

    def test_lost_at_the_very_end_publishes_nothing(self, run: Run) -> None:
        with recorded(run.pk):
            Run.objects.update(lease_until=seconds_from_now(-1))
            lease.claim(run_id=run.pk, owner="another")

        run.refresh_from_db()
        assert (run.state, run.lease_owner) == (State.RUNNING, "another")
        assert not run.artifacts.exists()

    def test_lost_and_failed_is_not_a_failure_of_the_run(self, run: Run) -> None:
        def stage() -> None:
            with recorded(run.pk):
                Run.objects.update(lease_until=seconds_from_now(-1))
                lease.claim(run_id=run.pk, owner="another")
                raise FileNotFoundError("the other attempt removed it")

        with pytest.raises(FileNotFoundError):
            stage()

        assert state_of(run) == State.RUNNING

    def test_is_not_renewed_once_it_is_over(self, run: Run, settings: LazySettings) -> None:
        settings.RUN_LEASE_SECONDS = 0.3
        settings.RUN_HEARTBEAT_SECONDS = 60

        with recorded(run.pk) as record:
            until(lambda: Run.objects.filter(pk=run.pk, lease_until__lt=seconds_from_now(0)))
            with pytest.raises(LeaseLost):
                record.journal.progress(1, 2)

    def test_ends_by_the_workers_own_clock_while_postgres_is_away(
        self, run: Run, settings: LazySettings
    ) -> None:
        settings.RUN_LEASE_SECONDS = 1
        settings.RUN_HEARTBEAT_SECONDS = 60

        with recorded(run.pk) as record:
            connection.close()
            with pytest.MonkeyPatch.context() as patch:
                patch.setitem(connection.settings_dict, "HOST", "/nowhere")
                with pytest.raises(LeaseLost):
                    record.journal.metrics(1, {"loss": 1.0})

        assert state_of(run) == State.RUNNING

    def test_a_worker_that_stops_does_not_wait_for_a_database_that_is_gone(self, run: Run) -> None:
        asked: list[bool] = []

        with recorded(run.pk, stopping=lambda: bool(asked)) as record:
            with pytest.raises(OperationalError), connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
            asked.append(True)
            with pytest.raises(LeaseLost):
                record.journal.metrics(1, {"loss": 1.0})

        assert state_of(run) == State.RUNNING

    def test_survives_a_broken_connection(self, run: Run, settings: LazySettings) -> None:
        settings.RUN_HEARTBEAT_SECONDS = 0.05

        with recorded(run.pk) as record:
            record.journal.metrics(1, {"loss": 1.0})
            with pytest.raises(OperationalError), connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database()"
                    " ORDER BY pid = pg_backend_pid()"
                )
            record.journal.metrics(2, {"loss": 0.5})
            record.result = {"steps": 2}

        run.refresh_from_db()
        assert (run.state, run.attempt) == (State.SUCCEEDED, 1)
        assert run.metrics.count() == 2


def test_the_manifest_is_what_the_digest_names(run: Run) -> None:
    with recorded(run.pk) as record:
        (record.work.out / "a.json").write_text("{}")

    run.refresh_from_db()
    assert json.loads((run.directory / "manifest.json").read_text())["files"].keys() == {"a.json"}
    assert run.artifacts.get(name="manifest.json").sha256 == run.digest
