"""What Postgres's planner believes of tables that one long transaction fills.

Autovacuum looks at a table from outside: what a transaction has written is nothing to it until
the commit, and what an import that was rolled back has left behind is pages without a row. A plan
for one row, met by ten thousand, takes hours.
"""

from typing import Final

from django.db import connection

_FIRST: Final = 100
_FACTOR: Final = 4

_GREW: Final = """
SELECT quote_ident(schemaname) || '.' || quote_ident(relname)
FROM pg_stat_xact_user_tables WHERE n_tup_ins > 0 ORDER BY relid
"""


class Growth:
    """Has the tables that a transaction writes to counted again each time it has grown fourfold.

    That is a few dozen looks at 30,000 rows at most, however many there come to be.
    """

    def __init__(self) -> None:
        self._rows = 0
        self._next = _FIRST

    def add(self, rows: int) -> None:
        """Tell of so many rows more."""
        self._rows += rows
        if self._rows >= self._next:
            self._next = self._rows * _FACTOR
            _look_again()


def _look_again() -> None:
    """Whoever holds a table's statistics is looking at it just now; nobody waits for them."""
    with connection.cursor() as cursor:
        cursor.execute(_GREW)
        if tables := [table for (table,) in cursor.fetchall()]:
            cursor.execute(f"ANALYZE (SKIP_LOCKED) {', '.join(tables)}")
