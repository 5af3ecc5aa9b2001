"""Answers as submissions leave them, without the way through the queue."""

import uuid

from annotation_site.adjudication.models import Decision
from annotation_site.catalog.models import Caption, Video
from annotation_site.rating.models import Comparison, Judgment, Preference, Purpose, Remark, Slot
from scorer.rubric import Dimension
from tests.factories import CaptionFactory, ItemFactory, UserFactory, VideoFactory


def judge(project, *, now, level=3, caption=None, annotator=None):
    caption = caption or CaptionFactory(video=VideoFactory(project=project))
    item = caption.items.filter(purpose=Purpose.RATE).first()
    item = item or ItemFactory(project=project, caption=caption)
    slot = Slot.objects.create(
        item=item,
        annotator=annotator or UserFactory(),
        state=Slot.State.SUBMITTED,
        leased_at=now,
        submitted_at=now,
        client_key=uuid.uuid4(),
        revision=1,
    )
    Judgment.objects.bulk_create(
        Judgment(slot=slot, dimension=d, level=level, rubric_version=1, judged_at=now)
        for d in Dimension
    )
    return slot


def caption_of(project, *, at, **fields):
    """A caption that came in then, as its video did."""
    video = fields.pop("video", None) or VideoFactory(project=project)
    caption = CaptionFactory(video=video, **fields)
    Caption.objects.filter(pk=caption.pk).update(created_at=at)
    Video.objects.filter(pk=video.pk).update(created_at=at)
    return caption


def decide(item, *, now, **levels):
    """Settle these dimensions of the item. Who did it."""
    by = UserFactory()
    Decision.objects.bulk_create(
        Decision(item=item, dimension=dimension, level=level, reason="So it is.", by=by, at=now)
        for dimension, level in levels.items()
    )
    return by


def vote(project, *, now, captions, choice="caption", annotator=None):
    """A vote between two captions."""
    comparison, _ = Comparison.objects.get_or_create(
        project=project, name="duel", defaults={"by": UserFactory(), "made_at": now}
    )
    caption, rival = captions
    item = ItemFactory(
        project=project, purpose=Purpose.VOTE, caption=caption, rival=rival, comparison=comparison
    )
    slot = Slot.objects.create(
        item=item,
        annotator=annotator or UserFactory(),
        state=Slot.State.SUBMITTED,
        leased_at=now,
        submitted_at=now,
        client_key=uuid.uuid4(),
        revision=1,
    )
    Preference.objects.create(slot=slot, choice=choice, judged_at=now)
    return slot


def flag(slot, *, now):
    return Remark.objects.create(slot=slot, kind=Remark.Kind.FLAG, made_at=now)
