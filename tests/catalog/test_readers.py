import csv
import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation_site.catalog import caption_lines, readers
from annotation_site.catalog.caption_lines import CaptionLine, Layout, layout_for
from annotation_site.catalog.readers import json_list, label_studio, parquet
from annotation_site.catalog.records import Problem, Record

EXPORTS = Path(__file__).parent / "exports"
ROWS = [
    {"video": "a.mp4", "source": "model", "caption": 'A "dog", running;\nfast.'},
    {"video": "b.mp4", "source": "model", "caption": "Ein Hund läuft."},
]


def file_of(content: str | bytes) -> io.BytesIO:
    return io.BytesIO(content.encode() if isinstance(content, str) else content)


def separated(rows, delimiter=","):
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0], delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def table(rows):
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), file)
    return file.getvalue()


def records(name, content):
    return list(readers.format_called(name).read(file_of(content)))


def captions(content, name="captions", **layout):
    file = file_of(content)
    return list(caption_lines.read(file, layout_for(file, name=name, **layout)))


class TestDetect:
    @pytest.mark.parametrize(
        ("name", "content", "found"),
        [
            ("x", json.dumps(ROWS[0]), "jsonl"),
            ("captions.csv", separated(ROWS), "csv"),
            ("x.bin", table(ROWS), "parquet"),
            ("x.json", '[{"video": "a.mp4", "captions": ["A dog."]}]', "reference"),
            ("x.json", ' [\n {"id": 1, "data": {"video": "a.mp4"}}]', "label-studio"),
            ("x.csv", json.dumps(ROWS[0]), "jsonl"),  # what is in it counts, not its name
            ("x", "", "jsonl"),
            ("x", "[1, 2]", "jsonl"),
        ],
    )
    def test_tells_by_what_is_in_the_file(self, name, content, found):
        assert readers.detect(file_of(content), name=name).name == found

    def test_refuses_a_name_that_is_none(self):
        with pytest.raises(readers.UnknownFormat) as refusal:
            readers.format_called("excel")
        assert "parquet" in refusal.value.facts["formats"]


class TestCsv:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_reads_rows_by_the_names_in_the_first(self, delimiter):
        found = records("csv", "\ufeff" + separated(ROWS, delimiter))

        assert [dict(record.fields) for record in found] == ROWS
        assert [record.line for record in found] == [3, 4]  # the first has two lines

    def test_takes_an_empty_cell_for_nothing(self):
        (record,) = records("csv", "video,kind\na.mp4,\n\n")

        assert record.fields == {"video": "a.mp4"}

    @pytest.mark.parametrize(
        ("broken", "line", "reason"),
        [
            ("a,b\n1,2\n3\n4,5\n", 3, "There are 1 cells in the row, and 2 names"),
            ('a,b\n1,2\n"3,4\n', 3, "unexpected end of data"),
            (b"a,b\n1,2\n\xff,3\n", 3, "not UTF-8"),
            ("a,b\n1,2\n" + "x" * (1 << 17), 3, "longer than 64 KiB"),
        ],
    )
    def test_says_what_is_wrong_with_which_line(self, broken, line, reason):
        (problem,) = (one for one in records("csv", broken) if isinstance(one, Problem))

        assert problem.line == line
        assert reason in problem.reason

    @given(st.binary(max_size=200))
    def test_has_an_answer_to_everything(self, content):
        assert all(isinstance(one, Record | Problem) for one in records("csv", content))


class TestParquet:
    def test_reads_rows_and_leaves_out_what_is_null(self):
        found = records("parquet", table([*ROWS, {"video": None, "source": "s", "caption": None}]))

        assert [dict(record.fields) for record in found] == [*ROWS, {"source": "s"}]
        assert [record.line for record in found] == [1, 2, 3]

    def test_says_that_it_cannot_be_read(self):
        (problem,) = records("parquet", b"PAR1 and nothing more")

        assert problem.line == 1
        assert "cannot be read" in problem.reason

    def test_refuses_what_would_unpack_to_too_much(self, monkeypatch):
        monkeypatch.setattr(parquet, "MAX_GROUP_BYTES", 10)

        (problem,) = records("parquet", table(ROWS))

        assert "smaller ones" in problem.reason


class TestJsonList:
    def test_reads_an_entry_at_a_time(self):
        class Counting(io.BytesIO):
            taken = 0

            def read(self, size: int | None = -1) -> bytes:
                found = super().read(size)
                self.taken += len(found)
                return found

        file = Counting(json.dumps([{"n": n, "text": "x" * 1000} for n in range(1000)]).encode())

        assert next(iter(json_list.entries(file))) == (1, {"n": 0, "text": "x" * 1000})
        assert file.taken < len(file.getvalue()) / 4

    @pytest.mark.parametrize(
        ("content", "line"), [('{"a": 1}', 1), ("[1, 2", 3), ("[1, }", 2), ("", 1), ("3", 1)]
    )
    def test_says_that_it_is_none(self, content, line):
        *_, problem = json_list.entries(file_of(content))

        assert problem.line == line
        assert problem.reason.startswith("This is not a JSON list")

    def test_has_an_end_to_what_an_entry_holds(self, monkeypatch):
        monkeypatch.setattr(json_list, "MAX_ENTRY_PARTS", 100)

        first, problem = json_list.entries(file_of(json.dumps([[1] * 50, [1] * 200])))

        assert first == (1, [1] * 50)
        assert "larger than anybody needs" in problem.reason

    @given(
        st.recursive(
            st.none() | st.booleans() | st.text() | st.integers(-(2**31), 2**31),
            lambda of: st.lists(of) | st.dictionaries(st.text(), of),
        )
    )
    def test_gives_entries_back_as_they_were(self, value):
        content = json.dumps([value, value])

        assert list(json_list.entries(file_of(content))) == [(1, value), (2, value)]


class TestReference:
    def test_reads_a_caption_at_a_time(self):
        content = json.dumps([
            {"video": "a.mp4", "captions": ["One.", "Two."]},
            {"video": "b.mp4", "captions": {"short": "Three."}},
            {"video": "c.mp4", "captions": "Four."},
            "nonsense",
        ])  # fmt: skip

        *found, problem = captions(content, fixed={"source": "vdc"})

        assert [(row.line, row.video, row.kind, row.caption) for row in found] == [
            (1, "a.mp4", "detailed", "One."),
            (1, "a.mp4", "detailed", "Two."),
            (2, "b.mp4", "short", "Three."),
            (3, "c.mp4", "detailed", "Four."),
        ]
        assert problem.line == 4


class TestLabelStudio:
    def test_reads_what_label_studio_exported(self):
        content = (EXPORTS / "label-studio-1.23.2.json").read_bytes()

        found = captions(content)

        assert found[1] == CaptionLine(
            line=2,
            video="clip-2.mp4",
            source="miniature",
            kind="detailed",
            caption="A blue cube falls, and the camera pans left.",
        )
        assert len(found) == 3

    @pytest.mark.parametrize(
        ("address", "name"),
        [
            ("/data/local-files/?d=clips/a%20b.mp4", "a b.mp4"),
            ("/data/upload/7/0a1b2c3d-clip.mp4", "clip.mp4"),
            ("https://lab.example/clips/c.mp4?token=x", "c.mp4"),
            ("s3://bucket/deep/d.mp4", "d.mp4"),
            ("e.mp4", "e.mp4"),
            ("https://[broken", "https://[broken"),
        ],
    )
    def test_finds_the_name_of_the_file(self, address, name):
        assert label_studio.file_name(address) == name


class TestLayout:
    def test_reads_a_hugging_face_folder(self):
        content = separated([{"file_name": "clips/a.mp4", "text": "A dog."}])

        (found,) = captions(content, name="metadata.csv", fixed={"source": "person"})

        assert (found.video, found.caption, found.source) == ("clips/a.mp4", "A dog.", "person")

    def test_takes_columns_by_the_names_that_are_given(self):
        row = {"clip": "a.mp4", "beschreibung": "A dog.", "id": 17}
        columns = {"video": "clip", "caption": "beschreibung", "external_id": "id"}

        (found,) = captions(json.dumps(row), columns=columns, fixed={"source": "x", "kind": "k"})

        assert found == CaptionLine(
            line=1, video="a.mp4", source="x", kind="k", caption="A dog.", external_id="17"
        )

    def test_names_the_column_that_is_missing(self):
        (problem,) = captions("{}", columns={"video": "clip"})

        assert problem.reason == '"clip" is missing.'

    def test_refuses_to_map_what_captions_do_not_have(self):
        with pytest.raises(caption_lines.NoSuchField):
            Layout(columns={"level": "stars"})
