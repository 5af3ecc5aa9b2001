"""What a run wrote is taken into the catalog, once, whatever happens meanwhile."""

import json
from functools import partial
from typing import Any

import pytest

from annotation_site.accounts.models import Project
from annotation_site.catalog.models import Caption
from annotation_site.jobs import services as jobs
from annotation_site.jobs.models import Job
from annotation_site.jobs.models import State as JobState
from annotation_site.rating.models import Item
from annotation_site.runs import lease, options, services, written
from annotation_site.runs.models import Kind, Run, State
from annotation_site.runs.refusals import NothingToBuildOn
from tests.factories import ProtocolFactory, VideoFactory
from tests.runs.factories import THEN, SnapshotFactory, succeeded

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return ProtocolFactory().project


def line(video: str, text: str) -> dict[str, Any]:
    return {
        "video": video,
        "captioner": "walker",
        "kind": "detailed",
        "text": text,
        "prompt": "detailed.v1/1",
        "prompt_text": "Describe this video in detail.",
        "model": "owner/walker",
        "frames": 8,
    }


def wrote(project: Project, lines: list[dict[str, Any]]) -> Run:
    """A finished run that left these captions, and the job that its end has asked for."""
    text = "".join(json.dumps(one) + "\n" for one in lines)
    run = succeeded(Kind.CAPTION, SnapshotFactory(project=project), {written.FILE: text})
    run.result = {"captioner": "walker", "captions": len(lines)}
    run.save()
    written.take_in_later(run=run)
    return run


def job_of(run: Run) -> Job:
    return Job.objects.get(kind=written.JOB, payload__run=run.pk)


def test_captions_come_in_with_their_origin(project: Project) -> None:
    video = VideoFactory(project=project)
    run = wrote(project, [line(video.sha256, "A dog runs.")])

    done = jobs.perform(job_of(run).pk)

    assert done.result == {"captions": 1, "added": 1}
    caption = Caption.objects.get(captioner__name="walker")
    assert (caption.video, caption.text, caption.kind) == (video, "A dog runs.", "detailed")
    assert caption.origin == {
        "run": run.pk,
        "model": "owner/walker",
        "frames": 8,
        "prompt": "detailed.v1/1",
        "prompt_text": "Describe this video in detail.",
    }
    assert Item.objects.filter(caption=caption).count() == 1  # so that people can rate it


def test_the_same_words_are_one_caption(project: Project) -> None:
    video = VideoFactory(project=project)
    jobs.perform(job_of(wrote(project, [line(video.sha256, "A dog.")] * 2)).pk)
    again = jobs.perform(job_of(wrote(project, [line(video.sha256, "A dog.")])).pk)

    assert again.result == {"captions": 1, "added": 0}
    assert Caption.objects.count() == 1


def test_a_video_that_is_gone_is_passed_over(project: Project) -> None:
    run = wrote(project, [line("0" * 64, "Nobody knows it.")])

    assert jobs.perform(job_of(run).pk).result == {"captions": 1, "added": 0}


def test_a_killed_job_goes_on_behind_its_last_batch(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(written, "BATCH", 2)
    videos = [VideoFactory(project=project) for _ in range(5)]
    run = wrote(project, [line(video.sha256, "A dog runs.") for video in videos])
    real, calls = written.add_new, []

    def broken(*given: Any, **more: Any) -> int:
        calls.append(given)
        if len(calls) == 2:
            raise RuntimeError
        return real(*given, **more)

    monkeypatch.setattr(written, "add_new", broken)
    with pytest.raises(RuntimeError):
        jobs.perform(job_of(run).pk)
    assert Caption.objects.count() == 2

    monkeypatch.setattr(written, "add_new", real)
    job = job_of(run)
    assert job.checkpoint == {"done": 2, "added": 2}
    Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED, ended_at=None)
    assert jobs.perform(job.pk).result == {"captions": 5, "added": 5}
    assert Caption.objects.count() == 5


def test_the_end_of_the_run_asks_for_it(project: Project) -> None:
    VideoFactory(project=project)
    begun = services.request_run(
        project=project,
        kind=Kind.CAPTION,
        config=options.resolve(Kind.CAPTION, {}, paths_allowed=False),
        by=None,
        now=THEN,
    )
    taken = lease.claim(run_id=begun.run.pk, owner="here")
    lease.publish(run=taken, result={"captions": 0, "captioner": "w"}, digest="0" * 64, files={})

    assert job_of(begun.run).state == JobState.QUEUED


def test_a_run_that_fails_asks_for_nothing(project: Project) -> None:
    run = succeeded(Kind.CAPTION, SnapshotFactory(project=project))
    run.state = State.FAILED
    written.take_in_later(run=run)

    assert not Job.objects.filter(kind=written.JOB).exists()


class TestRequest:
    def ask(self, project: Project, **given: Any) -> Any:
        config = options.resolve(Kind.CAPTION, given, paths_allowed=False)
        return services.request_run(
            project=project, kind=Kind.CAPTION, config=config, by=None, now=THEN
        )

    def test_needs_a_video_and_no_rating(self, project: Project) -> None:
        with pytest.raises(NothingToBuildOn, match="no videos"):
            self.ask(project)
        VideoFactory(project=project)
        assert self.ask(project).created

    def test_many_captioners_may_wait_but_none_twice(self, project: Project) -> None:
        VideoFactory(project=project)
        first, second = self.ask(project), self.ask(project, captioner="other")
        again = self.ask(project)

        assert first.created
        assert second.created
        assert not again.created
        assert again.run == first.run

    def test_a_fine_tuned_captioner_may_describe_what_came_since(self, project: Project) -> None:
        tuned = succeeded(Kind.FINETUNE, SnapshotFactory(project=project))
        VideoFactory(project=project)
        base = self.ask(project)
        config = options.resolve(Kind.CAPTION, {}, paths_allowed=False)
        ask = partial(
            services.request_run,
            project=project,
            kind=Kind.CAPTION,
            config=config,
            parents=[tuned.pk],
            by=None,
            now=THEN,
        )
        begun = ask()

        assert begun.created
        assert begun.run != base.run
        assert begun.run.parents.get() == tuned
        assert begun.run.snapshot != tuned.snapshot
        assert ask().run == begun.run
