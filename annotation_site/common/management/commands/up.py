"""`manage.py up`: the whole platform on this machine."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotation_site.common.embedded import ServiceError
from annotation_site.common.launcher import Launcher, LauncherError


class Command(BaseCommand):
    help = "Run everything on this machine: database, broker, web, workers. Ctrl-C stops it."

    requires_system_checks = []  # the steps it runs do the checking

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--host", default="127.0.0.1", help="(%(default)s) name others in CREST_HOSTS"
        )
        parser.add_argument("--port", type=int, default=8000, help="(%(default)s)")
        parser.add_argument("--no-demo", action="store_false", dest="demo", help="no demo project")

    def handle(self, *, host: str, port: int, demo: bool, **_: object) -> None:
        try:
            Launcher(
                root=settings.BASE_DIR, data=settings.DATA, host=host, port=port, demo=demo
            ).run()
        except (LauncherError, ServiceError) as error:
            raise CommandError(str(error)) from error
