"""`make up` as people treat it: twice, on a taken port, killed, robbed of a part."""

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from annotation_site.common.children import Child, Program
from annotation_site.common.embedded import Postgres
from annotation_site.common.launcher import Kept
from annotation_site.common.paths import DataDirectory
from tests.functional.platform import ROOT, Platform, alive, descendants, eventually

START_SECONDS = 120


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """A platform without the demo, which the tests here kill and start again."""
    platform = Platform(tmp_path_factory.mktemp("u") / "d", options=("--no-demo",))
    platform.data.mkdir()
    yield platform
    platform.stop()


@pytest.fixture
def platform(bare):
    if bare.launcher is None or bare.launcher.poll() is not None:
        bare.log.write_bytes(b"")
        bare.start(seconds=START_SECONDS)
    return bare


def refused(*, data, port):
    """What a launcher says that cannot start."""
    done = subprocess.run(
        [sys.executable, "manage.py", "up", "--no-demo", "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, "CREST_DATA": str(data)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    return done.stderr


def running(platform, *words):
    """The process below the launcher that runs this, and whose parent does not."""
    for pid in sorted(descendants(platform.launcher.pid)):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it just ended
            command = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
            if set(words) <= set(command):
                return pid
    return None


def connected(platform):
    data = DataDirectory(platform.data)
    postgres = Postgres(home=data.postgres, sockets=data.sockets, log=data.logs / "postgres.log")
    return psycopg.connect(postgres.url(), autocommit=True)


def test_a_second_launcher_on_the_same_data_says_where_the_first_is(platform):
    said = refused(data=platform.data, port=platform.port)
    assert f"already runs on {platform.data}" in said
    assert f"process {platform.launcher.pid}, {platform.address}" in said


def test_a_taken_port_is_named_with_its_holder_and_a_way_out(platform, tmp_path):
    said = refused(data=tmp_path, port=platform.port)
    assert f"Port {platform.port} is taken by process " in said
    assert "uvicorn" in said
    assert f"make up PORT={platform.port + 1}" in said


@pytest.mark.parametrize("words", [("uvicorn",), ("worker", "cpu"), ("worker", "gpu"), ("beat",)])
def test_what_is_killed_is_started_again(platform, words):
    first = running(platform, *words)
    family = descendants(first)
    os.kill(first, signal.SIGKILL)
    eventually(
        lambda: running(platform, *words) not in (None, *family),
        seconds=30,
        what=f"{words} runs again",
    )
    eventually(lambda: not any(map(alive, family)), seconds=5, what="its children went with it")
    assert platform.launcher.poll() is None


def test_kill_9_leaves_no_process_and_the_next_start_finds_all_data(platform):
    with connected(platform) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS note (n int)")
        connection.execute("INSERT INTO note VALUES (1)")

    platform.kill()  # itself waits until nothing is left
    platform.start(seconds=START_SECONDS)

    with connected(platform) as connection:
        assert connection.execute("SELECT count(*) FROM note").fetchone() == (1,)


def test_without_its_database_it_stops_as_a_whole_and_says_why(platform):
    family = descendants(platform.launcher.pid)
    with connected(platform) as connection:
        pid_file = DataDirectory(platform.data).postgres / "postmaster.pid"
        os.kill(int(pid_file.read_text().split()[0]), signal.SIGKILL)
        assert platform.launcher.wait(60) == 1
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    assert "Postgres ended: all stops" in platform.log.read_text()
    eventually(lambda: not any(map(alive, family)), seconds=5, what="everything has stopped")


def test_a_closed_terminal_stops_it_in_order(platform):
    family = descendants(platform.launcher.pid)
    platform.launcher.send_signal(signal.SIGHUP)
    assert platform.launcher.wait(60) == 0
    assert not any(map(alive, family))
    assert "everything has stopped" in platform.log.read_text()


def test_kill_9_while_the_demo_is_made_leaves_nothing_either(tmp_path):
    young = Platform(tmp_path / "d")
    young.data.mkdir()
    young.launch()
    try:
        eventually(
            lambda: running(young, "training.miniature"),
            seconds=START_SECONDS,
            what="the demo's clips are being drawn",
        )
    finally:
        young.kill()


def test_it_logs_what_each_part_said_and_no_password(platform):
    logs = {path.stem: path.read_text() for path in DataDirectory(platform.data).logs.iterdir()}
    assert set(logs) >= {"postgres", "broker", "migrate", "web", "cpu", "gpu", "beat"}
    assert "cpu@" in logs["cpu"]
    assert "password" not in "".join(logs.values()).lower()


@pytest.fixture
def brief(tmp_path):
    """A program that says something, without ending its line, and ends."""
    program = Program(name="brief", command=[sys.executable, "-c", "print('so long', end='')"])
    return Child(program, cwd=tmp_path, env=dict(os.environ), logs=tmp_path)


def test_who_dies_again_and_again_waits_longer_each_time(brief):
    kept = Kept(brief)
    assert [kept.bury(now) for now in (0.0, 2.0, 5.0, 10.0)] == [1, 2, 4, 8]
    assert kept.back_at == 18
    # All but the last are more than a minute ago.
    assert kept.bury(69.0) == 2


def test_the_last_words_of_a_program_are_heard(brief, capsys, tmp_path):
    eventually(lambda: not brief.alive, seconds=10, what="it ends")
    brief.stop()
    assert capsys.readouterr().out == "    brief | so long\n"
    assert (tmp_path / "brief.log").read_text() == "so long"
