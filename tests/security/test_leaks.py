"""Every list is read by the owner of another organisation: nothing of this one stands in it."""

import pytest

from tests.security.matrix import TABLE
from tests.security.world import World, ask, browser

pytestmark = pytest.mark.django_db

HERE = {"slug": "the-secret-project", "organisation": "the-secret-lab"}


@pytest.fixture
def secrets(world: World) -> set[bytes]:
    """What only this organisation's people may read: names, people, captions."""
    from annotation_site.accounts.models import Project, User  # noqa: PLC0415
    from annotation_site.catalog.models import Caption  # noqa: PLC0415

    project = Project.objects.get(slug=world.here["slug"])
    project.name, project.slug, project.description = "SECRET name", HERE["slug"], "SECRET words"
    project.save()
    project.organisation.slug, project.organisation.name = HERE["organisation"], "SECRET lab"
    project.organisation.save()
    for person in User.objects.filter(memberships__project=project).distinct():
        person.username = person.display_name = f"SECRET {person.pk}"
        person.save()
    Caption.objects.filter(video__project=project).update(text="SECRET caption")
    return {b"SECRET", HERE["slug"].encode(), HERE["organisation"].encode()}


LISTS = [key for key in TABLE if key[1] == "GET"]


@pytest.mark.parametrize("key", LISTS, ids=" ".join)
def test_another_organisation_s_owner_reads_nothing_of_this_one(
    world: World, secrets: set[bytes], key: tuple[str, str]
) -> None:
    stranger = browser(world.people["stranger"])
    here = {**world.here, **HERE, "token": "no-such-token"}  # an invitation's link is a key
    for names in (world.elsewhere, here):
        found = ask(stranger, key, names).content
        assert not [secret for secret in secrets if secret in found]


def test_the_secrets_are_there_to_be_found(world: World, secrets: set[bytes]) -> None:
    admin = browser(world.people["admin"])
    here = {**world.here, **HERE}
    shown = b"".join(ask(admin, key, here).content for key in LISTS)
    assert all(secret in shown for secret in secrets)
