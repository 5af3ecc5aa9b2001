"""Listens to what the apps below say, and puts it into the outbox."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from annotation_site.accounts.models import Project
from annotation_site.adjudication.models import Decision
from annotation_site.datasets.models import Snapshot
from annotation_site.jobs.models import Job
from annotation_site.rating.models import Item, Purpose, Remark, Slot
from annotation_site.runs.models import Run
from annotation_site.webhooks import payloads
from annotation_site.webhooks.outbox import tell
from annotation_site.webhooks.types import Type

OF_JOBS: Final = {
    "import": Type.IMPORT_ENDED,
    "ratings-import": Type.IMPORT_ENDED,
    "export": Type.EXPORT_ENDED,
    "quality-report": Type.REPORT_ENDED,
}
"""What is told of the end of which kind of job. A frozen snapshot is told of by itself."""


def answered(*, slot: Slot, levels: Mapping[str, int], fresh: bool, **_: object) -> None:
    """Tell of ratings only: practice and checks are the project's own affair."""
    item = slot.item
    if not fresh or item.purpose != Purpose.RATE:
        return
    told = {Type.ANSWER_RECORDED: payloads.answer(slot, levels)}
    ratings = item.n_done + 1  # the row was read before it was counted
    if ratings == item.overlap:
        told[Type.CAPTION_COMPLETED] = payloads.completed(item, ratings=ratings)
    tell(project_id=item.project_id, told=told)


def revised(*, slot: Slot, levels: Mapping[str, int], **_: object) -> None:
    if slot.item.purpose == Purpose.RATE:
        told = {Type.ANSWER_REVISED: payloads.answer(slot, levels)}
        tell(project_id=slot.item.project_id, told=told)


def remarked(*, remark: Remark, **_: object) -> None:
    told = {Type.REMARK_CREATED: payloads.remark(remark)}
    tell(project_id=remark.slot.item.project_id, told=told)


def decided(*, item: Item, decisions: Iterable[Decision], **_: object) -> None:
    told = {Type.DECISION_MADE: payloads.decision(item, decisions)}
    tell(project_id=item.project_id, told=told)


def job_ended(*, job: Job, **_: object) -> None:
    if job.kind in OF_JOBS:
        tell(project_id=job.project_id, told={OF_JOBS[job.kind]: payloads.job(job)})


def frozen(*, snapshot: Snapshot, **_: object) -> None:
    told = {Type.SNAPSHOT_FROZEN: payloads.snapshot(snapshot)}
    tell(project_id=snapshot.project_id, told=told)


def run_ended(*, run: Run, **_: object) -> None:
    tell(project_id=run.project_id, told={Type.RUN_ENDED: payloads.run(run)})


def archived(*, project: Project, **_: Any) -> None:
    tell(project_id=project.pk, told={Type.PROJECT_ARCHIVED: payloads.archived(project)})
