"""How a project rates: its protocol, or the usual one where nobody has chosen.

What is lent keeps the terms on which it was lent: a change is for what comes after it.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, transaction

from annotation_site.accounts.models import Project
from annotation_site.rating.models import Protocol

# Whatever an item has beyond the protocol's overlap, or short of it, it keeps. In the order in
# which everybody locks items.
_RAISE_OVERLAP: Final = """
WITH held AS (
    SELECT item.id FROM rating_item item
    JOIN catalog_caption caption ON caption.id = item.caption_id
    JOIN catalog_video video ON video.id = caption.video_id
    WHERE item.project_id = %(project)s AND item.purpose = 'rate' AND video.has_media
    ORDER BY item.id FOR NO KEY UPDATE OF item
)
UPDATE rating_item SET overlap = greatest(overlap + %(by)s, 1)
FROM held WHERE rating_item.id = held.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What something is lent with: for how many seconds, and by which rules it is answered."""

    lease_seconds: int
    rubric_version: int
    watch_share: float
    random_order: bool

    @property
    def facts(self) -> dict[str, Any]:
        return {
            "lease": self.lease_seconds,
            "rubric_version": self.rubric_version,
            "watch_share": self.watch_share,
            "random_order": self.random_order,
        }


def protocol_of(project: Project) -> Protocol:
    """Read only: a project without a protocol of its own has the usual one, unsaved.

    Read once for each project object, as requests have one of their own.
    """
    try:
        return project.protocol
    except Protocol.DoesNotExist:
        return Protocol(project=project)


def terms_of(protocol: Protocol) -> Terms:
    return Terms(
        lease_seconds=protocol.lease_seconds,
        rubric_version=protocol.rubric_version,
        watch_share=protocol.watch_share,
        random_order=protocol.random_order,
    )


def settled_protocol(project: Project) -> Protocol:
    """Write the protocol down, once there is something to rate by it."""
    return Protocol.objects.get_or_create(project=project)[0]


def protocol_to_open_by(project: Project) -> Protocol:
    """The protocol, which stays as it is until what is opened by it is there for all to see.

    Several may open items at once. Call it in their transaction.
    """
    found = "SELECT * FROM rating_protocol WHERE id = %s FOR SHARE"
    return Protocol.objects.raw(found, [settled_protocol(project).pk])[0]


def hold(project: Project) -> Protocol:
    """The protocol, for whoever changes it: one at a time, and while nobody opens items by it."""
    settled = settled_protocol(project)
    return Protocol.objects.select_for_update(no_key=True).get(pk=settled.pk)


@transaction.atomic
def change(*, project: Project, **given: Any) -> Protocol:
    """Rate otherwise from now on. What is lent or drawn already stays as it was.

    Another overlap is for all captions: a higher one opens those again that were finished; below
    a lower one nothing is taken back, and answers beyond it stay.
    """
    protocol = hold(project)
    more = given.get("overlap", protocol.overlap) - protocol.overlap
    for name, value in given.items():
        setattr(protocol, name, value)
    protocol.save(update_fields=list(given))
    if more:
        with connection.cursor() as cursor:
            cursor.execute(_RAISE_OVERLAP, {"project": project.pk, "by": more})
    return protocol
