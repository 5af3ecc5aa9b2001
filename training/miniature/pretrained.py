"""The miniature's base captioner on disk: built once from nothing, then found where it was left."""

import fcntl
import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO, Final

from scorer import backbone, manifest
from training.journal import Journal
from training.miniature import architecture, pretraining

NAME: Final = "miniature"
WAIT_SECONDS: Final = 0.5
USUAL_SHAPE: Final = architecture.Shape()
USUAL_LESSONS: Final = pretraining.Config()


def ensure(
    models_dir: Path,
    journal: Journal | None = None,
    *,
    shape: architecture.Shape = USUAL_SHAPE,
    lessons: pretraining.Config = USUAL_LESSONS,
) -> Path:
    """The directory of the base captioner; made first if it is absent or damaged.

    Of two that ask at once one builds and the other waits. A builder that is killed leaves nothing
    that would be taken for a model.
    """
    target = models_dir / NAME
    models_dir.mkdir(parents=True, exist_ok=True)
    if _is_whole(target):
        return target
    with _alone(models_dir, journal):
        if not _is_whole(target):
            _build(target, journal, shape, lessons)
    return target


def _is_whole(directory: Path) -> bool:
    try:
        manifest.verify(directory)
    except (manifest.Unsealed, manifest.Tampered):
        return False
    return True


@contextmanager
def _alone(models_dir: Path, journal: Journal | None) -> Iterator[None]:
    """Hold the builders' lock. The system lets go of it when the process ends, however it ends."""
    with (models_dir / f".{NAME}.lock").open("w") as lock:
        while not _locked(lock):
            if journal:
                journal.progress(0, 1, "another process is building the miniature")
            time.sleep(WAIT_SECONDS)
        yield


def _locked(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _build(
    target: Path,
    journal: Journal | None,
    shape: architecture.Shape,
    lessons: pretraining.Config,
) -> None:
    for left_behind in target.parent.glob(f".{NAME}-*"):
        shutil.rmtree(left_behind)  # by a builder that was killed: nobody else holds the lock
    with tempfile.TemporaryDirectory(
        dir=target.parent, prefix=f".{NAME}-", ignore_cleanup_errors=True
    ) as scratch:
        made = Path(scratch) / NAME
        made.mkdir()
        _write(made, journal, shape, lessons)
        if target.exists():
            shutil.rmtree(target)
        made.rename(target)


def _write(
    directory: Path,
    journal: Journal | None,
    shape: architecture.Shape,
    lessons: pretraining.Config,
) -> None:
    def report(message: str, done: int, total: int) -> None:
        if journal:
            journal.progress(done, total, f"the miniature's base model: {message}")

    pupil = backbone.Backbone(
        architecture.model(shape, seed=lessons.seed),
        architecture.processor(shape),
        architecture.PREFERENCES,
        directory,
    )
    material = pretraining.corpus(
        clips=lessons.clips,
        frames=architecture.PREFERENCES.frames,
        side=shape.side,
        first=pretraining.FIRST_CLIP,
        report=report,
    )
    pretraining.pretrain(pupil, material, lessons, report)
    pupil.model.save_pretrained(directory)
    pupil.processor.save_pretrained(directory)
    (directory / backbone.PREFERENCES).write_text(
        json.dumps(asdict(architecture.PREFERENCES), indent=2), encoding="utf-8"
    )
    recipe = {"shape": asdict(shape), "lessons": asdict(lessons)}
    manifest.seal(directory, {"format": "crest.miniature/1", **recipe})
