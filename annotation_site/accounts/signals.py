"""What accounts tell whoever stands downstream of them."""

from django.dispatch import Signal

member_left = Signal()
"""Somebody may no longer work in a project: `project` and `user`. Sent inside the transaction."""

project_archived = Signal()
"""`project` has been put away. Sent inside the transaction, once."""
