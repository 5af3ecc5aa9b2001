"""Secrets that nobody chose: made once, kept in the data directory, readable by the owner only."""

import os
import secrets
from pathlib import Path


def read_or_create(path: Path) -> str:
    """The secret at `path`; 43 random characters are written there if there is none.

    The file appears whole or not at all, so that two processes starting together agree.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        partial = path.with_name(f".{path.name}.{os.getpid()}")
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(32))
        try:
            os.link(partial, path)
        except FileExistsError:
            pass  # another process was first: its secret is the one
        finally:
            partial.unlink()
    return path.read_text().strip()
