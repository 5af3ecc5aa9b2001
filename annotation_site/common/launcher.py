"""One parent for the whole platform on one machine: services, web, workers, clock.

It starts them in order, waits for each to be ready, shows what they say, brings back what dies, and
stops them in order. Each asks the kernel to be told when this parent dies, so that not even kill -9
leaves anything behind; nothing is started from a thread, for the kernel means the parent's thread.
"""

import contextlib
import fcntl
import http.client
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from annotation_site.common import ports
from annotation_site.common.children import Child, Program, say
from annotation_site.common.embedded import POLL_SECONDS, Postgres, Server, Valkey
from annotation_site.common.paths import DataDirectory

READY_SECONDS = 120
PORT_SECONDS = 3  # a web server that was killed a moment ago still lets go of its port
RESTARTS_A_MINUTE = 4
MINUTE = 60.0


class LauncherError(Exception):
    """The platform cannot run."""


class AlreadyRunning(LauncherError):
    """Another launcher holds this data directory."""


class PortTaken(LauncherError):
    """Somebody else listens there."""


class StepFailed(LauncherError):
    """A step of the start went wrong."""


class Died(LauncherError):
    """Something the platform cannot do without has ended."""


class Stopping(Exception):
    """Somebody asked the platform to stop."""


@dataclass
class Kept:
    """A program that is kept running: the child that runs it now, and when earlier ones died."""

    child: Child
    deaths: list[float] = field(default_factory=list)
    back_at: float | None = None
    """When to start the next one; None while one runs."""

    def bury(self, now: float) -> float:
        """Note the death; return the seconds to wait before the next start."""
        self.child.clear_away()
        self.deaths = [*(death for death in self.deaths if now - death < MINUTE), now]
        wait = 2.0 ** (len(self.deaths) - 1)
        self.back_at = now + wait
        return wait


@contextlib.contextmanager
def held(data: DataDirectory, address: str) -> Iterator[None]:
    """Hold the data directory. The kernel lets go of the lock when we die, however we die."""
    data.root.mkdir(parents=True, exist_ok=True)
    with (data.root / "up.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise AlreadyRunning(
                f"Crest already runs on {data.root}: {lock.read().strip()}.\n"
                "Stop it there (Ctrl-C), or give this one a directory of its own (CREST_DATA)."
            ) from None
        lock.truncate(0)
        lock.write(f"process {os.getpid()}, {address}")
        lock.flush()
        yield


@dataclass(kw_only=True)
class Launcher:
    """Starts the platform, watches over it, stops it."""

    root: Path
    """Where the code is."""
    data: DataDirectory
    host: str
    port: int
    demo: bool

    def __post_init__(self) -> None:
        self.stopping = threading.Event()
        self.kept: list[Kept] = []
        self.services: list[Server] = []
        self.logs = self.data.logs
        self.postgres = Postgres(
            home=self.data.postgres, sockets=self.data.sockets, log=self.logs / "postgres.log"
        )
        self.broker = Valkey(
            home=self.data.broker, sockets=self.data.sockets, log=self.logs / "broker.log"
        )
        self.env = {
            "CREST_ADDRESS": f"http://{self.host}:{self.port}",
            **os.environ,
            "CREST_DATA": str(self.data.root),
            "CREST_DATABASE_URL": self.postgres.url(),
            "CREST_BROKER_URL": self.broker.url(),
            "PYTHONUNBUFFERED": "1",
        }

    @property
    def address(self) -> str:
        return self.env["CREST_ADDRESS"]

    def run(self) -> None:
        """Return when somebody asked to stop and everything has stopped; raise if it cannot run."""
        for request in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(request, lambda *_: self.stopping.set())
        with held(self.data, self.address):
            try:
                self._start()
                self._watch()
            except Stopping:
                say("stopping")
            finally:
                self._stop()

    def _start(self) -> None:
        began = time.monotonic()
        self._require_port()
        self.logs.mkdir(parents=True, exist_ok=True)
        for service in (self.postgres, self.broker):
            service.start()
            self.services.append(service)
            self._check_stopping()
        self._finish(self._manage("migrate", "--noinput", "--verbosity", "0"))
        if self.demo:
            say("making the demo project, unless it is there; the first time takes minutes")
            self._finish(self._manage("seed_demo"), advice="`make up DEMO=no` starts without it.")
        self.kept = [Kept(self._spawn(program)) for program in self._programs()]
        for kept in self.kept:
            self._await_ready(kept.child)
        self._announce(time.monotonic() - began)

    def _require_port(self) -> None:
        end = time.monotonic() + PORT_SECONDS
        while not ports.is_free(self.host, self.port):
            if time.monotonic() > end:
                raise PortTaken(
                    f"Port {self.port} is taken by {ports.holder(self.port)}.\n"
                    f"Stop that, or choose another port: make up PORT={self.port + 1}"
                )
            time.sleep(POLL_SECONDS)

    def _manage(self, *arguments: str) -> Program:
        command = [sys.executable, "manage.py", *arguments]
        return Program(name=arguments[0], command=command, patience=10)

    def _programs(self) -> list[Program]:
        celery = [sys.executable, "-m", "celery", "--quiet", "-A"]
        schedule = str(self.data.root / "beat-schedule")

        def worker(queue: str, at_once: int, app: str = "training.worker") -> Program:
            return Program(
                name=queue,
                command=[
                    *(*celery, app, "worker", "--queues", queue, "--concurrency", str(at_once)),
                    *("--hostname", f"{queue}@%h", "--loglevel", "INFO"),
                    # Nobody listens to its events, and sending to a dead broker would hold it.
                    *("--without-gossip", "--without-mingle", "--without-heartbeat"),
                ],
                # Finish within worker_soft_shutdown_timeout or give up: the lease brings it back.
                stop_signal=signal.SIGQUIT,
                patience=20,
                says_when_ready=" ready.",
            )

        return [
            Program(
                name="web",
                command=[
                    *(sys.executable, "-m", "uvicorn", "annotation_site.asgi:application"),
                    *("--host", self.host, "--port", str(self.port), "--lifespan", "off"),
                    *("--timeout-graceful-shutdown", "2", "--no-access-log"),
                ],
            ),
            worker("cpu", 2),  # so that a long run does not keep the sweep from its turn
            worker("gpu", 1),
            worker("site", 2, app="annotation_site.worker"),
            Program(
                name="beat",
                command=[
                    *celery,
                    "annotation_site.worker",
                    "beat",
                    "--schedule",
                    schedule,
                    "--pidfile=",
                    "--loglevel",
                    "WARNING",
                ],
            ),
        ]

    def _spawn(self, program: Program) -> Child:
        return Child(program, cwd=self.root, env=self.env, logs=self.logs)

    def _finish(self, program: Program, advice: str = "") -> None:
        """Run a step of the start to its end."""
        child = self._spawn(program)
        try:
            self._wait(lambda: not child.alive)
        finally:
            child.stop()
        if child.process.returncode:
            raise StepFailed(f"`manage.py {program.name}` failed: see above. {advice}".strip())

    def _await_ready(self, child: Child) -> None:
        """Wait until the web answers and the workers say that they are ready."""
        name = child.program.name
        end = time.monotonic() + READY_SECONDS

        def ready() -> bool:
            if not child.alive:
                raise StepFailed(f"{name} ended with {child.process.returncode}: see above.")
            if time.monotonic() > end:
                raise StepFailed(f"{name} was not ready within {READY_SECONDS} seconds.")
            if name == "web":
                return self._web_answers()
            return child.program.says_when_ready is None or child.ready.is_set()

        self._wait(ready)

    def _web_answers(self) -> bool:
        host = "127.0.0.1" if self.host == "0.0.0.0" else self.host  # noqa: S104 - a comparison
        connection = http.client.HTTPConnection(host, self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            # A client error is an answer too: CREST_HOSTS need not name this address.
            return connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _check_stopping(self) -> None:
        if self.stopping.is_set():
            raise Stopping

    def _wait(self, until: Callable[[], bool]) -> None:
        while not until():
            self.stopping.wait(POLL_SECONDS)
            self._check_stopping()

    def _watch(self) -> None:
        """Bring back what dies, until somebody asks to stop or it makes no sense to go on."""
        while not self.stopping.wait(POLL_SECONDS):
            for service in self.services:
                if not service.alive:
                    raise Died(f"{service.name} ended: all stops.\n{service.last_words()}")
            for kept in self.kept:
                self._keep(kept, time.monotonic())
        raise Stopping

    def _keep(self, kept: Kept, now: float) -> None:
        program = kept.child.program
        if kept.back_at is None and not kept.child.alive:
            wait = kept.bury(now)
            if len(kept.deaths) > RESTARTS_A_MINUTE:
                raise Died(f"{program.name} died {len(kept.deaths)} times in a minute: all stops.")
            code = kept.child.process.returncode
            say(f"{program.name} ended with {code}; it starts again in {wait:.0f} s")
        elif kept.back_at is not None and now >= kept.back_at:
            kept.child, kept.back_at = self._spawn(program), None

    def _stop(self) -> None:
        """The web first, so that nobody is let in; then who works; the services last."""
        web = [kept.child for kept in self.kept if kept.child.program.name == "web"]
        others = [kept.child for kept in self.kept if kept.child.program.name != "web"]
        for together in (web, others):
            stops = [threading.Thread(target=child.stop) for child in together]
            for stop in stops:
                stop.start()
            for stop in stops:
                stop.join()
        for service in reversed(self.services):
            service.stop()
        say("everything has stopped")

    def _announce(self, seconds: float) -> None:
        logins = self.data.secrets / "demo-logins.json"
        lines = [f"Crest is ready at {self.address} after {seconds:.0f} s", ""]
        if logins.exists():
            for role, login in json.loads(logins.read_text()).items():
                lead = "Sign in as" if len(lines) == 2 else ""  # noqa: PLR2004 - the first of them
                lines.append(f"{lead:<12}{role:<12}{login['username']:<14}{login['password']}")
        else:
            lines.append("Nobody can sign in yet: `manage.py create_member --help` makes a person.")
        lines += ["", f"Data in {self.data.root}, logs in {self.logs}. Stop with Ctrl-C."]
        rule = "─" * 78
        box = "\n".join(["", rule, *(f"  {line}".rstrip() for line in lines), rule, ""])
        with contextlib.suppress(OSError):
            print(box, flush=True)  # noqa: T201 - the one thing that people came for
