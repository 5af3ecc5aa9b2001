"""A snapshot holds what was judged, names itself by its content, and never changes."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from django.db import connection, transaction

from annotation_site.catalog.models import Video, split_of
from annotation_site.common.paths import DataDirectory
from annotation_site.datasets import services
from annotation_site.datasets.filters import EVERYTHING, Filters
from annotation_site.datasets.models import Look
from annotation_site.datasets.splits import SplitRule
from annotation_site.rating.models import Judgment
from scorer import manifest, raters
from scorer.ratings import Ratings
from scorer.rubric import Dimension
from tests.datasets.judging import caption_of, decide, flag, judge, vote
from tests.factories import CaptionFactory, UserFactory, VideoFactory, VideoNameFactory
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
    assert about["counts"] == {"videos": 2, "captions": 2, "judgments": 5} | {
        "preferences": 0,
        "decisions": 0,
        "aggregates": 5,
        "rubrics": 1,
    }
    assert about["filters"] == EVERYTHING.as_json()
    assert about["split"] == {"salt": "", "validation": 0, "test": 20}
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
    judge(project, now=now, caption=caption_of(project, at=now))
    first = services.freeze(project=project, by=None, now=now)
    later = now + timedelta(minutes=1)
    judge(project, now=later, caption=caption_of(project, at=now))

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
    # When it is settled (8), the sides (2), six files, get_or_create with its savepoint (4), who
    # acts, for the audit log (1), and the transaction in which it is told (2).
    with django_assert_num_queries(23):
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


def frozen(project, now, **wanted):
    return services.freeze_or_find(project=project, by=None, now=now, **wanted)[0]


class TestAnInstant:
    """Whatever comes later, the snapshot of an instant is the same."""

    def test_gives_the_same_snapshot_again(self, project, now):
        slot = judge(project, now=now, level=2, caption=caption_of(project, at=now))
        VideoNameFactory(video=slot.item.caption.video)
        flag(slot, now=now)
        first = services.freeze(project=project, by=None, now=now)
        later = now + timedelta(hours=1)
        rejudge(slot, at=later)
        slot.remarks.update(resolved_at=later)
        judge(project, now=later, caption=slot.item.caption)
        other = caption_of(project, at=later, video=slot.item.caption.video)
        Video.objects.filter(pk=other.video_id).update(created_at=now)
        VideoNameFactory(video=slot.item.caption.video)
        judge(project, now=later, caption=other)
        caption_of(project, at=later)

        again = frozen(project, later, as_of=first.as_of)
        in_between = frozen(project, later, as_of=now + timedelta(minutes=30))

        assert first.as_of == now
        assert again == in_between == first

    @pytest.mark.parametrize("event", ["flag", "resolve"])
    def test_is_moved_on_by_what_is_left_out(self, project, now, event):
        slot = judge(project, now=now, caption=caption_of(project, at=now))
        open_flag = flag(slot, now=now) if event == "resolve" else None
        first = frozen(project, now, filters=Filters(flagged=False))
        later = now + timedelta(hours=1)
        if open_flag:
            slot.remarks.update(resolved_at=later)
        else:
            flag(slot, now=later)

        second = frozen(project, now, filters=Filters(flagged=False))

        assert (first.as_of, second.as_of) == (now, later)
        assert {first.judgments, second.judgments} == {0, 5}
        assert frozen(project, now, filters=Filters(flagged=False), as_of=now) == first

    def test_before_everything_is_an_empty_snapshot(self, project, now):
        judge(project, now=now, caption=caption_of(project, at=now))

        assert frozen(project, now, as_of=now - timedelta(days=1)).captions == 0

    @pytest.mark.django_db(transaction=True)
    def test_lies_before_what_is_still_being_written(self, project):
        """An import dates its rows when it begins, and shows them when it ends."""
        early = judge(project, now=datetime.now(UTC))
        writing, go_on = Event(), Event()

        def importing():
            with transaction.atomic():
                caption = CaptionFactory(video=VideoFactory(project=project))
                writing.set()
                go_on.wait(10)
            connection.close()
            return caption

        with ThreadPoolExecutor() as pool:
            coming = pool.submit(importing)
            writing.wait(10)
            judge(project, now=datetime.now(UTC), caption=early.item.caption)
            during = services.freeze(project=project, by=None, now=datetime.now(UTC))
            go_on.set()
            coming.result()

        again = frozen(project, datetime.now(UTC), as_of=during.as_of)
        after = services.freeze(project=project, by=None, now=datetime.now(UTC))
        assert again == during
        assert (during.judgments, after.judgments) == (5, 10)


def rejudge(slot, *, at, level=5):
    Judgment.objects.bulk_create(
        Judgment(slot=slot, dimension=d, level=level, revision=2, rubric_version=1, judged_at=at)
        for d in Dimension
    )


class TestSplit:
    def test_has_the_sides_of_its_rule_and_counts_them(self, project, now):
        for _ in range(12):
            judge(project, now=now)
        rule = SplitRule(salt="spring", validation=30, test=30)

        snapshot = frozen(project, now, rule=rule)

        about = manifest.verify(snapshot.directory)
        videos = lines(snapshot.directory, "videos.jsonl")
        assert about["split"] == {"salt": "spring", "validation": 30, "test": 30}
        assert [row["split"] for row in videos] == [rule.side_of(row["video"]) for row in videos]
        for side, counted in about["sides"].items():
            own = sum(row["split"] == side for row in videos)
            assert counted == {"videos": own, "captions": own, "judgments": 5 * own}

    def test_tells_what_leaks(self, project, now):
        on = {"train": "0" * 6 + "50", "test": "0" * 8}
        videos = {
            side: VideoFactory(project=project, sha256=start + "a" * 56)
            for side, start in on.items()
        }
        same = {
            side: CaptionFactory(video=video, text=text)
            for (side, video), text in zip(
                videos.items(), ("A dog runs.", "the DOG  runs"), strict=True
            )
        }
        twin = VideoFactory(project=project, sha256="0" * 7 + "e" + "b" * 56)
        for one in (videos["train"], twin):
            Look.objects.create(sha256=one.sha256, bits="0f" * 32)
        videos["test"].names.create(name="b.mp4")

        snapshot = frozen(project, now)

        assert manifest.read(snapshot.directory)["leaks"] == {
            "followed": 1,
            "straddling": 0,
            "repeated": 1,
        }
        assert lines(snapshot.directory, "leaks.jsonl") == [
            {
                "kind": "followed",
                "video": twin.sha256,
                "like": videos["train"].sha256,
                "bits": 0,
            },
            {"kind": "repeated", "captions": sorted(caption.pk for caption in same.values())},
        ]


class TestPreferences:
    def test_are_each_voters_last_word(self, project, now):
        video = VideoFactory(project=project)
        captions = [CaptionFactory(video=video) for _ in range(2)]
        slot = vote(project, now=now, captions=captions)
        slot.preferences.create(choice="tie", revision=2, judged_at=now)

        snapshot = services.freeze(project=project, by=None, now=now)

        assert snapshot.preferences == 1
        assert lines(snapshot.directory, "preferences.jsonl") == [
            {
                "caption": captions[0].pk,
                "rival": captions[1].pk,
                "comparison": "duel",
                "annotator": f"a{slot.annotator_id}",
                "choice": "tie",
                "rival_first": False,
                "revision": 2,
                "judged_at": now.isoformat(),
                "late": False,
            }
        ]

    def test_are_left_out_with_either_caption(self, project, now):
        video = VideoFactory(project=project)
        captions = [CaptionFactory(video=video) for _ in range(2)]
        vote(project, now=now, captions=captions)

        for one in captions:
            only = Filters(captioners=(one.captioner.name,))
            assert frozen(project, now, filters=only).preferences == 0
        both = Filters(captioners=tuple(one.captioner.name for one in captions))
        assert frozen(project, now, filters=both).preferences == 1


class TestDecisions:
    def test_are_those_that_stand(self, project, now):
        slot = judge(project, now=now)
        decide(slot.item, now=now, camera=1, object=5)
        by = decide(slot.item, now=now, camera=2)

        snapshot = services.freeze(project=project, by=None, now=now)

        kept = lines(snapshot.directory, "decisions.jsonl")
        assert [(row["dimension"], row["level"]) for row in kept] == [("camera", 2), ("object", 5)]
        assert kept[0] == {
            "caption": slot.item.caption_id,
            "dimension": "camera",
            "level": 2,
            "reason": "So it is.",
            "by": f"a{by.pk}",
            "decided_at": now.isoformat(),
        }

    def test_go_by_the_filters_and_the_instant(self, project, now):
        slot = judge(project, now=now, caption=caption_of(project, at=now))
        first = frozen(project, now)
        later = now + timedelta(hours=1)
        decide(slot.item, now=later, camera=1, object=5)

        only = frozen(project, later, filters=Filters(dimensions=("camera",)))
        assert [row["dimension"] for row in lines(only.directory, "decisions.jsonl")] == ["camera"]
        assert frozen(project, later).as_of == later
        assert frozen(project, later, as_of=now) == first


class TestAggregates:
    def test_are_what_the_rater_model_makes_of_the_judgments(self, project, now):
        people = [UserFactory() for _ in range(3)]
        slots = [judge(project, now=now, annotator=one, level=4) for one in people]
        for slot, level in zip(slots, (0, 5), strict=False):
            judge(project, now=now, annotator=people[2], caption=slot.item.caption, level=level)

        snapshot = services.freeze(project=project, by=None, now=now)

        found = lines(snapshot.directory, "aggregates.jsonl")
        judgments = lines(snapshot.directory, "judgments.jsonl")
        key = [(row["caption"], row["dimension"]) for row in found]
        assert key == sorted({(row["caption"], row["dimension"]) for row in judgments})
        camera = [row for row in judgments if row["dimension"] == "camera"]
        model = raters.fit(
            Ratings.of(
                item=[row["caption"] for row in camera],
                video=[row["caption"] for row in camera],
                annotator=[int(row["annotator"][1:]) for row in camera],
                level=[row["level"] for row in camera],
            )
        ).items
        of_camera = [row for row in found if row["dimension"] == "camera"]
        assert [row["level"] for row in of_camera] == pytest.approx(model.level.tolist(), abs=1e-4)
        assert [row["ratings"] for row in of_camera] == [2, 2, 1]
        assert of_camera[0]["plain_involved"] == 0.5
        assert manifest.read(snapshot.directory)["raters"] == raters.VERSION

    def test_of_what_nobody_found_involved_have_no_level(self, project, now):
        judge(project, now=now, level=0)

        snapshot = services.freeze(project=project, by=None, now=now)

        found = lines(snapshot.directory, "aggregates.jsonl")
        assert {(row["level"], row["plain_involved"]) for row in found} == {(None, 0)}
