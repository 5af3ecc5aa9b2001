"""Time, as far as leases know it."""

from django.db import connection


def run_out(slot_id: int) -> None:
    """Let a lease end now. Whoever looks next finds that it has."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE rating_slot SET lease_until = statement_timestamp()"
            " WHERE id = %s AND state = 'leased'",
            [slot_id],
        )
