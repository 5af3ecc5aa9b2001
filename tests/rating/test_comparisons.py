"""Blind votes: pairs are made, shown in either order, voted on once, counted for their authors."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotation_site.accounts.models import Role
from annotation_site.rating import claims, comparisons, queue, selectors, skips
from annotation_site.rating.lanes import Task
from annotation_site.rating.models import Item, Preference, Purpose, Slot
from tests.factories import CaptionerFactory, CaptionFactory, VideoFactory
from tests.rating.factories import evidence
from tests.rating.leases import run_out

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(project):
    return lambda rest: f"/api/v1/projects/{project.slug}/{rest}"


@pytest.fixture
def captioners(project):
    return [CaptionerFactory(project=project, name=name) for name in "abc"]


@pytest.fixture
def videos(project, captioners):
    """Four videos with a caption by each captioner; of the fourth only by two, who agree."""
    made = VideoFactory.create_batch(4, project=project)
    for video in made[:3]:
        for captioner in captioners:
            CaptionFactory(video=video, captioner=captioner)
    for captioner in captioners[:2]:
        CaptionFactory(video=made[3], captioner=captioner, text="The same.")
    return made


@pytest.fixture
def compare(project, member, now, videos):
    assert videos

    def make(*names, **changes):
        plan = {"name": "duel", "kind": "detailed", "overlap": 1, "videos": None, "seed": 0}
        return comparisons.compare(
            project=project,
            plan=comparisons.Plan(captioners=names or ("a", "b", "c"), **{**plan, **changes}),
            by=member(Role.ADMIN),
            now=now,
        )

    return make


def vote(slot, choice, key=None):
    return comparisons.vote(
        project=slot.item.project,
        slot_id=slot.pk,
        annotator=slot.annotator,
        client_key=key or uuid.uuid4(),
        choice=choice,
        evidence=evidence(),
    )


class TestPairs:
    def test_are_every_two_captions_of_a_video_that_differ(self, compare):
        compare()
        pairs = {
            (item.caption.video_id, item.caption.captioner.name, item.rival.captioner.name)
            for item in Item.objects.all()
        }
        assert len(pairs) == 3 * 3
        assert {(one, two) for _, one, two in pairs} == {("a", "b"), ("a", "c"), ("b", "c")}
        assert all(item.caption.video_id == item.rival.video_id for item in Item.objects.all())

    def test_are_on_as_many_videos_as_wanted_the_same_for_a_seed(self, compare):
        compare(videos=2, name="one")
        compare(videos=2, name="two")
        one, two = (
            set(Item.objects.filter(comparison__name=name).values_list("caption__video", flat=True))
            for name in ("one", "two")
        )
        assert one == two
        assert len(one) == 2

    def test_take_the_newest_caption_of_each(self, compare, videos, captioners):
        newest = CaptionFactory(video=videos[0], captioner=captioners[0])
        compare("a", "b")
        used = Item.objects.filter(caption__video=videos[0]).values_list("caption", flat=True)
        assert list(used) == [newest.pk]

    @pytest.mark.usefixtures("videos")
    def test_are_of_no_video_that_was_reported_broken(self, compare, items, videos):
        (item,) = items(1, caption__video=videos[0])
        skips.withdraw(item)
        compare("a", "b")
        used = set(Item.objects.filter(purpose="vote").values_list("caption__video", flat=True))
        assert used == {video.pk for video in videos[1:3]}

    def test_are_written_by_one_statement_however_many(self, compare, django_assert_num_queries):
        with CaptureQueriesContext(connection) as few:
            compare("a", "b", videos=1)
        with django_assert_num_queries(len(few)):
            compare("a", "b", "c", name="more")


class TestVote:
    def test_means_the_caption_that_was_shown_there(self, compare, project, member):
        compare("a", "b", overlap=40, videos=1)
        meant = {}
        for _ in range(12):
            slot = claims.claim(project=project, annotator=member(Role.ANNOTATOR), task=Task.VOTE)
            vote(slot, "first")
            meant[slot.swapped] = Preference.objects.get(slot=slot).choice
        assert meant == {False: "caption", True: "rival"}

    def test_shows_two_texts_and_not_whose_they_are(
        self, compare, annotator, client_for, url, project
    ):
        compare("a", "b", videos=1)
        body = client_for(annotator).post(url("slots"), {"task": "vote"}, format="json").json()
        assert body["purpose"] == "vote"
        item, slot = Item.objects.get(), Slot.objects.get()
        texts = [item.caption.text, item.rival.text]
        shown = [body["caption"]["text"], body["rival"]["text"]]
        assert shown == (texts[::-1] if slot.swapped else texts)
        assert (body["caption"]["id"], body["rival"]["id"]) == (0, 0)
        assert project.slug in body["video"]["video_url"]

    def test_counts_once_however_often_it_is_sent(self, compare, annotator, client_for, url):
        compare("a", "b", videos=1)
        browser = client_for(annotator)
        slot = browser.post(url("slots"), {"task": "vote"}, format="json").json()["slot"]
        given = {"client_key": str(uuid.uuid4()), "choice": "tie", "evidence": evidence()}
        codes = [
            browser.post(url(f"slots/{slot}/vote"), given, format="json").status_code
            for _ in range(2)
        ]
        assert codes == [201, 200]
        other = browser.post(url(f"slots/{slot}/vote"), {**given, "choice": "first"}, format="json")
        assert other.json()["type"] == "key-in-use"
        assert Preference.objects.count() == 1
        assert (Item.objects.get().n_open, Item.objects.get().n_done) == (1, 1)

    def test_is_no_rating_and_a_rating_no_vote(self, compare, annotator, client_for, url, items):
        compare("a", "b", videos=1)
        (plain,) = items(1)
        browser = client_for(annotator)
        rate = claims.reserve(item=plain, annotator=annotator).pk
        given = {"client_key": str(uuid.uuid4()), "choice": "tie", "evidence": evidence()}
        assert browser.post(url(f"slots/{rate}/vote"), given, format="json").status_code == 404

    def test_asks_for_the_video_to_be_seen(self, compare, annotator, client_for, url):
        compare("a", "b", videos=1)
        browser = client_for(annotator)
        slot = browser.post(url("slots"), {"task": "vote"}, format="json").json()["slot"]
        given = {"client_key": str(uuid.uuid4()), "choice": "tie", "evidence": evidence([0, 1])}
        refused = browser.post(url(f"slots/{slot}/vote"), given, format="json")
        assert (refused.status_code, refused.json()["type"]) == (422, "not-watched")

    def test_is_kept_and_flagged_when_it_comes_late(self, compare, project, annotator):
        comparison = compare("a", "b", videos=1)
        slot = claims.claim(project=project, annotator=annotator, task=Task.VOTE)
        run_out(slot.pk)
        queue.expire()
        voted, fresh = vote(slot, "tie")
        assert (fresh, voted.late) == (True, True)
        item = Item.objects.get()
        assert (item.n_open, item.n_done) == (1, 1)
        assert comparisons.one(project=project, comparison_id=comparison.pk).votes_done == 1
        assert comparisons.results(comparison)["pairs"][0]["ties"] == 1

    def test_is_given_by_whoever_holds_the_pair_and_only_then(
        self, compare, annotator, member, client_for, url
    ):
        compare("a", "b", videos=1, overlap=2)
        held = client_for(annotator).post(url("slots"), {"task": "vote"}, format="json").json()
        address = url(f"slots/{held['slot']}/vote")

        def send(who, **changes):
            given = {"client_key": str(uuid.uuid4()), "choice": "tie", "evidence": evidence()}
            return client_for(who).post(address, {**given, **changes}, format="json")

        assert send(member(Role.ANNOTATOR)).status_code == 404
        assert send(annotator, choice="caption").status_code == 400
        assert send(annotator).status_code == 201
        assert send(annotator).json()["type"] == "already-submitted"

    def test_is_no_datum_of_the_ratings(self, compare, project, annotator):
        compare("a", "b", videos=1)
        vote(claims.claim(project=project, annotator=annotator, task=Task.VOTE), "first")
        assert selectors.progress(project=project, viewer=annotator)["items"] == 0

    def test_is_written_once(self, compare, project, annotator):
        compare("a", "b", videos=1)
        slot = claims.claim(project=project, annotator=annotator, task=Task.VOTE)
        vote(slot, "both-bad")
        with pytest.raises(Exception, match="append-only"):
            Preference.objects.update(choice="tie")


class TestApi:
    @pytest.fixture
    def office(self, client_for, member):
        return client_for(member(Role.ADMIN))

    @pytest.mark.usefixtures("videos")
    def test_sets_up_a_comparison_and_tells_who_leads(
        self, office, url, project, member, django_assert_num_queries
    ):
        given = {"name": "duel", "captioners": ["a", "b"], "overlap": 2}
        made = office.post(url("comparisons"), given, format="json")
        assert made.status_code == 201
        assert made.json().items() >= {"pairs": 3, "votes_wanted": 6, "votes_done": 0}.items()
        for _ in range(2):
            annotator = member(Role.ANNOTATOR)
            for _ in range(3):
                slot = claims.claim(project=project, annotator=annotator, task=Task.VOTE)
                vote(slot, "second" if slot.swapped else "first")
        address = url(f"comparisons/{made.json()['id']}")
        office.get(address)
        with django_assert_num_queries(6):
            body = office.get(address).json()
        assert body["votes_done"] == 6
        (pair,) = body["results"]["pairs"]
        assert (pair["one"], pair["wins_one"], pair["win_rate"]["value"]) == ("a", 6, 1)
        assert [row["captioner"] for row in body["results"]["ranking"]] == ["a", "b"]
        rows = office.get(f"{address}/votes").json()["results"]
        assert {row["choice"] for row in rows} == {"caption"}
        assert len(office.get(url("comparisons")).json()["results"]) == 1

    def test_tells_that_nobody_has_voted(self, office, url, compare):
        body = office.get(url(f"comparisons/{compare('a', 'b').pk}")).json()
        assert body["results"]["tie"] is None
        assert {row["reason"] for row in body["results"]["ranking"]} == {"no-votes"}
        assert [pair["win_rate"] for pair in body["results"]["pairs"]] == [None]

    def test_wants_no_more_votes_on_a_broken_video(self, compare, project, annotator):
        comparison = compare("a", "b", overlap=2)
        slot = claims.claim(project=project, annotator=annotator, task=Task.VOTE)
        vote(slot, "first")
        skips.withdraw(slot.item)
        found = comparisons.one(project=project, comparison_id=comparison.pk)
        assert (found.pairs, found.votes_wanted, found.votes_done) == (2, 2 * 2 + 1, 1)

    @pytest.mark.usefixtures("videos")
    @pytest.mark.parametrize(
        ("wrong", "status", "kind"),
        [
            ({"captioners": ["a"]}, 400, "invalid"),
            ({"captioners": ["a", "a"]}, 400, "invalid"),
            ({"captioners": ["a", "nobody"]}, 422, "unknown-captioners"),
            ({"kind": "short"}, 422, "nothing-to-compare"),
            ({"overlap": 0}, 400, "invalid"),
        ],
    )
    def test_refuses_what_cannot_be_compared(self, office, url, wrong, status, kind):
        given = {"name": "duel", "captioners": ["a", "b"], **wrong}
        refused = office.post(url("comparisons"), given, format="json")
        assert (refused.status_code, refused.json()["type"]) == (status, kind)
        assert not Item.objects.filter(purpose=Purpose.VOTE).exists()
        assert office.get(url("comparisons")).json()["results"] == []

    def test_refuses_a_second_of_the_same_name(self, office, url, compare):
        compare("a", "b")
        refused = office.post(
            url("comparisons"), {"name": "duel", "captioners": ["a", "b"]}, format="json"
        )
        assert (refused.status_code, refused.json()["type"]) == (409, "name-taken")
