"""A TCP port of this machine: whether it is free, and who holds it."""

import socket
from pathlib import Path

LISTENING = "0A"  # the state's number in /proc/net/tcp


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as candidate:
        candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            candidate.bind(address)
        except OSError:
            return False
        return True


def holder(port: int) -> str:
    """Name the process that listens there, as far as this user may see."""
    sockets = {f"socket:[{inode}]" for inode in _listening_inodes(port)}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if any(str(link.readlink()) in sockets for link in (process / "fd").iterdir()):
                command = (process / "cmdline").read_text().replace("\0", " ").strip()
                return f"process {process.name} ({command[:80]})"
        except OSError:  # it just ended, or it is not ours to look at
            continue
    return "another program"


def _listening_inodes(port: int) -> list[str]:
    found = []
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        if not table.exists():
            continue
        for row in table.read_text().splitlines()[1:]:
            columns = row.split()
            local, state, inode = columns[1], columns[3], columns[9]
            if state == LISTENING and int(local.rpartition(":")[2], 16) == port:
                found.append(inode)
    return found
