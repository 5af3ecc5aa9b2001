import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation_site.catalog import caption_lines
from annotation_site.catalog.caption_lines import CaptionLine
from annotation_site.catalog.readers import json_lines
from annotation_site.catalog.records import Problem

GOOD = {"video": "a.mp4", "source": "model", "kind": "short", "caption": "A dog runs."}


def read(content: bytes) -> list[CaptionLine | Problem]:
    return list(caption_lines.read(io.BytesIO(content)))


def line(**changes: object) -> bytes:
    return json.dumps({**GOOD, **changes}).encode() + b"\n"


class TestRead:
    def test_reads_a_caption(self):
        assert read(line()) == [
            CaptionLine(line=1, video="a.mp4", source="model", kind="short", caption="A dog runs.")
        ]

    def test_takes_captions_for_detailed_ones(self):
        content = json.dumps({k: v for k, v in GOOD.items() if k != "kind"}).encode()

        assert read(content)[0].kind == "detailed"

    def test_passes_over_empty_lines_and_counts_them(self):
        content = b"\xef\xbb\xbf" + line() + b"\r\n  \n" + line().strip()

        assert [row.line for row in read(content)] == [1, 4]
        assert all(isinstance(row, CaptionLine) for row in read(content))

    def test_reads_again_from_the_start(self):
        file = io.BytesIO(line() * 3)

        assert list(caption_lines.read(file)) == list(caption_lines.read(file)) != []

    @pytest.mark.parametrize(
        ("broken", "reason"),
        [
            (b"{", "This is not JSON: Expecting property name"),
            (b"hello\n", "This is not JSON"),
            (b"[1, 2]\n", "A line must be an object"),
            (b"null\n", "A line must be an object"),
            (b'{"video": "\xff"}\n', "not UTF-8"),
            (b"[" * 60_000, "cannot be read"),
            (b'{"video": ' + b"1" * 5_000 + b"}\n", "cannot be read"),
            (b"{}\n", '"video" is missing.'),
            (line(caption=None), '"caption" must be text.'),
            (line(caption=7), '"caption" must be text.'),
            (line(source=["model"]), '"source" must be text.'),
            (line(caption="  "), '"caption" is empty.'),
            (line(kind="k" * 33), '"kind" is longer than 32 characters.'),
            (line(source="s" * 101), '"source" is longer than 100 characters.'),
            (line(video="v" * 256), '"video" is longer than 255 characters.'),
            (line(caption="c" * 20_001), '"caption" is longer than 20,000 characters.'),
            (line(caption="a\0b"), '"caption" has characters that are none.'),
            (line(caption="half \ud83d"), '"caption" has characters that are none.'),
            (b'"' + b"x" * (1 << 16) + b'"\n', "longer than 64 KiB"),
        ],
    )
    def test_says_what_is_wrong_with_which_line(self, broken, reason):
        before, found, *after = read(line() + broken.rstrip() + b"\n" + line())

        assert isinstance(before, CaptionLine)
        assert isinstance(found, Problem)
        assert found.line == 2
        assert reason in found.reason
        assert [row.line for row in after] == [3]

    def test_needs_no_memory_for_a_line_without_end(self):
        class Endless(io.RawIOBase):
            """A file that is one line. `asked` is the most that anybody wanted of it at a time."""

            left = 1 << 24
            asked = 0

            def seek(self, *_: object) -> int:
                return 0

            def readline(self, size: int = -1) -> bytes:
                self.asked = max(self.asked, size)
                given = min(size, self.left)
                self.left -= given
                return b"x" * given

        endless = Endless()

        (problem,) = caption_lines.read(endless)

        assert "longer than 64 KiB" in problem.reason
        assert endless.asked <= json_lines.MAX_LINE_BYTES + 1

    @given(st.binary(max_size=300))
    def test_has_an_answer_to_everything(self, content):
        rows = read(content)

        assert [row.line for row in rows] == sorted({row.line for row in rows})
        assert len(rows) <= content.count(b"\n") + 1

    @given(
        st.lists(
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
        )
    )
    def test_gives_texts_back_as_they_were(self, texts):
        texts = [text for text in texts if text.strip()]

        rows = read(b"".join(line(caption=text) for text in texts))

        assert [row.caption for row in rows] == [text.strip() for text in texts]
