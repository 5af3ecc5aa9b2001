"""`manage.py create_member`: the way in for the first person, and for everyone after."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotation_site.accounts import organisations, services
from annotation_site.accounts.models import Role
from annotation_site.common.refusals import Refusal


class Command(BaseCommand):
    help = "Give somebody a role in a project. A new person's password is printed once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument(
            "--create-project", metavar="NAME", help="create the project if it is missing"
        )
        parser.add_argument(
            "--organisation",
            metavar="SLUG",
            default=organisations.DEFAULT,
            help="of a new project; created if it is missing, and owned by its first admin",
        )

    def handle(
        self,
        *,
        username: str,
        project: str,
        role: str,
        create_project: str | None,
        organisation: str = organisations.DEFAULT,
        **_: object,
    ) -> None:
        try:
            password = services.create_member(
                username=username,
                slug=project,
                role=Role(role),
                project_name=create_project,
                organisation=organisation,
            )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(self.style.SUCCESS(f"{username} is now {role} of {project}."))
        if password:
            self.stdout.write(f"password: {password}")
