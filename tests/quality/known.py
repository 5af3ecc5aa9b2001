"""Checks of fresh captions, and answers to them through the queue."""

from datetime import UTC, datetime
from typing import Any

from annotation_site.accounts.models import Project, User
from annotation_site.quality import checks, twins
from annotation_site.quality.models import Check
from annotation_site.rating import answers, claims
from annotation_site.rating.answers import Submission
from annotation_site.rating.models import Item, Purpose
from scorer.rubric import Dimension
from tests.factories import CaptionFactory
from tests.rating.factories import answer

NOW = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


def levels(level: int = 4, **other: int) -> dict[str, int]:
    """The same level everywhere, but for those that are told."""
    return {dimension.value: level for dimension in Dimension} | other


def known(project: Project, purpose: Purpose = Purpose.GOLD, **changes: Any) -> Check:
    """A check of a new caption, or of the one that is given."""
    caption = changes.pop("caption", None) or CaptionFactory(video__project=project)
    wanted = {"levels": levels(), "notes": {}, "by": None, "now": NOW, **changes}
    return checks.make(project=project, caption_id=caption.pk, purpose=purpose, **wanted)


def twin(project: Project, dimension: Dimension = Dimension.CAMERA, **changes: Any) -> Check:
    caption = changes.pop("caption", None) or CaptionFactory(video__project=project)
    wanted = {"text": "A ball flies.", "by": None, "now": NOW, **changes}
    return twins.make(project=project, caption_id=caption.pk, dimension=dimension, **wanted)


def answered(item: Item, annotator: User, **changes: Any) -> Submission:
    """What comes back to the annotator who gives these levels."""
    slot = claims.reserve(item=item, annotator=annotator)
    return answers.submit(**answer(slot, **changes))
