"""Filters choose the same rows when they are counted and when they are frozen."""

import json
from datetime import timedelta

import pytest

from annotation_site.common.paths import DataDirectory
from annotation_site.datasets import services
from annotation_site.datasets.chosen import Counts
from annotation_site.datasets.filters import Filters
from annotation_site.rating.models import Judgment, Slot
from scorer.rubric import Dimension
from tests.datasets.judging import flag, judge
from tests.factories import CaptionerFactory, CaptionFactory, UserFactory, VideoFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA = DataDirectory(tmp_path / "data")


@pytest.fixture
def people():
    return [UserFactory() for _ in range(3)]


@pytest.fixture
def captions(project, now, people):
    """Three captions of two videos, rated by three people, by one, and by nobody."""
    videos = [VideoFactory(project=project) for _ in range(2)]
    ours, theirs = (CaptionerFactory(project=project, name=name) for name in ("ours", "theirs"))
    often = CaptionFactory(video=videos[0], captioner=ours)
    once = CaptionFactory(video=videos[1], captioner=theirs, kind="short")
    never = CaptionFactory(video=videos[1], captioner=theirs)
    first = judge(project, now=now, caption=often, annotator=people[0])
    for days, annotator in enumerate(people[1:], start=1):
        slot = Slot.objects.get(pk=first.pk)
        slot.pk, slot.annotator, slot.client_key = None, annotator, None
        slot.state, slot.submitted_at = Slot.State.EXPIRED, None
        slot.late = days == 2
        slot.save()
        give(slot, at=now + timedelta(days=days))
    judge(project, now=now, caption=once, annotator=people[0], level=1)
    return {"often": often, "once": once, "never": never}


def give(slot, *, at, revision=1, version=1):
    Judgment.objects.bulk_create(
        Judgment(
            slot=slot,
            dimension=d,
            level=4,
            revision=revision,
            rubric_version=version,
            judged_at=at,
        )
        for d in Dimension
    )


def held(snapshot, name):
    return [json.loads(line) for line in (snapshot.directory / name).read_text().splitlines()]


CASES = {
    "nothing": ({}, Counts(videos=2, captions=3, judgments=20, annotators=3, preferences=0)),
    "captioners": (
        {"captioners": ("ours",)},
        Counts(videos=1, captions=1, judgments=15, annotators=3, preferences=0),
    ),
    "kinds": (
        {"kinds": ("short",)},
        Counts(videos=1, captions=1, judgments=5, annotators=1, preferences=0),
    ),
    "minimum": (
        {"minimum_ratings": 2},
        Counts(videos=1, captions=1, judgments=15, annotators=3, preferences=0),
    ),
    "once at least": (
        {"minimum_ratings": 1},
        Counts(videos=2, captions=2, judgments=20, annotators=3, preferences=0),
    ),
    "dimensions": (
        {"dimensions": (Dimension.CAMERA, Dimension.OBJECT)},
        Counts(videos=2, captions=3, judgments=8, annotators=3, preferences=0),
    ),
    "in time": (
        {"late": False},
        Counts(videos=2, captions=3, judgments=15, annotators=2, preferences=0),
    ),
    "rubrics": (
        {"rubrics": (2,)},
        Counts(videos=2, captions=3, judgments=0, annotators=0, preferences=0),
    ),
    "minimum of those in time": (
        {"minimum_ratings": 3, "late": False},
        Counts(videos=0, captions=0, judgments=0, annotators=0, preferences=0),
    ),
}


@pytest.mark.parametrize(("wanted", "expected"), CASES.values(), ids=CASES)
@pytest.mark.usefixtures("captions")
def test_a_filter_lets_in(project, now, wanted, expected):
    filters = Filters(**wanted)

    counted = services.preview(project=project, filters=filters)
    snapshot, _ = services.freeze_or_find(project=project, by=None, now=now, filters=filters)

    assert counted == expected
    assert expected == Counts(
        videos=len(held(snapshot, "videos.jsonl")),
        captions=len(held(snapshot, "captions.jsonl")),
        judgments=len(held(snapshot, "judgments.jsonl")),
        annotators=len({row["annotator"] for row in held(snapshot, "judgments.jsonl")}),
        preferences=len(held(snapshot, "preferences.jsonl")),
    )
    assert snapshot.filters == filters.as_json()


@pytest.mark.usefixtures("captions")
def test_annotators_are_named_as_in_a_snapshot(project, people):
    wanted = Filters(annotators=tuple(f"a{one.pk}" for one in people[1:]))

    assert services.preview(project=project, filters=wanted).judgments == 10


def test_flagged_captions_go_until_the_flag_is_resolved(project, now, captions):
    wanted = Filters(flagged=False)
    flag(captions["once"].items.get().slots.get(), now=now)

    assert services.preview(project=project, filters=wanted).captions == 2
    captions["once"].items.get().slots.get().remarks.update(resolved_at=now)
    assert services.preview(project=project, filters=wanted).captions == 3


def test_dates_let_in_the_last_word_of_that_time(project, now, captions):
    slot = captions["once"].items.get().slots.get()
    give(slot, at=now + timedelta(days=1), revision=2, version=2)

    def levels(**wanted):
        snapshot, _ = services.freeze_or_find(
            project=project, by=None, now=now, filters=Filters(kinds=("short",), **wanted)
        )
        return {(row["revision"], row["level"]) for row in held(snapshot, "judgments.jsonl")}

    assert levels() == {(2, 4)}
    assert levels(until=now + timedelta(days=1)) == {(1, 1)}
    assert levels(since=now + timedelta(hours=1)) == {(2, 4)}
    assert levels(since=now + timedelta(days=2)) == set()
    assert levels(rubrics=(1,)) == {(1, 1)}


def test_of_an_empty_project_there_is_nothing_to_count(project):
    assert services.preview(project=project, filters=Filters()) == services.NOTHING


def test_equal_filters_have_one_spelling(now):
    one = Filters(captioners=("b", "a", "a"), since=now)
    other = Filters(captioners=("a", "b"), since=now.astimezone(None))

    assert one == other
    assert one.as_json() == other.as_json()
    assert one.as_json()["since"] == "2026-09-01T09:00:00+00:00"
