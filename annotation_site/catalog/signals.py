"""What the catalog tells whoever stands downstream of it."""

from django.dispatch import Signal

captions_added = Signal()
"""New captions: `project` and `caption_ids`. Sent inside the transaction, a batch at a time."""
