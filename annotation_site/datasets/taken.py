"""Who took ratings home: the audit log notes each of these rows."""

from datetime import datetime
from typing import Final

from django.http.response import HttpResponseBase
from rest_framework.request import Request

from annotation_site.accounts.access import signed_in
from annotation_site.datasets.models import Download, Snapshot

DIFF: Final = "diff"
"""Beside the names of formats: what changed between two snapshots, line by line."""
_WITH_A_BODY: Final = (200, 206)


def note(
    request: Request, answer: HttpResponseBase, *, snapshot: Snapshot, form: str, now: datetime
) -> None:
    """Keep that the person behind the request is given the file, or a part of it."""
    if request.method != "GET" or answer.status_code not in _WITH_A_BODY:
        return
    taken = Download(snapshot=snapshot, form=form, by=signed_in(request), day=now.date())
    # The parts of a file come at once, too: the constraint says which of them is the first.
    Download.objects.bulk_create([taken], ignore_conflicts=True)
