"""`manage.py export_snapshot`: a snapshot's judgments as one file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotation_site.accounts.services import project_called
from annotation_site.common.refusals import Refusal
from annotation_site.datasets import exports, selectors


class Command(BaseCommand):
    help = "Write a snapshot's judgments, with captions and videos, to a file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument("--form", required=True, choices=exports.FORMS)
        parser.add_argument(
            "--snapshot", default="", metavar="DIGEST", help="or its beginning; default: the newest"
        )
        parser.add_argument(
            "--raw",
            action="store_true",
            help="CSV: leave texts that look like formulas as they are",
        )
        parser.add_argument("out", type=Path)

    def handle(
        self,
        *,
        project: str,
        form: exports.Form,
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
        with partial.open("wb") as file:
            file.writelines(exports.export(found.directory, form, safe=not raw))
        partial.replace(out)
        self.stdout.write(f"{out}: {found.judgments} judgments of snapshot {found}")
