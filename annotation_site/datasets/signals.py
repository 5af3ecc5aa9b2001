"""What data sets tell whoever stands downstream of them."""

from django.dispatch import Signal

snapshot_frozen = Signal()
"""`snapshot`: a new one is there. Sent in the transaction that writes its row."""
