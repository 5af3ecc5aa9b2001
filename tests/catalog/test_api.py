import io
import json
import os
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from annotation_site.accounts.models import Role
from annotation_site.catalog import api, imports, services
from annotation_site.catalog.models import Caption, Import, Video
from annotation_site.jobs import services as jobs
from annotation_site.jobs.models import Job
from annotation_site.jobs.work import Cancelled
from tests.factories import (
    CaptionerFactory,
    CaptionFactory,
    ProjectFactory,
    VideoFactory,
    VideoNameFactory,
)


@pytest.fixture
def as_role(client_for, member):
    return lambda role: client_for(member(role))


@pytest.fixture
def at(project):
    return lambda rest: f"/api/v1/projects/{project.slug}/{rest}"


def upload(client, address, content, name="clip.mp4"):
    return client.post(address, {"file": SimpleUploadedFile(name, content)}, format="multipart")


class TestVideos:
    def test_takes_in_a_video(self, as_role, at, clip, data):
        admin = as_role(Role.ADMIN)

        answer = upload(admin, at("videos"), clip.read_bytes())

        assert answer.status_code == HTTPStatus.CREATED
        video = Video.objects.get()
        assert answer.json() == {
            "outcome": "accepted",
            "name": "clip.mp4",
            "reason": "",
            "video": {
                "id": video.pk,
                "sha256": video.sha256,
                "names": ["clip.mp4"],
                "seconds": pytest.approx(2),
                "width": 160,
                "height": 120,
                "fps": 25.0,
                "split": video.split,
                "captions": 0,
                "has_media": True,
                "video_url": at(f"media/{video.sha256}/video.mp4"),
                "poster_url": at(f"media/{video.sha256}/poster.jpg"),
            },
        }
        assert Import.objects.get().by is not None
        assert list(data.uploads.iterdir()) == []

    def test_tells_the_same_video_and_no_video_apart(self, as_role, at, clip):
        admin = as_role(Role.ADMIN)
        upload(admin, at("videos"), clip.read_bytes())

        again = upload(admin, at("videos"), clip.read_bytes(), "again.mp4")
        none = upload(admin, at("videos"), b"no film")

        assert (again.status_code, again.json()["outcome"]) == (HTTPStatus.OK, "skipped")
        assert again.json()["video"]["names"] == ["again.mp4", "clip.mp4"]
        assert none.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert none.json()["outcome"] == "refused"
        assert none.json()["reason"].startswith("This is not a video")
        assert none.json()["video"] is None

    def test_keeps_only_the_last_part_of_a_name(self, as_role, at, clip):
        answer = upload(as_role(Role.ADMIN), at("videos"), clip.read_bytes(), "../../../etc/up.mp4")

        assert answer.json()["name"] == "up.mp4"

    def test_refuses_what_is_too_large_before_reading_it(self, as_role, at, monkeypatch):
        monkeypatch.setattr(api.media, "MAX_BYTES", 1000)

        answer = upload(as_role(Role.ADMIN), at("videos"), b"x" * 100_000)

        assert answer.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        assert answer.json()["type"] == "upload-too-large"

    @pytest.mark.parametrize("form", [{}, {"file": "text"}])
    def test_says_that_the_file_is_missing(self, as_role, at, form):
        answer = as_role(Role.ADMIN).post(at("videos"), form, format="multipart")

        assert answer.status_code == HTTPStatus.BAD_REQUEST
        assert "file" in answer.json()["errors"]

    def test_lists_them_newest_first_by_pages(self, as_role, at, project):
        videos = VideoFactory.create_batch(51, project=project)
        VideoNameFactory(video=videos[-1], name="last.mp4")
        CaptionFactory.create_batch(2, video=videos[-1])
        VideoFactory()  # of another project
        researcher = as_role(Role.RESEARCHER)

        page = researcher.get(at("videos")).json()
        rest = researcher.get(at("videos"), {"cursor": page["next"]}).json()

        assert [row["id"] for row in page["results"] + rest["results"]] == [
            video.pk for video in reversed(videos)
        ]
        assert page["results"][0]["names"] == ["last.mp4"]
        assert page["results"][0]["captions"] == 2
        assert rest["next"] is None

    def test_asks_the_database_a_fixed_number_of_times(
        self, as_role, at, project, django_assert_max_num_queries
    ):
        for video in VideoFactory.create_batch(20, project=project):
            VideoNameFactory(video=video)
        researcher = as_role(Role.RESEARCHER)

        with django_assert_max_num_queries(5):
            researcher.get(at("videos"))


class TestCaptions:
    GOOD = b'{"video": "a.mp4", "source": "m", "kind": "short", "caption": "A dog."}\n'

    @pytest.fixture(autouse=True)
    def video(self, project):
        return VideoNameFactory(name="a.mp4", video__project=project).video

    def test_takes_in_a_file(self, as_role, at, video):
        answer = upload(as_role(Role.ADMIN), at("captions"), self.GOOD * 2, "c.jsonl")

        assert answer.status_code == HTTPStatus.CREATED
        assert answer.json() == {
            "name": "c.jsonl",
            "outcome": "accepted",
            "reason": "",
            "lines": 2,
            "accepted": 1,
            "skipped": 1,
            "problems": [],
            "skips": [{"line": 2, "reason": "This caption is already here."}],
        }
        assert video.captions.get().text == "A dog."

    def test_names_the_broken_line(self, as_role, at, video):
        content = self.GOOD + b"{broken\n" + self.GOOD

        answer = upload(as_role(Role.ADMIN), at("captions"), content, "c.jsonl")

        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        (problem,) = answer.json()["problems"]
        assert problem["line"] == 2
        assert not video.captions.exists()

    def test_refuses_what_is_too_large(self, as_role, at, monkeypatch):
        monkeypatch.setattr(api, "MAX_CAPTIONS_BYTES", 1000)

        answer = upload(as_role(Role.ADMIN), at("captions"), self.GOOD * 2000)

        assert answer.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class TestImports:
    def test_lists_what_came_in(self, as_role, at, project, now):
        by = as_role(Role.ADMIN)
        upload(by, at("videos"), b"no film", "a.mp4")
        services.add_captions(
            project=project, lines=io.BytesIO(b""), name="c", videos=None, by=None, now=now
        )

        newer, older = as_role(Role.RESEARCHER).get(at("imports")).json()["results"]

        assert newer["by"] is None
        assert newer["report"]["files"][0]["kind"] == "captions"
        assert older["by"].startswith("person-")
        assert older["report"]["files"][0]["outcome"] == "refused"


class TestCaptioners:
    def test_lists_them_with_their_captions(self, as_role, at, project):
        first = CaptionerFactory(project=project, name="a")
        CaptionerFactory(project=project, name="b")
        CaptionFactory.create_batch(3, captioner=first, video__project=project)
        CaptionerFactory()  # of another project

        rows = as_role(Role.ADMIN).get(at("captioners")).json()["results"]

        assert [(row["name"], row["captions"]) for row in rows] == [("b", 0), ("a", 3)]


class TestMedia:
    @pytest.fixture
    def video(self, project, clip):
        return services.add_video(project=project, path=clip, name="a.mp4").video

    def test_serves_the_rendition_to_every_member(self, as_role, at, video, data):
        address = at(f"media/{video.sha256}/video.mp4")
        content = next(data.media.rglob("web.mp4")).read_bytes()

        for role in Role:
            answer = as_role(role).get(address)
            assert answer.status_code == HTTPStatus.OK
            assert b"".join(answer.streaming_content) == content

    def test_lets_the_browser_seek(self, as_role, at, video, data):
        address = at(f"media/{video.sha256}/video.mp4")
        content = next(data.media.rglob("web.mp4")).read_bytes()

        answer = as_role(Role.ANNOTATOR).get(address, headers={"Range": "bytes=100-199"})

        assert answer.status_code == HTTPStatus.PARTIAL_CONTENT
        assert b"".join(answer.streaming_content) == content[100:200]

    def test_says_what_it_is_and_lets_it_do_nothing(self, as_role, at, video):
        for file, kind in (("video.mp4", "video/mp4"), ("poster.jpg", "image/jpeg")):
            answer = as_role(Role.ANNOTATOR).head(at(f"media/{video.sha256}/{file}"))

            assert answer.status_code == HTTPStatus.OK
            assert answer.headers["Content-Type"] == kind
            assert answer.headers["ETag"].startswith(f'"{video.sha256}')
            assert answer.headers["Cache-Control"].startswith("private")
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"

    def test_keeps_it_from_strangers(self, client_for, member, at, video):
        other = ProjectFactory()
        address = at(f"media/{video.sha256}/video.mp4")

        assert client_for(None).get(address).status_code == HTTPStatus.UNAUTHORIZED
        stranger = client_for(member(Role.ADMIN, project=other))
        assert stranger.get(address).status_code == HTTPStatus.NOT_FOUND
        through_own = f"/api/v1/projects/{other.slug}/media/{video.sha256}/video.mp4"
        assert stranger.get(through_own).status_code == HTTPStatus.NOT_FOUND

    @pytest.mark.parametrize(
        "rest",
        [
            "media/{}/source",
            "media/{}/../../secrets/django-key",
            "media/..%2f..%2fsecrets/video.mp4",
            "media/%2e%2e/video.mp4",
            f"media/{'0' * 64}/video.mp4",
            f"media/{'A' * 64}/video.mp4",
            "media/{}%00/video.mp4",
            "media/{}%0a/video.mp4",
        ],
    )
    def test_serves_nothing_else(self, as_role, at, video, rest):
        answer = as_role(Role.ADMIN).get(at(rest.format(video.sha256)))

        assert answer.status_code == HTTPStatus.NOT_FOUND
        assert answer.headers["Content-Type"] == "application/problem+json"


class TestRoles:
    @pytest.mark.parametrize(
        ("method", "rest", "allowed"),
        [
            ("get", "videos", {Role.ADMIN, Role.RESEARCHER}),
            ("post", "videos", {Role.ADMIN}),
            ("post", "captions", {Role.ADMIN}),
            ("get", "imports", {Role.ADMIN, Role.RESEARCHER}),
            ("get", "captioners", {Role.ADMIN, Role.RESEARCHER}),
        ],
    )
    def test_lets_in_only_those_who_may(self, as_role, at, method, rest, allowed):
        answers = {role: getattr(as_role(role), method)(at(rest)).status_code for role in Role}

        assert {role for role, code in answers.items() if code != HTTPStatus.FORBIDDEN} == allowed


class TestImportsInTheBackground:
    LINE = b'{"video": "a.mp4", "source": "model", "caption": "A dog runs."}\n'

    @pytest.fixture
    def bring(self, as_role, at, project):
        VideoNameFactory(name="a.mp4", video__project=project)
        client = as_role(Role.ADMIN)

        def send(content, name="c.jsonl", **options):
            file = SimpleUploadedFile(name, content)
            return client.post(at("imports"), {"file": file, **options}, format="multipart")

        return send

    def test_takes_the_whole_file_in(self, bring, as_role, at):
        asked = bring(self.LINE * 2)
        job = jobs.perform(asked.json()["id"])

        assert (asked.status_code, asked.json()["kind"]) == (HTTPStatus.ACCEPTED, "import")
        assert job.state == "succeeded"
        assert (job.result["accepted"], job.result["skipped"]) == (1, 1)
        assert Caption.objects.get().text == "A dog runs."
        assert Import.objects.get().report["files"][0]["lines"] == 2

        address = at(f"imports/{job.pk}/report.jsonl")
        client = as_role(Role.RESEARCHER)
        lines = client.get(address).getvalue().splitlines()
        assert [json.loads(line)["outcome"] for line in lines] == ["accepted", "skipped"]
        (skipped,) = client.get(f"{address}?outcome=skipped").getvalue().splitlines()
        assert json.loads(skipped)["reason"] == "This caption is already here."

    def test_maps_columns_as_it_is_told(self, bring):
        asked = bring(
            b"clip;words\na.mp4;A dog runs.\n",
            "x.csv",
            columns='{"video": "clip", "caption": "words"}',
            fixed='{"source": "person"}',
        )
        job = jobs.perform(asked.json()["id"])

        assert (job.result["format"], job.result["accepted"]) == ("csv", 1)

    def test_keeps_nothing_of_a_dry_run(self, bring):
        job = jobs.perform(bring(self.LINE, dry_run="true").json()["id"])

        assert (job.result["accepted"], Caption.objects.count(), Import.objects.count()) == (
            1,
            0,
            0,
        )

    def test_leaves_nothing_of_a_file_when_its_worker_dies(self, bring, monkeypatch):
        job = bring(self.LINE).json()["id"]

        def die(*_: object, **__: object) -> None:
            raise SystemExit

        with monkeypatch.context() as patched:
            patched.setattr(services, "record", die)
            with pytest.raises(SystemExit):
                jobs.perform(job)
        assert not Caption.objects.exists()

        Job.objects.update(lease_until=None, state="queued")
        assert jobs.perform(job).result["accepted"] == 1

    def test_stops_when_it_is_cancelled(self, bring, monkeypatch):
        job = bring(self.LINE).json()["id"]

        def cancel(*_: object, **__: object) -> None:
            raise Cancelled

        monkeypatch.setattr(services, "record", cancel)

        assert jobs.perform(job).state == "cancelled"
        assert not Caption.objects.exists()

    def test_throws_the_file_away_in_the_end(self, bring, data, django_capture_on_commit_callbacks):
        job = bring(self.LINE).json()["id"]
        assert len(list(data.imports.glob("*/source"))) == 1
        with django_capture_on_commit_callbacks(execute=True):
            jobs.perform(job)
        assert list(data.imports.glob("*/source")) == []

    def test_sweeps_what_no_job_speaks_of(self, bring, data):
        orphan, fresh = data.imports / ("0" * 32), data.imports / ("1" * 32)
        job = Job.objects.get(pk=bring(self.LINE).json()["id"])
        waits = data.imports / job.payload["file"]
        for place in (orphan, fresh):
            place.mkdir()
        for place in (orphan, waits):
            os.utime(place, (0, 0))

        imports.sweep(now=timezone.now())
        assert {place.name for place in data.imports.iterdir()} == {fresh.name, waits.name}
        assert (waits / "source").exists()

        Job.objects.update(state="cancelled", ended_at=timezone.now())
        imports.sweep(now=timezone.now())
        assert not (waits / "source").exists()

    @pytest.mark.parametrize(
        "options",
        [
            {"format": "excel"},
            {"what": "videos"},
            {"columns": "nonsense"},
            {"columns": "[]"},
            {"columns": '{"video": 7}'},
            {"fixed": '{"source": "a\\u0000b"}'},
        ],
    )
    def test_refuses_options_that_mean_nothing(self, bring, options):
        assert bring(self.LINE, **options).status_code == HTTPStatus.BAD_REQUEST
        assert not Job.objects.exists()

    def test_says_that_a_field_is_unknown(self, bring):
        job = jobs.perform(bring(self.LINE, columns='{"level": "stars"}').json()["id"])

        assert (job.state, job.problem["type"]) == ("failed", "no-such-field")

    def test_has_no_report_of_anything_else(self, as_role, at, bring):
        waiting = bring(self.LINE).json()["id"]
        client = as_role(Role.ADMIN)

        for number in (waiting, 2**62):
            answer = client.get(at(f"imports/{number}/report.jsonl"))
            assert answer.status_code == HTTPStatus.NOT_FOUND
            assert answer.json()["type"] == "no-report"

    def test_shows_how_a_file_begins(self, as_role, at):
        client = as_role(Role.ADMIN)
        rows = "".join(f"a.mp4,{'x' * 300},{n}\n" for n in range(9))

        answer = upload(client, at("imports/preview"), f"clip,text,n\n{rows}a.mp".encode(), "x.csv")

        found = answer.json()
        assert (found["format"], found["columns"]) == ("csv", ["clip", "text", "n"])
        assert len(found["rows"]) == 5
        assert len(found["rows"][0]["text"]) == 200
        assert found["problem"] == ""

    @pytest.mark.parametrize(
        ("names", "what"),
        [
            ("clip,text,created_at", "captions"),
            ("external_id,annotator,camera", "ratings"),
            ("external_id,rater,dimension,level", "ratings"),
        ],
    )
    def test_proposes_what_a_file_holds(self, as_role, at, names, what):
        content = f"{names}\n{'x,' * names.count(',')}x\n".encode()

        found = upload(as_role(Role.ADMIN), at("imports/preview"), content, "x.csv").json()

        assert found["what"] == what
        assert found["fields_of"]["captions"]["video"] == ""
        assert found["fields_of"]["ratings"]["external_id"] == (
            "external_id" if what == "ratings" else ""
        )

    def test_says_why_nothing_can_be_shown(self, as_role, at):
        answer = upload(as_role(Role.ADMIN), at("imports/preview"), b"hello", "x.jsonl")

        assert answer.json()["rows"] == []
        assert answer.json()["problem"].startswith("This is not JSON")
