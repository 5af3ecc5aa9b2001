"""`manage.py freeze_snapshot`: the judgments so far, immutable and checksummed."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rest_framework.exceptions import ValidationError

from annotation_site.accounts.services import project_called
from annotation_site.common.refusals import Refusal
from annotation_site.datasets import services
from annotation_site.datasets.serializers import WantedIn


class Command(BaseCommand):
    help = "Freeze the judgments so far into an immutable, checksummed snapshot."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument(
            "--wanted",
            type=Path,
            metavar="FILE",
            help="filters, split and instant as JSON, as the API takes them; default: everything",
        )

    def handle(self, *, project: str, wanted: Path | None, **_: object) -> None:
        given = WantedIn(data=json.loads(wanted.read_text(encoding="utf-8")) if wanted else {})
        try:
            found = project_called(project)
            given.is_valid(raise_exception=True)
        except (Refusal, ValidationError) as refusal:
            raise CommandError(str(refusal)) from refusal
        snapshot, _new = services.freeze_or_find(
            project=found, by=None, now=timezone.now(), **given.validated_data
        )
        self.stdout.write(
            f"{snapshot.digest}: {snapshot.videos} videos, {snapshot.captions} captions, "
            f"{snapshot.judgments} judgments"
        )
