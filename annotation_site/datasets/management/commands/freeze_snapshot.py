"""`manage.py freeze_snapshot`: the judgments so far, immutable and checksummed."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from annotation_site.accounts.services import project_called
from annotation_site.common.refusals import Refusal
from annotation_site.datasets import services


class Command(BaseCommand):
    help = "Freeze the judgments so far into an immutable, checksummed snapshot."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--project", required=True, metavar="SLUG")

    def handle(self, *, project: str, **_: object) -> None:
        try:
            found = project_called(project)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        snapshot = services.freeze(project=found, by=None, now=timezone.now())
        self.stdout.write(
            f"{snapshot.digest}: {snapshot.videos} videos, {snapshot.captions} captions, "
            f"{snapshot.judgments} judgments"
        )
