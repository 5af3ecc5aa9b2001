"""Reading the log: who may, what of it, in pages and as a file."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotation_site.accounts.models import Membership, Ownership, Project, Role
from annotation_site.audit.models import Entry
from annotation_site.common.acting import acting
from tests.factories import MembershipFactory, ProjectFactory, ProtocolFactory, UserFactory


@pytest.fixture
def mara(member):
    return member(Role.ADMIN)


@pytest.fixture
def client(client_for, mara):
    return client_for(mara)


def audit(place, form=""):
    below = "projects" if isinstance(place, Project) else "organisations"
    return f"/api/v1/{below}/{place.slug}/audit{form}"


def change_overlap(project, *, by, times=1):
    protocol = ProtocolFactory(project=project, overlap=1)
    with acting("request", reference="abc", by=by.pk):
        for overlap in range(2, 2 + times):
            protocol.overlap = overlap
            protocol.save()


class TestAProjectsLog:
    def test_tells_who_changed_what(self, client, project, mara):
        change_overlap(project, by=mara)

        [entry, *_] = client.get(audit(project)).json()["results"]

        assert entry["by"] == {"id": mara.pk, "username": mara.username, "name": mara.shown_name}
        assert (entry["kind"], entry["action"], entry["via"]) == ("protocol", "update", "request")
        assert entry["changes"] == [{"column": "overlap", "before": 1, "after": 2}]
        assert entry["project"] == {"slug": project.slug, "name": project.name}

    def test_names_the_people_in_it(self, client, project):
        bert = MembershipFactory(project=project, user__display_name="Bert").user

        [entry, *_] = client.get(audit(project), {"kind": "membership"}).json()["results"]

        assert entry["about"] == {"user_id": bert.pk, "role": "annotator"}
        assert entry["names"] == {str(bert.pk): "Bert"}

    def test_still_tells_of_people_who_are_gone(self, client, project):
        gone = UserFactory()
        number = gone.pk
        with acting("request", reference="abc", by=number):
            MembershipFactory(project=project)
        gone.delete()

        [entry, *_] = client.get(audit(project), {"person": number}).json()["results"]

        assert entry["by"] == {"id": number, "username": "", "name": ""}

    def test_comes_in_pages_by_a_cursor(self, client, project, mara):
        change_overlap(project, by=mara, times=60)
        seen, cursor = [], {}
        while True:
            page = client.get(audit(project), {"kind": "protocol", **cursor}).json()
            seen += [entry["id"] for entry in page["results"]]
            if page["next"] is None:
                break
            cursor = {"cursor": page["next"]}

        assert len(seen) == len(set(seen)) == 61
        assert seen == sorted(seen, reverse=True)

    def test_costs_the_same_however_many_there_are(self, client, project, mara):
        def asked():
            with CaptureQueriesContext(connection) as queries:
                assert client.get(audit(project)).status_code == 200
            return len(queries)

        change_overlap(project, by=mara)
        few = asked()
        for _ in range(30):
            MembershipFactory(project=project)
        assert asked() == few

    def test_can_be_narrowed(self, client, project, mara):
        change_overlap(project, by=mara)
        bert = MembershipFactory(project=project).user
        with acting("request", reference="abc", by=bert.pk):
            Membership.objects.filter(user=bert).delete()

        def found(**wanted):
            rows = client.get(audit(project), wanted).json()["results"]
            return [(row["kind"], row["action"]) for row in rows]

        assert found(person=bert.pk) == [("membership", "delete")]
        assert set(found(kind="protocol")) == {("protocol", "insert"), ("protocol", "update")}
        later = (timezone.now() + timedelta(minutes=1)).isoformat()
        assert found(since=later) == []
        assert found(until=later) == found()

    @pytest.mark.parametrize(
        "wanted", [{"kind": "nothing"}, {"person": "mara"}, {"since": "soon"}, {"person": 0}]
    )
    def test_refuses_what_it_cannot_narrow_by(self, client, project, wanted):
        assert client.get(audit(project), wanted).status_code == 400

    def test_refuses_a_cursor_of_elsewhere(self, client, project):
        assert client.get(audit(project), {"cursor": "x"}).status_code == 422

    @pytest.mark.parametrize("role", [Role.ANNOTATOR, Role.RESEARCHER])
    def test_is_for_admins(self, client_for, member, project, role):
        assert client_for(member(role)).get(audit(project)).status_code == 403
        assert client_for(member(role)).get(audit(project, ".csv")).status_code == 403


class TestAsAFile:
    def test_is_json_lines(self, client, project, mara):
        change_overlap(project, by=mara, times=3)

        answer = client.get(audit(project, ".jsonl"), {"kind": "protocol"})

        rows = [json.loads(line) for line in answer.getvalue().splitlines()]
        assert [row["changes"][0]["after"] for row in rows[:3]] == [4, 3, 2]
        assert answer.headers["Content-Disposition"].startswith("attachment")

    def test_is_a_table_that_is_safe_to_open(self, client, project, mara):
        change_overlap(project, by=mara)

        answer = client.get(audit(project, ".csv"), {"kind": "protocol"})

        [row, *_] = csv.DictReader(io.StringIO(answer.getvalue().decode()))
        assert (row["by"], row["kind"], row["action"]) == (mara.username, "protocol", "update")
        assert json.loads(row["changes"]) == [{"column": "overlap", "before": 1, "after": 2}]


class TestAnOrganisationsLog:
    @pytest.fixture
    def owner(self, project, client_for):
        owner = UserFactory()
        Ownership.objects.create(organisation=project.organisation, user=owner)
        return client_for(owner)

    def test_tells_of_its_people_and_projects_and_not_of_what_is_in_them(
        self, owner, project, mara
    ):
        change_overlap(project, by=mara)

        rows = owner.get(audit(project.organisation)).json()["results"]

        assert {row["kind"] for row in rows} == {
            "organisation", "ownership", "project", "membership"
        }  # fmt: skip

    def test_is_for_owners(self, client, project):
        assert client.get(audit(project.organisation)).status_code == 403

    def test_has_nothing_of_another(self, owner, client, project):
        other = MembershipFactory(project=ProjectFactory(), role=Role.ADMIN)
        ProtocolFactory(project=other.project)
        theirs = set(
            Entry.objects.filter(organisation=other.project.organisation).values_list(
                "pk", flat=True
            )
        )
        assert len(theirs) >= 3

        for reader, place in ((owner, project.organisation), (client, project)):
            seen = {row["id"] for row in reader.get(audit(place)).json()["results"]}
            assert seen
            assert not seen & theirs
        assert owner.get(audit(other.project.organisation)).status_code == 404
        assert client.get(audit(other.project)).status_code == 404
        assert client.get(audit(other.project, ".jsonl")).status_code == 404
