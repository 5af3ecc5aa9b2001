"""`manage.py seed_demo`: the demo project, with its clips, captions, people, ratings and checks."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from annotation_site.accounts.models import Project
from annotation_site.catalog import services as catalog
from annotation_site.common.embedded import dying_with_parent
from annotation_site.quality import demo, demo_checks
from scorer import manifest

VIDEOS: Final = 96
SEED: Final = 7


class Command(BaseCommand):
    help = "Make the demo project, or what is missing of it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--videos", type=int, default=VIDEOS)
        parser.add_argument(
            "--no-model", action="store_true", help="do not train the base model beforehand"
        )

    def handle(self, *, videos: int, no_model: bool, **_: object) -> None:
        people = demo.logins(settings.DATA.secrets / "demo-logins.json")
        project = demo.open_project(people)
        # The site never imports what draws or trains: both are programs of their own, side by side.
        model = None if no_model or self._has_model() else self._train()
        try:
            world = settings.DATA.root / "demo" / f"{videos}-videos"
            self._render(world, videos)
            self._fill(project, world)
            if model is not None:
                self._say("waiting for the base model")
                if model.wait() != 0:
                    raise CommandError("The base model could not be trained: see above.")
        finally:
            if model is not None and model.poll() is None:
                model.terminate()
                model.wait()

    def _has_model(self) -> bool:
        """Whether a base model was finished. Whether it is whole, the worker finds out."""
        return (settings.DATA.models / "miniature" / manifest.NAME).is_file()

    def _train(self) -> subprocess.Popen[bytes]:
        self._say("training the base model, beside the rest")
        return self._begin("pretrain", "--models", settings.DATA.models)

    def _render(self, world: Path, videos: int) -> None:
        if len(list(world.glob("videos/[!.]*.mp4"))) == videos:
            return
        self._say("drawing clips")
        render = self._begin("render", "--out", world, "--videos", videos, "--seed", SEED)
        if render.wait() != 0:
            raise CommandError("The demo clips could not be drawn: see above.")

    def _begin(self, *arguments: object) -> subprocess.Popen[bytes]:
        program = [sys.executable, "-m", "training.miniature", *map(str, arguments)]
        command = [*dying_with_parent(signal.SIGTERM), *program]
        environment = dict(os.environ)
        if settings.FFMPEG:
            environment["IMAGEIO_FFMPEG_EXE"] = settings.FFMPEG
        return subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment)  # noqa: S603 - our own program

    def _fill(self, project: Project, world: Path) -> None:
        captions = world / "captions.jsonl"
        if not demo.is_imported(project, captions):
            self._say("importing the clips and their captions")
            report = catalog.import_directory(
                project=project,
                videos=world / "videos",
                captions=captions,
                by=None,
                now=timezone.now(),
            )
            if not report.complete:
                raise CommandError(f"The demo was not imported whole: {report.captions.reason}")
        if count := demo.replay(project, world / "ratings.jsonl"):
            self._say(f"simulated annotators have rated {count} times")
        if count := demo_checks.make(project, world / "truth.jsonl", now=timezone.now()):
            self._say(f"{count} captions check the annotators: practice, gold and twins")

    def _say(self, line: str) -> None:
        """Say it now: the programs that we start write to the same place."""
        self.stdout.write(line)
        self.stdout.flush()
