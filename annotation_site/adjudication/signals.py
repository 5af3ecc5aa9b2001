"""What adjudication tells whoever stands downstream of it."""

from django.dispatch import Signal

decided = Signal()
"""`item` and its new `decisions`, made together. Sent in the transaction that makes them."""
