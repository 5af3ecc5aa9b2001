"""Uploads in pieces: cut off, sent twice, sent wrong, forgotten, and imported in the end."""

import base64
import hashlib
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from django.test import Client

from annotation_site.accounts.models import Role
from annotation_site.asgi import application
from annotation_site.catalog import uploads, uploads_api
from annotation_site.catalog.models import Upload, Video
from annotation_site.jobs import services as jobs
from annotation_site.jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nudges_at(broker):
    pass


@pytest.fixture
def at(project):
    return f"/api/v1/projects/{project.slug}/uploads"


@pytest.fixture
def user(member):
    return member(Role.ADMIN)


@pytest.fixture
def admin(user, client_for):
    return client_for(user)


def metadata(name, **more):
    told = {"filename": name, **more}
    return ",".join(f"{key} {base64.b64encode(v.encode()).decode()}" for key, v in told.items())


@pytest.fixture
def begin(admin, at):
    def ask(size, name="a.mp4", **more):
        headers = {"Upload-Length": str(size), "Upload-Metadata": metadata(name, **more)}
        return admin.post(at, headers=headers)

    return ask


def put(client, address, offset, piece, **headers):
    return client.generic(
        "PATCH",
        address,
        piece,
        content_type="application/offset+octet-stream",
        headers={"Upload-Offset": str(offset), **headers},
    )


def sum_of(piece, kind="sha256"):
    return f"{kind} {base64.b64encode(hashlib.new(kind, piece).digest()).decode()}"


class TestPieces:
    def test_come_one_after_the_other_and_are_the_file_in_the_end(self, admin, begin):
        begun = begin(10)
        place = begun["Location"]
        assert (begun.status_code, begun["Upload-Offset"]) == (HTTPStatus.CREATED, "0")

        first = put(admin, place, 0, b"12345678")
        assert (first.status_code, first["Upload-Offset"]) == (HTTPStatus.NO_CONTENT, "8")
        assert admin.head(place)["Upload-Offset"] == "8"
        assert admin.head(place)["Cache-Control"] == "no-store"
        put(admin, place, 8, b"90")

        upload = Upload.objects.get()
        assert upload.is_whole
        (entry,) = uploads.Uploaded(project=upload.project, ids=[upload.pk]).entries("", after="")
        assert (entry.name, entry.size) == ("a.mp4", 10)

    @pytest.mark.parametrize("offset", [0, 3, 5, 9])
    def test_are_refused_anywhere_but_where_it_goes_on(self, admin, begin, offset):
        place = begin(10)["Location"]
        put(admin, place, 0, b"1234")

        answer = put(admin, place, offset, b"x")

        assert (answer.status_code, answer.json()["offset"]) == (HTTPStatus.CONFLICT, 4)

    def test_are_refused_beyond_the_end(self, admin, begin):
        answer = put(admin, begin(3)["Location"], 0, b"1234")
        assert (answer.status_code, answer.json()["type"]) == (422, "too-much")

    def test_are_refused_when_they_are_too_large(self, admin, begin, monkeypatch):
        monkeypatch.setattr(uploads_api, "MAX_PIECE", 3)
        assert put(admin, begin(9)["Location"], 0, b"1234").json()["type"] == "too-much"

    def test_are_refused_when_they_are_not_what_was_sent(self, admin, begin):
        place = begin(3)["Location"]

        wrong = put(admin, place, 0, b"123", **{"Upload-Checksum": sum_of(b"124")})
        assert (wrong.status_code, wrong.json()["type"]) == (460, "wrong-sum")
        assert admin.head(place)["Upload-Offset"] == "0"
        right = put(admin, place, 0, b"123", **{"Upload-Checksum": sum_of(b"123", "sha1")})
        assert right.status_code == HTTPStatus.NO_CONTENT
        odd = put(admin, place, 3, b"", **{"Upload-Checksum": "crc32 AAAA"})
        assert odd.json()["type"] == "bad-header"

    def test_make_the_file_that_was_told_or_none(self, admin, begin):
        place = begin(3, sha256=hashlib.sha256(b"123").hexdigest())["Location"]

        assert put(admin, place, 0, b"12").status_code == HTTPStatus.NO_CONTENT
        assert put(admin, place, 2, b"4").status_code == 460
        assert admin.head(place)["Upload-Offset"] == "2"
        assert put(admin, place, 2, b"3").status_code == HTTPStatus.NO_CONTENT

    @pytest.mark.django_db(transaction=True)
    def test_of_two_at_once_for_the_same_place_one_is_refused(self, user, project):
        upload = uploads.begin(
            project=project, by=user, name="a.mp4", size=8, sha256="", now=datetime.now(UTC)
        )

        def send(piece):
            try:
                uploads.append(upload=upload, offset=0, piece=piece, now=datetime.now(UTC))
            except uploads.WrongOffset:
                return None
            else:
                return piece
            finally:
                connection.close()

        with ThreadPoolExecutor(8) as pool:
            taken = [piece for piece in pool.map(send, [bytes([n]) * 4 for n in range(8)]) if piece]

        upload.refresh_from_db()
        assert (len(taken), upload.received) == (1, 4)
        assert uploads._path(str(upload.pk)).read_bytes() == taken[0]  # noqa: SLF001


class TestCutOff:
    def test_goes_on_where_it_was_cut_off_ten_times(self, begin, admin, user, clip):
        """The connection breaks in the middle of a piece, each time somewhere else."""
        content = clip.read_bytes()
        place = begin(len(content), sha256=hashlib.sha256(content).hexdigest())["Location"]
        browser = Client()
        browser.force_login(user)
        cookie = browser.cookies["sessionid"].value
        chance = random.Random(14)  # noqa: S311 - where to cut

        for _ in range(10):
            offset = int(admin.head(place)["Upload-Offset"])
            piece = content[offset : offset + len(content) // 12]
            cut_off(place, cookie, offset, piece[: chance.randrange(len(piece))])
            assert int(admin.head(place)["Upload-Offset"]) == offset
            put(admin, place, offset, piece)
        offset = int(admin.head(place)["Upload-Offset"])
        put(admin, place, offset, content[offset:])

        upload = Upload.objects.get()
        assert upload.is_whole
        assert uploads._path(str(upload.pk)).read_bytes() == content  # noqa: SLF001

    def test_writes_over_what_no_row_speaks_of(self, begin, admin):
        place = begin(4)["Location"]
        file = uploads._path(str(Upload.objects.get().pk))  # noqa: SLF001
        file.write_bytes(b"left by a server that was killed")

        put(admin, place, 0, b"1234")

        assert file.read_bytes() == b"1234"


def cut_off(path, cookie, offset, part):
    """Send part of a piece to the server itself, then break the connection."""
    token = "a" * 32
    headers = {
        "host": "localhost",
        "cookie": f"sessionid={cookie}; csrftoken={token}",
        "x-csrftoken": token,
        "content-type": "application/offset+octet-stream",
        "content-length": str(len(part) + 100),
        "upload-offset": str(offset),
    }
    scope = {
        "type": "http",
        "method": "PATCH",
        "path": path,
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    messages = [
        {"type": "http.request", "body": part, "more_body": True},
        {"type": "http.disconnect"},
    ]
    sent = []

    async def receive():
        return messages.pop(0)

    async def send(message):
        sent.append(message)

    async_to_sync(application)(scope, receive, send)
    assert sent == []


class TestRoom:
    def test_throws_away_what_nobody_went_on_with(self, begin, data):
        begin(5)
        left = data.uploads / "piecewise-none"
        left.touch()
        Upload.objects.update(expires_at=datetime.now(UTC) - timedelta(seconds=1))

        uploads.reap(now=datetime.now(UTC) + 2 * uploads.KEPT)

        assert not Upload.objects.exists()
        assert list(data.uploads.iterdir()) == []

    def test_refuses_more_than_a_project_may_have_on_its_way(self, begin, monkeypatch):
        monkeypatch.setattr(uploads, "QUOTA_BYTES", 10)
        assert begin(6).status_code == HTTPStatus.CREATED
        assert begin(6).json()["type"] == "over-quota"
        monkeypatch.setattr(uploads, "QUOTA_FILES", 1)
        assert begin(1).json()["type"] == "over-quota"

    def test_is_given_back_when_it_is_no_longer_wanted(
        self, begin, admin, data, django_capture_on_commit_callbacks
    ):
        place = begin(5)["Location"]
        with django_capture_on_commit_callbacks(execute=True):
            assert admin.delete(place).status_code == HTTPStatus.NO_CONTENT
        assert admin.get(place).status_code == HTTPStatus.NOT_FOUND
        assert list(data.uploads.iterdir()) == []

    @pytest.mark.parametrize(
        ("headers", "status"),
        [
            ({}, 422),
            ({"Upload-Length": "5"}, 422),
            ({"Upload-Length": "-5", "Upload-Metadata": metadata("a.mp4")}, 422),
            ({"Upload-Length": "5", "Upload-Metadata": "filename ###"}, 422),
            ({"Upload-Length": "5", "Upload-Metadata": metadata("../a.mp4")}, 422),
            ({"Upload-Length": "5", "Upload-Metadata": metadata("a\0.mp4")}, 422),
            ({"Upload-Length": "5", "Upload-Metadata": metadata("a.mp4", sha256="xyz")}, 422),
            ({"Upload-Length": str(2 << 30), "Upload-Metadata": metadata("a.mp4")}, 413),
        ],
    )
    def test_is_not_made_for_nonsense(self, admin, at, headers, status):
        assert admin.post(at, headers=headers).status_code == status
        assert not Upload.objects.exists()


class TestImport:
    def test_takes_in_what_is_here_and_throws_the_pieces_away(
        self, begin, admin, clip, data, django_capture_on_commit_callbacks
    ):
        ids = []
        for name, content in (("a.mp4", clip.read_bytes()), ("b.mp4", b"no film")):
            begun = begin(len(content), name)
            put(admin, begun["Location"], 0, content)
            ids.append(begun.json()["id"])
        address = begun["Location"].partition("uploads")[0] + "imports/uploads"

        asked = admin.post(address, {"uploads": ids}, format="json")
        assert (
            admin.post(address, {"uploads": ids}, format="json").json()["id"] == asked.json()["id"]
        )
        with django_capture_on_commit_callbacks(execute=True):
            job = jobs.perform(asked.json()["id"])

        assert asked.status_code == HTTPStatus.ACCEPTED
        assert (job.result["accepted"], job.result["refused"]) == (1, 1)
        assert [row.name for row in Video.objects.get().names.all()] == ["a.mp4"]
        assert not Upload.objects.exists()
        assert list(data.uploads.iterdir()) == []

    def test_wants_all_of_them_in_full(self, begin, admin, project):
        upload = begin(5).json()["id"]

        answer = admin.post(
            f"/api/v1/projects/{project.slug}/imports/uploads", {"uploads": [upload]}, format="json"
        )

        assert (answer.status_code, answer.json()["type"]) == (409, "not-all-here")
        assert not Job.objects.exists()
