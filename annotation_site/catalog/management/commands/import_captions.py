"""`manage.py import_captions`: a directory of videos, and what captioners wrote about them."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from annotation_site.accounts.services import project_called
from annotation_site.catalog import services
from annotation_site.catalog.captions import CaptionsReport
from annotation_site.common.refusals import Refusal


class Command(BaseCommand):
    help = (
        "Import videos and captions. A refused video does not stop the others; "
        "of a captions file everything is imported, or nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument("--videos", required=True, type=Path, metavar="DIR")
        parser.add_argument(
            "captions", type=Path, help="JSONL, CSV, Parquet, JSON or Label Studio tasks"
        )

    def handle(self, *, project: str, videos: Path, captions: Path, **_: object) -> None:
        if not videos.is_dir():
            raise CommandError(f"{videos} is not a directory.")
        if not captions.is_file():
            raise CommandError(f"{captions} is not a file.")
        try:
            report = services.import_directory(
                project=project_called(project),
                videos=videos,
                captions=captions,
                by=None,
                now=timezone.now(),
            )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        for video in report.videos:
            self._say(video.outcome, video.name, video.reason)
        self._describe(report.captions)
        if not report.complete:
            raise CommandError("Not everything was imported.")

    def _describe(self, captions: CaptionsReport) -> None:
        counts = f"{captions.accepted} captions, {captions.skipped} skipped"
        self._say(captions.outcome, captions.name, captions.reason or counts)
        for note in [*captions.problems, *captions.skips]:
            self.stdout.write(f"  line {note.line}: {note.reason}")

    def _say(self, outcome: str, name: str, reason: str) -> None:
        self.stdout.write(f"{outcome:<8}  {name}" + (f": {reason}" if reason else ""))
