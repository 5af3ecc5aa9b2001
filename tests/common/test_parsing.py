import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import ParseError

from annotation_site.common.parsing import MAX_BYTES, BodyTooLarge, StorableJSONParser


def parse(body: bytes):
    return StorableJSONParser().parse(io.BytesIO(body))


class TestStorableJSONParser:
    def test_reads_json(self):
        assert parse(b'{"a": [1, "\\ud83d\\ude00", null, {"\xc3\xbc": true}]}') == {
            "a": [1, "😀", None, {"ü": True}]
        }

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"{",
            b"\xff",
            b"NaN",
            b"[" * 500_000,
            b'{"a":' * 100_000,
            b"1" * 5_000,
            b'"\\u0000"',
            b'{"\\u0000": 1}',
            b'{"a": [[{"b": "x\\u0000"}]]}',
            b'"\\ud800"',
        ],
    )
    def test_refuses_what_would_break_further_in(self, body):
        with pytest.raises(ParseError):
            parse(body)

    def test_takes_a_written_escape_for_what_it_is(self):
        assert parse(b'"\\\\u0000"') == "\\u0000"

    def test_reads_no_more_than_it_takes(self):
        body = io.BytesIO(b'"' + b"x" * 2 * MAX_BYTES + b'"')

        with pytest.raises(BodyTooLarge):
            StorableJSONParser().parse(body)
        assert body.tell() == MAX_BYTES + 1

    @given(st.binary(max_size=200))
    def test_has_an_answer_to_everything(self, body):
        with suppress(ParseError):  # and nothing else
            parse(body)
