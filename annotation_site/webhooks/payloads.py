"""What each event says: numbers to ask the API by, and what a receiver nearly always asks next."""

from collections.abc import Iterable, Mapping
from typing import Any

from annotation_site.accounts.models import Project
from annotation_site.adjudication.models import Decision
from annotation_site.datasets.models import Snapshot
from annotation_site.jobs.models import Job
from annotation_site.rating.models import Item, Remark, Slot
from annotation_site.runs.models import Run

Data = dict[str, Any]


def answer(slot: Slot, levels: Mapping[str, int]) -> Data:
    return {
        **caption(slot.item),
        "slot": slot.pk,
        "annotator": slot.annotator_id,
        "revision": slot.revision,
        "rubric_version": slot.rubric_version,
        "late": slot.late,
        "levels": dict(levels),
    }


def completed(item: Item, *, ratings: int) -> Data:
    return {**caption(item), "ratings": ratings}


def caption(item: Item) -> Data:
    """Which caption it is, by our number and by the name that it came with."""
    return {
        "item": item.pk,
        "caption": item.caption_id,
        "external_id": item.caption.external_id,
        "video": item.caption.video.sha256,
    }


def remark(made: Remark) -> Data:
    return {
        **caption(made.slot.item),
        "remark": made.pk,
        "slot": made.slot_id,
        "annotator": made.slot.annotator_id,
        "kind": made.kind,
        "text": made.text,
    }


def decision(item: Item, made: Iterable[Decision]) -> Data:
    """They were made together, by one person for one reason."""
    decisions = list(made)
    return {
        **caption(item),
        "levels": {decision.dimension: decision.level for decision in decisions},
        "reason": decisions[0].reason,
        "by": decisions[0].by.username,
    }


def job(ended: Job) -> Data:
    return {
        "job": ended.pk,
        "kind": ended.kind,
        "state": ended.state,
        "result": ended.result,
        "problem": ended.problem,
        "by": ended.by.username if ended.by else None,
    }


def snapshot(frozen: Snapshot) -> Data:
    return {
        "snapshot": frozen.pk,
        "digest": frozen.digest,
        "as_of": frozen.as_of and frozen.as_of.isoformat(),
        "videos": frozen.videos,
        "captions": frozen.captions,
        "judgments": frozen.judgments,
        "preferences": frozen.preferences,
    }


def run(ended: Run) -> Data:
    return {
        "run": ended.pk,
        "kind": ended.kind,
        "state": ended.state,
        "turn": ended.turn_id,
        "snapshot": ended.snapshot_id,
        "digest": ended.digest,
        "error_code": ended.error_code,
        "error_detail": ended.error_detail,
    }


def archived(project: Project) -> Data:
    return {"name": project.name}
