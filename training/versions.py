"""The code that a result was made with, for its manifest."""

import hashlib
import platform
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Final

PACKAGES: Final = ("torch", "transformers", "peft", "accelerate", "safetensors", "numpy", "av")
ROOT: Final = Path(__file__).resolve().parent.parent


def versions() -> dict[str, str]:
    """Python, the packages that are installed, and a digest of our own sources."""
    found = {"python": platform.python_version(), "crest_source": _source()}
    for package in PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:  # a worker for the CPU goes without
            continue
    return found


@cache
def _source() -> str:
    """The sha256 of what computes: whatever the version says, this is the code that ran."""
    whole = hashlib.sha256()
    for path in sorted([*ROOT.glob("scorer/**/*.py"), *ROOT.glob("training/**/*.py")]):
        whole.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()
