"""Opening captions for rating, and lending them to annotators."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from annotation_site.accounts.models import Project, User
from annotation_site.catalog.models import Caption
from annotation_site.rating import queue, selectors, whole
from annotation_site.rating.emptiness import why_nothing
from annotation_site.rating.lanes import Lane, Task, lanes
from annotation_site.rating.models import Item, Slot
from annotation_site.rating.protocols import protocol_of, protocol_to_open_by, terms_of
from annotation_site.rating.refusals import LeaseLost, NothingToRate, NotToBeLent


@transaction.atomic
def open_items(*, project: Project, caption_ids: Sequence[int]) -> None:
    """Let these captions be rated. Those that are open already stay as they are.

    Captions of a video that nobody can play are left out.

    A share of them is drawn into the random stratum here, before anybody knows anything of them,
    and with the probability that the protocol gives now: what is rated there stands for all.
    """
    protocol = protocol_to_open_by(project)
    playing = Caption.objects.filter(pk__in=caption_ids, video__has_media=True)
    Item.objects.bulk_create(
        [
            Item(
                project=project,
                caption_id=pk,
                overlap=protocol.overlap,
                shuffle=_place(pk, "order"),
                inclusion=protocol.random_share
                if _place(pk, "stratum") < protocol.random_share
                else None,
            )
            for pk in playing.order_by("pk").values_list("pk", flat=True)
        ],
        ignore_conflicts=True,
    )


def _place(pk: int, of: str) -> float:
    """Draw a number from 0 to 1, the same each time, for one use."""
    digest = hashlib.sha256(f"{of} {pk}".encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


def claim(
    *,
    project: Project,
    annotator: User,
    task: Task = Task.RATE,
    beside: Collection[int] = (),
    draw: float | None = None,
) -> Slot:
    """Lend the annotator something to do: what they hold beside the rest, or the next item.

    Raises `NothingToRate`, which says why. Leases that have run out are first taken back.
    Which lane is tried (`draw`) depends on who asks and what they had last: asking again, in vain
    or because the reply was lost, draws nothing new.
    """
    protocol = protocol_of(project)
    asking = queue.Asking(project=project, annotator=annotator, task=task, terms=terms_of(protocol))

    def to_try(turn: int) -> Sequence[Lane]:
        of_turn = _place(annotator.pk, f"lane of turn {turn} of")
        return lanes(
            task=task,
            protocol=protocol,
            annotator=annotator,
            draw=of_turn if draw is None else draw,
        )

    taken = queue.lend(asking, lanes=to_try, beside=beside)
    if taken is None and sweep():
        taken = queue.lend(asking, lanes=to_try, beside=beside)
    if taken is None:
        raise NothingToRate(**why_nothing(project=project, annotator=annotator, task=task))
    return whole.shown(taken)


def reserve(*, item: Item, annotator: User) -> Slot:
    """Lend the annotator this very item, as `claim` would have when its turn came."""
    terms = terms_of(protocol_of(item.project))
    taken = queue.lend_this(item=item, annotator=annotator, terms=terms)
    if taken is None:
        raise NotToBeLent
    return whole.shown(taken)


def sweep() -> int:
    """Take back every place whose lease has run out, and count them."""
    return queue.expire()


def heartbeat(*, project: Project, slot_id: int, annotator: User) -> datetime:
    """Extend all that the annotator holds, while the page is looked at. This slot's new end."""
    slot = selectors.own_slot(project=project, slot_id=slot_id, annotator=annotator)
    terms = terms_of(protocol_of(project))
    queue.renew(queue.Asking(project=project, annotator=annotator, task=Task.RATE, terms=terms))
    slot.refresh_from_db(fields=["lease_until"])
    if slot.lease_until is None:  # submitted, skipped or swept
        raise LeaseLost
    return slot.lease_until
