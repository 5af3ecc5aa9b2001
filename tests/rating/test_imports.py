import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from annotation_site.accounts.models import Membership, Role, User
from annotation_site.catalog import arrivals, imports, services
from annotation_site.catalog.models import Caption, Video
from annotation_site.datasets import services as datasets
from annotation_site.datasets.formats import format_called
from annotation_site.datasets.reading import Sealed
from annotation_site.jobs import services as jobs
from annotation_site.jobs.models import Job, State
from annotation_site.rating import claims, protocols
from annotation_site.rating.models import Item, Judgment, Slot
from annotation_site.rating.refusals import NothingToRate
from scorer.rubric import Dimension
from tests.catalog.conftest import ffmpeg
from tests.factories import (
    CaptionFactory,
    MembershipFactory,
    ProjectFactory,
    UserFactory,
    VideoNameFactory,
)
from tests.rating import fetv
from tests.rating.factories import LEVELS

EXPORT = Path(__file__).parents[1] / "catalog" / "exports" / "label-studio-1.23.2.json"


@pytest.fixture(autouse=True)
def _data(settings, tmp_path):
    from annotation_site.common.paths import DataDirectory  # noqa: PLC0415

    settings.DATA = DataDirectory(tmp_path / "data")


@pytest.fixture
def admin(member):
    return member(Role.ADMIN)


@pytest.fixture
def bring(project, admin, tmp_path):
    """Import a file of ratings, and give back the job that did it."""

    def bring_in(
        content: bytes | list[dict[str, object]],
        name="ratings.jsonl",
        *,
        project=project,
        **wish,
    ) -> Job:
        if isinstance(content, list):
            content = "".join(f"{json.dumps(row)}\n" for row in content).encode()
        file = tmp_path / "file"
        file.write_bytes(content)
        wish = {"columns": {}, "fixed": {}, **wish}
        job = imports.request(
            project=project,
            file=file,
            name=name,
            wish=imports.Wish(what="ratings", **wish),
            by=admin,
        )
        return jobs.perform(job.pk)

    return bring_in


@pytest.fixture
def caption(project):
    video = VideoNameFactory(name="a.mp4", video__project=project).video
    found = CaptionFactory(video=video, captioner__name="model", external_id="c-1")
    claims.open_items(project=project, caption_ids=[found.pk])
    return found


def wide(**changes):
    return {"external_id": "c-1", "annotator": "ann", **LEVELS, **changes}


def said(slot):
    return dict(slot.judgments.values_list("dimension", "level"))


@pytest.mark.usefixtures("caption")
class TestImportRatings:
    def test_writes_down_what_a_submission_would(self, bring, caption, project):
        job = bring([wide(when="2026-03-01T10:00:00Z")])

        assert (job.state, job.result["accepted"]) == (State.SUCCEEDED, 1)
        slot = Slot.objects.get()
        assert slot.state == Slot.State.SUBMITTED
        assert slot.submitted_at.isoformat() == "2026-03-01T10:00:00+00:00"
        assert slot.evidence == {"imported_by_job": job.pk}
        assert said(slot) == LEVELS
        item = Item.objects.get(caption=caption)
        assert (item.n_open, item.n_done, item.overlap) == (1, 1, 3)
        snapshot, _ = datasets.freeze_or_find(project=project, by=None, now=slot.submitted_at)
        assert snapshot.pk

    def test_makes_annotators_who_cannot_sign_in(self, bring, project):
        bring([wide(annotator="Ann Ö.")])

        user = Slot.objects.get().annotator
        assert (user.is_active, user.display_name) == (False, "Ann Ö.")
        assert not user.has_usable_password()
        assert Membership.objects.get(user=user, project=project).role == Role.ANNOTATOR

    def test_speaks_for_nobody_outside_the_project(self, bring, project):
        stranger = UserFactory(username="ann")
        taken = UserFactory(username=f"{project.slug}.bob")
        inside = MembershipFactory(project=project, user__username="cem").user

        bring([wide(), wide(annotator="bob"), wide(annotator="cem")])

        raters = {slot.annotator for slot in Slot.objects.all()}
        assert inside in raters
        assert not raters & {stranger, taken}
        assert User.objects.filter(is_active=False).count() == 2

    def test_puts_the_long_form_together_and_leaves_absent_what_is(self, bring):
        rows = [
            {"external_id": "c-1", "annotator": "ann", "dimension": d, "level": level}
            for d, level in [("object", 4), ("camera", "0"), ("Action ", 2.0)]
        ]

        assert bring(rows).result["accepted"] == 3
        assert said(Slot.objects.get()) == {"object": 4, "camera": 0, "action": 2}

    def test_knows_ratings_again(self, bring):
        bring([wide()])

        again = bring([wide(), wide(annotator="bea")])

        assert (again.result["accepted"], again.result["skipped"]) == (1, 1)
        assert Judgment.objects.count() == 10

    def test_never_overwrites_a_rating(self, bring):
        bring([wide(object=5)])

        job = bring([wide(annotator="bea"), wide(object=1)])

        assert (job.state, job.problem["type"], job.problem["line"]) == (
            State.FAILED,
            "contradiction",
            2,
        )
        assert Slot.objects.count() == 1

    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            ({"object": 6}, '"object" must be a level from 0 to 5.'),
            ({"object": True}, '"object" must be a level'),
            ({"object": "good"}, '"object" must be a level'),
            ({"annotator": ""}, '"annotator" is empty.'),
            ({"when": "yesterday"}, "is no instant"),
            ({"when": "2026-02-31T00:00:00Z"}, "is no instant"),
            ({"external_id": "c-2"}, 'There is no caption called "c-2".'),
            ({"external_id": None}, '"video" is missing.'),
            ({"dimension": "beauty", "level": 3}, "none of our dimensions"),
            (dict.fromkeys(LEVELS), "There is no level in it."),
            (
                {"video": "b.mp4", "caption": "A dog.", "source": "model"},
                'There is no video called "b.mp4".',
            ),
        ],
    )
    def test_imports_nothing_if_a_line_is_wrong(self, bring, changes, reason):
        job = bring([wide(annotator="bea"), wide(**changes)])

        assert job.result["outcome"] == "refused"
        (problem,) = job.result["problems"]
        assert problem["line"] == 2
        assert reason in problem["reason"]
        assert not Slot.objects.exists()

    def test_leaves_alone_what_a_member_holds(self, bring, caption, project):
        holder = MembershipFactory(project=project, user__username="ann").user
        claims.reserve(item=caption.items.get(), annotator=holder)

        assert bring([wide()]).problem["type"] == "contradiction"

    def test_keeps_nothing_of_a_dry_run_but_its_report(self, bring):
        job = bring([wide()], dry_run=True)

        assert (job.result["dry_run"], job.result["accepted"]) == (True, 1)
        assert not Slot.objects.exists()
        assert not User.objects.filter(is_active=False).exists()
        (line,) = b"".join(arrivals.report(job.payload["file"])).splitlines()
        assert json.loads(line) == {"line": 1, "outcome": "accepted", "reason": ""}

    def test_imports_once_though_its_worker_was_killed_before_the_end(self, bring):
        job = bring([wide()])
        Job.objects.filter(pk=job.pk).update(state=State.QUEUED, ended_at=None)

        again = jobs.perform(job.pk)

        assert again.result == job.result
        assert Slot.objects.count() == 1


class TestVideosWithoutMedia:
    ROW = {"video": "x/1", "caption": "A dog.", "source": "s", "annotator": "ann", "object": 3}

    def test_are_only_known_if_that_is_wished(self, bring):
        assert bring([self.ROW]).result["outcome"] == "refused"
        assert bring([self.ROW], without_media=True).result["outcome"] == "accepted"
        assert Video.objects.get().has_media is False

    def test_are_never_offered(self, bring, project, member):
        bring([self.ROW], without_media=True)
        protocols.change(project=project, overlap=9)

        with pytest.raises(NothingToRate):
            claims.claim(project=project, annotator=member(Role.ANNOTATOR))

    def test_stay_closed_though_captions_come_for_them_later(self, bring, project):
        bring([self.ROW], without_media=True)
        caption = CaptionFactory(video=Video.objects.get())

        claims.open_items(project=project, caption_ids=[caption.pk])

        assert not Item.objects.filter(caption=caption).exists()


def test_label_studios_own_export_comes_in(bring, project):
    for number in (1, 2, 3):
        VideoNameFactory(name=f"clip-{number}.mp4", video__project=project)

    job = bring(EXPORT.read_bytes(), name="export.json")

    assert (job.result["format"], job.result["accepted"]) == ("label-studio", 2)
    levels = [list(said(slot).values()) for slot in Slot.objects.order_by("pk")]
    assert levels == [[5, 4, 3, 0, 5], [2, 5, 4, 1, 3]]
    assert Slot.objects.first().submitted_at.year == 2026


def test_our_own_export_for_label_studio_comes_back_without_loss(bring, project, tmp_path):
    """What was rated, by whom, how and when: out as tasks, and in again into another project."""
    rated = [
        {
            "video": f"clip {video}.mp4",
            "caption": f"A dog runs #{video}, über alles.",
            "source": "model",
            "kind": "short",
            "annotator": annotator,
            "when": f"2026-03-0{video}T10:00:0{second}Z",
            **{dimension: (video + second + n) % 6 for n, dimension in enumerate(Dimension)},
        }
        for video in (1, 2, 3)
        for second, annotator in enumerate(("ann", "bob"))
    ]
    del rated[0]["camera"]
    bring(rated, without_media=True)
    snapshot, _ = datasets.freeze_or_find(project=project, by=None, now=datetime.now(UTC))
    tasks = tmp_path / "tasks.json"
    with tasks.open("w+b") as file:
        format_called("label-studio").write(Sealed(snapshot.directory), file)
    before = ratings_of(project)
    other = ProjectFactory()

    job = bring(tasks.read_bytes(), name="tasks.json", without_media=True, project=other)

    assert (job.result["format"], job.result["accepted"]) == ("label-studio", 6)
    after = ratings_of(other)
    assert len(before) == 29
    assert {row[:-1] for row in after} == {row[:-1] for row in before}
    by_group = [sorted(Counter(row[-1] for row in rows).values()) for rows in (before, after)]
    assert by_group[0] == by_group[1]


def ratings_of(project):
    """All that ratings say. Exports call annotators `a17`, so their names differ."""
    return set(
        Judgment.objects.filter(slot__item__project=project).values_list(
            "slot__item__caption__video__names__name",
            "slot__item__caption__text",
            "slot__item__caption__kind",
            "slot__item__caption__captioner__name",
            "dimension",
            "level",
            "judged_at",
            "slot__annotator",
        )
    )


def test_a_video_that_comes_later_takes_what_was_said_of_its_name(bring, project, tmp_path):
    row = {"video": "train/a.mp4", "caption": "A dog runs.", "source": "model"}
    bring([wide(external_id="c-9", **row)], without_media=True)
    caption, judgments = Caption.objects.get(), Judgment.objects.count()
    clip = tmp_path / "a.mp4"
    ffmpeg("-f", "lavfi", "-i", "testsrc2=size=160x120:rate=10:duration=1", clip)

    done = services.add_video(project=project, path=clip, name="a.mp4")

    assert done.outcome == "accepted"
    video = Video.objects.get()
    assert video.has_media
    assert {one.name for one in video.names.all()} == {"a.mp4", "train/a.mp4"}
    caption.refresh_from_db()
    assert caption.video == video
    assert Judgment.objects.count() == judgments
    assert Item.objects.get().caption == caption
    again = bring([wide(external_id="c-9", **row)])
    assert again.result["skipped"] == 1


def test_what_would_be_there_twice_stays_apart(bring, project, tmp_path):
    clip = tmp_path / "b.mp4"
    ffmpeg("-f", "lavfi", "-i", "testsrc2=size=160x120:rate=10:duration=1", clip)
    services.add_video(project=project, path=clip, name="b.mp4")
    row = {"caption": "A dog runs.", "source": "model"}
    bring([wide(external_id="c-1", video="b.mp4", **row)])
    bring([wide(external_id="c-2", video="a.mp4", **row)], without_media=True)

    done = services.add_video(project=project, path=clip, name="a.mp4")

    assert (done.outcome, done.reason) == ("skipped", services.KEPT_APART)
    assert Video.objects.count() == 2
    assert bring([wide(external_id="c-2", video="a.mp4", **row)]).result["skipped"] == 1


def test_does_not_take_what_a_rolled_back_import_left_for_the_size_of_a_table(bring):
    """Postgres counts no row in pages that are not empty. Its plans for that took hours."""
    rows = [
        {"video": f"{n}.mp4", "caption": f"{n}", "source": "model", "annotator": "one", "object": 1}
        for n in range(1500)
    ]
    bring(rows, without_media=True, dry_run=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'rating_item'")
        assert cursor.fetchone() == (0,)
        cursor.execute("SET LOCAL statement_timeout = '20s'")

    job = bring(rows, without_media=True)

    assert (job.state, job.result["accepted"]) == (State.SUCCEEDED, 1500)


def test_fetv_becomes_a_project_with_three_annotators(bring, project, shared_data):
    rows = list(fetv.rows(shared_data))

    job = bring(rows, without_media=True)

    assert (job.result["lines"], job.result["accepted"]) == (9051, 9051)
    assert Membership.objects.filter(project=project, role=Role.ANNOTATOR).count() == 3
    assert Caption.objects.count() == Video.objects.count() == 3017
    assert Item.objects.filter(n_done=3, n_open=3, overlap=3).count() == 3017
    asked = ("object", "feature", "action", "camera")
    stored = Judgment.objects.values_list(
        "slot__item__caption__video__names__name",
        "slot__annotator__display_name",
        "dimension",
        "level",
    )
    expected = [(r["video"], r["annotator"], d, r[d]) for r in rows for d in asked]
    assert sorted(stored) == sorted(expected)
