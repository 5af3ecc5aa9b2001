"""Videos that were known by name alone, once a file of that name comes: one video of both."""

from django.db.models import Exists, OuterRef, Q

from annotation_site.accounts.models import Project
from annotation_site.catalog.models import Caption, Video, VideoName
from annotation_site.catalog.signals import captions_added


def absorb(*, project: Project, name: str, into: Video) -> bool:
    """Give the video what was said of the name. False: it cannot be, and both stay as they are.

    Captions keep their ids, so whatever was judged of them stays with them. Runs in a transaction.
    """
    waiting = _known_by(project, name)
    if waiting is None:
        return True
    if _said_of_both(waiting, into):
        return False
    moved = list(waiting.captions.values_list("pk", flat=True))
    Caption.objects.filter(pk__in=moved).update(video=into)
    for other in waiting.names.exclude(name=name).values_list("name", flat=True):
        VideoName.objects.get_or_create(video=into, name=other)
    waiting.delete()
    # Now that it can be played, what nobody was asked of it may be asked.
    captions_added.send(sender=Caption, project=project, caption_ids=moved)
    return True


def _known_by(project: Project, name: str) -> Video | None:
    """The one video of which there is nothing but this name, or a path that ends with it."""
    nameless = Video.objects.filter(project=project, has_media=False)
    for spelled in (Q(name=name), Q(name__endswith=f"/{name}")):
        called = VideoName.objects.filter(spelled, video__in=nameless).values("video")
        found = list(nameless.filter(pk__in=called).select_for_update()[:2])
        if len(found) == 1:
            return found[0]
    return None


def _said_of_both(one: Video, other: Video) -> bool:
    """Whether a caption of theirs would be there twice."""
    same = {field: OuterRef(field) for field in ("captioner", "kind", "text_sha256")}
    twice = Caption.objects.filter(video=other, **same)
    return Caption.objects.filter(Exists(twice), video=one).exists()
