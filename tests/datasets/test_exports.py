"""The long form joins each judgment with its caption and video, and is safe to open."""

import csv
import io
import json

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from annotation_site.accounts.models import Role
from annotation_site.common.paths import DataDirectory
from annotation_site.datasets import exports, services
from scorer import manifest
from tests.datasets.judging import judge
from tests.factories import CaptionFactory, VideoFactory

FORMULA = '=HYPERLINK("http://example.org","x")'


@pytest.fixture
def snapshot(project, now, settings, tmp_path):
    settings.DATA = DataDirectory(tmp_path / "data")
    video = VideoFactory(project=project)
    for text in ("A cat sleeps.", FORMULA, 'Two "dogs", one\nball.'):
        judge(project, now=now, caption=CaptionFactory(video=video, text=text))
    CaptionFactory(video=video, text="Nobody rated this.")
    return services.freeze(project=project, by=None, now=now)


def content(snapshot, form, **options):
    return b"".join(exports.export(snapshot.directory, form, **options)).decode()


def table(csv_text):
    return list(csv.DictReader(io.StringIO(csv_text, newline="")))


def test_jsonl_is_lossless(snapshot):
    rows = [json.loads(line) for line in content(snapshot, "jsonl").splitlines()]

    assert len(rows) == 15
    assert {row["text"] for row in rows} == {"A cat sleeps.", FORMULA, 'Two "dogs", one\nball.'}
    assert set(rows[0]) == set(exports.COLUMNS)


def test_csv_has_the_same_rows_and_no_formula(snapshot):
    rows = table(content(snapshot, "csv"))

    assert len(rows) == 15
    assert {row["spreadsheet_safe"] for row in rows} == {"True"}
    assert {row["text"] for row in rows} == {
        "A cat sleeps.",
        "'" + FORMULA,
        'Two "dogs", one\nball.',
    }


def test_raw_csv_says_so_and_has_what_jsonl_has(snapshot):
    rows = table(content(snapshot, "csv", safe=False))
    lossless = [json.loads(line) for line in content(snapshot, "jsonl").splitlines()]

    assert {row.pop("spreadsheet_safe") for row in rows} == {"False"}
    assert rows == [{name: str(value) for name, value in row.items()} for row in lossless]


@given(st.text())
def test_no_text_starts_like_a_formula(text):
    assert not exports.spreadsheet_safe(text).startswith(exports.FORMULA_STARTS)


def test_numbers_are_left_alone():
    assert exports.spreadsheet_safe(-1) == -1


@pytest.mark.parametrize("form", exports.FORMS)
def test_is_downloaded_as_a_file(snapshot, project, member, client_for, form):
    client = client_for(member(Role.ADMIN))

    answer = client.get(f"/api/v1/projects/{project.slug}/snapshots/{snapshot.pk}/export.{form}")

    assert answer["Content-Disposition"] == (
        f'attachment; filename="{project.slug}-{snapshot.digest[:12]}.{form}"'
    )
    assert answer.getvalue().decode() == content(snapshot, form)


def test_the_manifest_is_the_file_that_names_the_snapshot(snapshot, project, member, client_for):
    client = client_for(member(Role.RESEARCHER))

    answer = client.get(f"/api/v1/projects/{project.slug}/snapshots/{snapshot.pk}/manifest.json")

    assert answer.getvalue() == (snapshot.directory / manifest.NAME).read_bytes()
    assert manifest.digest(snapshot.directory) == snapshot.digest


def test_freezing_twice_gives_the_same_row(snapshot, project, member, client_for):
    client = client_for(member(Role.ADMIN))

    answer = client.post(f"/api/v1/projects/{project.slug}/snapshots")

    assert answer.status_code == 200
    assert answer.json()["digest"] == snapshot.digest
    listed = client.get(f"/api/v1/projects/{project.slug}/snapshots").json()
    assert [row["id"] for row in listed["results"]] == [snapshot.pk]


@pytest.mark.parametrize("raw", [False, True])
def test_the_command_writes_the_same_file(snapshot, project, tmp_path, capsys, raw):
    out = tmp_path / "ratings.csv"

    call_command("export_snapshot", str(out), project=project.slug, form="csv", raw=raw)

    assert out.read_bytes().decode() == content(snapshot, "csv", safe=not raw)
    assert snapshot.digest[:12] in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["ratings.csv"]
