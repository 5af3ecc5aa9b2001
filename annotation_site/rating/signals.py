"""What rating tells the apps that build on it."""

from django.dispatch import Signal

answered = Signal()
"""Sent with `slot`, `levels` and `now` in the transaction of somebody's first answer to an item.

It is sent again for the same answer, when that is sent again: then it is not `fresh`. A receiver
may return feedback, as `{"passed": True, "dimensions": [...]}`; after practice it is shown to the
annotator.
"""

revised = Signal()
"""Sent with `slot`, `levels` and `now` in the transaction of an answer that is given anew."""

remarked = Signal()
"""Sent with a new `remark`, a flag or a comment, in the transaction that writes it."""

skipped = Signal()
"""Sent with `slot` and `now` in the transaction in which somebody passes an item."""
