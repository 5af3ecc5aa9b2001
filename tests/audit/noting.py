"""The log as tests read it: what one piece of work leaves behind."""

from collections.abc import Iterator
from contextlib import contextmanager

from annotation_site.audit.models import Entry


@contextmanager
def noted() -> Iterator[list[Entry]]:
    """Yield a list that has, afterwards, what the body left in the log, oldest first."""
    newest = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    entries: list[Entry] = []
    yield entries
    entries.extend(Entry.objects.filter(pk__gt=newest).order_by("pk"))
