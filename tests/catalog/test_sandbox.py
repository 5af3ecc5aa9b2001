import os
import select
import socket
import sys
from pathlib import Path

import pytest

from annotation_site.catalog import sandbox
from annotation_site.catalog.sandbox import Limits, OverLimitError, ProgramFailedError

ENOUGH = Limits(seconds=20, memory=1 << 30)


def python(code: str) -> list[str]:
    return [sys.executable, "-I", "-c", code]


def has_ended(pid_file: Path) -> bool:
    """Wait for the end of a process that is not our child: it may take a moment to die."""
    try:
        process = os.pidfd_open(int(pid_file.read_text()))
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([process], [], [], 10)[0])
    finally:
        os.close(process)


class TestRun:
    def test_returns_what_the_program_printed(self, tmp_path):
        assert sandbox.run(["echo", "a; b $HOME"], directory=tmp_path, limits=ENOUGH) == (
            b"a; b $HOME\n"
        )

    def test_works_in_the_directory(self, tmp_path):
        (tmp_path / "here").touch()

        assert sandbox.run(["ls"], directory=tmp_path, limits=ENOUGH) == b"here\n"

    def test_hides_our_environment(self, tmp_path, monkeypatch):
        monkeypatch.setenv("CREST_SECRET_KEY", "very secret")

        seen = sandbox.run(["env"], directory=tmp_path, limits=ENOUGH).decode()

        assert {line.partition("=")[0] for line in seen.splitlines()} <= {"PATH", "LC_ALL", "PWD"}

    def test_says_what_the_program_said_last(self, tmp_path):
        talk = python(
            "import sys; print('x' * 100_000 + 'so it ends', file=sys.stderr); sys.exit(3)"
        )

        with pytest.raises(ProgramFailedError, match=r"so it ends$") as caught:
            sandbox.run(talk, directory=tmp_path, limits=ENOUGH)
        assert len(str(caught.value)) <= sandbox.COMPLAINT_BYTES

    def test_stops_it_with_its_children_when_the_time_is_over(self, tmp_path):
        forks = ["sh", "-c", "sleep 300 & echo $! > child; wait"]

        with pytest.raises(OverLimitError):
            sandbox.run(forks, directory=tmp_path, limits=Limits(seconds=0.5, memory=1 << 30))

        assert has_ended(tmp_path / "child")

    def test_stops_children_that_outlive_it(self, tmp_path):
        forks = ["sh", "-c", "sleep 300 >/dev/null 2>&1 & echo $! > child"]

        sandbox.run(forks, directory=tmp_path, limits=ENOUGH)

        assert has_ended(tmp_path / "child")

    def test_limits_memory(self, tmp_path):
        greedy = python("bytearray(1 << 30)")

        with pytest.raises(ProgramFailedError, match="MemoryError"):
            sandbox.run(greedy, directory=tmp_path, limits=Limits(seconds=20, memory=1 << 29))

    def test_knows_that_the_kernel_stopped_it_for_its_processor_time(self, tmp_path):
        with pytest.raises(OverLimitError):
            # Its own limit is far off: this only has to be told from a failure.
            sandbox.run(
                ["sh", "-c", "ulimit -t 1; while :; do :; done"], directory=tmp_path, limits=ENOUGH
            )

    def test_limits_the_size_of_files(self, tmp_path):
        limits = Limits(seconds=20, memory=1 << 30, file_size=1 << 20)

        with pytest.raises(OverLimitError):
            sandbox.run(
                ["sh", "-c", "exec head -c 2000000 /dev/zero > big"],
                directory=tmp_path,
                limits=limits,
            )

        assert (tmp_path / "big").stat().st_size == 1 << 20

    def test_has_no_network(self, tmp_path):
        if not sandbox.without_network():
            pytest.skip("this machine gives no user namespace to ordinary users")
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
            call = python(f"import socket; socket.create_connection(('127.0.0.1', {port}), 5)")

            with pytest.raises(ProgramFailedError, match=r"OSError|ConnectionRefused|unreachable"):
                sandbox.run(call, directory=tmp_path, limits=ENOUGH)
