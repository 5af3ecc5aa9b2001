"""The newest evaluation sets the order; people's ratings stand beside it, zeros left out."""

import pytest

from annotation_site.accounts.models import Role
from annotation_site.datasets.models import Snapshot
from annotation_site.leaderboard.selectors import NOTE, leaderboard
from annotation_site.runs.models import Kind, Run, State
from tests.datasets.judging import judge
from tests.factories import CaptionerFactory, CaptionFactory, VideoFactory

pytestmark = pytest.mark.django_db


def finished(project, kind, result, *, now, state=State.SUCCEEDED):
    snapshot, _ = Snapshot.objects.get_or_create(
        project=project,
        digest="0" * 64,
        defaults={"videos": 0, "captions": 0, "judgments": 0, "created_at": now},
    )
    return Run.objects.create(
        project=project,
        kind=kind,
        config={},
        snapshot=snapshot,
        requested_at=now,
        state=state,
        finished_at=now,
        result=result,
        error_detail="" if state == State.SUCCEEDED else "it broke",
    )


def captioner(name, source, value):
    interval = {"value": value, "low": value - 0.2, "high": value + 0.2}
    return {
        "name": name,
        "source": source,
        "videos": 9,
        "mean_involved": interval,
        "dimensions": {"object": value, "camera": None},
    }


@pytest.fixture
def plain(project):
    return CaptionerFactory(project=project, name="plain")


def rated(project, plain, *, now, level):
    caption = CaptionFactory(video=VideoFactory(project=project), captioner=plain)
    return judge(project, now=now, caption=caption, level=level)


def test_best_first_with_the_human_mean_beside(project, plain, now):
    rated(project, plain, now=now, level=4)
    rated(project, plain, now=now, level=2)
    rated(project, plain, now=now, level=0)
    rows = [
        captioner("plain", "imported", 3.1),
        captioner("miniature", "base model", 2.9),
        captioner("miniature, fine-tuned", "fine-tuned", 3.8),
    ]
    run = finished(project, Kind.EVALUATE, {"captioners": rows}, now=now)

    board = leaderboard(project)["captioners"]

    assert [row["name"] for row in board] == ["miniature, fine-tuned", "plain", "miniature"]
    assert [row["run"] for row in board] == [run.pk, None, run.pk]
    assert [row["human"] for row in board] == [None, {"mean": 3.0, "ratings": 2}, None]


def test_only_the_newest_finished_evaluation_counts(project, now):
    finished(project, Kind.EVALUATE, {"captioners": [captioner("a", "imported", 2.0)]}, now=now)
    finished(project, Kind.EVALUATE, {"captioners": [captioner("b", "imported", 2.0)]}, now=now)
    finished(project, Kind.EVALUATE, {}, now=now, state=State.FAILED)

    assert [row["name"] for row in leaderboard(project)["captioners"]] == ["b"]


def test_before_any_evaluation_the_human_means_are_shown(project, plain, now):
    rated(project, plain, now=now, level=5)

    (row,) = leaderboard(project)["captioners"]

    assert (row["name"], row["mean_involved"], row["human"]["mean"]) == ("plain", None, 5.0)


def test_lists_scorers_newest_first(project, now):
    results = [
        {"readout": "likelihood", "test": {"srcc": s, "mae": 0.5}, "train_judgments": n}
        for s, n in ((0.4, 100), (None, 200))
    ]
    for result in results:
        finished(project, Kind.SCORER, result, now=now)

    assert [(row["srcc"], row["ratings"]) for row in leaderboard(project)["scorers"]] == [
        (None, 200),
        (0.4, 100),
    ]


def test_a_scorer_has_the_figures_of_its_page(project, now):
    average = {"srcc": {"value": 0.61}, "mae": {"value": None}}
    result = {
        "readout": "digits", "train_judgments": 9, "test": {"srcc": 0.5, "mae": 0.5},
        "report": {"average": average},
    }  # fmt: skip
    finished(project, Kind.SCORER, result, now=now)
    [row] = leaderboard(project)["scorers"]
    assert (row["srcc"], row["mae"]) == (0.61, None)


def test_the_api_says_what_the_number_is(project, plain, member, client_for, now):
    rated(project, plain, now=now, level=5)
    finished(project, Kind.EVALUATE, {"captioners": [captioner("plain", "imported", 3.0)]}, now=now)

    answer = client_for(member(Role.RESEARCHER)).get(f"/api/v1/projects/{project.slug}/leaderboard")

    assert answer.status_code == 200
    assert answer.json()["note"] == NOTE
    assert answer.json()["captioners"][0]["mean_involved"]["value"] == 3.0


def test_the_number_of_queries_does_not_grow(project, now, django_assert_num_queries):
    for n in range(5):
        rated(project, CaptionerFactory(project=project, name=f"c{n}"), now=now, level=3)
    with django_assert_num_queries(3):
        leaderboard(project)
