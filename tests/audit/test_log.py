"""What Postgres notes of a change, and that nobody can take it back."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from annotation_site.accounts.models import Membership, Project, Role
from annotation_site.accounts.tokens import create_token
from annotation_site.audit.models import Entry
from annotation_site.audit.watched import EXEMPT, WATCHED
from annotation_site.catalog.models import Caption
from annotation_site.jobs.models import Job
from annotation_site.rating.models import Item, Slot
from tests.audit.noting import noted
from tests.factories import (
    CaptionFactory,
    ItemFactory,
    MembershipFactory,
    ProjectFactory,
    ProtocolFactory,
    UserFactory,
)
from tests.jobs.factories import JobFactory

pytestmark = pytest.mark.django_db


def run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def triggers():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname LIKE 'audit%'"
        )
        return set(cursor.fetchall())


def meta(name):
    return apps.get_model(name)._meta  # noqa: SLF001 - documented API


class TestEveryModel:
    def test_is_watched_or_exempt_for_a_reason(self):
        models = apps.get_models(include_auto_created=True)
        there = {model._meta.label for model in models}  # noqa: SLF001 - documented API
        watched = {row.model for row in WATCHED}

        assert watched | set(EXEMPT) == there, "list the new model in audit/watched.py"
        assert not watched & set(EXEMPT)

    def test_that_is_watched_has_the_columns_that_are_named(self):
        for row in WATCHED:
            there = {field.column for field in meta(row.model).concrete_fields}
            named = {*row.about, *row.only, *row.left_out, *row.masked, row.key}
            assert named <= there, row.model

    def test_that_is_watched_has_its_triggers(self):
        tables = {meta(row.model).db_table for row in WATCHED}

        assert triggers() == {(t, n) for t in tables for n in ("audit", "audit_truncate")}


class TestAChange:
    def test_is_told_by_column(self):
        protocol = ProtocolFactory(overlap=2)

        with noted() as entries:
            protocol.overlap = 3
            protocol.save()

        [entry] = entries
        assert entry.changes == {"overlap": [2, 3]}
        assert (entry.kind, entry.action, entry.row) == ("protocol", "update", str(protocol.pk))
        assert entry.project == protocol.project
        assert entry.organisation == protocol.project.organisation

    def test_that_changes_nothing_leaves_nothing(self):
        protocol = ProtocolFactory()

        with noted() as entries:
            protocol.save()

        assert entries == []

    def test_by_raw_sql_is_noted_too(self):
        protocol = ProtocolFactory(overlap=2)

        with noted() as entries:
            run("UPDATE rating_protocol SET overlap = 5 WHERE id = %s", protocol.pk)

        assert [entry.changes for entry in entries] == [{"overlap": [2, 5]}]

    def test_in_bulk_is_noted_row_by_row(self):
        project = ProjectFactory()
        members = [MembershipFactory(project=project) for _ in range(3)]

        with noted() as entries:
            for member in members:
                member.role = Role.RESEARCHER
            Membership.objects.bulk_update(members, ["role"])
        assert [entry.changes for entry in entries] == [{"role": ["annotator", "researcher"]}] * 3

        with noted() as entries:
            Membership.objects.filter(project=project).delete()
        assert {entry.action for entry in entries} == {"delete"}
        assert {entry.about["user_id"] for entry in entries} == {m.user_id for m in members}

    def test_that_is_rolled_back_leaves_nothing(self):
        with noted() as entries, transaction.atomic():
            ProtocolFactory()
            transaction.set_rollback(True)

        assert entries == []

    def test_of_all_rows_at_once_is_noted(self):
        with noted() as entries, transaction.atomic():
            run("TRUNCATE rating_remark CASCADE")

        assert [(entry.kind, entry.action) for entry in entries] == [("remark", "truncate")]

    def test_keeps_no_secrets_and_nothing_of_the_person(self):
        with noted() as entries:
            user = UserFactory(email="mara@lab.example", display_name="Mara")
            user.set_password("correct horse battery")
            user.save()
            secret, token = create_token(user=user, name="nightly")

        kept = str([(entry.row, entry.about, entry.changes) for entry in entries])
        for word in ("mara@", "Mara", "pbkdf2", secret):
            assert word not in kept
        assert token.key in kept
        assert "digest" not in kept
        assert ["***", "***"] not in entries[0].changes.values()

    def test_tells_how_long_a_long_value_was(self):
        project = ProjectFactory()

        with noted() as entries:
            Project.objects.filter(pk=project.pk).update(description="a" * 5000)

        assert entries[0].changes["description"] == ["", {"characters": 5002}]


class TestTheLog:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE audit_entry SET by_id = NULL",
            "DELETE FROM audit_entry",
            "TRUNCATE audit_entry",
        ],
    )
    def test_cannot_be_changed(self, statement):
        ProtocolFactory()
        before = Entry.objects.count()

        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            run(statement)

        assert Entry.objects.count() == before > 0


class TestWhatRatingDoes:
    def test_is_not_noted(self):
        item = ItemFactory()
        with noted() as entries:
            Item.objects.filter(pk=item.pk).update(n_open=1)
            Slot.objects.all().delete()
        assert entries == []

    def test_a_caption_is_noted_when_it_changes_not_when_it_comes(self):
        with noted() as entries:
            caption = CaptionFactory()
        assert "caption" not in {entry.kind for entry in entries}

        with noted() as entries:
            Caption.objects.filter(pk=caption.pk).delete()
        assert [(entry.kind, entry.project) for entry in entries] == [
            ("caption", caption.video.project)
        ]


class TestAJob:
    def test_is_noted_when_asked_for_and_when_it_ends(self):
        with noted() as entries:
            job = JobFactory()
        assert ("job", "insert") in {(entry.kind, entry.action) for entry in entries}

        jobs = Job.objects.filter(pk=job.pk)
        with noted() as entries:
            jobs.update(state="running", fence=1)
            jobs.update(progress={"done": 1})
        assert entries == []

        with noted() as entries:
            jobs.update(state="succeeded", ended_at="2026-09-01T09:00Z", result={"a": 1})
        [entry] = entries
        assert entry.changes["state"] == ["running", "succeeded"]
        assert "result" not in entry.changes
