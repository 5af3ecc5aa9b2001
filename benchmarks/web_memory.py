"""Claim: the web process stays far below one that loads models, for it never imports torch.

python -m benchmarks.web_memory
"""

import http.client
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotation_site.common.ports import is_free

ROOT = Path(__file__).resolve().parents[1]
PORT = next(port for port in range(18000, 19000) if is_free("127.0.0.1", port))
WEB = [sys.executable, "-m", "uvicorn", "annotation_site.asgi:application", "--port", str(PORT)]
MODELS = """
import sys, torch
from transformers import AutoModelForImageTextToText as _
print("loaded", flush=True)
sys.stdin.read()
"""
START_SECONDS = 60


def resident_mib(pid: int) -> float:
    """VmRSS: the memory that the process itself occupies now."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    facts = dict(line.split(":", 1) for line in lines)
    return int(facts["VmRSS"].split()[0]) / 1024


@contextmanager
def running(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    with tempfile.TemporaryDirectory() as data:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "CREST_DATA": data},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield process
        finally:
            process.kill()
            process.communicate()


def ask(path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def web() -> float:
    with running([*WEB, "--lifespan", "off"]) as process:
        end = time.monotonic() + START_SECONDS
        while is_free("127.0.0.1", PORT) and time.monotonic() < end:
            time.sleep(0.1)
        # The schema makes it load every view and serializer it has.
        if ask("/api/v1/schema") != http.client.OK:
            raise SystemExit("the site does not answer")
        return resident_mib(process.pid)


def models() -> float:
    with running([sys.executable, "-c", MODELS]) as process:
        assert process.stdout is not None
        if process.stdout.readline() != b"loaded\n":
            raise SystemExit("torch and transformers do not load")
        return resident_mib(process.pid)


def main() -> None:
    site, loaded = web(), models()
    print(f"web process, every view loaded     {site:7.0f} MiB")
    print(f"a process with torch, transformers {loaded:7.0f} MiB")
    print(f"ratio                              {loaded / site:7.1f}")


if __name__ == "__main__":
    main()
