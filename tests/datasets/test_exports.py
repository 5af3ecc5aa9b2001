"""Exports are made once, stay what they are, and come in as many parts as one likes."""

import json

import pytest
from django.core.management import CommandError, call_command

from annotation_site.accounts.models import Role
from annotation_site.datasets import exports_api, services, store
from annotation_site.datasets.formats import FORMATS, format_called
from annotation_site.datasets.publishing import publish
from annotation_site.jobs.models import Job, State
from annotation_site.jobs.services import perform
from scorer import manifest
from tests.factories import ProjectFactory

pytestmark = pytest.mark.usefixtures("broker")


@pytest.fixture
def client(member, client_for):
    return client_for(member(Role.RESEARCHER))


@pytest.fixture
def url(project, snapshot):
    return f"/api/v1/projects/{project.slug}/snapshots/{snapshot.pk}"


@pytest.fixture
def large(monkeypatch):
    """Every snapshot is too large to be exported while somebody waits."""
    monkeypatch.setattr(exports_api, "AT_ONCE", 0)


def read(path):
    return path.read_bytes()


class TestStore:
    def test_makes_an_export_once(self, snapshot):
        form = format_called("csv")
        made = store.make(snapshot, form)

        assert store.make(snapshot, form) == store.find(snapshot, form) == made
        about = manifest.verify(made.path.parent)
        assert (about["form"], about["snapshot"]) == ("csv", snapshot.digest)
        assert about["files"] == {"ratings.csv": {"bytes": made.bytes, "sha256": made.sha256}}

    def test_two_at_once_make_one(self, snapshot):
        form = format_called("jsonl")
        first = store.make(snapshot, form)
        place = store.place_of(snapshot, form)
        hidden = place.rename(place.with_name("hidden"))

        # The other is done first: while this one writes, its place is taken.
        made = store.make(snapshot, form, on_line=lambda: place.exists() or hidden.rename(place))

        assert made == first
        assert [path.name for path in place.parent.iterdir()] == [place.name]

    def test_a_making_that_fails_leaves_nothing(self, snapshot):
        def stop():
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            store.make(snapshot, format_called("csv"), on_line=stop)

        place = store.place_of(snapshot, format_called("csv"))
        assert list(place.parent.iterdir()) == []

    def test_a_place_that_cannot_be_taken_is_told(self, tmp_path):
        partial, place = tmp_path / "partial", tmp_path / "place"
        partial.mkdir()
        place.write_text("a file, where the directory should be")

        with pytest.raises(NotADirectoryError):
            publish(partial, place)

    @pytest.mark.parametrize("name", FORMATS)
    def test_makes_every_format_of_a_project_in_which_nothing_is(self, project, now, data, name):
        empty = services.freeze(project=project, by=None, now=now)

        assert data.snapshots.is_dir()
        assert empty.as_of is None
        assert store.make(empty, format_called(name)).path.is_file()


class TestDownload:
    @pytest.mark.parametrize("name", FORMATS)
    def test_is_a_file_under_its_name(self, client, url, snapshot, project, name):
        answer = client.get(f"{url}/exports/{name}")

        made = store.find(snapshot, format_called(name))
        assert answer.getvalue() == read(made.path)
        assert answer["Content-Type"] == format_called(name).content_type
        assert answer["Content-Disposition"] == (
            f'attachment; filename="{project.slug}-{snapshot.digest[:12]}-{made.path.name}"'
        )

    def test_goes_on_where_it_was_broken_off(self, client, url, snapshot):
        whole = client.get(f"{url}/exports/csv")
        etag = whole["ETag"]
        first = client.get(f"{url}/exports/csv", headers={"Range": "bytes=0-99"})
        rest = client.get(f"{url}/exports/csv", headers={"Range": "bytes=100-", "If-Range": etag})

        assert (first.status_code, rest.status_code) == (206, 206)
        assert first.getvalue() + rest.getvalue() == whole.getvalue()
        assert etag == f'"{store.find(snapshot, format_called("csv")).sha256}"'
        assert client.get(f"{url}/exports/csv", headers={"If-None-Match": etag}).status_code == 304

    def test_its_manifest_tells_what_one_should_have(self, client, url):
        whole = client.get(f"{url}/exports/jsonl").getvalue()

        about = json.loads(client.get(f"{url}/exports/jsonl/manifest.json").getvalue())

        assert about["files"]["ratings.jsonl"]["bytes"] == len(whole)

    def test_an_unknown_format_is_not_there(self, client, url):
        for where in ("exports/xlsx", "exports/xlsx/manifest.json"):
            answer = client.get(f"{url}/{where}")
            assert (answer.status_code, answer.json()["type"]) == (404, "no-such-format")

    def test_tells_which_there_are(self, client, url):
        client.get(f"{url}/exports/csv")

        rows = {row["form"]: row for row in client.get(f"{url}/exports").json()["results"]}

        assert list(rows) == list(FORMATS)
        assert rows["csv"]["bytes"] > 0
        assert (rows["jsonl"]["bytes"], rows["jsonl"]["at_once"]) == (None, True)

    def test_a_small_one_is_made_when_it_is_asked_for(self, client, url):
        answer = client.post(f"{url}/exports/csv")

        assert answer.status_code == 200
        assert answer.json()["bytes"] > 0


@pytest.mark.usefixtures("large")
class TestLarge:
    def test_is_asked_for_first(self, client, url):
        for where in ("exports/csv", "exports/csv/manifest.json"):
            answer = client.get(f"{url}/{where}")
            assert (answer.status_code, answer.json()["type"]) == (409, "not-made-yet")

    def test_is_made_by_one_job_however_often_it_is_asked_for(self, client, url, monkeypatch):
        monkeypatch.setattr("annotation_site.datasets.jobs.TELL_EVERY", 2)
        first, second = (client.post(f"{url}/exports/csv") for _ in range(2))
        assert first.status_code == second.status_code == 202
        job = first.json()["id"]
        assert second.json()["id"] == job
        listed = {row["form"]: row for row in client.get(f"{url}/exports").json()["results"]}
        assert (listed["csv"]["job"], listed["jsonl"]["job"]) == (job, None)
        assert not listed["csv"]["at_once"]

        done = perform(job)

        assert done.state == State.SUCCEEDED
        assert done.progress["done"] > 0
        assert done.result["form"] == "csv"
        assert len(client.get(f"{url}/exports/csv").getvalue()) == done.result["bytes"]
        assert client.post(f"{url}/exports/csv").status_code == 200


class TestCommand:
    @pytest.mark.parametrize("raw", [False, True])
    def test_writes_the_same_file(self, snapshot, project, tmp_path, capsys, raw):
        out = tmp_path / "ratings.csv"

        call_command("export_snapshot", str(out), project=project.slug, form="csv", raw=raw)

        made = store.make(snapshot, format_called("csv-raw" if raw else "csv"))
        assert read(out) == read(made.path)
        assert snapshot.digest[:12] in capsys.readouterr().out
        assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["ratings.csv"]

    def test_wants_more_digits_where_two_begin_alike(self, snapshot, project, tmp_path):
        project.snapshots.create(
            digest=snapshot.digest[:9] + "x",
            created_at=snapshot.created_at,
            **dict.fromkeys(("videos", "captions", "judgments"), 0),
        )

        with pytest.raises(CommandError, match="give more digits"):
            call_command(
                "export_snapshot",
                str(tmp_path / "x"),
                project=project.slug,
                form="csv",
                snapshot=snapshot.digest[:8],
            )

    @pytest.mark.parametrize("start", ["f" * 64, "?"])
    def test_says_that_there_is_no_such_snapshot(self, snapshot, project, tmp_path, start):
        with pytest.raises(CommandError, match="no such snapshot"):
            call_command(
                "export_snapshot",
                str(tmp_path / "x"),
                project=project.slug,
                form="csv",
                snapshot=start,
            )
        assert snapshot.digest[:64] != start

    def test_freezes_what_a_file_says_is_wanted(self, snapshot, project, tmp_path, capsys):
        wanted = tmp_path / "wanted.json"
        wanted.write_text('{"filters": {"dimensions": ["camera"]}}')

        call_command("freeze_snapshot", project=project.slug, wanted=wanted)

        newest = project.snapshots.latest("pk")
        assert newest.digest in capsys.readouterr().out
        assert 0 < newest.judgments < snapshot.judgments

    @pytest.mark.parametrize(
        ("content", "slug"), [('{"filters": {"colour": 1}}', None), ("{}", "elsewhere")]
    )
    def test_freezes_nothing_that_cannot_be(self, project, tmp_path, content, slug):
        wanted = tmp_path / "wanted.json"
        wanted.write_text(content)

        with pytest.raises(CommandError):
            call_command("freeze_snapshot", project=slug or project.slug, wanted=wanted)


def test_another_projects_snapshot_is_not_there(client, snapshot):
    other = ProjectFactory()

    answer = client.get(f"/api/v1/projects/{other.slug}/snapshots/{snapshot.pk}/exports/csv")

    assert answer.status_code == 404
    assert not Job.objects.exists()
