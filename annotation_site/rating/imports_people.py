"""Whose imported ratings are: members by their user name, and people who never sign in here."""

import secrets
from collections.abc import Collection
from hashlib import sha256

from django.core.exceptions import ValidationError

from annotation_site.accounts import members
from annotation_site.accounts.models import Project, Role, User

LONGEST_USERNAME = 150


class Annotators:
    """The ids of annotators by the name that a file has for them.

    A name is only looked for among this project's people: a file cannot speak for anybody else.
    Who is not there is made a member who cannot sign in, under the project's and the given name.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._ids: dict[str, int] = {}
        self.made = 0

    def look_up(self, names: Collection[str]) -> None:
        for name in sorted(set(names) - self._ids.keys()):
            self._ids[name] = self._find(name) or self._make(name)

    def __getitem__(self, name: str) -> int:
        return self._ids[name]

    def _find(self, name: str) -> int | None:
        spelled = (name, _username(self._project, name))
        here = User.objects.filter(memberships__project=self._project, username__in=spelled)
        return here.order_by("pk").values_list("pk", flat=True).first()

    def _make(self, name: str) -> int:
        username = _username(self._project, name)
        if User.objects.filter(username=username).exists():  # somebody else's
            username = f"{username[: LONGEST_USERNAME - 9]}.{secrets.token_hex(4)}"
        user = User(username=username, display_name=name, is_active=False)
        user.set_unusable_password()
        user.save()
        members.give_role(project=self._project, user=user, role=Role.ANNOTATOR)
        self.made += 1
        return user.pk


def _username(project: Project, name: str) -> str:
    spelled = f"{project.slug}.{name}"
    try:
        User._meta.get_field("username").run_validators(spelled)  # noqa: SLF001 - documented API
    except ValidationError:
        return f"{project.slug}.{sha256(name.encode()).hexdigest()[:12]}"
    return spelled
