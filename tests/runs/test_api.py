"""Runs over HTTP."""

import json
from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from annotation_site.accounts.models import Project, Role, User
from annotation_site.datasets.models import Snapshot
from annotation_site.runs import lease, services
from annotation_site.runs.models import Artifact, Kind, Metric, Run, State
from tests.factories import CaptionFactory
from tests.runs.factories import RunFactory, SnapshotFactory, rate_something, succeeded

pytestmark = pytest.mark.django_db


@pytest.fixture
def snapshot(project: Project) -> Snapshot:
    return SnapshotFactory(project=project)


@pytest.fixture
def base(project: Project) -> str:
    return f"/api/v1/projects/{project.slug}/runs"


@pytest.fixture
def researcher(
    member: Callable[[Role], User], client_for: Callable[[User], APIClient]
) -> APIClient:
    return client_for(member(Role.RESEARCHER))


class TestAsking:
    def test_answers_with_the_new_run(
        self, researcher: APIClient, base: str, snapshot: Snapshot
    ) -> None:
        succeeded(Kind.SCORER, snapshot)

        answer = researcher.post(base, {"kind": "score", "options": {"batch": 4}}, "json")

        assert answer.status_code == 201
        run = Run.objects.get(kind=Kind.SCORE)
        assert answer.json()["id"] == run.pk
        assert answer.json()["config"] == {"batch": 4, "part": 64}
        assert answer.json()["state"] == "queued"
        assert answer.json()["requested_by"] == run.requested_by.username  # type: ignore[union-attr]
        assert answer.json()["progress"] == {"done": 0, "total": 0, "message": ""}

    def test_a_second_press_is_answered_with_the_same_run(
        self, researcher: APIClient, base: str, snapshot: Snapshot
    ) -> None:
        succeeded(Kind.SCORER, snapshot)
        first = researcher.post(base, {"kind": "score"}, "json")

        second = researcher.post(base, {"kind": "score"}, "json")

        assert (second.status_code, second.json()) == (200, first.json())

    def test_what_is_missing_is_named(self, researcher: APIClient, base: str) -> None:
        answer = researcher.post(base, {"kind": "finetune"}, "json")

        assert answer.status_code == 409
        assert answer.json()["type"] == "nothing-to-build-on"
        assert answer.json()["missing"] == ["select"]

    @pytest.mark.parametrize(
        ("wish", "code", "where"),
        [
            ({}, 400, "kind"),
            ({"kind": "nap"}, 400, "kind"),
            ({"kind": "scorer", "options": {"model": "/etc"}}, 400, "model"),
            ({"kind": "scorer", "options": {"steps": "many"}}, 400, "steps"),
            ({"kind": "scorer", "options": 3}, 400, "options"),
            ({"kind": "scorer", "parents": ["x"]}, 400, "parents"),
            ({"kind": "turn", "options": {"select": {"policy": "mine"}}}, 400, "select"),
        ],
    )
    def test_nonsense_is_refused_by_field(
        self, researcher: APIClient, base: str, wish: dict[str, object], code: int, where: str
    ) -> None:
        answer = researcher.post(base, wish, "json")

        assert (answer.status_code, list(answer.json()["errors"])) == (code, [where])

    def test_a_turn_lists_its_stages(
        self, researcher: APIClient, base: str, project: Project
    ) -> None:
        rate_something(project)
        turn = researcher.post(base, {"kind": "turn"}, "json").json()

        shown = researcher.get(f"{base}/{turn['id']}").json()

        assert [stage["kind"] for stage in shown["stages"]] == ["scorer"]
        assert shown["stages"][0]["turn"] == turn["id"]
        assert shown["snapshot"]["digest"] == project.snapshots.get().digest


class TestReading:
    def test_the_newest_run_comes_first(
        self, researcher: APIClient, base: str, snapshot: Snapshot
    ) -> None:
        runs = [RunFactory(snapshot=snapshot, state=State.FAILED) for _ in range(60)]
        RunFactory()

        page = researcher.get(base).json()
        rest = researcher.get(base, {"cursor": page["next"]}).json()

        shown = [run["id"] for run in page["results"] + rest["results"]]
        assert shown == [run.pk for run in reversed(runs)]
        assert rest["next"] is None

    def test_a_list_costs_the_same_for_one_and_for_many(
        self,
        researcher: APIClient,
        base: str,
        snapshot: Snapshot,
        member: Callable[[Role], User],
        django_assert_max_num_queries: Callable[[int], object],
    ) -> None:
        for _ in range(20):
            person = member(Role.RESEARCHER)
            RunFactory(snapshot=snapshot, state=State.CANCELLED, requested_by=person)

        with django_assert_max_num_queries(4):  # type: ignore[attr-defined]
            researcher.get(base)

    def test_one_kind_alone(self, researcher: APIClient, base: str, snapshot: Snapshot) -> None:
        RunFactory(snapshot=snapshot)
        wanted = RunFactory(snapshot=snapshot, kind=Kind.SCORE)

        shown = researcher.get(base, {"kind": "score"}).json()["results"]

        assert [run["id"] for run in shown] == [wanted.pk]
        assert researcher.get(base, {"kind": "nap"}).status_code == 400

    def test_a_run_shows_where_it_came_from_and_what_it_left(
        self, researcher: APIClient, base: str, snapshot: Snapshot
    ) -> None:
        scorer = succeeded(Kind.SCORER, snapshot)
        run = succeeded(Kind.SCORE, snapshot, {"scores.jsonl": "{}\n"})
        run.parents.add(scorer)

        shown = researcher.get(f"{base}/{run.pk}").json()

        assert shown["parents"] == [{"id": scorer.pk, "kind": "scorer", "state": "succeeded"}]
        assert shown["snapshot"] == {"id": snapshot.pk, "digest": snapshot.digest}
        [file] = shown["artifacts"]
        assert (file["name"], file["bytes"]) == ("scores.jsonl", 3)
        assert file["url"] == f"{base}/{run.pk}/artifacts/scores.jsonl"

    def test_curves_are_in_order(
        self, researcher: APIClient, base: str, snapshot: Snapshot
    ) -> None:
        run = RunFactory(snapshot=snapshot)
        for step in (3, 1, 2):
            Metric.objects.create(run=run, name="loss", step=step, value=1 / step)
        Metric.objects.create(run=run, name="srcc", step=2, value=0.5)

        shown = researcher.get(f"{base}/{run.pk}/metrics").json()

        assert shown["series"] == {"loss": [[1, 1.0], [2, 0.5], [3, 1 / 3]], "srcc": [[2, 0.5]]}

    @pytest.mark.parametrize(
        "below", ["", "/metrics", "/events", "/artifacts/result.json", "/selection"]
    )
    def test_another_projects_run_is_not_there(
        self, researcher: APIClient, base: str, below: str
    ) -> None:
        theirs = succeeded(Kind.SELECT, SnapshotFactory(), {"selection.jsonl": ""})

        answers = [researcher.get(f"{base}/{number}{below}") for number in (theirs.pk, 10**30)]

        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].content == answers[1].content


class TestCancelling:
    def test_is_accepted(self, researcher: APIClient, base: str, snapshot: Snapshot) -> None:
        run = RunFactory(snapshot=snapshot)

        answer = researcher.post(f"{base}/{run.pk}/cancel")

        assert (answer.status_code, answer.json()["state"]) == (202, "cancelled")

    def test_of_a_running_one_shows_that_it_was_heard(
        self, researcher: APIClient, base: str, snapshot: Snapshot
    ) -> None:
        run = lease.claim(run_id=RunFactory(snapshot=snapshot).pk, owner="here")

        answer = researcher.post(f"{base}/{run.pk}/cancel").json()

        assert (answer["state"], answer["cancel_requested"]) == ("running", True)

    def test_of_a_finished_one_is_too_late(
        self, researcher: APIClient, base: str, snapshot: Snapshot
    ) -> None:
        run = succeeded(Kind.SCORER, snapshot)

        answer = researcher.post(f"{base}/{run.pk}/cancel")

        assert (answer.status_code, answer.json()["type"]) == (409, "already-finished")

    def test_another_projects_run_is_not_cancelled(self, researcher: APIClient, base: str) -> None:
        theirs = RunFactory()

        assert researcher.post(f"{base}/{theirs.pk}/cancel").status_code == 404
        theirs.refresh_from_db()
        assert theirs.state == State.QUEUED


class TestFiles:
    def test_are_downloads_whatever_they_hold(
        self, researcher: APIClient, base: str, snapshot: Snapshot
    ) -> None:
        run = succeeded(Kind.SCORER, snapshot, {"card.html": "<script>"})

        answer = researcher.get(f"{base}/{run.pk}/artifacts/card.html")

        assert b"".join(answer.streaming_content) == b"<script>"
        assert answer["Content-Disposition"] == 'attachment; filename="card.html"'
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Content-Length"] == "8"
        assert answer["X-Content-Type-Options"] == "nosniff"

    @pytest.mark.parametrize(
        "name",
        ["manifest.json", "..", "../1/result.json", "%2e%2e/x", "/etc/passwd", "./result.json",
         "..%2fscratch", "result.json/", "RESULT.JSON"],
    )  # fmt: skip
    def test_only_what_is_registered_can_be_had(
        self, researcher: APIClient, base: str, snapshot: Snapshot, name: str
    ) -> None:
        run = succeeded(Kind.SCORER, snapshot)

        assert researcher.get(f"{base}/{run.pk}/artifacts/{name}").status_code == 404

    def test_a_file_that_was_cut_is_not_handed_out(
        self, researcher: APIClient, base: str, snapshot: Snapshot
    ) -> None:
        run = succeeded(Kind.SCORER, snapshot)
        (run.directory / "result.json").write_text("")

        answer = researcher.get(f"{base}/{run.pk}/artifacts/result.json")

        assert (answer.status_code, answer.json()["type"]) == (404, "damaged")


class TestSelection:
    @pytest.fixture
    def chosen(self, snapshot: Snapshot) -> Run:
        captions = [CaptionFactory(video__project=snapshot.project) for _ in range(60)]
        lines = [
            {
                "video": caption.video.sha256,
                "caption": caption.pk,
                "captioner": caption.captioner.name,
                "text": f"Zoë, take {number}",
                "score": 4.5,
                "mean_paper": 4.25,
                "levels": {"object": 5, "feature": 4, "action": 4, "camera": None, "background": 5},
            }
            for number, caption in enumerate(captions)
        ]
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        return succeeded(Kind.SELECT, snapshot, {"selection.jsonl": text})

    def test_is_read_page_by_page(self, researcher: APIClient, base: str, chosen: Run) -> None:
        address = f"{base}/{chosen.pk}/selection"

        first = researcher.get(address).json()
        second = researcher.get(address, {"cursor": first["next"]}).json()

        texts = [line["caption"]["text"] for line in first["results"] + second["results"]]
        assert texts == [f"Zoë, take {number}" for number in range(60)]
        assert second["next"] is None

    def test_shows_the_video(
        self, researcher: APIClient, base: str, chosen: Run, project: Project
    ) -> None:
        line = researcher.get(f"{base}/{chosen.pk}/selection").json()["results"][0]

        video = project.videos.get(sha256=line["video"]["sha256"])
        assert line["video"]["seconds"] == video.seconds
        assert line["video"]["video_url"].endswith(f"/media/{video.sha256}/video.mp4")
        assert line["caption"]["captioner"] == video.captions.get().captioner.name
        assert (line["score"], line["mean_paper"]) == (4.5, 4.25)
        assert line["levels"]["camera"] is None

    @pytest.mark.parametrize("cursor", ["-1", "1", "x", "٣", "9" * 30, "999999", ""])
    def test_a_made_up_cursor_is_refused(
        self, researcher: APIClient, base: str, chosen: Run, cursor: str
    ) -> None:
        answer = researcher.get(f"{base}/{chosen.pk}/selection", {"cursor": cursor})

        assert answer.status_code == 422

    def test_an_empty_one_is_an_empty_page(
        self, researcher: APIClient, base: str, snapshot: Snapshot
    ) -> None:
        run = succeeded(Kind.SELECT, snapshot, {"selection.jsonl": ""})

        page = researcher.get(f"{base}/{run.pk}/selection").json()

        assert page == {"results": [], "next": None}

    def test_only_a_selection_has_one(
        self, researcher: APIClient, base: str, snapshot: Snapshot
    ) -> None:
        run = succeeded(Kind.SCORER, snapshot)

        assert researcher.get(f"{base}/{run.pk}/selection").status_code == 404


@pytest.mark.parametrize(
    ("role", "reads", "acts"),
    [(Role.ANNOTATOR, 403, 403), (Role.ADMIN, 200, 403), (Role.RESEARCHER, 200, 202)],
)
def test_who_may(  # noqa: PLR0917
    member: Callable[[Role], User],
    client_for: Callable[[User], APIClient],
    base: str,
    snapshot: Snapshot,
    role: Role,
    reads: int,
    acts: int,
) -> None:
    client = client_for(member(role))
    run = RunFactory(snapshot=snapshot)

    assert client.get(f"{base}/{run.pk}").status_code == reads
    assert client.get(f"{base}/{run.pk}/events").status_code == reads
    assert client.post(f"{base}/{run.pk}/cancel").status_code == acts


def test_the_result_of_a_turn_cannot_be_written_from_outside(
    researcher: APIClient, base: str, snapshot: Snapshot
) -> None:
    """Every field of the model sent along changes nothing that was not asked for."""
    succeeded(Kind.SCORER, snapshot)
    sent = {field.name: 1 for field in Run._meta.concrete_fields} | {"kind": "score"}  # noqa: SLF001

    run = researcher.post(base, sent, "json").json()

    assert (run["state"], run["attempt"], run["result"], run["turn"]) == ("queued", 0, {}, None)
    assert services.lifecycle.active(snapshot.project, Kind.SCORE, {}, []).fence == 0  # type: ignore[union-attr]
    assert not Artifact.objects.filter(run_id=run["id"]).exists()
