"""The demo project: people to sign in as, and the miniature world rated in part.

Nothing takes a short cut: clips come in through the import, ratings through the queue's services.
Each step finds out what it did before, so that a kill in the middle is made good by the next start.
"""

import contextlib
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid5

from annotation_site.accounts import organisations
from annotation_site.accounts.models import Membership, Project, Role, User
from annotation_site.catalog.models import Caption
from annotation_site.rating import answers, claims
from annotation_site.rating.models import Item, Purpose, Slot
from annotation_site.rating.refusals import NotToBeLent

SLUG: Final = "demo"
NAME: Final = "Miniature world"
RATINGS: Final = UUID("5f0f4f6c-6a0c-4c39-9d5b-0a8f4a1d7c1e")
"""The namespace of the keys under which simulated ratings are submitted: each has one for ever."""

Logins = dict[str, dict[str, str]]


def logins(path: Path) -> Logins:
    """One login a role, kept in a file that only its owner reads. Made when there is none."""
    if path.exists():
        known: Logins = json.loads(path.read_text())
        return known
    made = {
        str(role): {"username": str(role), "password": secrets.token_urlsafe(9)} for role in Role
    }
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_name(f".{path.name}.partial")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(made, file)
    partial.replace(path)
    return made


def open_project(people: Logins) -> Project:
    """The project with its people. A password that somebody has changed since stays changed."""
    organisation = organisations.open_called(organisations.DEFAULT, name="Default")
    project, _ = Project.objects.get_or_create(
        slug=SLUG, defaults={"name": NAME, "organisation": organisation}
    )
    for role, login in people.items():
        user = User.objects.filter(username=login["username"]).first()
        if user is None:
            user = User.objects.create_user(login["username"], password=login["password"])
        Membership.objects.get_or_create(project=project, user=user, role=role)
        if role == Role.ADMIN:
            organisations.own_if_nobody_does(organisation=project.organisation, user=user)
    return project


@dataclass(frozen=True, slots=True)
class SimulatedRating:
    """What a simulated annotator says of a caption."""

    annotator: str
    video: str
    source: str
    levels: dict[str, int]

    @property
    def key(self) -> UUID:
        return uuid5(RATINGS, f"{self.annotator}/{self.video}/{self.source}")


def read_ratings(path: Path) -> Iterator[SimulatedRating]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield SimulatedRating(**json.loads(line))


def is_imported(project: Project, captions: Path) -> bool:
    """Whether every caption of the file is in the project. People may have added others since."""
    present = set(
        Caption.objects.filter(video__project=project).values_list(
            "video__names__name", "captioner__name"
        )
    )
    with captions.open(encoding="utf-8") as lines:
        wanted = {(line["video"], line["source"]) for line in map(json.loads, lines)}
    return wanted <= present


def replay(project: Project, ratings: Path) -> int:
    """Submit the simulated ratings that are not in yet; how many those were.

    A caption of which people have had enough in the meantime is passed over.
    """
    given = list(read_ratings(ratings))
    done = set(
        Slot.objects.filter(client_key__in=[rating.key for rating in given]).values_list(
            "client_key", flat=True
        )
    )
    items = _items(project)
    annotators = {name: _simulated(project, name) for name in {r.annotator for r in given}}
    fresh = [rating for rating in given if rating.key not in done]
    submitted = 0
    for rating in fresh:
        with contextlib.suppress(NotToBeLent):
            item, annotator = items[rating.video, rating.source], annotators[rating.annotator]
            _submit(project, item, annotator, rating)
            submitted += 1
    return submitted


def _items(project: Project) -> dict[tuple[str, str], Item]:
    """The items to rate, by the file name of their video and the name of their captioner."""
    rows = Item.objects.filter(project=project, purpose=Purpose.RATE)
    rows = rows.select_related("project", "caption__video")
    named = rows.prefetch_related("caption__video__names").select_related("caption__captioner")
    return {
        (name.name, item.caption.captioner.name): item
        for item in named
        for name in item.caption.video.names.all()
    }


def _simulated(project: Project, name: str) -> User:
    """An annotator who is no person: there is no password to sign in with."""
    user = User.objects.filter(username=name).first() or User.objects.create_user(name)
    Membership.objects.get_or_create(project=project, user=user, role=Role.ANNOTATOR)
    return user


def _submit(project: Project, item: Item, annotator: User, rating: SimulatedRating) -> None:
    slot = claims.reserve(item=item, annotator=annotator)
    answers.submit(
        project=project,
        slot_id=slot.pk,
        annotator=annotator,
        client_key=rating.key,
        levels=rating.levels,
        evidence=_watched_whole(item),
    )


def _watched_whole(item: Item) -> dict[str, Any]:
    seconds = item.caption.video.seconds
    return {"watched": [[0.0, seconds]], "seconds_visible": seconds, "rate": 1.0, "changes": 0}
