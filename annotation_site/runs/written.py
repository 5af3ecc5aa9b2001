"""Captions that a run wrote come into the catalog, where people rate them and snapshots hold them.

The site's worker does it, a batch at a time and each batch once, so a kill costs one batch.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from django.db import transaction

from annotation_site.catalog.captions import BATCH, add_new, unsaved
from annotation_site.catalog.imports import wait_for_others
from annotation_site.catalog.models import Caption, Captioner, Video
from annotation_site.jobs import services as jobs
from annotation_site.jobs.registry import handler
from annotation_site.jobs.work import Work
from annotation_site.runs.files import published
from annotation_site.runs.models import Kind, Run, State

JOB: Final = "run-captions"
FILE: Final = "captions.jsonl"
ORIGIN: Final = ("model", "model_sha256", "server", "frames", "prompt", "prompt_text")
"""What is kept of a line beside the caption itself."""

Line = Mapping[str, Any]


def take_in_later(*, run: Run, **_: object) -> None:
    """In the transaction in which the run ends: its captions are never forgotten."""
    if run.kind == Kind.CAPTION and run.state == State.SUCCEEDED:
        jobs.request(
            project=run.project,
            kind=JOB,
            by=run.requested_by,
            payload={"run": run.pk, "name": str(run)},
            key=f"run {run.pk}",
        )


@handler(JOB)
def take_in(work: Work) -> dict[str, Any]:
    """Killed at its work, it goes on behind the last batch that is safe."""
    run = Run.objects.select_related("project").get(
        project=work.job.project, pk=work.job.payload["run"]
    )
    total = run.result["captions"]
    done = work.job.checkpoint.get("done", 0)
    added = work.job.checkpoint.get("added", 0)
    with published(run, FILE).open(encoding="utf-8") as file:
        lines = islice(map(json.loads, file), done, None)
        while batch := list(islice(lines, BATCH)):
            with transaction.atomic():
                wait_for_others()
                added += add_new(list(_captions(batch, run)), project=run.project)
                done += len(batch)
                work.checkpoint({"done": done, "added": added})
            work.progress(done=done, total=total, note="storing")
    return {"captions": done, "added": added}


def _captions(lines: Sequence[Line], run: Run) -> Iterator[Caption]:
    """A video that was deleted meanwhile takes its captions with it."""
    author = run.result["captioner"]
    captioner, _ = Captioner.objects.get_or_create(project=run.project, name=author)
    videos = Video.objects.filter(project=run.project, sha256__in={line["video"] for line in lines})
    ids = dict(videos.values_list("sha256", "pk"))
    for line in lines:
        if line["video"] in ids:
            origin = {"run": run.pk, **{name: line[name] for name in ORIGIN if name in line}}
            video = ids[line["video"]]
            yield unsaved(video, captioner.pk, line["kind"], line["text"], origin=origin)
