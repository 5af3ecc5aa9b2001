"""What crosses a border: a directory, finished once its manifest exists, named by its digest.

The standard library only, so that the site may seal what it hands out and the scorer check what it
is given with the same code.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

NAME: Final = "manifest.json"

JSON = Mapping[str, Any]


class Unsealed(Exception):
    """The directory has no manifest: whoever wrote it did not finish."""


class Tampered(Exception):
    """A file is missing or is not the one that was sealed."""


def canonical(value: Any) -> str:
    """JSON with one spelling: sorted keys, no spaces, UTF-8, no NaN."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def file_digest(path: Path) -> str:
    """The sha256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def seal(directory: Path, about: JSON) -> str:
    """Write the manifest of everything in `directory` and return the sha256 that names it.

    Files are flushed to disk first: a manifest never outlives what it lists.
    """
    files = {}
    for path in sorted(directory.rglob("*")):
        if path.is_file() and path.name != NAME:
            with path.open("rb") as file:
                os.fsync(file.fileno())
            name = path.relative_to(directory).as_posix()
            files[name] = {"sha256": file_digest(path), "bytes": path.stat().st_size}
    text = canonical({**about, "files": files})
    partial = directory / f".{NAME}.partial"
    partial.write_text(text, encoding="utf-8")
    partial.replace(directory / NAME)
    return hashlib.sha256(text.encode()).hexdigest()


def read(directory: Path) -> dict[str, Any]:
    """The manifest of a finished directory. Raises `Unsealed`."""
    try:
        text = (directory / NAME).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise Unsealed(f"{directory} has no {NAME}") from None
    manifest: dict[str, Any] = json.loads(text)
    return manifest


def digest(directory: Path) -> str:
    """The sha256 that names a sealed directory. Raises `Unsealed`."""
    if not (directory / NAME).is_file():
        raise Unsealed(f"{directory} has no {NAME}")
    return file_digest(directory / NAME)


def verify(directory: Path) -> dict[str, Any]:
    """The manifest, after every file it lists was read and found the same.

    Raises `Unsealed` or `Tampered`.
    """
    manifest = read(directory)
    for name, sealed in manifest["files"].items():
        path = directory / name
        if not path.is_file() or file_digest(path) != sealed["sha256"]:
            raise Tampered(f"{path} is missing or changed")
    return manifest
