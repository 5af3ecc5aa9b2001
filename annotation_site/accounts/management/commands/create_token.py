"""`manage.py create_token`: a token for somebody's scripts."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotation_site.accounts import services
from annotation_site.common.refusals import Refusal


class Command(BaseCommand):
    help = "Print a new token for somebody's scripts. It is kept only as a digest."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *, username: str, **_: object) -> None:
        try:
            token, expires_at = services.create_token(user=services.user_named(username))
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(token)
        self.stderr.write(f"It ends on {expires_at:%Y-%m-%d %H:%M} UTC.")
