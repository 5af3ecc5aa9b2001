"""That an answer is known already does not show, and what tests people is no data."""

import json
import uuid
from typing import Any

import pytest

from annotation_site.common.paths import DataDirectory
from annotation_site.datasets import services as datasets
from annotation_site.leaderboard.selectors import leaderboard
from annotation_site.rating import answers, claims
from annotation_site.rating.models import Judgment, Protocol, Purpose, Slot
from annotation_site.runs import services as runs
from annotation_site.runs.models import Kind
from annotation_site.runs.refusals import NothingToBuildOn
from tests.factories import ItemFactory
from tests.rating.factories import LEVELS, answer, evidence
from tests.rating.test_answers_api import check, revision

pytestmark = pytest.mark.django_db

LOOK_ALIKE = (Purpose.GOLD, Purpose.TWIN, Purpose.REPEAT)
CHECKS = (*LOOK_ALIKE, Purpose.PRACTICE, Purpose.EXAM)
WORDS = {"purpose", "state", "kind", "type", "title"}
"""Which strings are no data, but say what something is."""


def outline(value: Any, name: str = "") -> Any:
    """The body with its data blanked: what is left must be the same for every item."""
    if isinstance(value, dict):
        return {key: outline(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [outline(inner) for inner in value]
    if isinstance(value, str) and name not in WORDS:
        return ""
    return 0 if isinstance(value, (int, float)) and not isinstance(value, bool) else value


class Journey:
    """All that an annotator can do with a caption, and all that they are told."""

    def __init__(self, client, project):
        self.client, self.base = client, f"/api/v1/projects/{project.slug}/"
        self.heard = []

    def ask(self, method, rest, body=None):
        reply = getattr(self.client, method)(self.base + rest, body, format="json")
        said = reply.json() if reply.content else None
        headers = sorted(set(reply.headers) - {"Content-Length"})
        self.heard.append(json.dumps([method, reply.status_code, headers, outline(said)]))
        return said

    def walk(self):
        lent = self.ask("post", "slots")
        slot = f"slots/{lent['slot']}"
        key = str(uuid.uuid4())
        self.ask("put", f"{slot}/draft", {"step": 1, "client_key": key, "answers": {"object": 2}})
        self.ask("get", slot)
        self.ask("post", f"{slot}/heartbeat")
        self.ask("post", f"{slot}/skip", {"reason": "unsure"})
        self.ask("get", "history")
        self.ask("delete", f"{slot}/skip")
        given = {"client_key": key, "levels": LEVELS, "evidence": evidence()}
        self.ask("post", f"{slot}/submission", given)
        self.ask("post", f"{slot}/submission", given)
        self.ask("post", f"{slot}/revision", revision())
        self.ask("post", f"{slot}/remarks", {"kind": "flag"})
        self.ask("get", f"{slot}/remarks")
        self.ask("get", slot)
        self.ask("get", "history")
        mine = self.ask("get", "progress")["mine"]
        return lent, mine


@pytest.fixture
def walk(project, annotator, client_for):
    """Rate the one item that there is in the lane which is served."""
    protocol = Protocol.objects.create(
        project=project, check_share=0, repeat_share=0, random_share=0
    )

    def go(purpose):
        protocol.check_share = float(purpose in (Purpose.GOLD, Purpose.TWIN))
        protocol.repeat_share = float(purpose == Purpose.REPEAT)
        protocol.save()
        journey = Journey(client_for(annotator), project)
        lent, mine = journey.walk()
        assert Slot.objects.get(pk=lent["slot"]).item.purpose == purpose
        return journey.heard, lent, mine

    return go


@pytest.mark.parametrize("purpose", LOOK_ALIKE)
class TestLooksLikeRating:
    def test_in_every_word_that_the_annotator_is_told(self, project, annotator, walk, purpose):
        ItemFactory(caption__video__project=project)
        plain, _, mine = walk(Purpose.RATE)
        check(project, purpose, annotator)
        other, _, now_mine = walk(purpose)
        assert (mine, now_mine) == (1, 2)
        # The history is longer by the first; what it says of the newest is the same.
        assert [one for one in other if '"next"' not in one] == [
            one for one in plain if '"next"' not in one
        ]

    def test_in_the_history(self, project, annotator, client_for, walk, purpose):
        ItemFactory(caption__video__project=project)
        walk(Purpose.RATE)
        check(project, purpose, annotator)
        walk(purpose)
        history = client_for(annotator).get(f"/api/v1/projects/{project.slug}/history").json()
        first, second = (json.dumps(outline(row)) for row in history["results"])
        assert first == second

    def test_and_no_number_tells_it(self, project, annotator, walk, purpose):
        item = check(project, purpose, annotator)
        _, lent, _ = walk(purpose)
        assert (lent["item"], lent["caption"]["id"]) == (lent["slot"], 0)
        assert lent["caption"]["text"] == (item.text or item.caption.text)


class TestData:
    @pytest.fixture(autouse=True)
    def data(self, settings, tmp_path):
        settings.DATA = DataDirectory(tmp_path / "data")

    def give(self, annotator, item):
        lent = claims.reserve(item=item, annotator=annotator)
        answers.submit(**answer(lent))
        return lent

    def rows(self, project, now):
        snapshot = datasets.freeze(project=project, by=None, now=now)
        lines = (snapshot.directory / "judgments.jsonl").read_text().splitlines()
        return [json.loads(line) for line in lines]

    @pytest.mark.parametrize("purpose", CHECKS)
    def test_is_not_what_tests_people(self, project, annotator, client_for, now, purpose):
        self.give(annotator, check(project, purpose, annotator))
        assert Judgment.objects.exists()
        progress = client_for(annotator).get(f"/api/v1/projects/{project.slug}/progress").json()
        assert [progress[name] for name in ("items", "finished", "ratings", "judgments")] == [0] * 4
        assert leaderboard(project)["captioners"] == []
        assert self.rows(project, now) == []
        with pytest.raises(NothingToBuildOn):
            runs.request_run(
                project=project, kind=Kind.SCORER, config={}, parents=[], by=annotator, now=now
            )

    def test_is_the_last_word_about_a_rating(self, project, annotator, now):
        lent = self.give(annotator, ItemFactory(caption__video__project=project))
        again = {**LEVELS, "camera": 0}
        answers.revise(
            project=project,
            slot_id=lent.pk,
            annotator=annotator,
            client_key=uuid.uuid4(),
            levels=again,
        )
        rows = self.rows(project, now)
        assert {row["dimension"]: row["level"] for row in rows} == again
        assert {row["revision"] for row in rows} == {2}
