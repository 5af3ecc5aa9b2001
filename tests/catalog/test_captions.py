import io
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from annotation_site.accounts.models import Project
from annotation_site.catalog import captions, services
from annotation_site.catalog.models import Caption, Captioner, Import
from annotation_site.catalog.signals import captions_added
from tests.factories import ProjectFactory, VideoFactory, VideoNameFactory


def jsonl(*rows: dict[str, str] | str) -> io.BytesIO:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    return io.BytesIO("".join(f"{line}\n" for line in lines).encode())


def about(video: str = "a.mp4", **changes: str) -> dict[str, str]:
    return {"video": video, "source": "model", "caption": "A dog runs."} | changes


@pytest.fixture
def video(project):
    return VideoNameFactory(name="a.mp4", video__project=project).video


@pytest.fixture
def add(project, now):
    def take_in(*rows, videos=None) -> captions.CaptionsReport:
        return services.add_captions(
            project=project, lines=jsonl(*rows), name="c.jsonl", videos=videos, by=None, now=now
        )

    return take_in


@pytest.fixture
def heard():
    """What was told of new captions, call by call."""
    told: list[list[int]] = []

    def listen(*, caption_ids: list[int], **_: object) -> None:
        assert connection.in_atomic_block
        told.append(caption_ids)

    captions_added.connect(listen)
    yield told
    captions_added.disconnect(listen)


@pytest.mark.usefixtures("video")
class TestAddCaptions:
    def test_stores_each_caption_once(self, add, video):
        report = add(about(), about(source="person", kind="short", caption=" Ein Hund läuft. "))

        assert (report.outcome, report.lines, report.accepted, report.skipped) == (
            "accepted",
            2,
            2,
            0,
        )
        stored = {(c.captioner.name, c.kind, c.text) for c in video.captions.all()}
        assert stored == {
            ("model", "detailed", "A dog runs."),
            ("person", "short", "Ein Hund läuft."),
        }

    def test_skips_what_is_there_already(self, add):
        add(about())

        report = add(about(caption="Another."), about(), about(caption="Another."))

        assert (report.outcome, report.accepted, report.skipped) == ("accepted", 1, 2)
        assert [(skip.line, skip.reason) for skip in report.skips] == [
            (2, "This caption is already here."),
            (3, "This caption is already here."),
        ]
        assert Caption.objects.count() == 2

    def test_does_not_import_half_a_file(self, add, heard):
        rows = [about(caption=f"Caption {n}.") for n in range(20)]
        rows[11] = '{"video": "a.mp4", "source": "model", "caption": 7}'

        report = add(*rows)

        assert report.outcome == "refused"
        assert report.reason == "1 of 20 lines cannot be imported, so nothing was."
        assert [(p.line, p.reason) for p in report.problems] == [(12, '"caption" must be text.')]
        assert (report.accepted, report.skipped) == (0, 0)
        assert not Caption.objects.exists()
        assert not Captioner.objects.exists()
        assert heard == []

    def test_lists_the_first_hundred_problems_and_counts_all(self, add):
        report = add(*["{}"] * 120)

        assert [problem.line for problem in report.problems] == list(range(1, 101))
        assert report.reason.startswith("120 of 120 lines")

    def test_says_that_a_video_is_unknown(self, add):
        other = VideoNameFactory(name="elsewhere.mp4")  # in another project
        report = add(about("nowhere.mp4"), about(other.name), about())

        assert [(p.line, p.reason) for p in report.problems] == [
            (1, 'There is no video called "nowhere.mp4".'),
            (2, 'There is no video called "elsewhere.mp4".'),
        ]

    def test_says_that_a_name_means_two_videos(self, add, project):
        VideoNameFactory(name="a.mp4", video__project=project)

        report = add(about())

        assert report.problems[0].reason == 'Two different videos are called "a.mp4".'

    def test_lets_the_caller_say_what_a_name_means(self, add, project):
        meant = VideoFactory(project=project)

        add(about(), videos={"a.mp4": meant})

        assert Caption.objects.get().video == meant

    def test_refuses_an_empty_file(self, add):
        report = add("", " ")

        assert (report.outcome, report.reason) == ("refused", "There are no captions in the file.")

    def test_keeps_a_report_of_success_and_failure(self, add, project, now):
        add(about())
        add("nonsense")

        good, bad = Import.objects.order_by("pk")
        assert (good.project, good.at) == (project, now)
        assert good.report["files"][0]["accepted"] == 1
        assert bad.report["files"][0]["problems"][0]["line"] == 1

    def test_tells_who_listens_within_the_transaction(self, add, heard):
        add(about(), about(caption="Another."), about())

        (ids,) = heard
        assert sorted(ids) == sorted(Caption.objects.values_list("pk", flat=True))

    def test_stores_nothing_when_a_listener_fails(self, add):
        def fail(**_: object) -> None:
            raise RuntimeError("no room")

        captions_added.connect(fail)
        try:
            with pytest.raises(RuntimeError, match="no room"):
                add(about())
        finally:
            captions_added.disconnect(fail)
        assert not Caption.objects.exists()
        assert not Import.objects.exists()

    def test_asks_the_database_by_the_batch_and_not_by_the_row(self, add):
        def queries(rows: list[dict[str, str]]) -> int:
            with CaptureQueriesContext(connection) as asked:
                assert add(*rows).accepted == len(rows)
            return len(asked)

        few = queries([about(caption=f"Few {n}.") for n in range(2)])
        many = queries([about(caption=f"Many {n}.") for n in range(captions.BATCH)])

        assert many <= few

    def test_finds_a_doublet_in_another_batch(self, add):
        rows = [about(caption=f"Caption {n}.") for n in range(captions.BATCH)]

        report = add(*rows, rows[0])

        assert (report.accepted, report.skipped) == (captions.BATCH, 1)

    @pytest.mark.django_db(transaction=True)
    def test_imports_the_same_file_twice_at_once_only_once(self, now):
        project = ProjectFactory()
        VideoNameFactory(name="a.mp4", video__project=project)
        rows = [about(caption=f"Caption {n}.") for n in range(300)]

        def take_in(_: int) -> int:
            try:
                return services.add_captions(
                    project=project, lines=jsonl(*rows), name="c", videos=None, by=None, now=now
                ).accepted
            finally:
                connection.close()

        with ThreadPoolExecutor(4) as pool:
            accepted = list(pool.map(take_in, range(4)))

        assert sorted(accepted) == [0, 0, 0, 300]
        assert Caption.objects.count() == 300

    @pytest.mark.django_db(transaction=True)
    def test_says_when_another_import_takes_too_long(self, now):
        project = ProjectFactory()
        with ThreadPoolExecutor(1) as pool, transaction.atomic():
            Project.objects.select_for_update(no_key=True).get(pk=project.pk)

            def take_in() -> None:
                try:
                    with connection.cursor() as cursor:
                        cursor.execute("SET lock_timeout = '50ms'")
                    services.add_captions(
                        project=project,
                        lines=jsonl("{}"),
                        name="c",
                        videos=None,
                        by=None,
                        now=now,
                    )
                finally:
                    connection.close()

            with pytest.raises(captions.AnotherImport):
                pool.submit(take_in).result()

    def test_notices_that_the_file_changes_under_it(self, project, now):
        class Changing(io.BytesIO):
            def seek(self, *args: int) -> int:
                self.getbuffer()[:1] = b"{" if self.getvalue()[:1] == b"x" else b"x"
                return super().seek(*args)

        content = jsonl(about()).getvalue()

        with pytest.raises(captions.FileChanged):
            services.add_captions(
                project=project,
                lines=Changing(b"x" + content[1:]),
                name="c",
                videos=None,
                by=None,
                now=now,
            )
        assert not Caption.objects.exists()


@pytest.mark.usefixtures("video")
class TestExternalIds:
    def test_knows_a_caption_again(self, add):
        add(about(external_id="c-1"))

        again = add(about(external_id="c-1"))

        assert (again.outcome, again.skipped) == ("accepted", 1)
        assert Caption.objects.get().external_id == "c-1"

    def test_never_changes_a_caption(self, add):
        add(about(external_id="c-1"))

        report = add(about(external_id="c-1", caption="A cat sleeps."), about(caption="Another."))

        assert report.outcome == "refused"
        assert [problem.line for problem in report.problems] == [1]
        assert "Captions never change" in report.problems[0].reason
        assert Caption.objects.get().text == "A dog runs."

    def test_refuses_two_captions_of_one_name(self, add):
        report = add(about(external_id="c-1"), about(external_id="c-1", source="another"))

        assert report.problems[0].reason == 'Two captions of the file are called "c-1".'

    def test_lets_projects_call_theirs_alike(self, add, now):
        other = VideoNameFactory(name="a.mp4").video
        services.add_captions(
            project=other.project,
            lines=jsonl(about(external_id="c-1", caption="Elsewhere.")),
            name="c",
            videos=None,
            by=None,
            now=now,
        )

        assert add(about(external_id="c-1")).outcome == "accepted"

    def test_finds_a_video_by_the_last_part_of_its_path(self, add):
        assert add(about("train/clips/a.mp4")).accepted == 1
