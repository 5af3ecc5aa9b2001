"""Many at the same moment, each with a database connection of its own."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

Answer = TypeVar("Answer")


def at_once(count: int, act: Callable[[], Answer]) -> list[Answer | Exception]:
    """What each got: its answer, or what it raised."""
    gate = threading.Barrier(count)

    def enter(_: int) -> Answer | Exception:
        try:
            connection.ensure_connection()
            gate.wait(timeout=30)
            return act()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(enter, range(count)))
