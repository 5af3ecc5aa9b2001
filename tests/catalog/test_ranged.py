import asyncio
from http import HTTPStatus

import pytest
from django.http import HttpResponseBase
from django.test import AsyncRequestFactory, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from annotation_site.catalog import ranged

CONTENT = bytes(range(256)) * 2500  # more than two chunks
ETAG = '"e"'


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("ranged") / "file"
    path.write_bytes(CONTENT)
    return path


def ask(file, *, method="GET", **headers: str) -> HttpResponseBase:
    request = RequestFactory().generic(method, "/", headers=headers)
    return ranged.ranged_response(request, file, content_type="video/mp4", etag=ETAG)


def body(response) -> bytes:
    return b"".join(response.streaming_content)


class TestRangedResponse:
    def test_gives_the_whole_file(self, file):
        response = ask(file)

        assert response.status_code == HTTPStatus.OK
        assert response.headers["Content-Length"] == str(len(CONTENT))
        assert response.headers["Accept-Ranges"] == "bytes"
        assert response.headers["ETag"] == ETAG
        assert body(response) == CONTENT

    @given(start=st.integers(0, len(CONTENT) - 1), stop=st.integers(1, 2 * len(CONTENT)))
    def test_gives_any_range(self, file, start, stop):
        last = max(start, stop - 1)

        response = ask(file, Range=f"bytes={start}-{last}")

        end = min(last, len(CONTENT) - 1)
        assert response.status_code == HTTPStatus.PARTIAL_CONTENT
        assert response.headers["Content-Range"] == f"bytes {start}-{end}/{len(CONTENT)}"
        assert response.headers["Content-Length"] == str(end - start + 1)
        assert body(response) == CONTENT[start : end + 1]

    @given(start=st.integers(0, len(CONTENT) - 1))
    def test_gives_all_from_a_place(self, file, start):
        assert body(ask(file, Range=f"bytes={start}-")) == CONTENT[start:]

    @given(length=st.integers(1, 2 * len(CONTENT)))
    def test_gives_the_end(self, file, length):
        assert body(ask(file, Range=f"bytes=-{length}")) == CONTENT[-length:]

    @pytest.mark.parametrize(
        "asked", [f"bytes={len(CONTENT)}-", "bytes=9999999-99999999", "bytes=-0"]
    )
    def test_refuses_what_lies_outside(self, file, asked):
        response = ask(file, Range=asked)

        assert response.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
        assert response.headers["Content-Range"] == f"bytes */{len(CONTENT)}"

    @pytest.mark.parametrize(
        "asked",
        [
            "bytes=5-2",
            "bytes=-",
            "bytes=a-b",
            "bytes=0-1,5-6",
            "lines=0-1",
            f"bytes={'9' * 5000}-",
            "",
        ],
    )
    def test_ignores_what_makes_no_sense(self, file, asked):
        assert body(ask(file, Range=asked)) == CONTENT

    def test_gives_the_range_if_the_file_is_the_one_meant(self, file):
        assert body(ask(file, Range="bytes=0-3", **{"If-Range": ETAG})) == CONTENT[:4]
        assert body(ask(file, Range="bytes=0-3", **{"If-Range": '"other"'})) == CONTENT

    def test_says_that_nothing_changed(self, file):
        response = ask(file, **{"If-None-Match": f'"other", {ETAG}'})

        assert response.status_code == HTTPStatus.NOT_MODIFIED
        assert response.headers["ETag"] == ETAG
        assert response.content == b""

    def test_answers_head_without_a_body(self, file):
        response = ask(file, method="HEAD", Range="bytes=0-3")

        assert response.status_code == HTTPStatus.OK
        assert response.headers["Content-Length"] == str(len(CONTENT))
        assert body(response) == b""

    def test_streams_in_the_server_s_loop(self, file):
        request = AsyncRequestFactory().get("/", headers={"Range": "bytes=1000-600000"})
        response = ranged.ranged_response(request, file, content_type="video/mp4", etag=ETAG)

        async def collect() -> bytes:
            return b"".join([chunk async for chunk in response])

        assert asyncio.run(collect()) == CONTENT[1000:600001]

    def test_closes_the_file_when_the_viewer_goes_away(self, file):
        """An open file would be a warning, which is an error here."""
        request = AsyncRequestFactory().get("/")
        response = ranged.ranged_response(request, file, content_type="video/mp4", etag=ETAG)

        async def leave() -> bytes:
            chunks = aiter(response)
            first = await anext(chunks)
            await chunks.aclose()
            return first

        assert asyncio.run(leave()) == CONTENT[: ranged.CHUNK]
