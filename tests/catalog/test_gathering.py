"""Imports from folders and buckets: what comes in, what is kept out, and going on after a kill."""

import json
import os
import shutil
import signal
import subprocess
import sys
from http import HTTPStatus

import obstore
import pytest
from django.db import connection
from moto.server import ThreadedMotoServer
from obstore.store import S3Store

from annotation_site.accounts.models import Role
from annotation_site.catalog import arrivals, gathering, services, sources
from annotation_site.catalog.bucket import Bucket
from annotation_site.catalog.folder import Folder
from annotation_site.catalog.models import Caption, Import, Video
from annotation_site.catalog.sources import BadPath, Entry, NoSuchSource, UnreadableError
from annotation_site.jobs import services as jobs
from annotation_site.jobs.models import Job, State

pytestmark = pytest.mark.django_db

LINE = '{{"video": "{}", "source": "model", "caption": "A dog runs."}}\n'


@pytest.fixture(autouse=True)
def _nudges_at(broker):
    pass


@pytest.fixture
def folder(settings, tmp_path):
    root = tmp_path / "root"
    root.mkdir()
    settings.IMPORT_ROOTS = {"lab": str(root)}
    return root


@pytest.fixture
def filled(folder, make_clip):
    """Two videos, one that is none, a file of captions that is good and one that is broken."""
    (folder / "b").mkdir()
    shutil.copy(make_clip("one.mp4", seconds=1), folder / "b" / "one.mp4")
    shutil.copy(make_clip("two.mp4", seconds=1, fps="12"), folder / "two.MP4")
    (folder / "bad.mp4").write_text("not a film")
    (folder / "a-good.jsonl").write_text(LINE.format("b/one.mp4") + LINE.format("two.MP4"))
    (folder / "a-wrong.jsonl").write_text(LINE.format("three.mp4"))
    (folder / "rated.csv").write_text("external_id,annotator,camera\nc-1,ann,3\n")
    (folder / "notes.txt").write_text("nothing")
    (folder / ".hidden.mp4").write_text("nothing")
    return folder


@pytest.fixture
def ask(project, member):
    by = member(Role.ADMIN)

    def request(path="", *, source="lab", dry_run=False):
        return gathering.request(project=project, source=source, path=path, dry_run=dry_run, by=by)

    return request


@pytest.fixture
def admin(member, client_for):
    return client_for(member(Role.ADMIN))


def told(job):
    lines = arrivals.report(job.payload["file"])
    return [
        (one["line"], one["file"], one["outcome"])
        for one in map(json.loads, b"".join(lines).splitlines())
    ]


EVERYTHING = [
    (1, "b/one.mp4", "accepted"),
    (2, "bad.mp4", "refused"),
    (3, "two.MP4", "accepted"),
    (4, "a-good.jsonl", "accepted"),
    (5, "a-wrong.jsonl", "refused"),
    (6, "rated.csv", "skipped"),
]


@pytest.mark.usefixtures("folder")
class TestFolder:
    @pytest.mark.usefixtures("filled")
    def test_takes_in_videos_then_captions_and_says_what_is_wrong(self, ask):
        job = jobs.perform(ask().pk)

        assert job.state == State.SUCCEEDED, job.problem
        assert told(job) == EVERYTHING
        assert (job.result["accepted"], job.result["refused"], job.result["captions"]) == (3, 2, 2)
        assert job.result["reason"] == "2 of 6 files were refused."
        assert "This is not a video" in job.result["problems"][0]["reason"]
        assert 'no video called "three.mp4"' in job.result["problems"][1]["reason"]
        assert (Video.objects.count(), Caption.objects.count()) == (2, 2)
        assert Import.objects.get().report["files"][0]["kind"] == "files"

    @pytest.mark.usefixtures("filled")
    def test_takes_nothing_twice(self, ask):
        jobs.perform(ask().pk)
        again = jobs.perform(ask().pk)

        assert (again.result["accepted"], again.result["skipped"]) == (1, 3)
        assert Video.objects.count() == 2

    @pytest.mark.usefixtures("filled")
    def test_looks_below_a_path_only(self, ask):
        assert jobs.perform(ask("b/").pk).result["lines"] == 1

    @pytest.mark.usefixtures("filled")
    def test_only_lists_what_it_would_take(self, ask):
        job = jobs.perform(ask(dry_run=True).pk)

        assert job.result["lines"] == 6
        assert job.result["dry_run"] is True
        assert not Video.objects.exists()
        assert not Import.objects.exists()

    def test_says_that_there_is_nothing(self, ask):
        assert jobs.perform(ask().pk).result["outcome"] == "refused"

    def test_waits_for_a_source_that_is_away_and_gives_up_in_the_end(self, ask):
        job = ask("not-there")

        for _ in range(job.max_attempts):
            assert job.ended_at is None
            Job.objects.update(due_at=job.created_at)
            job = jobs.perform(job.pk)

        assert (job.state, job.problem["type"]) == (State.FAILED, "source-away")

    def test_is_asked_once_while_it_goes_on(self, ask):
        assert ask("x") == ask("x/")

    @pytest.mark.parametrize("path", ["../x", "a/../../x", "/etc", "a\\b", "a\0b", "x" * 2000, "."])
    def test_refuses_paths_that_lead_elsewhere(self, ask, path):
        with pytest.raises(BadPath):
            ask(path)

    def test_knows_no_other_source(self, ask):
        with pytest.raises(NoSuchSource):
            ask(source="/etc")

    def test_follows_no_link_out_of_the_root(self, folder, tmp_path, ask):
        secret = tmp_path / "secret.mp4"
        secret.write_text("secret")
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "elsewhere" / "more.mp4").write_text("secret")
        (folder / "link.mp4").symlink_to(secret)
        (folder / "away").symlink_to(tmp_path / "elsewhere")
        os.mkfifo(folder / "pipe.mp4")

        job = jobs.perform(ask().pk)

        assert told(job) == [(1, "link.mp4", "refused"), (2, "pipe.mp4", "refused")]
        assert "leads out" in job.result["problems"][0]["reason"]
        with pytest.raises(BadPath):
            list(Folder(folder).entries("away", after=""))
        with pytest.raises(UnreadableError, match="leads out"):
            Folder(folder).fetch(Entry(path="away/more.mp4", size=1), tmp_path / "copy")


class TestGoingOn:
    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("done", [1, 3, 4])
    def test_goes_on_behind_the_last_safe_file_after_kill_9(self, filled, ask, settings, done):
        """A real process is killed in the middle of a file, when so many are safe."""
        job = ask()
        there = connection.settings_dict
        host, name = there["HOST"], there["NAME"]
        url = f"postgresql://{there['USER']}@/{name}?host={host}"
        environment = {
            **os.environ,
            "CREST_DATABASE_URL": url,
            "CREST_DATA": str(settings.DATA.root),
            "CREST_IMPORT_ROOTS": f"lab={filled}",
            "DJANGO_SETTINGS_MODULE": "annotation_site.settings",
        }
        killed = subprocess.run(
            [sys.executable, "-c", DIES, str(job.pk), str(done)], env=environment, check=False
        )
        assert killed.returncode == -signal.SIGKILL
        job.refresh_from_db()
        assert job.checkpoint["lines"] == done

        Job.objects.update(state="queued", lease_until=None)
        job = jobs.perform(job.pk)

        assert told(job) == EVERYTHING
        assert (job.result["accepted"], job.result["skipped"], job.result["refused"]) == (3, 1, 2)
        assert (Video.objects.count(), Caption.objects.count()) == (2, 2)
        assert Import.objects.count() == 1

    @pytest.mark.usefixtures("filled")
    def test_stays_over_when_its_worker_dies_at_the_very_end(self, ask, monkeypatch):
        job = ask()
        with monkeypatch.context() as patched:
            patched.setattr(jobs, "_end", lambda *_, **__: sys.exit())
            with pytest.raises(SystemExit):
                jobs.perform(job.pk)
        Job.objects.update(state="queued", lease_until=None)

        assert told(jobs.perform(job.pk)) == EVERYTHING
        assert Import.objects.count() == 1


DIES = """
import os, signal, sys
import django
django.setup()
from annotation_site.catalog import arrivals
from annotation_site.jobs import services
write, written = arrivals.Account.write, []
def dies(self, line):
    if len(written) == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
    written.append(line)
    return write(self, line)
arrivals.Account.write = dies
services.perform(int(sys.argv[1]))
"""


@pytest.fixture(scope="module")
def storage_server():
    """A server that speaks S3, on this machine."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"{host}:{port}"
    server.stop()


@pytest.fixture
def address(storage_server):
    subprocess.run(["curl", "-sf", "-X", "PUT", f"http://{storage_server}/clips"], check=True)
    return f"http://key:secret@{storage_server}/clips"


@pytest.fixture
def bucket(storage_server, address, settings):
    """The bucket as others fill it; below `lab/` it is a source of ours."""
    settings.IMPORT_BUCKETS = {"archive": f"{address}/lab"}
    return S3Store(
        "clips",
        endpoint=f"http://{storage_server}",
        access_key_id="key",
        secret_access_key="secret",
        client_options={"allow_http": True},
    )


class TestBucket:
    def test_takes_in_what_a_folder_would_have(self, filled, bucket, ask):
        for path in filled.rglob("[!.]*.*"):
            obstore.put(bucket, f"lab/{path.relative_to(filled)}", path.read_bytes())
        obstore.put(bucket, "outside.mp4", b"not ours")

        job = jobs.perform(ask(source="archive").pk)

        assert job.state == State.SUCCEEDED, job.problem
        assert told(job) == EVERYTHING
        assert (Video.objects.count(), Caption.objects.count()) == (2, 2)

    def test_lists_in_order_behind_what_is_done(self, bucket, address):
        for number in range(1100):
            obstore.put(bucket, f"many/{number:04}.mp4", b"")

        listed = [entry.path for entry in Bucket(address).entries("many", after="many/0049.mp4")]

        assert listed == [f"many/{number:04}.mp4" for number in range(50, 1100)]

    @pytest.mark.usefixtures("bucket")
    def test_refuses_a_file_that_is_gone(self, tmp_path):
        source = sources.called("archive")
        with pytest.raises(UnreadableError):
            source.fetch(Entry(path="gone.mp4", size=1), tmp_path / "copy")

    def test_says_that_the_storage_is_away(self, settings, ask, monkeypatch):
        settings.IMPORT_BUCKETS = {"archive": "http://127.0.0.1:9/clips"}
        monkeypatch.setattr("annotation_site.catalog.bucket._RETRIES", {"max_retries": 0})

        job = jobs.perform(ask(source="archive").pk)

        assert job.state == State.QUEUED  # it is asked again later


@pytest.mark.usefixtures("folder")
class TestApi:
    def test_names_the_sources_and_nothing_of_where_they_are(self, settings, admin, project):
        settings.IMPORT_BUCKETS = {"archive": "https://key:secret@storage.lab/clips"}

        found = admin.get(f"/api/v1/projects/{project.slug}/imports/sources").json()

        assert found["results"] == [
            {"name": "archive", "kind": "bucket"},
            {"name": "lab", "kind": "folder"},
        ]

    @pytest.mark.parametrize(
        ("body", "status"),
        [
            ({"source": "lab", "path": "b"}, HTTPStatus.ACCEPTED),
            ({"source": "nowhere"}, HTTPStatus.NOT_FOUND),
            ({"source": "lab", "path": "../x"}, HTTPStatus.UNPROCESSABLE_ENTITY),
            ({}, HTTPStatus.BAD_REQUEST),
        ],
    )
    def test_asks_for_an_import(self, admin, project, body, status):
        answer = admin.post(f"/api/v1/projects/{project.slug}/imports/files", body, format="json")

        assert answer.status_code == status
        assert Job.objects.count() == (status == HTTPStatus.ACCEPTED)


def test_tells_of_the_outcome_where_it_is_made_so(project, clip):
    heard = []

    services.add_video(project=project, path=clip, name="a.mp4", on_settled=heard.append)
    services.add_video(project=project, path=clip, name="a/b", on_settled=heard.append)

    assert [one.outcome for one in heard] == ["accepted", "refused"]
