"""What runs tell whoever stands downstream of them."""

from django.dispatch import Signal

run_ended = Signal()
"""`run`: it has just succeeded, failed or been cancelled. Sent in the transaction that says so."""
