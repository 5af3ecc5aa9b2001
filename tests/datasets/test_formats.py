"""Each format holds what the snapshot holds, and the tool it is for reads it."""

import csv
import io
import json
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter

import datasets
import mlcroissant
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation_site.datasets.formats import FORMATS, NoSuchFormat, format_called, tables
from annotation_site.datasets.formats import format as format_module
from annotation_site.datasets.formats.columns import COLUMNS
from annotation_site.datasets.formats.spreadsheet import FORMULA_STARTS, spreadsheet_safe
from annotation_site.datasets.reading import Sealed
from scorer import manifest
from scorer.rubric import Dimension
from tests.datasets.small import FORMULA, TEXTS
from tests.rating.factories import words


@pytest.fixture
def written(sealed, tmp_path):
    """`written("csv")` is the export as a file."""

    def write(name):
        path = tmp_path / format_called(name).file
        with path.open("w+b") as file:
            format_called(name).write(sealed, file)
        return path

    return write


def lines(sealed, name):
    return [json.loads(one) for one in (sealed.directory / name).read_text().splitlines()]


def table(path):
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline="")))


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_snapshot_is_the_same_bytes(written, name):
    first = written(name).read_bytes()

    assert written(name).read_bytes() == first
    assert first


@pytest.mark.parametrize("block", [1, 100])
def test_is_the_same_however_it_is_cut_into_blocks(written, monkeypatch, block):
    whole = written("jsonl").read_bytes()
    monkeypatch.setattr(format_module, "BLOCK", block)

    assert written("jsonl").read_bytes() == whole


def test_a_format_that_is_none_is_told_with_those_that_are():
    with pytest.raises(NoSuchFormat) as refused:
        format_called("xlsx")
    assert "csv-wide" in refused.value.facts["formats"]


class TestLong:
    def test_jsonl_is_lossless(self, written, sealed):
        rows = [json.loads(line) for line in written("jsonl").read_text().splitlines()]

        assert len(rows) == 25
        assert {row["text"] for row in rows} == {*TEXTS, "A bird."}
        assert set(rows[0]) == set(COLUMNS)
        judgments = [
            {key: row[key] for key in one}
            for one, row in zip(lines(sealed, "judgments.jsonl"), rows, strict=True)
        ]
        assert judgments == lines(sealed, "judgments.jsonl")

    def test_csv_has_the_same_rows_and_no_formula(self, written):
        rows = table(written("csv"))

        assert len(rows) == 25
        assert {row["spreadsheet_safe"] for row in rows} == {"True"}
        assert {row["text"] for row in rows} == {TEXTS[0], f"'{FORMULA}", TEXTS[2], "A bird."}

    def test_raw_csv_says_so_and_has_what_jsonl_has(self, written):
        rows = table(written("csv-raw"))
        lossless = [json.loads(line) for line in written("jsonl").read_text().splitlines()]

        assert {row.pop("spreadsheet_safe") for row in rows} == {"False"}
        assert rows == [{name: str(value) for name, value in row.items()} for row in lossless]

    @given(st.text())
    def test_no_text_starts_like_a_formula(self, text):
        assert not spreadsheet_safe(text).startswith(FORMULA_STARTS)

    def test_numbers_are_left_alone(self):
        assert spreadsheet_safe(-1) == -1

    def test_a_judgment_without_its_caption_is_a_bug(self, sealed):
        (sealed.directory / "captions.jsonl").write_text("")

        with pytest.raises(ValueError, match="no caption"):
            list(sealed.rows())


class TestWide:
    def test_has_a_row_per_caption_and_annotator(self, written, sealed):
        rows = table(written("csv-wide"))
        judgments = lines(sealed, "judgments.jsonl")

        given = {(str(one["caption"]), one["annotator"]) for one in judgments}
        assert {(row["caption"], row["annotator"]) for row in rows} == given
        assert len(rows) == len(given) == 5
        for one in judgments:
            (row,) = [
                row
                for row in rows
                if (row["caption"], row["annotator"]) == (str(one["caption"]), one["annotator"])
            ]
            assert row[one["dimension"]] == str(one["level"])
        assert not any(cell.startswith("=") for row in rows for cell in row.values())

    def test_leaves_open_what_was_not_judged(self, written, sealed):
        path = sealed.directory / "judgments.jsonl"
        kept = [line for line in path.read_text().splitlines(keepends=True) if "camera" in line]
        path.write_text("".join(kept))

        assert {(row["camera"] != "", row["object"]) for row in table(written("csv-wide"))} == {
            (True, "")
        }


class TestHuggingFace:
    @pytest.fixture
    def no_votes(self, sealed):
        return (sealed.directory / "preferences.jsonl").write_text("") == 0

    @pytest.fixture(params=[1, 3])
    def small_groups(self, monkeypatch, request):
        monkeypatch.setattr(tables, "GROUP", request.param)
        return tables.GROUP

    @pytest.fixture
    def unpacked(self, written, tmp_path, monkeypatch):
        monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", True)
        directory = tmp_path / "unpacked"
        with zipfile.ZipFile(written("huggingface")) as archive:
            archive.extractall(directory)
        return directory

    @pytest.fixture
    def load(self, unpacked, tmp_path):
        def load(name):
            return datasets.load_dataset(str(unpacked), name, cache_dir=str(tmp_path / "cache"))

        return load

    def test_ratings_load(self, load, sealed):
        ratings = load("ratings")

        assert {side: len(rows) for side, rows in ratings.items()} == {"train": 20, "test": 5}
        loaded = [row for rows in ratings.values() for row in rows]
        assert Counter(
            (row["caption"], row["annotator"], row["level"]) for row in loaded
        ) == Counter(
            (row["caption"], row["annotator"], row["level"])
            for row in lines(sealed, "judgments.jsonl")
        )
        assert {row["judged_at"].isoformat() for row in loaded} == {"2026-09-01T09:00:00+00:00"}
        assert {row["text"] for row in loaded} == {*TEXTS, "A bird."}

    def test_items_count_the_votes(self, load):
        items = {row["text"]: row for rows in load("items").values() for row in rows}

        assert items["A cat sleeps."]["camera_votes"] == [1, 0, 0, 0, 0, 1]
        assert items["A cat sleeps."]["annotators"] == 2
        assert items["Nobody rated this."]["annotators"] == 0
        assert items["Nobody rated this."]["object_votes"] == [0] * 6
        assert 1 <= items["A cat sleeps."]["camera_level"] <= 5
        assert items["Nobody rated this."]["camera_level"] is None

    def test_preferences_have_both_texts(self, load):
        (vote,) = load("preferences")["train"]

        assert (vote["caption_text"], vote["rival_text"]) == TEXTS[:2]
        assert (vote["choice"], vote["video_name"]) == ("caption", "a cat.mp4")

    def test_a_table_without_rows_is_not_there(self, no_votes, load):
        assert no_votes
        with pytest.raises(ValueError, match="'preferences' not found"):
            load("preferences")
        assert set(load("items")) == {"train", "test"}

    def test_rows_are_written_in_groups(self, small_groups, load):
        assert small_groups < len(load("ratings")["train"]) == 20

    def test_the_card_has_the_words_of_every_version(self, sealed, written):
        (was,) = sealed.rubrics()
        texts = words(guideline="Look\ntwice.")
        texts["en"]["levels"]["3"]["phrase"] = "so | so"
        rows = [was, {"version": 2, "note": "Clearer", "texts": texts}]
        place = sealed.directory / "rubrics.jsonl"
        place.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
        with zipfile.ZipFile(written("huggingface")) as archive:
            card = archive.read("README.md").decode()

        assert "### Version 1" in card
        assert "### Version 2\n\nWhat was changed: Clearer\n" in card
        assert "Guideline: Look twice.\n" in card
        assert "| 3 | so \\| so |" in card

    def test_the_card_and_the_manifest_name_the_snapshot(self, unpacked, sealed):
        digest = manifest.digest(sealed.directory)

        assert digest in (unpacked / "README.md").read_text()
        assert manifest.file_digest(unpacked / "snapshot.json") == digest

    @pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own use of it
    @pytest.mark.filterwarnings("ignore:The inplace keyword")  # mlcroissant's of pandas
    def test_croissant_validates_and_reads_the_records(self, unpacked):
        described = mlcroissant.Dataset(jsonld=str(unpacked / "croissant.json"))

        assert described.metadata.issues.errors == set()
        assert ["license" in one for one in described.metadata.issues.warnings] == [True]
        rows = list(described.records("ratings-train"))
        assert len(rows) == 20
        assert {row["ratings-train/text"] for row in rows} == {one.encode() for one in TEXTS}

    def test_croissant_alone_is_the_one_of_the_archive(self, unpacked, written):
        assert written("croissant").read_bytes() == (unpacked / "croissant.json").read_bytes()


class TestLabelStudio:
    def test_has_a_task_a_caption_and_an_annotation_a_person(self, written):
        tasks = json.loads(written("label-studio").read_text())

        assert [len(task["annotations"]) for task in tasks] == [2, 1, 1, 1, 0]
        assert tasks[0]["data"]["video"] == "/data/local-files/?d=a%20cat.mp4"
        assert tasks[3]["data"]["video"].endswith(f"{tasks[3]['data']['sha256']}.mp4")
        result = tasks[0]["annotations"][0]["result"]
        assert {one["from_name"] for one in result} == set(Dimension)
        assert {one["type"] for one in result} == {"choices"}
        assert result[0]["meta"]["annotator"].startswith("a")
        assert [len(task["predictions"]) for task in tasks] == [1, 1, 1, 1, 0]

    def test_speaks_the_terms_of_its_interface(self, written):
        interface = ET.parse(written("label-studio-interface")).getroot()  # noqa: S314 - our own
        choices = {
            tag.get("name"): {choice.get("alias") for choice in tag}
            for tag in interface.iter("Choices")
        }

        assert choices == {dimension: set("012345") for dimension in Dimension}
        assert not list(interface.iter("Rating"))
        for task in json.loads(written("label-studio").read_text()):
            for annotation in (*task["annotations"], *task["predictions"]):
                for one in annotation["result"]:
                    assert set(one["value"]["choices"]) <= choices[one["from_name"]]


class TestOthers:
    def test_the_reference_code_finds_videos_by_name(self, written, sealed):
        entries = json.loads(written("reference").read_text())

        test, train = sorted(sealed.videos)
        assert entries == [
            {"video": test, "captions": ["A bird."]},
            {"video": "a cat.mp4", "captions": [*TEXTS, "Nobody rated this."]},
        ]
        assert train == sealed.videos[train]["video"]

    def test_a_snapshot_of_nothing_is_an_empty_list(self, sealed, written):
        (sealed.directory / "captions.jsonl").write_text("")

        assert json.loads(written("reference").read_text()) == []

    def test_crowd_kit_gets_a_task_per_caption_and_dimension(self, written, sealed):
        rows = table(written("crowd-kit"))

        assert [(row["task"], row["worker"], int(row["label"])) for row in rows] == [
            (f"{one['caption']}/{one['dimension']}", one["annotator"], one["level"])
            for one in lines(sealed, "judgments.jsonl")
        ]


def test_an_older_snapshot_has_neither_votes_nor_leaks(sealed):
    for name in ("preferences", "leaks", "aggregates", "rubrics"):
        (sealed.directory / f"{name}.jsonl").unlink()

    older = Sealed(sealed.directory)
    assert (list(older.preferences()), list(older.leaks())) == ([], [])
    assert older.aggregates().of(1) == []
