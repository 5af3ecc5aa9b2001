"""FETV's real ratings, the whole way: imported, reported on, frozen, exported, and read back.

Every step is the job that the pages ask for. The values are printed, and stand in
`docs/explanation/agreement.md`; what independent libraries say of them is in `scorer/test_fetv.py`.
"""

import json
import zipfile
from typing import Any

import datasets
import numpy as np
import pyarrow.parquet as pq
import pytest

from annotation_site.accounts.models import Role
from annotation_site.catalog import imports
from annotation_site.datasets import jobs as datasets_jobs
from annotation_site.datasets import store
from annotation_site.datasets.filters import EVERYTHING
from annotation_site.datasets.formats import format_called
from annotation_site.datasets.models import Snapshot
from annotation_site.datasets.splits import USUAL
from annotation_site.jobs.models import State
from annotation_site.jobs.services import perform
from annotation_site.quality import reports
from benchmarks.fetv import held_out
from scorer import manifest
from scorer.agreement import agreement
from scorer.raters import fit
from scorer.ratings import Ratings
from scorer.rubric import Dimension
from tests.rating import fetv

pytestmark = [pytest.mark.usefixtures("broker", "data")]

ROWS, VIDEOS, ASKED = 9051, 3017, 4
ICC = (0.675969, 0.862228)
"""Of object, which is FETV's alignment: pingouin's ICC(2,1) and ICC(2,k)."""
AC2 = 0.8021056064
"""irrCAC's."""
STATISTICS = ("alpha", "icc_single", "icc_mean", "ac2", "kappa", "exact", "within_one")


@pytest.fixture(autouse=True)
def _offline(monkeypatch):
    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", True)


@pytest.fixture
def admin(member):
    return member(Role.ADMIN)


@pytest.fixture
def ratings_file(shared_data, tmp_path):
    if not (shared_data / fetv.FILE).exists():
        pytest.skip(f"no FETV here: {fetv.FILE} is not in CREST_SHARED_DATA")
    path = tmp_path / "ratings.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in fetv.rows(shared_data)))
    return path


@pytest.fixture
def tell(capsys):
    """Print a line whether or not pytest captures."""

    def say(line: str) -> None:
        with capsys.disabled():
            print(line)

    return say


def done(job):
    ended = perform(job.pk)
    assert ended.state == State.SUCCEEDED, ended.problem
    return ended.result


def test_from_a_file_of_ratings_to_a_data_set(project, admin, ratings_file, tell, tmp_path):
    wish = imports.Wish(what="ratings", columns={}, fixed={}, without_media=True)
    request = {"project": project, "by": admin}
    imported = done(imports.request(file=ratings_file, name="fetv.jsonl", wish=wish, **request))
    assert (imported["lines"], imported["accepted"]) == (ROWS, ROWS)

    done(reports.request(**request))
    report = reports.newest(project).body["dimensions"]
    told(report, tell)
    of_object = report["object"]["level"]
    values = [of_object[name]["value"] for name in ("icc_single", "icc_mean")]
    assert values == pytest.approx(ICC, abs=5e-7)
    assert of_object["ac2"]["value"] == pytest.approx(AC2)
    assert report["background"]["level"]["alpha"]["reason"] == "no-ratings"
    missed = held_out(reports.ratings_of(project, Dimension.OBJECT).all)
    rmse = {way: float(np.sqrt(np.mean(off**2))) for way, off in missed.items()}
    tell(f"a held-out rater of object, RMSE: {rounded(rmse)}")
    assert rmse["rater model, this rater's answer"] < 0.97 * rmse["mean"]

    wanted = {"filters": EVERYTHING, "rule": USUAL, "as_of": None}
    frozen = done(datasets_jobs.request_freeze(**request, **wanted))
    snapshot = Snapshot.objects.get(pk=frozen["snapshot"])
    again = done(datasets_jobs.request_freeze(**request, **wanted))
    assert again["snapshot"] == snapshot.pk
    sealed = manifest.verify(snapshot.directory)
    assert sealed["counts"]["judgments"] == snapshot.judgments == ROWS * ASKED
    tell(f"snapshot {snapshot.digest}: {sealed['counts']}")

    form = format_called("huggingface")
    exported = done(datasets_jobs.request_export(snapshot=snapshot, form=form, by=admin))
    made = store.find(snapshot, form)
    assert (made.bytes, made.sha256) == (exported["bytes"], manifest.file_digest(made.path))
    tell(f"huggingface.zip: {made.bytes} bytes, sha256 {made.sha256}")
    with zipfile.ZipFile(made.path) as archive:
        archive.extractall(tmp_path / "hub")
    assert manifest.file_digest(tmp_path / "hub" / "snapshot.json") == snapshot.digest
    rows = loaded(tmp_path, "ratings")
    assert len(rows) == ROWS * ASKED
    assert rows == from_parquet(tmp_path, "ratings")
    same_figures(ratings_from(rows), of_object)
    same_levels(loaded(tmp_path, "items"), ratings_from(rows))


def told(report: dict[str, Any], tell) -> None:
    """The values: agreement by dimension, then what each rater is like."""
    tell("")
    for dimension in list(Dimension)[:ASKED]:
        found = report[dimension]
        shown = {name: found["level"][name]["value"] for name in STATISTICS}
        shown["AC1 of involvement"] = found["applicability"]["ac1"]["value"]
        tell(f"{dimension.value}: {found['level']['ratings']} levels, {rounded(shown)}")
        for row in found["annotators"]:
            own = {name: row[name] for name in ("bias", "noise", "guessing", "plain_level")}
            tell(f"  rater {row['annotator']}: {rounded(own)}")


def rounded(figures: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:.3f}" for name, value in figures.items())


def loaded(tmp_path, table: str) -> list[dict[str, Any]]:
    """The rows as `datasets` gives them, all sides one after the other."""
    sides = datasets.load_dataset(str(tmp_path / "hub"), table, cache_dir=str(tmp_path / "cache"))
    return [row for side in sorted(sides) for row in sides[side].to_list()]


def from_parquet(tmp_path, table: str) -> list[dict[str, Any]]:
    files = sorted((tmp_path / "hub" / table).glob("*.parquet"))
    return [row for file in files for row in pq.read_table(file).to_pylist()]


def ratings_from(rows: list[dict[str, Any]]) -> Ratings:
    """What was said of object, as whoever has only the data set computes with it."""
    own = [row for row in rows if row["dimension"] == Dimension.OBJECT]
    videos = np.unique([row["video"] for row in own], return_inverse=True)[1]
    return Ratings.of(
        item=[row["caption"] for row in own],
        video=videos,
        annotator=[int(row["annotator"][1:]) for row in own],
        level=[row["level"] for row in own],
    )


def same_figures(ratings: Ratings, reported: dict[str, Any]) -> None:
    """Whoever has the data set finds the agreement that the page shows."""
    level = agreement(ratings, resamples=1).level
    for name in STATISTICS:
        assert getattr(level, name).value == pytest.approx(reported[name]["value"]), name


def same_levels(items: list[dict[str, Any]], ratings: Ratings) -> None:
    """The levels beside the captions are the rater model's of these very ratings."""
    model = fit(ratings).items
    assert len(items) == VIDEOS
    written = {row["caption"]: row["object_level"] for row in items}
    assert [written[item] for item in model.item.tolist()] == pytest.approx(
        model.level.tolist(), abs=1e-3
    )
