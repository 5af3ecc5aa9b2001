"""`manage.py export_snapshot`: a snapshot as one file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotation_site.accounts.services import project_called
from annotation_site.common.refusals import Refusal
from annotation_site.datasets import selectors
from annotation_site.datasets.formats import FORMATS, format_called
from annotation_site.datasets.reading import Sealed


class Command(BaseCommand):
    help = "Write a snapshot to a file, in one of the formats."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument("--form", required=True, choices=sorted(FORMATS))
        parser.add_argument(
            "--snapshot", default="", metavar="DIGEST", help="or its beginning; default: the newest"
        )
        parser.add_argument(
            "--raw",
            action="store_true",
            help="the same as --form csv-raw: texts that look like formulas stay as they are",
        )
        parser.add_argument("out", type=Path)

    def handle(
        self,
        *,
        project: str,
        form: str,
        snapshot: str,
        raw: bool,
        out: Path,
        **_: object,
    ) -> None:
        try:
            found = selectors.snapshot_by_digest(project=project_called(project), start=snapshot)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        partial = out.with_name(f".{out.name}.partial")
        with partial.open("w+b") as file:
            format_called("csv-raw" if raw else form).write(Sealed(found.directory), file)
        partial.replace(out)
        self.stdout.write(f"{out}: {found.judgments} judgments of snapshot {found}")
