"""What the apps above may listen to."""

from django.dispatch import Signal

job_ended = Signal()
"""`job`: it has just succeeded, failed or been cancelled. Sent in the transaction that says so."""
