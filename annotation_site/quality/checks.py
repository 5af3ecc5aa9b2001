"""Checks: items whose answers are known, made of captions by an admin."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from annotation_site.accounts.models import Project, User
from annotation_site.catalog.models import Caption
from annotation_site.quality import outcomes, standings
from annotation_site.quality.models import Check
from annotation_site.quality.refusals import (
    AlreadyACheck,
    NoSuchCaption,
    NoSuchCheck,
    TwinHasNoReference,
)
from annotation_site.rating.models import EVERYONE, Item, Purpose

Levels = Mapping[str, int]
Notes = Mapping[str, str]


@transaction.atomic
def make(
    *,
    project: Project,
    caption_id: int,
    purpose: Purpose,
    levels: Levels,
    notes: Notes,
    by: User | None,
    now: datetime,
) -> Check:
    """Make a practice, qualification or gold item of a caption. It is still rated as before."""
    one_at_a_time(project)
    caption = caption_of(project, caption_id)
    if Item.objects.filter(project=project, caption=caption, purpose=purpose).exists():
        raise AlreadyACheck
    place = _next_place(project) if purpose == Purpose.PRACTICE else 0
    item = Item.objects.create(
        project=project,
        purpose=purpose,
        caption=caption,
        overlap=EVERYONE,
        shuffle=1 - 1 / (place + 1) if place else drawn(caption_id, purpose),
        tier_reason=purpose,
    )
    return Check.objects.create(
        item=item, levels=dict(levels), notes=_said(notes), place=place, by=by, made_at=now
    )


@transaction.atomic
def edit(
    *,
    project: Project,
    item_id: int,
    now: datetime,
    levels: Levels | None = None,
    notes: Notes | None = None,
    withdrawn: bool | None = None,
) -> Check:
    """Correct a check, take it out, or put it back.

    Answers so far are held against the corrected levels; who is qualified stays qualified.
    """
    check = _held(project, item_id)
    if levels is not None and levels != check.levels:
        if check.spoiled:
            raise TwinHasNoReference
        check.levels = dict(levels)
        outcomes.judge_again(item=check.item, levels=levels)
    if notes is not None:
        check.notes = _said(notes)
    check.save(update_fields=["levels", "notes"])
    if withdrawn is not None and withdrawn != check.item.withdrawn:
        check.item.withdrawn = withdrawn
        check.item.save(update_fields=["withdrawn"])
        if withdrawn and check.item.purpose == Purpose.EXAM:
            standings.settle_all(project=project, now=now)
    return check


def one_at_a_time(project: Project) -> None:
    """Let whoever makes checks in this project at the same moment wait."""
    list(Project.objects.filter(pk=project.pk).select_for_update(no_key=True).values_list("pk"))


def caption_of(project: Project, caption_id: int) -> Caption:
    playing = Caption.objects.filter(video__project=project, video__has_media=True)
    caption = playing.filter(pk=caption_id).first()
    if caption is None:
        raise NoSuchCaption
    return caption


def drawn(caption_id: int, of: str) -> float:
    """Draw a number from 0 to 1, the same each time."""
    digest = hashlib.sha256(f"{of} {caption_id}".encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


def _next_place(project: Project) -> int:
    last = Check.objects.filter(item__project=project).order_by("-place").first()
    return 1 if last is None else last.place + 1


def _held(project: Project, item_id: int) -> Check:
    """Lock the check's item, as whoever answers it does."""
    item = Item.objects.filter(pk=item_id, project=project).select_for_update(no_key=True).first()
    check = Check.objects.filter(pk=item_id).first()
    if item is None or check is None:
        raise NoSuchCheck
    check.item = item
    return check


def _said(notes: Notes) -> dict[str, str]:
    return {dimension: note.strip() for dimension, note in notes.items() if note.strip()}
