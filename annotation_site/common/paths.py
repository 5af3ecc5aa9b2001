"""Where things lie in the data directory: under hashes and row ids, never under people's names."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

SOCKET_PATH_LIMIT = 107  # bytes, of sockaddr_un on Linux
LONGEST_SOCKET_NAME = ".s.PGSQL.5432.lock"


@dataclass(frozen=True, slots=True)
class DataDirectory:
    """Everything that Crest keeps, below one directory."""

    root: Path

    @property
    def secrets(self) -> Path:
        return self.root / "secrets"

    @property
    def media(self) -> Path:
        return self.root / "media"

    @property
    def snapshots(self) -> Path:
        return self.root / "snapshots"

    @property
    def exports(self) -> Path:
        """Files made from snapshots; they can all be made again."""
        return self.root / "exports"

    @property
    def runs(self) -> Path:
        return self.root / "runs"

    @property
    def models(self) -> Path:
        return self.root / "models"

    @property
    def uploads(self) -> Path:
        """Files on their way in, removed when accepted or refused."""
        return self.root / "uploads"

    @property
    def imports(self) -> Path:
        """Files that wait to be imported, and what became of each of their lines."""
        return self.root / "imports"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def postgres(self) -> Path:
        return self.root / "postgres"

    @property
    def broker(self) -> Path:
        return self.root / "broker"

    @property
    def sockets(self) -> Path:
        """Where the embedded services listen: outside, where the path cannot be a socket's.

        It may be too long, or hold the comma with which Postgres' clients separate hosts.
        """
        inside = self.root / "run"
        short = len(os.fsencode(inside / LONGEST_SOCKET_NAME)) < SOCKET_PATH_LIMIT
        if short and "," not in str(inside):
            return inside
        name = hashlib.sha256(os.fsencode(self.root)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"crest-{os.getuid()}-{name}"
