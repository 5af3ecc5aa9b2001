"""The whole platform as a person starts it: one launcher, real services, its own data."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[2]
Value = TypeVar("Value")


def eventually(
    look: Callable[[], Value | None], *, seconds: float, what: str, every: float = 0.2
) -> Value:
    """The first value that is not None or False; fails with `what` when there is none in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(every)
    raise AssertionError(f"{what}: not within {seconds:.0f} s")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def descendants(pid: int) -> set[int]:
    """Every process below `pid`, itself included."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            stat = (entry / "stat").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        parents.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(entry.name))
    found, waiting = set(), [pid]
    while waiting:
        one = waiting.pop()
        found.add(one)
        waiting += parents.get(one, [])
    return found


def alive(pid: int) -> bool:
    """Whether the process runs; one that is dead and only not yet waited for does not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


@dataclass
class Platform:
    """`make up`, to be started, killed and started again on the same data."""

    data: Path
    port: int = field(default_factory=free_port)
    receiver_port: int = field(default_factory=free_port)
    """Where on this machine it may send webhooks to."""
    environment: dict[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    launcher: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.data.with_suffix(".log")

    @property
    def logins(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = json.loads(
            (self.data / "secrets" / "demo-logins.json").read_text()
        )
        return found

    def start(self, *, seconds: float) -> None:
        self.launch()
        eventually(self._answers, seconds=seconds, what=f"the platform is up (see {self.log})")

    def launch(self) -> None:
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("CREST_", "DJANGO_"))}
        environment = {
            **clean,
            "CREST_DATA": str(self.data),
            "CREST_OUTBOUND_ALLOW": f"127.0.0.1:{self.receiver_port}",
            **self.environment,
        }
        with self.log.open("ab") as log:
            self.launcher = subprocess.Popen(
                [sys.executable, "manage.py", "up", "--port", str(self.port), *self.options],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _answers(self) -> bool:
        assert self.launcher is not None
        if self.launcher.poll() is not None:
            raise AssertionError(f"the launcher ended: {self.log.read_text()[-3000:]}")
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return "Crest is ready at" in self.log.read_text(errors="replace")

    def kill(self) -> None:
        """kill -9 of the launcher alone; everything below it must go by itself."""
        assert self.launcher is not None
        family = descendants(self.launcher.pid)
        self.launcher.kill()
        self.launcher.wait()
        self.log.write_bytes(b"")
        eventually(
            lambda: not any(map(alive, family)), seconds=30, what="nothing outlives the launcher"
        )

    def stop(self) -> None:
        """Ctrl-C, and no process left."""
        if self.launcher is None or self.launcher.poll() is not None:
            return
        family = descendants(self.launcher.pid)
        self.launcher.send_signal(signal.SIGINT)
        assert self.launcher.wait(60) == 0
        eventually(lambda: not any(map(alive, family)), seconds=5, what="Ctrl-C ends everything")
