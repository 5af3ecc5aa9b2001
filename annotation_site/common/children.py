"""The programs below a launcher: run, listened to, and ended with all their family."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from annotation_site.common.embedded import dying_with_parent


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
    """A running program. What it says goes to the console, under its name, and to its log."""

    def __init__(self, program: Program, *, cwd: Path, env: dict[str, str], logs: Path) -> None:
        self.program = program
        self.ready = threading.Event()
        self.process = subprocess.Popen(  # noqa: S603 - our own commands
            [*dying_with_parent(program.stop_signal), *program.command],
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is for the launcher, which stops us in order
        )
        log = (logs / f"{program.name}.log").open("a", encoding="utf-8")
        self._reader = threading.Thread(target=self._repeat, args=[log], daemon=True)
        self._reader.start()

    def _repeat(self, log: IO[str]) -> None:
        said = self.process.stdout
        assert said is not None  # noqa: S101 - it is a pipe
        with log, said:
            for raw in said:
                line = raw.decode(errors="replace").rstrip("\n")
                log.write(line + "\n")
                log.flush()
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
        self._reader.join(1)
