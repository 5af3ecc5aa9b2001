"""`manage.py link_identity`: let somebody who has a password sign in at the provider too."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotation_site.accounts import oidc, services
from annotation_site.common.refusals import Refusal


class Command(BaseCommand):
    help = "Link an account to its owner's identity at the OpenID Connect provider."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("subject", help="`sub`, as the provider has it for them")

    def handle(self, *, username: str, subject: str, **_: object) -> None:
        if not settings.OIDC_ISSUER:
            raise CommandError("There is no provider: set CREST_OIDC_ISSUER.")
        try:
            oidc.link(user=services.user_named(username), subject=subject)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{subject} at {settings.OIDC_ISSUER} is {username}.")
