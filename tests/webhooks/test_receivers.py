"""What happens in a project, and what is told of it: the real payloads, held to the reference."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Q

from annotation_site.accounts import projects
from annotation_site.accounts.models import Project, Role, User
from annotation_site.adjudication import cases
from annotation_site.datasets import services as datasets
from annotation_site.jobs import services as jobs
from annotation_site.jobs.registry import check_kind
from annotation_site.quality import reports
from annotation_site.rating import answers, claims, remarks
from annotation_site.rating.models import Item, Purpose, Slot
from annotation_site.runs import lifecycle
from annotation_site.runs.models import Kind, State
from annotation_site.webhooks import endpoints
from annotation_site.webhooks.models import Event
from annotation_site.webhooks.receivers import OF_JOBS
from annotation_site.webhooks.sending import body_of
from annotation_site.webhooks.types import Type
from tests.factories import ItemFactory
from tests.quality.known import known
from tests.rating.factories import LEVELS, answer
from tests.runs.factories import RunFactory

pytestmark = pytest.mark.django_db

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "webhook-events.md"


@pytest.fixture
def heard(listen: Callable[..., Any], receiver: Any) -> Callable[[], dict[str, dict[str, Any]]]:
    """What was told so far, by type: the data of the newest of each."""
    listen(receiver)
    return lambda: {event.type: event.data for event in Event.objects.order_by("at")}


@pytest.fixture
def rated(project: Project, member: Callable[..., User]) -> Slot:
    """The one rating that was asked for."""
    item = ItemFactory(caption__video__project=project, overlap=1)
    slot = claims.reserve(item=item, annotator=member(Role.ANNOTATOR))
    answers.submit(**answer(slot))
    slot.refresh_from_db()
    return slot


def named(item: Item) -> dict[str, Any]:
    return {
        "item": item.pk,
        "caption": item.caption_id,
        "external_id": "",
        "video": item.caption.video.sha256,
    }


def test_an_answer_and_the_last_one_that_was_asked_for(heard, rated: Slot) -> None:
    assert heard() == {
        "answer.recorded": {
            **named(rated.item),
            "slot": rated.pk,
            "annotator": rated.annotator_id,
            "revision": 1,
            "rubric_version": 1,
            "late": False,
            "levels": LEVELS,
        },
        "caption.completed": {**named(rated.item), "ratings": 1},
    }


def test_the_same_answer_sent_again_is_told_once(heard, project, member) -> None:
    item = ItemFactory(caption__video__project=project, overlap=2)
    given = answer(claims.reserve(item=item, annotator=member(Role.ANNOTATOR)))
    for _ in range(2):
        answers.submit(**given)
    assert Event.objects.count() == 1
    assert list(heard()) == ["answer.recorded"]


def test_an_answer_that_is_given_anew(heard, rated: Slot) -> None:
    given = answer(rated, levels={**LEVELS, "camera": 0})
    del given["evidence"]
    answers.revise(**given)
    told = heard()["answer.revised"]
    assert (told["revision"], told["levels"]["camera"]) == (2, 0)


def test_checks_are_nobody_else_s_affair(heard, project, member) -> None:
    item = known(project, Purpose.GOLD).item
    answers.submit(**answer(claims.reserve(item=item, annotator=member(Role.ANNOTATOR))))
    assert heard() == {}


def test_remarks_once_each(heard, rated: Slot, now: datetime) -> None:
    remark = remarks.comment(slot=rated, text="Too dark.", now=now)
    assert heard()["remark.created"] == {
        **named(rated.item),
        "remark": remark.pk,
        "slot": rated.pk,
        "annotator": rated.annotator_id,
        "kind": "comment",
        "text": "Too dark.",
    }
    for _ in range(2):
        remarks.flag(slot=rated, text="Two clips.", now=now)
    assert Event.objects.filter(type=Type.REMARK_CREATED).count() == 2


def test_a_decision(heard, project, rated: Slot, admin: User, now: datetime) -> None:
    cases.decide(
        project=project,
        item_id=rated.item_id,
        levels={"camera": 2, "action": 5},
        reason="It pans.",
        by=admin,
        now=now,
    )
    assert heard()["decision.made"] == {
        **named(rated.item),
        "levels": {"camera": 2, "action": 5},
        "reason": "It pans.",
        "by": admin.username,
    }


def test_the_end_of_a_job_however_it_ends(heard, project, admin: User) -> None:
    job = reports.request(project=project, by=admin)
    jobs.perform(job.pk)
    job.refresh_from_db()
    assert heard()["report.ended"] == {
        "job": job.pk,
        "kind": "quality-report",
        "state": "succeeded",
        "result": job.result,
        "problem": {},
        "by": admin.username,
    }
    jobs.cancel(job=reports.request(project=project, by=None))
    told = heard()["report.ended"]
    assert (told["state"], told["by"]) == ("cancelled", None)


def test_the_kinds_of_jobs_that_are_told_of_are_kinds_that_there_are() -> None:
    for kind in OF_JOBS:
        check_kind(kind)


@pytest.mark.usefixtures("rated")
def test_a_snapshot_once(heard, project, now: datetime) -> None:
    for _ in range(2):
        snapshot = datasets.freeze(project=project, by=None, now=now)
    assert heard()["snapshot.frozen"] == {
        "snapshot": snapshot.pk,
        "digest": snapshot.digest,
        "as_of": snapshot.as_of.isoformat(),
        "videos": 1,
        "captions": 1,
        "judgments": 5,
        "preferences": 0,
    }
    assert Event.objects.filter(type=Type.SNAPSHOT_FROZEN).count() == 1


def test_the_end_of_a_run(heard, project) -> None:
    run = RunFactory(snapshot__project=project, kind=Kind.SCORE)
    lifecycle.end(run, State.CANCELLED, when=Q(state=State.QUEUED))
    assert heard()["run.ended"] == {
        "run": run.pk,
        "kind": "score",
        "state": "cancelled",
        "turn": None,
        "snapshot": run.snapshot_id,
        "digest": "",
        "error_code": "",
        "error_detail": "",
    }


def test_archiving_once(heard, project, now: datetime) -> None:
    for _ in range(2):
        projects.archive(project=project, now=now)
    assert heard() == {"project.archived": {"name": project.name}}
    assert Event.objects.count() == 1


def test_what_is_rolled_back_is_not_told(heard, project, member, monkeypatch) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise RuntimeError

    item = ItemFactory(caption__video__project=project)
    slot = claims.reserve(item=item, annotator=member(Role.ANNOTATOR))
    monkeypatch.setattr(answers, "_judge", break_down)
    with pytest.raises(RuntimeError):
        answers.submit(**answer(slot))
    assert heard() == {}


def test_another_project_s_webhook_hears_nothing(listen, receiver, member) -> None:
    listen(receiver)
    item = ItemFactory()
    elsewhere = item.caption.video.project
    slot = claims.reserve(item=item, annotator=member(Role.ANNOTATOR, project=elsewhere))
    answers.submit(**answer(slot))
    assert not Event.objects.exists()


# --- The reference --------------------------------------------------------------------------------


def examples() -> dict[str, Any]:
    blocks = re.findall(r"^```json\n(.*?)^```", REFERENCE.read_text(), re.MULTILINE | re.DOTALL)
    return {example["type"]: example for example in map(json.loads, blocks)}


def shape(value: Any) -> Any:
    """Names and types, without the values; what depends on the case stays open."""
    if isinstance(value, dict):
        return {key: shape(one) for key, one in value.items() if key not in {"result", "problem"}}
    return "number" if isinstance(value, int | float) else type(value).__name__


def test_the_reference_has_an_example_of_every_event() -> None:
    assert set(examples()) == {kind.value for kind in Type}


def test_the_examples_are_like_what_is_sent(
    *, heard, listen, receiver, project, rated: Slot, admin: User, now: datetime
) -> None:
    endpoint, _ = listen(receiver)
    endpoints.ping(project=project, number=endpoint.pk)
    test_an_answer_that_is_given_anew(heard, rated)
    remarks.comment(slot=rated, text="Too dark.", now=now)
    test_a_decision(heard, project, rated, admin, now)
    test_the_end_of_a_run(heard, project)
    datasets.freeze(project=project, by=None, now=now)
    jobs.perform(reports.request(project=project, by=admin).pk)
    projects.archive(project=project, now=now)
    sent = {event.type: json.loads(body_of(event)) for event in Event.objects.order_by("at")}
    told = examples()
    for kind in ("import.ended", "export.ended"):  # as any job
        sent[kind] = {**sent["report.ended"], "type": kind}
    assert {kind: shape(one) for kind, one in sent.items()} == {
        kind: shape(one) for kind, one in told.items()
    }
