"""Sending a rating back to its author, who rates it again or stands by it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from annotation_site.accounts.models import Project, User
from annotation_site.adjudication.models import Return
from annotation_site.adjudication.refusals import NoSuchRating, ReturnedAlready
from annotation_site.rating.models import Purpose, Slot


def send_back(
    *, project: Project, item_id: int, slot_id: int, reason: str, by: User, now: datetime
) -> Return:
    """Ask the author to look again. The rating counts as it is until they have."""
    ratings = Slot.objects.filter(item=item_id, item__project=project, item__purpose=Purpose.RATE)
    slot = ratings.filter(pk=slot_id, state=Slot.State.SUBMITTED).first()
    if slot is None:
        raise NoSuchRating
    try:
        with transaction.atomic():
            return Return.objects.create(slot=slot, reason=reason, by=by, at=now)
    except IntegrityError as error:  # the only rule that can be broken here
        raise ReturnedAlready from error


def open_for(*, project: Project, annotator: User) -> QuerySet[Return]:
    """What was sent back to the annotator and not answered yet."""
    mine = Return.objects.filter(
        answered_at=None, slot__annotator=annotator, slot__item__project=project
    )
    return mine.select_related("slot__item__caption__video")


def answer(*, slot: Slot, now: datetime) -> None:
    """Note that the author has rated again."""
    Return.objects.filter(slot=slot, answered_at=None).update(answered_at=now)
