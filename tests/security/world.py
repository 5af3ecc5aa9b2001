"""Two projects that have one of everything, and everybody who might ask for it."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from rest_framework.test import APIClient

from annotation_site.accounts import invitations
from annotation_site.accounts.models import Ownership, Project, Role, User
from annotation_site.catalog import media, storage
from annotation_site.catalog.models import Upload
from annotation_site.datasets import services as datasets
from annotation_site.quality import checks
from annotation_site.rating import claims, remarks
from annotation_site.rating.models import Comparison, Purpose
from annotation_site.rating.rubric_models import Bridge
from annotation_site.runs.models import Kind
from annotation_site.webhooks import endpoints
from tests.factories import ItemFactory, MembershipFactory, ProjectFactory, UserFactory
from tests.jobs.factories import JobFactory
from tests.rating.factories import LEVELS
from tests.runs.factories import THEN, RunFactory, rate_something, succeeded
from tests.security.matrix import TABLE, Rule

ABSENT = {
    "slug": "no-such-project",
    "organisation": "no-such-organisation",
    "person": 2**62,
    "version": 30_000,
    "bridge": 2**62,
    "sha256": "f" * 64,
    "slot": 2**62,
    "snapshot": 2**62,
    "form": "csv",
    "withdrawn_item": 2**62,
    "run": 2**62,
    "item": 2**62,
    "job": 2**62,
    "upload": str(UUID(int=1)),
    "queued_run": 2**62,
    "name": "nothing.json",
    "remark": 2**62,
    "comparison": 2**62,
    "member": 2**62,
    "check": 2**62,
    "invitation": 2**62,
    "token": "no-such-token",
    "key": "no-such-key",
    "provider": "nobody",
    "webhook": 2**62,
    "delivery": 2**62,
}


def everything(project: Project, annotator: User) -> dict[str, Any]:
    """Fill the project, and tell what stands in the addresses of what is in it."""
    rated = rate_something(project)
    snapshot, _ = datasets.freeze_or_find(project=project, by=None, now=THEN)
    files = {"selection.jsonl": "", "scorer.json": "{}"}
    run = succeeded(Kind.SCORER, snapshot, files)
    run.result = {
        "readout": "digits", "test": {"srcc": None, "mae": None}, "train_judgments": 5
    }  # fmt: skip
    run.save()
    queued = RunFactory(kind=Kind.SELECT, snapshot=snapshot)
    withdrawn = ItemFactory(caption__video__project=project, withdrawn=True)
    item = ItemFactory(caption__video__project=project)
    sha256 = item.caption.video.sha256
    place = storage.directory_of(sha256)
    place.mkdir(parents=True)
    for file in (media.RENDITION, media.POSTER):
        (place / file).write_bytes(b"frames")
    admin = MembershipFactory(project=project, role=Role.ADMIN).user
    invitation, link = invitations.invite(
        project=project, role=Role.ANNOTATOR, email="", days=1, by=admin, now=datetime.now(UTC)
    )
    slot = claims.reserve(item=item, annotator=annotator)
    webhook, _ = endpoints.create(
        project=project, url="https://hooks.example/", types=["run.ended"], by=admin, now=THEN
    )
    return {
        "slug": project.slug,
        "organisation": project.organisation.slug,
        "person": annotator.pk,
        "version": 1,
        "bridge": Bridge.objects.create(
            project=project, before=1, after=2, overlap=1, drawn_from=1, by=admin, made_at=THEN
        ).pk,
        "member": annotator.pk,
        "check": checks.make(
            project=project,
            caption_id=item.caption_id,
            purpose=Purpose.PRACTICE,
            levels=LEVELS,
            notes={"object": "A ball."},
            by=admin,
            now=THEN,
        ).pk,
        "invitation": invitation.pk,
        "token": link.rpartition("/")[2],
        "key": "no-such-key",
        "provider": "nobody",
        "sha256": sha256,
        "slot": slot.pk,
        "comparison": Comparison.objects.create(
            project=project, name="duel", by=admin, made_at=THEN
        ).pk,
        "remark": remarks.comment(slot=slot, text="Too dark.", now=THEN).pk,
        "snapshot": snapshot.pk,
        "form": "csv",
        "withdrawn_item": withdrawn.pk,
        "run": run.pk,
        "item": rated.pk,
        "job": JobFactory(project=project).pk,
        "upload": str(
            Upload.objects.create(
                project=project, by=admin, name="a.mp4", size=5, expires_at=THEN
            ).pk
        ),
        "queued_run": queued.pk,
        "name": "scorer.json",
        "webhook": webhook.pk,
        "delivery": endpoints.ping(project=project, number=webhook.pk),
    }


def with_every_role(project: Project, **fields: Any) -> User:
    user = UserFactory(**fields)
    for role in Role:
        MembershipFactory(project=project, user=user, role=role)
    return user


@dataclass(frozen=True, kw_only=True)
class World:
    people: dict[str, User | AnonymousUser]
    here: dict[str, Any]
    elsewhere: dict[str, Any]
    of_another: dict[str, Any]
    """What is in this project, and another annotator's."""


def build() -> World:
    project, other = ProjectFactory(), ProjectFactory()
    owner = MembershipFactory(project=project, role=Role.ADMIN).user
    annotator = MembershipFactory(project=project, role=Role.ANNOTATOR).user
    all_roles, stranger = with_every_role(project), with_every_role(other)
    for organisation, user in (
        (project.organisation, owner),
        (project.organisation, all_roles),
        (other.organisation, stranger),
    ):
        Ownership.objects.create(organisation=organisation, user=user)
    here = everything(project, annotator)
    item = ItemFactory(caption__video__project=project)
    return World(
        people={
            "anonymous": AnonymousUser(),
            "deactivated": with_every_role(project, is_active=False),
            "stranger": stranger,
            "annotator": annotator,
            "admin": owner,
            "researcher": MembershipFactory(project=project, role=Role.RESEARCHER).user,
            "all roles": all_roles,
        },
        here=here,
        elsewhere=everything(other, stranger),
        of_another={"slot": claims.reserve(item=item, annotator=all_roles).pk},
    )


def browser(user: User | AnonymousUser, *, strict: bool = False) -> APIClient:
    """The user's browser. The strict one minds CSRF."""
    client = APIClient(enforce_csrf_checks=strict)
    if isinstance(user, User):
        client.force_login(user)
    return client


def address(route: str, rule: Rule, names: dict[str, Any]) -> str:
    """Fill in what stands between the angle brackets."""
    if route.startswith("^"):
        return "/"

    def value(match: re.Match[str]) -> str:
        name = match["name"]
        return str(names[rule.where.get(name, name)])

    return "/" + re.sub(r"<\w+:(?P<name>\w+)>", value, route)


@dataclass(frozen=True, kw_only=True)
class Answer:
    status: int
    content: bytes = b""


def ask(client: APIClient, key: tuple[str, str], names: dict[str, Any], **headers: str) -> Answer:
    """Ask, read the whole answer, and undo what was done."""
    route, method = key
    rule = TABLE[key]
    sent = {} if method == "GET" else {"data": rule.body(), "format": rule.form}
    with transaction.atomic():
        act = getattr(client, method.lower())
        answer = read(act(address(route, rule, names), headers=headers, **sent))
        transaction.set_rollback(True)
    return answer


def read(response: Any) -> Answer:
    if not response.streaming:
        return Answer(status=response.status_code, content=response.content)
    if response.is_async:  # it may go on for hours
        return Answer(status=response.status_code)
    return Answer(status=response.status_code, content=b"".join(response.streaming_content))
