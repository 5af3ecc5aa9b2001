"""`manage.py create_token`: a token for somebody's scripts."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotation_site.accounts import services, tokens
from annotation_site.common.refusals import Refusal


class Command(BaseCommand):
    help = "Print a new token for somebody's scripts. It is kept only as a digest."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", default="manage.py create_token", help="what it is for")
        parser.add_argument(
            "--days",
            type=int,
            default=tokens.DAYS,
            choices=range(1, tokens.MOST_DAYS + 1),
            metavar="DAYS",
            help=f"until it ends, {tokens.DAYS} if you do not say; {tokens.MOST_DAYS} at most",
        )

    def handle(self, *, username: str, name: str, days: int, **_: object) -> None:
        try:
            owner = services.user_named(username)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        token, made = tokens.create_token(user=owner, name=name, days=days)
        self.stdout.write(token)
        self.stderr.write(f"It ends on {made.expires_at:%Y-%m-%d %H:%M} UTC.")
