"""What annotators tell the admins about a caption: a flag, or words."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from annotation_site.accounts.models import Project, User
from annotation_site.rating.models import Remark, Slot
from annotation_site.rating.refusals import NoSuchRemark
from annotation_site.rating.signals import remarked


@transaction.atomic
def mention(*, slot: Slot, text: str, now: datetime) -> tuple[Remark, bool]:
    """Raise a flag, unless one is up: its own words say more. Whether it is new."""
    remark, new = Remark.objects.get_or_create(
        slot=slot,
        kind=Remark.Kind.FLAG,
        resolved_at=None,
        defaults={"text": text, "made_at": now},
    )
    if new:
        remarked.send(sender=Remark, remark=remark)
    return remark, new


def flag(*, slot: Slot, text: str, now: datetime) -> tuple[Remark, bool]:
    """Raise a flag, or give the one that is up these words, if any. Whether it is new."""
    remark, new = mention(slot=slot, text=text, now=now)
    if not new and text:
        remark.text = text
        remark.save(update_fields=["text"])
    return remark, new


@transaction.atomic
def comment(*, slot: Slot, text: str, now: datetime) -> Remark:
    remark = Remark.objects.create(slot=slot, kind=Remark.Kind.COMMENT, text=text, made_at=now)
    remarked.send(sender=Remark, remark=remark)
    return remark


def unflag(*, slot: Slot, saying: str | None = None) -> None:
    """Take one's flag down (or only one with these words), unless an admin has dealt with it."""
    up = Remark.objects.filter(slot=slot, kind=Remark.Kind.FLAG, resolved_at=None)
    (up if saying is None else up.filter(text=saying)).delete()


def inbox(*, project: Project, only_open: bool, kind: str = "") -> QuerySet[Remark]:
    """The remarks of the project, all or of one kind, with what a row of the inbox shows."""
    rows = Remark.objects.filter(slot__item__project=project).select_related(
        "slot__annotator", "slot__item__caption__video", "resolved_by"
    )
    if kind:
        rows = rows.filter(kind=kind)
    return rows.filter(resolved_at=None) if only_open else rows


@transaction.atomic
def resolve_all(*, project: Project, remark_ids: Collection[int], by: User, now: datetime) -> int:
    """Mark these as dealt with, but for those that are. How many were marked."""
    rows = Remark.objects.filter(slot__item__project=project, pk__in=remark_ids, resolved_at=None)
    return Remark.objects.filter(pk__in=_held(rows)).update(resolved_at=now, resolved_by=by)


@transaction.atomic
def reopen_all(*, project: Project, remark_ids: Collection[int], by: User) -> int:
    """Take back what one has resolved oneself, unless the flag was raised anew. How many."""
    rows = Remark.objects.filter(slot__item__project=project, pk__in=remark_ids, resolved_by=by)
    raised = Remark.objects.filter(
        slot=OuterRef("slot"), kind=Remark.Kind.FLAG, resolved_at=None
    ).exclude(pk=OuterRef("pk"))
    rows = rows.exclude(Q(kind=Remark.Kind.FLAG) & Exists(raised))
    held = Remark.objects.filter(pk__in=_held(rows)).order_by("pk")
    # Of several flags on one answer only one may be up: the newest.
    open_again = {
        (one.kind, one.slot_id if one.kind == Remark.Kind.FLAG else one.pk): one.pk for one in held
    }
    reopened = Remark.objects.filter(pk__in=open_again.values())
    return reopened.update(resolved_at=None, resolved_by=None)


def _held(rows: QuerySet[Remark]) -> list[int]:
    """Lock them in the order in which everybody would."""
    held = rows.order_by("pk").select_for_update(of=("self",), no_key=True)
    return list(held.values_list("pk", flat=True))


@transaction.atomic
def resolve(*, project: Project, remark_id: int, by: User, now: datetime) -> Remark:
    """Mark a remark as dealt with. Who did it first stays."""
    mine = inbox(project=project, only_open=False).select_for_update(of=("self",))
    remark = mine.filter(pk=remark_id).first()
    if remark is None:
        raise NoSuchRemark
    if remark.resolved_at is None:
        remark.resolved_at, remark.resolved_by = now, by
        remark.save(update_fields=["resolved_at", "resolved_by"])
    return remark
