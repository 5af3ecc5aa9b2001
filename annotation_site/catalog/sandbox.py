"""The one place where a program is let loose on a file that somebody sent.

Decoders are written in C and take whatever comes: sooner or later a file breaks one. So it runs
without network where the kernel allows that, without our environment, in a directory of its own,
with limits on memory, processor, file size and time, and nothing of it survives the limits.
"""

import functools
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}
COMPLAINT_BYTES = 2000

# The shell sets the limits and becomes the program. Python could do so between fork and exec, but
# not safely in a server with threads. `-f` counts blocks of 512 bytes, `-v` KiB.
LIMITED = (
    'ulimit -c 0 && ulimit -t "$1" && ulimit -v "$2" && ulimit -f "$3" && shift 3 '
    '&& exec nice -n 5 "$@"'
)


class ProgramFailedError(Exception):
    """The program did not like the file. The message is what it said last."""


class OverLimitError(Exception):
    """The program was stopped at a limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a program may use."""

    seconds: float
    """On the wall; twice as many of each processor's."""

    memory: int
    file_size: int = 1 << 20

    @property
    def arguments(self) -> list[str]:
        cpu_seconds = int(self.seconds * 2) + 1
        return [str(cpu_seconds), str(self.memory // 1024), str(self.file_size // 512)]


def run(command: Sequence[str], *, directory: Path, limits: Limits) -> bytes:
    """Run the program in the directory and return what it printed, or raise."""
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(  # noqa: S603 - an argument list; names in it are our own
            [*without_network(), "/bin/sh", "-c", LIMITED, "sh", *limits.arguments, *command],
            cwd=directory,
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
            start_new_session=True,
        )
        try:
            printed, _ = process.communicate(timeout=limits.seconds)
        except subprocess.TimeoutExpired:
            raise OverLimitError from None
        finally:
            _end(process)
        if process.returncode:
            _raise(process.returncode, _tail(complaints.fileno()))
        return printed


def _end(process: subprocess.Popen[bytes]) -> None:
    """Let nothing of its process group live on, whatever happened."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _raise(status: int, complaint: str) -> None:
    # A shell in between reports a signal as 128 + its number; exec leaves it negative.
    if status in (-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGXFSZ):
        raise OverLimitError
    raise ProgramFailedError(complaint or f"it ended with status {status}")


def _tail(descriptor: int) -> str:
    size = os.fstat(descriptor).st_size
    said = os.pread(descriptor, COMPLAINT_BYTES, max(0, size - COMPLAINT_BYTES))
    return said.decode(errors="replace").strip()


@functools.cache
def without_network() -> list[str]:
    """Enter an empty network namespace, on machines that let an ordinary user do so."""
    prefix = ["unshare", "--user", "--net", "--"]
    if shutil.which("unshare") is None:
        return []
    works = subprocess.run([*prefix, "true"], check=False, capture_output=True)  # noqa: S603
    return [] if works.returncode else prefix
