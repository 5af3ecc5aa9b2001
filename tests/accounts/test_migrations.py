"""A site from before there were organisations."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE = [("accounts", "0002_invitations_identities")]


@pytest.fixture
def before(transactional_db):  # noqa: ARG001 - schemas are changed for good
    """The apps as they were, in a database as it was; afterwards all is as it is now."""
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield MigrationExecutor(connection).migrate(BEFORE).apps
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_membership; DELETE FROM accounts_project")
    MigrationExecutor(connection).migrate(latest)


def test_gives_its_projects_to_one_organisation_of_those_who_run_them(before):
    project, user, membership = (
        before.get_model("accounts", name) for name in ("Project", "User", "Membership")
    )
    pilot, other = (project.objects.create(slug=slug, name=slug) for slug in ("pilot", "other"))
    anna, bert, gone = (
        user.objects.create(username=name, is_active=name != "gone")
        for name in ("anna", "bert", "gone")
    )
    for where, who, role in (
        (pilot, anna, "admin"),
        (other, anna, "admin"),
        (other, bert, "annotator"),
        (other, gone, "admin"),
    ):
        membership.objects.create(project=where, user=who, role=role)

    latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    after = MigrationExecutor(connection).migrate(latest).apps

    [organisation] = after.get_model("accounts", "Organisation").objects.all()
    assert organisation.slug == "default"
    projects = after.get_model("accounts", "Project").objects.filter(
        organisation_id=organisation.pk
    )
    assert set(projects.values_list("slug", flat=True)) == {"pilot", "other"}
    ownerships = after.get_model("accounts", "Ownership").objects.filter(
        organisation_id=organisation.pk
    )
    assert list(ownerships.values_list("user__username", flat=True)) == ["anna"]
