"""Ask for a run from the command line, and watch it."""

import json
import time
from argparse import ArgumentParser
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rest_framework.exceptions import ValidationError

from annotation_site.accounts.models import Project
from annotation_site.common.refusals import Refusal
from annotation_site.runs import options, presets, services
from annotation_site.runs.lifecycle import Begun
from annotation_site.runs.models import FINAL, Kind, Run, State

LOOK_SECONDS: Final = 0.5


class Command(BaseCommand):
    help = "Train, score, select, fine-tune, evaluate, or do one whole turn of the loop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=Kind.values)
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument(
            "--model", help="a name below the models directory, a path, or a hub id"
        )
        parser.add_argument(
            "--preset",
            choices=presets.PRESETS,
            help="a named set of options; --model and --option come before it",
        )
        parser.add_argument(
            "--option",
            action="append",
            default=[],
            metavar="NAME=VALUE",
            help="as often as you like; of a turn, STAGE.NAME=VALUE",
        )
        parser.add_argument(
            "--on",
            action="append",
            default=[],
            type=int,
            metavar="RUN",
            help="a finished run to build on in place of the newest of its kind",
        )
        parser.add_argument("--wait", action="store_true", help="until it is over; 1 unless well")

    def handle(self, *, kind: str, project: str, on: list[int], wait: bool, **given: Any) -> None:
        begun = _request(Kind(kind), project, _options(Kind(kind), **given), on)
        said = "requested" if begun.created else "is active already"
        self.stdout.write(f"{begun.run} {said}")
        if wait:
            self._wait(begun.run)

    def _wait(self, run: Run) -> None:
        last = ""
        while True:
            run.refresh_from_db()
            line = _line(run)
            if line != last:
                self.stdout.write(line)
                last = line
            if run.state in FINAL:
                break
            time.sleep(LOOK_SECONDS)
        if run.state != State.SUCCEEDED:
            raise CommandError(run.error_detail or f"{run} was {run.state}.")
        self.stdout.write(json.dumps(run.result, indent=2, ensure_ascii=False))


def _request(kind: Kind, slug: str, given: dict[str, Any], on: list[int]) -> Begun:
    try:
        return services.request_run(
            project=Project.objects.get(slug=slug),
            kind=kind,
            config=options.resolve(kind, given, paths_allowed=True),
            parents=on,
            by=None,
            now=timezone.now(),
        )
    except Project.DoesNotExist:
        raise CommandError(f"There is no project {slug}.") from None
    except ValidationError as error:
        raise CommandError(f"These options are not valid: {json.dumps(error.detail)}") from error
    except Refusal as refusal:
        raise CommandError(refusal.message) from refusal


def _options(
    kind: Kind, *, model: str | None, preset: str | None, option: list[str], **_: Any
) -> dict[str, Any]:
    """`a.b=1` is `{"a": {"b": 1}}`; what is no JSON is a string."""
    pairs = [pair.partition("=")[::2] for pair in option]
    if model is not None:
        with_models = ["scorer.model", "finetune.model"] if kind == Kind.TURN else ["model"]
        pairs = [*((name, json.dumps(model)) for name in with_models), *pairs]
    given = presets.options_of(preset, kind) if preset else {}
    for name, value in pairs:
        *stage, leaf = name.split(".", 1)
        place = given.setdefault(stage[0], {}) if stage else given
        if not isinstance(place, dict):
            raise CommandError(f"{name}: {stage[0]} was given a value of its own already.")
        place[leaf] = _value(value)
    return given


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _line(run: Run) -> str:
    progress = run.progress
    if not progress:
        return f"{run}: {run.state}"
    return f"{run}: {run.state}, {progress['done']} of {progress['total']} {progress['message']}"
