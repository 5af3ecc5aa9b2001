"""What the videos of a project are called."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotation_site.accounts.models import Project
from annotation_site.catalog.models import Video, VideoName


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the files that came along with the captions are called."""

    videos: Mapping[str, Video] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)


class Names:
    """The ids of the contents that came in under a name.

    Who does not find a whole path is asked for its last part: uploads keep no more of it.
    """

    def __init__(self, project: Project, given: Given) -> None:
        self._refused = given.refused
        self._ids: dict[str, set[int]] = {}
        rows = VideoName.objects.filter(video__project=project).values_list("name", "video_id")
        for name, video_id in rows.iterator():
            self._ids.setdefault(name, set()).add(video_id)
        self._ids |= {name: {video.pk} for name, video in given.videos.items()}

    def knows(self, name: str) -> bool:
        return name in self._ids or name.rpartition("/")[2] in self._ids

    def add(self, name: str, video: int) -> None:
        """Know a video that has just been made."""
        self._ids.setdefault(name, set()).add(video)

    def find(self, name: str) -> int | None:
        """Find the one video of that name; None if it was refused just now; else a ValueError."""
        if name in self._refused:
            return None
        found = self._ids.get(name) or self._ids.get(name.rpartition("/")[2], set())
        if len(found) > 1:
            raise ValueError(f'Two different videos are called "{name}".')
        if not found:
            raise ValueError(f'There is no video called "{name}".')
        return next(iter(found))

    def why_refused(self, name: str) -> str:
        return f"Its video was refused: {self._refused[name]}"
