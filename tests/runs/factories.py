"""Runs in every state, over directories that are really there."""

import shutil
import uuid
from datetime import UTC, datetime
from pathlib import Path

import factory
from django.conf import settings
from factory.django import DjangoModelFactory

from annotation_site.accounts.models import Project
from annotation_site.datasets.models import Snapshot
from annotation_site.rating.models import Item, Judgment, Slot
from annotation_site.runs.models import FINAL, Artifact, Kind, Run, State
from scorer import manifest
from scorer.rubric import Dimension
from tests.factories import ItemFactory, ProjectFactory, UserFactory

THEN = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


class SnapshotFactory(DjangoModelFactory[Snapshot]):
    """A snapshot of nothing, sealed on the disk."""

    class Meta:
        model = Snapshot

    project = factory.SubFactory(ProjectFactory)
    as_of = created_at = THEN
    videos = captions = judgments = 0

    @factory.lazy_attribute
    def digest(self) -> str:
        building = settings.DATA.snapshots / uuid.uuid4().hex
        building.mkdir(parents=True)
        (building / "judgments.jsonl").write_text("")
        digest = manifest.seal(building, {"format": "crest.snapshot/1", "is": building.name})
        building.rename(settings.DATA.snapshots / digest)
        return digest


class RunFactory(DjangoModelFactory[Run]):
    """A run that waits for its worker."""

    class Meta:
        model = Run

    kind = Kind.SCORER
    config = {}
    snapshot = factory.SubFactory(SnapshotFactory)
    project = factory.SelfAttribute("snapshot.project")
    requested_at = THEN
    state = State.QUEUED
    finished_at = factory.LazyAttribute(lambda run: THEN if run.state in FINAL else None)
    error_detail = factory.LazyAttribute(
        lambda run: "It broke." if run.state == State.FAILED else ""
    )


def snapshot_of(directory: Path) -> Snapshot:
    """A snapshot row for a sealed directory, copied to where snapshots lie."""
    digest = manifest.digest(directory)
    place = settings.DATA.snapshots / digest
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(directory, place)
    return SnapshotFactory(digest=digest)


def succeeded(kind: Kind, snapshot: Snapshot, files: dict[str, str] | None = None) -> Run:
    """A run that ended well and left these files."""
    run = RunFactory(kind=kind, snapshot=snapshot, state=State.SUCCEEDED, attempt=1, fence=1)
    run.directory.mkdir(parents=True)
    for name, text in (files or {"result.json": "{}"}).items():
        (run.directory / name).write_text(text)
    run.digest = manifest.seal(run.directory, {"kind": kind, "run": run.pk})
    run.save()
    for name, facts in manifest.read(run.directory)["files"].items():
        Artifact.objects.create(run=run, name=name, **facts)
    return run


def rate_something(project: Project, level: int = 4, **facts: str) -> Item:
    """One caption, rated by the one person that was asked for, on every dimension."""
    slot = Slot.objects.create(
        item=ItemFactory(
            project=project,
            caption__video__project=project,
            overlap=1,
            n_open=1,
            n_done=1,
            **facts,
        ),
        annotator=UserFactory(),
        state=Slot.State.SUBMITTED,
        leased_at=THEN,
        submitted_at=THEN,
        client_key=uuid.uuid4(),
        revision=1,
    )
    for dimension in Dimension:
        Judgment.objects.create(
            slot=slot, dimension=dimension, level=level, rubric_version=1, judged_at=THEN
        )
    return slot.item
