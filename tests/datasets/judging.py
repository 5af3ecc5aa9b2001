"""Judgments as submissions leave them, without the way through the queue."""

import uuid

from annotation_site.rating.models import Judgment, Slot
from scorer.rubric import Dimension
from tests.factories import CaptionFactory, ItemFactory, UserFactory, VideoFactory


def judge(project, *, now, level=3, caption=None, annotator=None):
    caption = caption or CaptionFactory(video=VideoFactory(project=project))
    item = getattr(caption, "item", None) or ItemFactory(project=project, caption=caption)
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
