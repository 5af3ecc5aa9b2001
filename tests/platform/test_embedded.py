"""The embedded services on their bad days: killed, left behind, half made, another's directory."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

import psycopg
import pytest
import redis

from annotation_site.common import embedded
from annotation_site.common.embedded import Postgres, Valkey, dying_with_parent
from annotation_site.common.paths import DataDirectory
from tests.functional.platform import alive, descendants, eventually


def postgres_in(root):
    return Postgres(
        home=root / "postgres", sockets=DataDirectory(root).sockets, log=root / "postgres.log"
    )


def valkey_in(root):
    return Valkey(
        home=root / "broker", sockets=DataDirectory(root).sockets, log=root / "broker.log"
    )


@pytest.fixture
def root():
    """A directory that another user could be given (pytest's own could not), with an odd name."""
    with tempfile.TemporaryDirectory(prefix="crest c++ %41 ") as directory:
        yield Path(directory)


@pytest.fixture
def postgres(root):
    server = postgres_in(root)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def valkey(root):
    server = valkey_in(root)
    server.start()
    yield server
    server.stop()


def notes(server):
    with psycopg.connect(server.url()) as connection:
        return [row[0] for row in connection.execute("SELECT n FROM note ORDER BY n")]


def test_kill_9_of_postgres_loses_no_row_that_was_acknowledged(postgres):
    acknowledged = []
    connection = psycopg.connect(postgres.url(), autocommit=True)
    connection.execute("CREATE TABLE note (n int)")
    with pytest.raises(psycopg.OperationalError):  # noqa: PT012 - it dies somewhere in the middle
        for n in range(10_000):
            connection.execute("INSERT INTO note VALUES (%s)", [n])
            acknowledged.append(n)
            if n == 200:
                postgres.process.kill()
    connection.close()
    assert postgres.process.wait(10) == -9

    postgres.start()

    assert notes(postgres)[: len(acknowledged)] == acknowledged
    assert len(acknowledged) > 200


def test_a_server_left_by_a_killed_launcher_makes_room_for_the_next(postgres, root):
    with psycopg.connect(postgres.url()) as connection:
        connection.execute("CREATE TABLE note AS SELECT 7 AS n")
    successor = postgres_in(root)
    successor.start()
    try:
        assert not alive(postgres.process.pid)
        assert notes(successor) == [7]
    finally:
        successor.stop()


def test_a_stale_pid_file_that_names_another_process_is_no_obstacle(postgres):
    pid_file = postgres.home / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    postgres.process.kill()
    postgres.process.wait()
    # The number of this very process, which lives and is no Postgres.
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]))

    postgres.start()

    assert postgres.alive
    assert alive(os.getpid())


def test_postgres_listens_nowhere_but_on_a_private_socket(postgres):
    with psycopg.connect(postgres.url()) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.execute("SELECT inet_server_addr()").fetchone() == (None,)
    assert postgres.sockets.stat().st_mode & 0o077 == 0


def test_half_a_creation_is_begun_anew(root):
    remains = root / "postgres.partial"
    remains.mkdir()
    (remains / "PG_VERSION").write_text("18\n")
    server = postgres_in(root)
    server.start()
    server.stop()
    assert not remains.exists()
    assert (root / "postgres" / "pg_wal").is_dir()


def test_data_of_another_version_is_left_alone(root):
    home = root / "postgres"
    home.mkdir()
    (home / "PG_VERSION").write_text("9\n")
    with pytest.raises(embedded.WrongVersion, match=r"was written by Postgres 9 and this is .* 18"):
        postgres_in(root).start()
    assert [path.name for path in home.iterdir()] == ["PG_VERSION"]


def test_a_server_that_cannot_start_says_why(postgres):
    postgres.stop()
    postgres.command = [*postgres.command, "--shared_buffers=nonsense"]
    with pytest.raises(embedded.DidNotStart, match="invalid value for parameter"):
        postgres.start()
    assert not postgres.alive


def test_a_directory_that_another_could_have_made_is_refused(root):
    sockets = DataDirectory(root).sockets
    (root / "elsewhere").mkdir()
    sockets.symlink_to(root / "elsewhere")
    with pytest.raises(embedded.UnsafeDirectory):
        postgres_in(root).start()


def test_a_missing_wheel_is_named():
    with pytest.raises(embedded.NotInstalled, match=r"no_such_wheel.*make setup"):
        embedded.within("no_such_wheel", "*")


def test_kill_9_of_the_parent_ends_the_services(root):
    start = (
        "import sys, pathlib; from tests.platform.test_embedded import *;"
        "root = pathlib.Path(sys.argv[1]); postgres_in(root).start(); valkey_in(root).start();"
        "print('started', flush=True); sys.stdin.read()"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", start, str(root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with parent:
        assert parent.stdout.readline() == b"started\n"
        family = descendants(parent.pid)
        assert len(family) > 3
        parent.kill()
    eventually(lambda: not any(map(alive, family)), seconds=20, what="the services end too")


def test_the_broker_keeps_its_messages_over_a_restart(valkey):
    with redis.Redis(unix_socket_path=str(valkey.socket)) as client:
        client.rpush("cpu", "a message")
    valkey.stop()
    valkey.start()
    with redis.Redis(unix_socket_path=str(valkey.socket)) as client:
        assert client.lrange("cpu", 0, -1) == [b"a message"]
        assert client.config_get("port") == {"port": "0"}


def test_a_broker_left_by_a_killed_launcher_makes_room_for_the_next(valkey, root):
    successor = valkey_in(root)
    successor.start()
    try:
        assert not alive(valkey.process.pid)
    finally:
        successor.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_an_ordinary_user_needs_no_disguise(root):
    """The other half of what every test here shows: they run as root where CI does."""
    nobody = 65534
    os.chown(root, nobody, nobody)
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(nobody)
            os.setuid(nobody)
            server = postgres_in(root)
            server.start()
            with psycopg.connect(server.url()) as connection:
                connection.execute("CREATE TABLE note AS SELECT 1 AS n")
            server.stop()
        except BaseException:  # noqa: BLE001 - the exit status tells
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert (root / "postgres" / "PG_VERSION").stat().st_uid == nobody


@pytest.mark.skipif(shutil.which("setpriv") is None, reason="no setpriv here")
class TestDyingWithParent:
    def test_runs_what_follows(self):
        said = subprocess.run(
            [*dying_with_parent(signal.SIGTERM), "echo", "it's", "$HOME"],
            check=True,
            capture_output=True,
            text=True,
        )
        assert said.stdout == "it's $HOME\n"

    def test_does_not_begin_for_a_parent_that_is_dead_already(self):
        """The kernel tells of a death that comes later, never of one that has come before."""
        dead = subprocess.run([sys.executable, "-c", PREFIX], check=True, capture_output=True)
        ended = subprocess.run(
            [*json.loads(dead.stdout), "echo", "hello"], check=False, capture_output=True
        )
        assert (ended.returncode, ended.stdout) == (1, b"")


PREFIX = """
import json, signal
from annotation_site.common.embedded import dying_with_parent
print(json.dumps(dying_with_parent(signal.SIGTERM)))
"""
