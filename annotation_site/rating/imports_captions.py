"""The captions that imported ratings are about: found, or made of what the ratings tell of them."""

from collections.abc import Iterator, Sequence
from hashlib import sha256

from annotation_site.accounts.models import Project
from annotation_site.catalog.caption_lines import CaptionLine
from annotation_site.catalog.captions import captioners_called, unsaved
from annotation_site.catalog.external_ids import ExternalIds
from annotation_site.catalog.models import Caption, Video, VideoName
from annotation_site.catalog.names import Given, Names
from annotation_site.catalog.records import Problem
from annotation_site.catalog.signals import captions_added
from annotation_site.rating.imports_lines import RatingLine

_Key = tuple[int, int, str, str]
"""Video, captioner, kind, and the hash of the text: what makes a caption the same one."""


class RatedCaptions:
    """Finds the captions of a batch of ratings, and makes those that are not there."""

    def __init__(self, project: Project, *, may_make: bool) -> None:
        self._project = project
        self._may_make = may_make
        self._names = Names(project, Given())
        self._external_ids = ExternalIds(project)

    def problems(self, batch: Sequence[RatingLine]) -> Iterator[Problem]:
        """Say which lines are about a caption that cannot be."""
        self._external_ids.look_up(row.caption for row in batch if row.caption is not None)
        known = self._called(row.external_id for row in batch if row.caption is None)
        for row in batch:
            try:
                self._check(row, known)
            except ValueError as error:
                yield Problem(line=row.line, reason=str(error))

    def _check(self, row: RatingLine, known: dict[str, int]) -> None:
        if row.caption is None:
            if row.external_id not in known:
                raise ValueError(f'There is no caption called "{row.external_id}".')
            return
        if not (self._may_make and not self._names.knows(row.caption.video)):
            self._external_ids.add(row.caption, self._names.find(row.caption.video))

    def ids(self, batch: Sequence[RatingLine]) -> list[int]:
        """The caption of each line. What is new is stored, and told as an import of captions is."""
        told = [row.caption for row in batch if row.caption is not None]
        self._make_videos(told)
        by_key = self._stored(told)
        by_name = self._called(row.external_id for row in batch if row.caption is None)
        return [
            by_name[row.external_id] if row.caption is None else by_key[row.caption]
            for row in batch
        ]

    def _called(self, external_ids: Iterator[str]) -> dict[str, int]:
        wanted = set(external_ids)
        rows = Caption.objects.filter(captioner__project=self._project, external_id__in=wanted)
        return dict(rows.values_list("external_id", "pk")) if wanted else {}

    def _make_videos(self, told: Sequence[CaptionLine]) -> None:
        """Let videos that are not here be known by their names: nobody can play or rate them."""
        missing = sorted({row.video for row in told if not self._names.knows(row.video)})
        videos = Video.objects.bulk_create(_nameless(self._project, name) for name in missing)
        VideoName.objects.bulk_create(
            VideoName(video=video, name=name) for video, name in zip(videos, missing, strict=True)
        )
        for video, name in zip(videos, missing, strict=True):
            self._names.add(name, video.pk)

    def _stored(self, told: Sequence[CaptionLine]) -> dict[CaptionLine, int]:
        captioners = captioners_called(told, self._project)
        wanted = {row: self._caption(row, captioners) for row in told}
        rows = Caption.objects.filter(
            text_sha256__in={caption.text_sha256 for caption in wanted.values()},
            captioner__in=captioners.values(),
        )
        found = {_key(caption): caption.pk for caption in rows}
        new = {_key(c): c for c in wanted.values() if _key(c) not in found}
        made = Caption.objects.bulk_create(new.values())
        found |= {_key(caption): caption.pk for caption in made}
        if made:
            captions_added.send(
                sender=Caption, project=self._project, caption_ids=[one.pk for one in made]
            )
        return {row: found[_key(caption)] for row, caption in wanted.items()}

    def _caption(self, row: CaptionLine, captioners: dict[str, int]) -> Caption:
        video = self._names.find(row.video)
        assert video is not None  # noqa: S101 - only files that came along can be refused
        author = captioners[row.source]
        return unsaved(video, author, row.kind, row.caption, external_id=row.external_id)


def _key(caption: Caption) -> _Key:
    return (caption.video_id, caption.captioner_id, caption.kind, caption.text_sha256)


def _nameless(project: Project, name: str) -> Video:
    """A video of which there is nothing but a name. Its content's hash is the name's."""
    return Video(
        project=project,
        sha256=sha256(f"known by name only: {name}".encode()).hexdigest(),
        seconds=0,
        width=0,
        height=0,
        fps=0,
        source_bytes=0,
        has_media=False,
    )
