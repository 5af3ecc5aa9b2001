"""A snapshot holds what was judged, names itself by its content, and never changes."""

import json
from collections import Counter
from datetime import timedelta

import pytest

from annotation_site.catalog.models import split_of
from annotation_site.common.paths import DataDirectory
from annotation_site.datasets import services
from annotation_site.rating.models import Judgment
from scorer import manifest
from scorer.rubric import Dimension
from tests.datasets.judging import judge
from tests.factories import CaptionFactory, VideoFactory
from tests.runs.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA = DataDirectory(tmp_path / "data")
    return settings.DATA


def lines(directory, name):
    return [json.loads(line) for line in (directory / name).read_text().splitlines()]


def test_holds_every_video_and_caption_and_each_judgment(project, now):
    slot = judge(project, now=now, level=4)
    unrated = CaptionFactory(video=VideoFactory(project=project))

    snapshot = services.freeze(project=project, by=None, now=now)

    about = manifest.verify(snapshot.directory)
    assert about["counts"] == {"videos": 2, "captions": 2, "judgments": 5}
    assert {row["caption"] for row in lines(snapshot.directory, "captions.jsonl")} == {
        slot.item.caption_id,
        unrated.pk,
    }
    judgments = lines(snapshot.directory, "judgments.jsonl")
    assert [row["dimension"] for row in judgments] == sorted(Dimension)
    assert {row["level"] for row in judgments} == {4}
    assert {row["annotator"] for row in judgments} == {f"a{slot.annotator_id}"}
    for row in lines(snapshot.directory, "videos.jsonl"):
        assert row["split"] == split_of(row["video"])


def test_nothing_new_is_the_same_snapshot(project, now):
    judge(project, now=now)
    first = services.freeze(project=project, by=None, now=now)

    again, new = services.freeze_or_find(project=project, by=None, now=now + timedelta(days=1))

    assert (again, new) == (first, False)
    assert [path.name for path in first.directory.parent.iterdir()] == [first.digest]


def test_a_new_judgment_is_another_snapshot_and_leaves_the_old_one(project, now):
    judge(project, now=now)
    first = services.freeze(project=project, by=None, now=now)
    later = now + timedelta(minutes=1)
    judge(project, now=later)

    second = services.freeze(project=project, by=None, now=later)

    assert second.digest != first.digest
    assert (first.as_of, second.as_of) == (now, later)
    assert manifest.verify(first.directory)["counts"]["judgments"] == 5


def test_of_several_revisions_the_last_counts(project, now):
    slot = judge(project, now=now, level=2)
    Judgment.objects.create(
        slot=slot, dimension="camera", level=5, revision=2, rubric_version=1, judged_at=now
    )

    snapshot = services.freeze(project=project, by=None, now=now)

    levels = {
        row["dimension"]: (row["level"], row["revision"])
        for row in lines(snapshot.directory, "judgments.jsonl")
    }
    assert levels["camera"] == (5, 2)
    assert levels["object"] == (2, 1)


def test_other_projects_stay_out(project, now):
    judge(VideoFactory().project, now=now)

    snapshot = services.freeze(project=project, by=None, now=now)

    assert (snapshot.videos, snapshot.captions, snapshot.judgments) == (0, 0, 0)
    assert snapshot.as_of is None


def test_a_write_that_fails_leaves_nothing(project, now, data, monkeypatch):
    judge(project, now=now)
    monkeypatch.setattr(manifest, "seal", lambda *_: (_ for _ in ()).throw(OSError("disk full")))

    with pytest.raises(OSError, match="disk full"):
        services.freeze(project=project, by=None, now=now)

    assert list(data.snapshots.iterdir()) == []
    assert not project.snapshots.exists()


def test_the_number_of_queries_does_not_grow(project, now, django_assert_num_queries):
    for _ in range(20):
        judge(project, now=now)
    with django_assert_num_queries(7):  # three files, and get_or_create with its savepoint
        services.freeze(project=project, by=None, now=now)


@pytest.mark.django_db(transaction=True)
def test_freezing_at_once_is_one_snapshot(project, now):
    judge(project, now=now)

    answers = at_once(6, lambda: services.freeze_or_find(project=project, by=None, now=now))

    assert sum(new for _, new in answers) == 1
    (directory,) = {snapshot.directory for snapshot, _ in answers}
    assert list(directory.parent.iterdir()) == [directory]
    assert manifest.verify(directory)["counts"]["judgments"] == 5


def test_is_whole_although_others_import_and_rate_meanwhile(project, now, monkeypatch):
    judge(project, now=now)
    canonical = manifest.canonical

    def meanwhile(row):
        judge(project, now=now)
        return canonical(row)

    monkeypatch.setattr(manifest, "canonical", meanwhile)
    during = services.freeze(project=project, by=None, now=now)
    monkeypatch.undo()
    after = services.freeze(project=project, by=None, now=now)

    assert during.judgments == len(Dimension) < after.judgments
    for snapshot in (during, after):
        captions = lines(snapshot.directory, "captions.jsonl")
        judged = Counter(row["caption"] for row in lines(snapshot.directory, "judgments.jsonl"))
        seen = {row["video"] for row in lines(snapshot.directory, "videos.jsonl")}
        assert judged.keys() <= {row["caption"] for row in captions}
        assert {row["video"] for row in captions} <= seen
        assert set(judged.values()) == {len(Dimension)}
