"""The demo seeded for real: rendered by the miniature world, imported, rated through the queue."""

import json
import shutil
import stat
from collections import Counter
from io import StringIO

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.management import call_command

from annotation_site.accounts.models import Membership, Project, User
from annotation_site.catalog.models import Caption, Import, Video
from annotation_site.quality import demo
from annotation_site.quality.models import Check
from annotation_site.rating import answers, claims
from annotation_site.rating.models import Item, Judgment, Protocol, Purpose, Slot
from scorer.rubric import Dimension
from training.miniature import language
from training.miniature.captioners import levels
from training.miniature.world import Facts

VIDEOS = 3
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """The clips, drawn once for all tests of this module."""
    return tmp_path_factory.mktemp("drawn") / "world"


@pytest.fixture
def seed(db, drawn):  # noqa: ARG001 - the database is there
    """Seeds the demo, keeping what was drawn for the next test."""
    world = settings.DATA.root / "demo" / f"{VIDEOS}-videos"
    if drawn.exists():
        shutil.copytree(drawn, world, dirs_exist_ok=True)

    def run() -> str:
        out = StringIO()
        call_command("seed_demo", videos=VIDEOS, no_model=True, stdout=out)
        shutil.copytree(world, drawn, dirs_exist_ok=True)
        return out.getvalue()

    yield run
    shutil.rmtree(settings.DATA.root / "demo", ignore_errors=True)
    (settings.DATA.secrets / "demo-logins.json").unlink(missing_ok=True)


def counts() -> dict[str, int]:
    tables = (Project, User, Membership, Video, Caption, Import, Item, Slot, Judgment, Check)
    return {table.__name__: table.objects.count() for table in tables}


def logins() -> dict[str, dict[str, str]]:
    return json.loads((settings.DATA.secrets / "demo-logins.json").read_text())


def ratings() -> list[dict]:
    path = settings.DATA.root / "demo" / f"{VIDEOS}-videos" / "ratings.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_makes_a_project_with_clips_captions_and_some_ratings(seed):
    seed()

    assert Project.objects.get().slug == "demo"
    assert Video.objects.count() == VIDEOS
    rated = Item.objects.filter(purpose=Purpose.RATE)
    assert Caption.objects.count() == rated.count() == 3 * VIDEOS
    assert Judgment.objects.count() == 5 * len(ratings()) > 0
    assert rated.filter(n_done__lt=Protocol.objects.get().overlap).count() > 0


def test_each_rating_is_the_one_that_the_simulated_annotator_gave(seed):
    seed()

    for line in ratings():
        slot = Slot.objects.get(
            annotator__username=line["annotator"],
            item__purpose=Purpose.RATE,
            item__caption__captioner__name=line["source"],
            item__caption__video__names__name=line["video"],
        )
        given = dict(slot.judgments.values_list("dimension", "level"))
        assert given == line["levels"]
        assert not slot.late


def test_three_people_can_sign_in_and_no_simulated_annotator(seed):
    seed()

    assert set(logins()) == {"annotator", "admin", "researcher"}
    for role, login in logins().items():
        user = authenticate(username=login["username"], password=login["password"])
        assert [one.role for one in Membership.objects.filter(user=user)] == [role]
    simulated = User.objects.filter(username__startswith="ann-")
    assert simulated
    assert not any(user.has_usable_password() for user in simulated)


def test_the_passwords_are_for_the_owners_eyes(seed):
    seed()

    mode = (settings.DATA.secrets / "demo-logins.json").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_seeding_again_changes_nothing_and_says_nothing(seed):
    seed()
    before, passwords = counts(), logins()

    assert seed() == ""
    assert (counts(), logins()) == (before, passwords)


def test_a_seeding_that_was_killed_between_ratings_is_finished(seed, monkeypatch):
    submit, killed_after = answers.submit, 2

    def fail(**given):
        if Slot.objects.filter(state=Slot.State.SUBMITTED).count() == killed_after:
            raise KeyboardInterrupt
        return submit(**given)

    monkeypatch.setattr(answers, "submit", fail)
    with pytest.raises(KeyboardInterrupt):
        seed()
    assert Judgment.objects.count() == 5 * killed_after
    monkeypatch.undo()

    seed()

    assert Judgment.objects.count() == 5 * len(ratings())


def test_what_people_did_since_stays_and_is_passed_over(seed):
    """A killed seeding, then people who rate: what the simulated ones wanted may be taken."""
    seed()
    project = Project.objects.get()
    before = Judgment.objects.count()
    line = ratings()[0]
    taken = Item.objects.get(
        purpose=Purpose.RATE,
        caption__captioner__name=line["source"],
        caption__video__names__name=line["video"],
    )
    Slot.objects.filter(item=taken, annotator__username=line["annotator"]).update(
        client_key=None, state="skipped", submitted_at=None
    )
    Item.objects.filter(pk=taken.pk).update(n_open=taken.overlap)
    world = settings.DATA.root / "demo" / f"{VIDEOS}-videos"

    assert demo.replay(project, world / "ratings.jsonl") == 0
    assert Judgment.objects.count() == before


def test_captions_that_people_added_are_no_reason_to_import_again(seed):
    seed()
    video = Video.objects.first()
    Caption.objects.create(
        video=video,
        captioner=Caption.objects.first().captioner,
        kind="short",
        text="A ring.",
        text_sha256="0" * 64,
    )
    imports = Import.objects.count()

    seed()

    assert Import.objects.count() == imports


def truth() -> dict[tuple[str, str], dict]:
    path = settings.DATA.root / "demo" / f"{VIDEOS}-videos" / "truth.jsonl"
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    return {(line["video"], line["source"]): line for line in lines}


def test_some_captions_check_the_annotators_by_what_is_true(seed):
    seed()

    known = Check.objects.filter(spoiled="").select_related("item__caption__captioner")
    purposes = Counter(check.item.purpose for check in known)
    assert purposes == {Purpose.PRACTICE: 3, Purpose.EXAM: 2, Purpose.GOLD: 2}
    for check in known:
        caption = check.item.caption
        true = truth()[caption.video.names.get().name, caption.captioner.name]
        assert check.levels == true["levels"]
        assert true["facts"]["shape"] in check.notes["object"]


def test_twins_are_wrong_where_they_say(seed):
    seed()

    twins = Check.objects.exclude(spoiled="").select_related("item__caption__captioner")
    assert twins
    for twin in twins:
        caption = twin.item.caption
        true = truth()[caption.video.names.get().name, caption.captioner.name]
        before = levels(Facts(**true["facts"]), language.read(caption.text))
        after = levels(Facts(**true["facts"]), language.read(twin.item.text))
        assert {d for d in Dimension if before[d] != after[d]} <= {twin.spoiled}
        assert after[twin.spoiled] <= 3


def test_one_may_rate_at_once_and_begins_with_the_ordinary_queue(seed):
    seed()

    assert not Protocol.objects.get().practice_required
    annotator = User.objects.get(username="annotator")
    slot = claims.claim(project=Project.objects.get(), annotator=annotator, draw=0.99)
    assert slot.item.purpose == Purpose.RATE


def test_checks_that_a_killed_seeding_left_out_are_made(seed):
    seed()
    before = counts()
    lost = Check.objects.filter(item__purpose=Purpose.GOLD).first().item
    lost.delete()

    assert "1 captions check the annotators" in seed()
    assert counts() == before
