"""Who may rate where practice and a qualification come first.

The score decides once, when somebody has answered every qualification clip; from then on only an
admin does. A clip is answered once for ever, so whoever is sent back to practice qualifies by clips
that were made since, and what they answered before no longer counts.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Avg, Exists, IntegerField, OuterRef, QuerySet
from django.db.models.functions import Cast

from annotation_site.accounts.models import Membership, Project, Role, User
from annotation_site.quality.models import Outcome
from annotation_site.quality.refusals import NoSuchAnnotator, NothingLeftToAnswer
from annotation_site.rating.models import Item, Purpose, Slot, Standing
from annotation_site.rating.protocols import protocol_of


@transaction.atomic
def settle(*, project_id: int, annotator_id: int, now: datetime) -> None:
    """Let the annotator in, or not, if they have answered every qualification clip."""
    standing = _held(project_id, annotator_id, now)
    if standing.state != Standing.State.PRACTISING or unanswered(project_id, annotator_id).exists():
        return
    score = _score(standing)
    if score is None:
        return
    passed = score >= protocol_of(standing.project).pass_share
    standing.state = Standing.State.QUALIFIED if passed else Standing.State.FAILED
    standing.score, standing.since, standing.by = score, now, None
    standing.save(update_fields=["state", "score", "since", "by"])


def settle_all(*, project: Project, now: datetime) -> None:
    """Look again at everybody who is practising: there is one clip less to answer."""
    practising = Standing.objects.filter(project=project, state=Standing.State.PRACTISING)
    for annotator_id in practising.order_by("pk").values_list("annotator_id", flat=True):
        settle(project_id=project.pk, annotator_id=annotator_id, now=now)


def look_again(*, slot: Slot, now: datetime) -> None:
    """Whoever waited for a clip that turns out to be broken need wait no more."""
    if slot.skip_reason != Slot.SkipReason.BROKEN:
        return
    item = slot.item
    of_the_video = Item.objects.filter(
        project=item.project_id, caption__video=item.caption.video_id, purpose=Purpose.EXAM
    )
    if of_the_video.exists():
        settle_all(project=item.project, now=now)


@transaction.atomic
def decide(
    *, project: Project, annotator_id: int, state: Standing.State, by: User, now: datetime
) -> Standing:
    """Let somebody in whatever their score, or send them back to practice, as an admin may."""
    _refuse_unless_annotator(project, annotator_id)
    standing = _held(project.pk, annotator_id, now)
    if standing.state == state:
        return standing
    if state == Standing.State.PRACTISING:
        if not unanswered(project.pk, annotator_id).exists():
            raise NothingLeftToAnswer
        standing.score = None
    standing.state, standing.since, standing.by = state, now, by
    standing.save(update_fields=["state", "score", "since", "by"])
    return standing


def unanswered(project_id: int, annotator_id: int) -> QuerySet[Item]:
    """The qualification clips that the annotator has not answered."""
    answered = Slot.objects.filter(
        item=OuterRef("pk"), annotator=annotator_id, state=Slot.State.SUBMITTED
    )
    clips = Item.objects.filter(project=project_id, purpose=Purpose.EXAM, withdrawn=False)
    return clips.exclude(Exists(answered))


def _held(project_id: int, annotator_id: int, now: datetime) -> Standing:
    """Lock the standing: of two last answers that come in at once, the second sees the first."""
    Standing.objects.get_or_create(
        project_id=project_id,
        annotator_id=annotator_id,
        defaults={"state": Standing.State.PRACTISING, "since": now},
    )
    held = Standing.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("project", "annotator", "by").get(
        project=project_id, annotator=annotator_id
    )


def _score(standing: Standing) -> float | None:
    """The share of qualification answers within tolerance, of those that count."""
    counted = Outcome.objects.filter(
        slot__item__project=standing.project_id,
        slot__item__purpose=Purpose.EXAM,
        slot__item__withdrawn=False,
        slot__annotator=standing.annotator_id,
    )
    if standing.by is not None:  # sent back by hand
        counted = counted.filter(slot__submitted_at__gt=standing.since)
    found = counted.aggregate(share=Avg(Cast("passed", IntegerField())))
    share: float | None = found["share"]
    return share


def _refuse_unless_annotator(project: Project, annotator_id: int) -> None:
    member = Membership.objects.filter(project=project, user=annotator_id, role=Role.ANNOTATOR)
    if not member.exists():
        raise NoSuchAnnotator
