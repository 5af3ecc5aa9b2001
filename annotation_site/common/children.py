"""The programs below a launcher: run, listened to, and ended with all their family."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from annotation_site.common.embedded import POLL_SECONDS, dying_with_parent


def say(line: str, *, by: str = "crest") -> None:
    """Print a line under its speaker's name. A console that has gone is no reason to stop."""
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.write(f"{by:>9} | {line}\n")
        sys.stdout.flush()


@dataclass(frozen=True, kw_only=True)
class Program:
    """What to run, and how to end it."""

    name: str
    command: list[str]
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 5
    """Seconds between asking it to stop and killing it."""
    says_when_ready: str | None = None


class Child:
    """A running program. What it says goes to its log, and from there, under its name, to us.

    It writes to a file and not to a pipe, so that nothing breaks in it when we are killed.
    """

    def __init__(self, program: Program, *, cwd: Path, env: dict[str, str], logs: Path) -> None:
        self.program = program
        self.ready = threading.Event()
        path = logs / f"{program.name}.log"
        with path.open("ab") as log:
            heard = log.tell()
            self.process = subprocess.Popen(  # noqa: S603 - our own commands
                [*dying_with_parent(program.stop_signal), *program.command],
                cwd=cwd,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the launcher, which stops us in order
            )
        self._listener = threading.Thread(target=self._listen, args=[path, heard], daemon=True)
        self._listener.start()

    def _listen(self, path: Path, heard: int) -> None:
        with path.open("rb") as log:
            log.seek(heard)
            line = b""
            while True:
                ended = not self.alive  # asked before reading, so that its last words are heard
                for part in iter(log.readline, b""):
                    line += part
                    if line.endswith(b"\n"):
                        self._hear(line)
                        line = b""
                if ended:
                    break
                time.sleep(POLL_SECONDS)
            if line:
                self._hear(line)

    def _hear(self, raw: bytes) -> None:
        line = raw.decode(errors="replace").rstrip("\n")
        say(line, by=self.program.name)
        if self.program.says_when_ready and self.program.says_when_ready in line:
            self.ready.set()

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def stop(self) -> None:
        """Ask, wait, and insist; nothing of its family stays."""
        if self.alive:
            self.process.send_signal(self.program.stop_signal)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(self.program.patience)
        self.clear_away()

    def clear_away(self) -> None:
        """Kill what is left of its process group, and read what it said last."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self._listener.join(1)
