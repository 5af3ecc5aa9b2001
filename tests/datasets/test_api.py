"""Snapshots over HTTP: counted beforehand, frozen with filters, looked at afterwards."""

from datetime import timedelta

import pytest

from annotation_site.accounts.models import Role
from annotation_site.datasets.models import Snapshot
from annotation_site.datasets.reading import Sealed
from annotation_site.jobs.models import State
from annotation_site.jobs.services import perform
from scorer import manifest
from tests.datasets.judging import judge
from tests.factories import CaptionFactory, VideoFactory

pytestmark = pytest.mark.usefixtures("broker")


@pytest.fixture
def client(member, client_for):
    return client_for(member(Role.ADMIN))


@pytest.fixture
def url(project, snapshot):
    assert snapshot
    return f"/api/v1/projects/{project.slug}/snapshots"


def test_freezing_twice_gives_the_same_row(client, url, snapshot):
    answer = client.post(url)

    assert answer.status_code == 200
    assert answer.json()["digest"] == snapshot.digest
    assert [row["id"] for row in client.get(url).json()["results"]] == [snapshot.pk]


def test_what_is_counted_is_what_is_frozen(client, url, snapshot):
    captioner = next(Sealed(snapshot.directory).captions())["captioner"]
    wanted = {
        "filters": {"captioners": [captioner], "dimensions": ["camera", "object"]},
        "split": {"salt": "s", "test": 50},
    }

    counted = client.post(f"{url}/preview", wanted, format="json").json()
    answer = client.post(url, wanted, format="json")

    assert answer.status_code == 201
    told = answer.json()
    assert {name: told[name] for name in counted if name in told} == {
        "videos": 1,
        "captions": 1,
        "judgments": 4,
        "preferences": 0,
    }
    assert counted["annotators"] == 2
    assert told["filters"]["captioners"] == [captioner]
    whole = client.get(f"{url}/{told['id']}").json()
    assert whole["split"] == {"salt": "s", "validation": 0, "test": 50}
    assert sum(side["judgments"] for side in whole["sides"].values()) == 4
    assert whole["leaks"] == {"followed": 0, "straddling": 0, "repeated": 0}
    assert whole["leaking"] == []


def test_an_instant_leaves_out_what_came_later(client, url, snapshot, project, now):
    slot = judge(project, now=now + timedelta(days=1))

    again = client.post(url, {"as_of": snapshot.as_of.isoformat()}, format="json")

    assert slot.judgments.count() == 5
    assert (again.status_code, again.json()["id"]) == (200, snapshot.pk)


def test_in_the_background_it_is_the_same(client, url, snapshot):
    wanted = {"as_of": snapshot.as_of.isoformat(), "background": True}

    answer = client.post(url, wanted, format="json")

    assert answer.status_code == 202
    done = perform(answer.json()["id"])
    assert done.state == State.SUCCEEDED
    assert done.result == {"snapshot": snapshot.pk, "digest": snapshot.digest, "new": False}


@pytest.mark.parametrize(
    ("wanted", "where"),
    [
        ({"filters": {"captioner": ["a"]}}, "captioner"),
        ({"filters": {"annotators": ["Anna"]}}, "annotators"),
        ({"filters": {"dimensions": ["sound"]}}, "dimensions"),
        ({"filters": {"minimum_ratings": -1}}, "minimum_ratings"),
        ({"filters": {"since": "yesterday"}}, "since"),
        ({"filters": ["late"]}, "non_field_errors"),
        ({"split": {"validation": 50, "test": 50}}, "test"),
        ({"split": {"test": 100}}, "test"),
        ({"as_of": "now"}, "as_of"),
    ],
)
def test_refuses_what_it_does_not_know(client, url, wanted, where):
    for to in (url, f"{url}/preview"):
        answer = client.post(to, wanted, format="json")
        assert answer.status_code == 400
        assert where in str(answer.json()["errors"])
    assert Snapshot.objects.count() == 1


def test_tells_what_filters_can_name(client, url, snapshot):
    found = client.get(f"{url}/choices").json()

    captioners = {row["captioner"] for row in Sealed(snapshot.directory).captions()}
    annotators = {row["annotator"] for row in Sealed(snapshot.directory).judgments()}
    assert {one["name"] for one in found["captioners"]} == captioners
    assert {one["captions"] for one in found["captioners"]} == {1}
    assert annotators < {one["name"] for one in found["annotators"]}  # who only voted, too
    assert found["kinds"] == ["detailed"]
    assert found["rubrics"] == [1]
    assert "camera" in found["dimensions"]


def test_names_the_first_leaks(client, url, project):
    sides = (VideoFactory(project=project, sha256=f"{n:08x}" + "b" * 56) for n in (2, 0x51))
    captions = [CaptionFactory(video=video, text="The same.") for video in sides]

    snapshot = client.post(url).json()["id"]

    assert client.get(f"{url}/{snapshot}").json()["leaking"] == [
        {
            "kind": "repeated",
            "video": None,
            "like": None,
            "bits": None,
            "captions": [caption.pk for caption in captions],
        }
    ]


def test_an_older_snapshot_says_what_it_can(client, url, snapshot):
    about = manifest.read(snapshot.directory)
    for part in ("split", "sides", "leaks"):
        del about[part]
    (snapshot.directory / manifest.NAME).write_text(manifest.canonical(about))
    Snapshot.objects.update(filters={})

    shown = client.get(f"{url}/{snapshot.pk}").json()

    assert (shown["split"], shown["sides"], shown["leaks"]) == (None, None, None)
    assert shown["filters"]["captioners"] == []


def test_the_manifest_is_the_file_that_names_the_snapshot(client, url, snapshot):
    answer = client.get(f"{url}/{snapshot.pk}/manifest.json")

    assert answer.getvalue() == (snapshot.directory / manifest.NAME).read_bytes()
    assert manifest.digest(snapshot.directory) == snapshot.digest
