"""Whoever takes ratings home is written down, once a day a file, where nobody can change it."""

import pytest

from annotation_site.accounts.models import Role
from annotation_site.datasets.models import Download
from tests.audit.noting import noted

pytestmark = pytest.mark.usefixtures("broker")


@pytest.fixture
def mara(member):
    return member(Role.RESEARCHER)


@pytest.fixture
def client(client_for, mara):
    return client_for(mara)


@pytest.fixture
def url(project, snapshot):
    return f"/api/v1/projects/{project.slug}/snapshots/{snapshot.pk}"


def downloads(entries):
    return [entry for entry in entries if entry.kind == "download"]


def test_the_log_tells_who_took_which_snapshot_as_what(client, url, project, snapshot, mara):
    with noted() as entries:
        assert client.get(f"{url}/exports/csv").status_code == 200

    [entry] = downloads(entries)
    assert (entry.action, entry.via, entry.by_id) == ("insert", "request", mara.pk)
    assert entry.about == {"snapshot_id": snapshot.pk, "form": "csv"}
    assert (entry.project_id, entry.organisation_id) == (project.pk, project.organisation_id)


def test_a_file_in_parts_is_one_download(client, url):
    with noted() as entries:
        client.get(f"{url}/exports/csv", headers={"Range": "bytes=10-19"})
        client.get(f"{url}/exports/csv", headers={"Range": "bytes=20-"})
        client.get(f"{url}/exports/csv")
        client.get(f"{url}/exports/jsonl")

    assert [entry.about["form"] for entry in downloads(entries)] == ["csv", "jsonl"]


def test_another_day_is_another_download(client, url):
    client.get(f"{url}/exports/csv")
    Download.objects.update(day="2026-01-01")

    with noted() as entries:
        client.get(f"{url}/exports/csv")

    assert len(downloads(entries)) == 1


def test_each_line_of_a_diff_is_taken_home_too(client, url, snapshot):
    with noted() as entries:
        client.get(f"{url}/diff/{snapshot.pk}.jsonl")

    [entry] = downloads(entries)
    assert entry.about["form"] == "diff"


def test_asking_how_large_it_is_is_no_download(client, url):
    etag = client.get(f"{url}/exports/csv").headers["ETag"]
    Download.objects.all().delete()

    with noted() as entries:
        client.head(f"{url}/exports/csv")
        client.get(f"{url}/exports/csv", headers={"If-None-Match": etag})
        client.get(f"{url}/exports/csv", headers={"Range": "bytes=999999999-"})
        client.get(f"{url}/exports")
        client.get(f"{url}/manifest")

    assert downloads(entries) == []
