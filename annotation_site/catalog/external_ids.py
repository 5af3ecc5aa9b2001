"""What captions are called elsewhere. One name means one caption, which never changes."""

from collections.abc import Iterable

from annotation_site.accounts.models import Project
from annotation_site.catalog.caption_lines import CaptionLine
from annotation_site.catalog.models import Caption

_Said = tuple[int | None, str, str, str]
"""All that can be said of a caption: its video, its source, its kind, its text."""


class ExternalIds:
    """The external ids of a project and of a file, as far as it is read.

    Of each that the file names, a number is kept in memory; of those that are stored, a batch.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._stored: dict[str, _Said] = {}
        self._read: dict[str, int] = {}

    def look_up(self, batch: Iterable[CaptionLine]) -> None:
        """Ask for the captions that these lines may mean, all at once."""
        wanted = [row.external_id for row in batch if row.external_id]
        rows = Caption.objects.filter(captioner__project=self._project, external_id__in=wanted)
        found = rows.values_list("external_id", "video_id", "captioner__name", "kind", "text")
        self._stored = {row[0]: row[1:] for row in found} if wanted else {}

    def add(self, row: CaptionLine, video: int | None) -> None:
        """Raise a ValueError if this id means something else already."""
        if not row.external_id:
            return
        said = (video, row.source, row.kind, row.caption)
        if self._stored.get(row.external_id, said) != said:
            raise ValueError(
                f'The caption "{row.external_id}" is already here and says something else. '
                "Captions never change, as people have judged them: give the new one another id."
            )
        if self._read.setdefault(row.external_id, hash(said)) != hash(said):
            raise ValueError(f'Two captions of the file are called "{row.external_id}".')
