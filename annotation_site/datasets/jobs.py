"""What takes minutes for a large project is done by the site's worker: freezing and exporting."""

from datetime import datetime
from typing import Any, Final

from annotation_site.accounts.models import Project, User
from annotation_site.datasets import services, store
from annotation_site.datasets.filters import Filters
from annotation_site.datasets.formats import format_called
from annotation_site.datasets.formats.format import Format
from annotation_site.datasets.models import Snapshot
from annotation_site.datasets.serializers import WantedIn
from annotation_site.datasets.splits import SplitRule
from annotation_site.jobs.models import Job
from annotation_site.jobs.registry import handler
from annotation_site.jobs.services import request
from annotation_site.jobs.work import Work

FREEZE: Final = "freeze"
EXPORT: Final = "export"
TELL_EVERY: Final = 1000


def request_freeze(
    *, project: Project, by: User, filters: Filters, rule: SplitRule, as_of: datetime | None
) -> Job:
    """Have a snapshot frozen by the worker."""
    wanted = {
        "filters": filters.as_json(),
        "split": rule.as_json(),
        "as_of": as_of and as_of.isoformat(),
    }
    return request(project=project, kind=FREEZE, by=by, payload={"wanted": wanted})


def request_export(*, snapshot: Snapshot, form: Format, by: User) -> Job:
    """Have an export made by the worker; while it is at it, whoever asks is given the same job."""
    return request(
        project=snapshot.project,
        kind=EXPORT,
        by=by,
        payload={"snapshot": snapshot.pk, "form": form.name},
        key=export_key(snapshot, form),
    )


def export_key(snapshot: Snapshot, form: Format) -> str:
    return f"{snapshot.digest}/{form.name}"


@handler(FREEZE)
def freeze(work: Work) -> dict[str, Any]:
    """Killed at its work, it begins again and ends with the same snapshot."""
    wanted = WantedIn(data=work.job.payload["wanted"])
    wanted.is_valid(raise_exception=True)
    snapshot, new = services.freeze_or_find(
        project=work.job.project, by=work.job.by, now=work.job.created_at, **wanted.validated_data
    )
    return {"snapshot": snapshot.pk, "digest": snapshot.digest, "new": new}


@handler(EXPORT, even_archived=True)  # it only writes down again what is there
def export(work: Work) -> dict[str, Any]:
    """Killed at its work, it begins again and ends with the same bytes."""
    snapshot = Snapshot.objects.get(project=work.job.project, pk=work.job.payload["snapshot"])
    form = format_called(work.job.payload["form"])
    made = store.make(snapshot, form, on_line=_Steps(work))
    return {"form": form.name, "bytes": made.bytes, "sha256": made.sha256}


class _Steps:
    """Tells of the lines that were read, now and then."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._lines = 0

    def __call__(self) -> None:
        self._lines += 1
        if self._lines % TELL_EVERY == 0:
            self._work.progress(done=self._lines, note="lines read")
