"""Taking in videos and captions. Whatever comes, the answer says what became of it and why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.db import transaction

from annotation_site.accounts.models import Project, User
from annotation_site.catalog import media, storage
from annotation_site.catalog.absorbing import absorb
from annotation_site.catalog.caption_lines import Layout, layout_for
from annotation_site.catalog.captions import CaptionsReport, Outcome, import_captions
from annotation_site.catalog.models import Import, Video, VideoName
from annotation_site.catalog.names import Given

NAME_LENGTH = 255
KEPT_APART = (
    "The video is here, but not under this name: ratings that came without their videos speak of "
    "the name, and of a caption that this video has already. They stay apart."
)


class BadName(media.VideoRefused):
    """The name of the file must be 1 to 255 printable characters, with no slash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoOutcome:
    """What became of a file that was to be a video."""

    outcome: Outcome
    name: str
    reason: str
    video: Video | None

    @property
    def report(self) -> dict[str, Any]:
        return {
            "kind": "video",
            "name": self.name,
            "outcome": self.outcome,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryReport:
    """What became of a directory of videos and its captions file."""

    videos: list[VideoOutcome]
    captions: CaptionsReport

    @property
    def complete(self) -> bool:
        refused = any(one.outcome == "refused" for one in self.videos)
        return not refused and self.captions.outcome != "refused"


OnSettled = Callable[[VideoOutcome], None]


def _tell_nobody(_: VideoOutcome) -> None:
    pass


def add_video(
    *, project: Project, path: Path, name: str, on_settled: OnSettled = _tell_nobody
) -> VideoOutcome:
    """Take in a file: probed, rendered, its files in place, and its row last.

    `on_settled` hears of the outcome in the transaction that makes it so.
    """
    try:
        if not is_name(name):
            raise BadName
        return _take_in(project=project, path=path, name=name, on_settled=on_settled)
    except media.VideoRefused as refusal:
        reason = refusal.message
        outcome = VideoOutcome(outcome="refused", name=printable(name), reason=reason, video=None)
    with transaction.atomic():
        on_settled(outcome)
    return outcome


def is_name(name: str) -> bool:
    return 0 < len(name) <= NAME_LENGTH and name.isprintable() and not set("/\\") & set(name)


def printable(name: str) -> str:
    """Spell a name so that it can be stored and shown: some bytes on a disk are no characters."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name)[
        :NAME_LENGTH
    ]


def _take_in(*, project: Project, path: Path, name: str, on_settled: OnSettled) -> VideoOutcome:
    if path.stat().st_size > media.MAX_BYTES:
        raise media.TooLarge
    with storage.workplace() as directory:
        received = storage.receive(path, directory / media.SOURCE)
        known = Video.objects.filter(project=project, sha256=received.sha256).exists()
        # What is known needs no look: its row is found below.
        facts = {} if known else _facts(received, directory)
    with transaction.atomic():
        video, created = Video.objects.get_or_create(
            project=project, sha256=received.sha256, defaults=facts
        )
        if absorb(project=project, name=name, into=video):
            outcome = _remember(video, name=name, created=created)
        else:
            outcome = VideoOutcome(outcome="skipped", name=name, reason=KEPT_APART, video=video)
        on_settled(outcome)
    return outcome


def _facts(received: storage.Received, directory: Path) -> dict[str, Any]:
    rendition = _rendition(received.sha256, directory)
    return {
        "seconds": rendition.seconds,
        "width": rendition.width,
        "height": rendition.height,
        "fps": float(rendition.fps),
        "source_bytes": received.size,
    }


def _rendition(sha256: str, directory: Path) -> media.Probed:
    """Render and publish the source in the directory, unless another project did so before."""
    place = storage.directory_of(sha256)
    if not place.is_dir():
        rendition = media.render(directory)
        storage.publish(directory, sha256)
        return rendition
    return media.probe(place, media.RENDITION)


def _remember(video: Video, *, name: str, created: bool) -> VideoOutcome:
    """Keep the name too: captions may call the video by any name that it came in under."""
    reason = "" if created else _already_here(video, name)
    VideoName.objects.get_or_create(video=video, name=name)
    outcome: Outcome = "accepted" if created else "skipped"
    return VideoOutcome(outcome=outcome, name=name, reason=reason, video=video)


def _already_here(video: Video, name: str) -> str:
    names = list(video.names.order_by("pk").values_list("name", flat=True))
    if name in names or not names:
        return "This video is already here."
    return f"The same video is already here as {names[0]}; captions may use either name."


def receive_video(
    *, project: Project, path: Path, name: str, by: User, now: datetime
) -> VideoOutcome:
    """Take in one uploaded file, and keep the report."""
    storage.sweep(now=now)
    outcome = add_video(project=project, path=path, name=name)
    record(project=project, by=by, now=now, reports=[outcome.report])
    return outcome


def add_captions(
    *,
    project: Project,
    lines: IO[bytes],
    name: str,
    videos: Mapping[str, Video] | None,
    by: User | None,
    now: datetime,
    layout: Layout | None = None,
) -> CaptionsReport:
    """Take in a captions file, whole or not at all, and keep the report.

    `videos` says what a name means before the project's names are asked.
    """
    with transaction.atomic():
        report = import_captions(
            project=project,
            lines=lines,
            name=name,
            given=Given(videos=videos or {}),
            layout=layout,
        )
        record(project=project, by=by, now=now, reports=[report.report])
    return report


def import_directory(
    *, project: Project, videos: Path, captions: Path, by: User | None, now: datetime
) -> DirectoryReport:
    """Take in the files of a directory as videos, then the captions about them.

    A refused video does not stop the others, and takes only its own captions with it.
    """
    storage.sweep(now=now)
    files = sorted(path for path in videos.glob("[!.]*") if path.is_file())
    outcomes = [
        add_video(project=project, path=path, name=path.name)
        for path in files
        if not path.samefile(captions)
    ]
    given = Given(
        videos={one.name: one.video for one in outcomes if one.video is not None},
        refused={one.name: one.reason for one in outcomes if one.outcome == "refused"},
    )
    with captions.open("rb") as lines, transaction.atomic():
        layout = layout_for(lines, name=captions.name)
        report = import_captions(
            project=project, lines=lines, name=captions.name, given=given, layout=layout
        )
        reports = [*(one.report for one in outcomes), report.report]
        record(project=project, by=by, now=now, reports=reports)
    return DirectoryReport(videos=outcomes, captions=report)


def record(
    *, project: Project, by: User | None, now: datetime, reports: list[dict[str, Any]]
) -> None:
    Import.objects.create(project=project, by=by, at=now, report={"files": reports})
