"""In whose name a change is noted: in requests, jobs, commands, and past the site."""

import sys
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

import manage
from annotation_site.accounts.models import Membership, Project, Role, User
from annotation_site.accounts.tokens import create_token
from annotation_site.audit.models import Entry
from annotation_site.common.acting import HEADER, acting
from annotation_site.jobs import services
from annotation_site.jobs.registry import handler
from annotation_site.rating.models import Item, Protocol
from tests.audit.noting import noted
from tests.factories import ItemFactory, MembershipFactory, ProtocolFactory
from tests.jobs.factories import JobFactory

pytestmark = pytest.mark.django_db


@handler("rename")
def rename(work):
    Project.objects.filter(pk=work.job.project_id).update(name="Renamed by a job")
    return {}


def protocol_of(project):
    return f"/api/v1/projects/{project.slug}/protocol"


class TestARequest:
    def test_acts_for_who_is_signed_in(self, project, member, client_for):
        ProtocolFactory(project=project, overlap=2)
        mara = member(Role.ADMIN)

        with noted() as entries:
            answer = client_for(mara).patch(protocol_of(project), {"overlap": 3}, format="json")

        [entry] = entries
        assert (entry.by, entry.via) == (mara, "request")
        assert entry.changes == {"overlap": [2, 3]}
        assert entry.reference == answer.headers[HEADER] == UUID(entry.reference).hex

    def test_acts_for_the_owner_of_its_token(self, project, member):
        ProtocolFactory(project=project, overlap=2)
        mara = member(Role.ADMIN)
        secret, _ = create_token(user=mara, name="nightly")
        client = APIClient(headers={"Authorization": f"Bearer {secret}"})

        with noted() as entries:
            client.patch(protocol_of(project), {"overlap": 3}, format="json")

        assert [entry.by for entry in entries] == [mara]

    def test_of_another_person_does_not_leave_its_name_behind(self, project, member, client_for):
        protocol = ProtocolFactory(project=project, overlap=2)
        client_for(member(Role.ADMIN)).patch(protocol_of(project), {"overlap": 3}, format="json")

        with noted() as entries:
            protocol.overlap = 4
            protocol.save()

        assert [(entry.by, entry.via) for entry in entries] == [(None, "site")]

    def test_that_is_refused_halfway_leaves_nothing(self, project, member, client_for):
        mara = member(Role.ADMIN)

        with noted() as entries:
            answer = client_for(mara).patch(
                f"/api/v1/projects/{project.slug}/members/{mara.pk}",
                {"roles": ["annotator"]},
                format="json",
            )

        assert answer.status_code == 409
        assert entries == []


class TestAJob:
    def test_acts_for_who_asked_for_it(self, project, member):
        mara = member(Role.RESEARCHER)
        job = JobFactory(project=project, kind="rename", by=mara)

        with noted() as entries:
            services.perform(job.pk)

        assert {(entry.kind, entry.by, entry.via, entry.reference) for entry in entries} == {
            ("project", mara, "job", str(job.pk)),
            ("job", mara, "job", str(job.pk)),
        }


class TestACommand:
    @pytest.mark.django_db(transaction=True)  # a command closes its connection at its end
    def test_is_named(self, project, monkeypatch):
        command = f"create_member newcomer --project {project.slug} --role annotator"
        monkeypatch.setattr(sys, "argv", ["manage.py", *command.split()])

        with noted() as entries:
            manage.main()

        assert {entry.kind for entry in entries} >= {"user", "membership"}
        assert {(entry.by, entry.via, entry.reference) for entry in entries} == {
            (None, "command", "create_member")
        }


class TestPastTheSite:
    def test_it_is_said_so(self, project):
        ProtocolFactory(project=project)
        with connection.cursor() as cursor:  # as psql would: nothing was told before
            cursor.execute("SELECT set_config('crest.acting', '', true)")

        with noted() as entries, connection.cursor() as cursor:
            cursor.execute("DO 'BEGIN UPDATE rating_protocol SET overlap = 7; END'")

        assert [(entry.by, entry.via) for entry in entries] == [(None, "sql")]


class TestTelling:
    @pytest.mark.django_db(transaction=True)
    def test_ends_with_the_transaction(self):
        with acting("command", reference="first"):
            member = MembershipFactory()

        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('crest.acting', true)")
            assert not cursor.fetchone()[0]
        [entry] = Entry.objects.filter(kind="membership", row=str(member.pk))
        assert entry.reference == "first"

    def test_outlives_a_savepoint_that_is_rolled_back(self, project):
        mara = MembershipFactory(project=project).user

        with noted() as entries, acting("job", reference=1, by=mara.pk):
            with transaction.atomic():
                Membership.objects.all().update(role=Role.ADMIN)
                transaction.set_rollback(True)
            Membership.objects.all().update(role=Role.RESEARCHER)

        assert [(entry.by, entry.changes) for entry in entries] == [
            (mara, {"role": ["annotator", "researcher"]})
        ]

    def test_costs_nothing_where_nothing_watched_is_written(self):
        item = ItemFactory()

        with CaptureQueriesContext(connection) as asked:
            Item.objects.filter(pk=item.pk).update(n_open=1)
            list(User.objects.all())
            Protocol.objects.filter(pk=0).exists()

        assert len(asked) == 3
