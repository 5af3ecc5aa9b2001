"""The options of each kind of run, resolved and checked before anything is written down.

These are the fields and defaults of the stages' config dataclasses. The site cannot import those
(they load models), so a test holds the two together.
"""

import math
import re
from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from rest_framework import serializers

from annotation_site.runs.kinds import TURN
from annotation_site.runs.models import Kind

NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*", re.ASCII)
MODEL: Final = re.compile(rf"{NAME.pattern}(/{NAME.pattern})?", re.ASCII)
LONGEST_MODEL: Final = 200
LONGEST_CAPTIONER: Final = 100
FROZEN_OR_TRAINED: Final = ("frozen", "trained")
"""What may become of a part of a model."""

LARGEST_SEED: Final = 2**31 - 1


class ModelName(serializers.CharField):
    """A model of the models directory or of the Hugging Face hub; from a command, also a path."""

    default_error_messages = {
        "name": "Give a model's name, such as miniature, or its hub id, such as owner/name."
    }

    def __init__(self) -> None:
        super().__init__(default="miniature", max_length=LONGEST_MODEL)

    def to_internal_value(self, data: Any) -> str:
        name: str = super().to_internal_value(data)
        path = self.context.get("paths_allowed", False) and name.startswith("/")
        if not path and not MODEL.fullmatch(name):
            self.fail("name")
        return name


def _at_least_one(default: int | None) -> serializers.IntegerField:
    optional = default is None
    return serializers.IntegerField(
        default=default, allow_null=optional, min_value=1, max_value=1_000_000
    )


class Real(serializers.FloatField):
    """A number with a size: "nan" would slip through every limit."""

    default_error_messages = {"finite": "Give a finite number."}

    def to_internal_value(self, data: Any) -> float:
        value: float = super().to_internal_value(data)
        if not math.isfinite(value):
            self.fail("finite")
        return value


def _learning_rate() -> Real:
    return Real(default=None, allow_null=True, min_value=1e-9, max_value=10)


def _seed() -> serializers.IntegerField:
    return serializers.IntegerField(default=0, min_value=0, max_value=LARGEST_SEED)


def _base() -> serializers.ChoiceField:
    return serializers.ChoiceField(["full", "8-bit", "4-bit"], default="full")


def _memory() -> serializers.ChoiceField:
    return serializers.ChoiceField(["keep", "recompute"], default="keep")


def _part() -> serializers.ChoiceField:
    return serializers.ChoiceField(FROZEN_OR_TRAINED, default="frozen")


def _weight(most: int = 100) -> Real:
    """Of a part of the objective."""
    return Real(default=0.0, min_value=0, max_value=most)


class Options(serializers.Serializer[dict[str, Any]]):
    """A mapping in which a name that does not exist is an error, not a default."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if isinstance(data, Mapping):
            unknown = [name for name in data if name not in self.fields]
            if unknown:
                raise serializers.ValidationError(
                    {str(name): ["There is no such option."] for name in unknown}
                )
        resolved: dict[str, Any] = super().to_internal_value(data)
        return resolved


class ServerName(serializers.CharField):
    """A server that the operators have named; from a command, also an address."""

    default_error_messages = {"server": "No server has this name; the operators give them names."}

    def __init__(self) -> None:
        super().__init__(default="", allow_blank=True, max_length=LONGEST_MODEL)

    def to_internal_value(self, data: Any) -> str:
        name: str = super().to_internal_value(data)
        address = self.context.get("paths_allowed", False) and "://" in name
        if name and not address and name not in settings.CAPTION_SERVERS:
            self.fail("server")
        return name


class CaptionOptions(Options):
    model = ModelName()
    server = ServerName()
    captioner = serializers.CharField(default="", allow_blank=True, max_length=LONGEST_CAPTIONER)
    kind = serializers.ChoiceField(
        ["detailed", "short", "main_object", "camera", "background", "every"], default="detailed"
    )
    pool = serializers.ChoiceField(["missing", "all", "train", "test"], default="missing")
    limit = _at_least_one(None)
    frames = _at_least_one(None)
    media = serializers.ChoiceField(["images", "video"], default="images")
    batch = _at_least_one(16)
    at_once = _at_least_one(16)
    tokens = _at_least_one(None)
    temperature = Real(default=0.0, min_value=0, max_value=10)
    base = _base()
    seed = _seed()


class ScorerOptions(Options):
    model = ModelName()
    readout = serializers.ChoiceField(["auto", "digits", "likelihood"], default="auto")
    steps = _at_least_one(None)
    learning_rate = _learning_rate()
    lora_rank = _at_least_one(16)
    frames = _at_least_one(4)
    targets = serializers.ChoiceField(["soft", "sampled", "one-hot"], default="soft")
    expectation = _weight()
    ordinal = _weight()
    pairwise = _weight()
    balance = _weight(1)
    weights = serializers.ChoiceField(["even", "raters"], default="even")
    patience = serializers.IntegerField(default=0, min_value=0, max_value=20)
    base = _base()
    memory = _memory()
    seed = _seed()


class ScoreOptions(Options):
    batch = _at_least_one(16)
    part = _at_least_one(64)


class SelectOptions(Options):
    policy = serializers.ChoiceField(
        ["threshold", "best", "random", "balanced", "precision"], default="threshold"
    )
    statistic = serializers.ChoiceField(["mean_involved", "mean_paper"], default="mean_involved")
    threshold = Real(default=3.5, min_value=0, max_value=5)
    precision = Real(default=0.8, min_value=0.01, max_value=1)
    good = Real(default=3.5, min_value=0, max_value=5)
    budget = _at_least_one(None)
    per_captioner = _at_least_one(None)
    seed = _seed()


class FinetuneOptions(Options):
    default_error_messages = {
        "whole": "Weights in {base} cannot be trained themselves: choose LoRA, or full precision."
    }

    model = ModelName()
    adapt = serializers.ChoiceField(["lora", "full"], default="lora")
    lora_rank = _at_least_one(16)
    layers = serializers.ChoiceField(["language", "attention"], default="language")
    vision = _part()
    projector = _part()
    steps = _at_least_one(None)
    batch = _at_least_one(8)
    parts = _at_least_one(1)
    learning_rate = _learning_rate()
    frames = _at_least_one(4)
    base = _base()
    memory = _memory()
    seed = _seed()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["adapt"] == "full" and attrs["base"] != "full":
            self.fail("whole", base=attrs["base"])
        return attrs


class DistillOptions(FinetuneOptions):
    teacher = serializers.ChoiceField(["ours", "base", "ours+base"], default="ours")
    pool = serializers.ChoiceField(["unlabelled", "train"], default="unlabelled")
    limit = _at_least_one(None)


class EvaluateOptions(Options):
    resamples = _at_least_one(1000)
    seed = _seed()


class TurnOptions(Options):
    """The options of each stage, and how far to go."""

    until = serializers.ChoiceField(list(TURN), default=TURN[-1])
    scorer = ScorerOptions(required=False)
    score = ScoreOptions(required=False)
    select = SelectOptions(required=False)
    finetune = FinetuneOptions(required=False)
    evaluate = EvaluateOptions(required=False)

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """A stage that was not named has its defaults."""
        if isinstance(data, Mapping):
            data = {**{stage: {} for stage in TURN}, **data}
        return super().to_internal_value(data)


OPTIONS: Final[dict[Kind, type[Options]]] = {
    Kind.CAPTION: CaptionOptions,
    Kind.SCORER: ScorerOptions,
    Kind.SCORE: ScoreOptions,
    Kind.SELECT: SelectOptions,
    Kind.FINETUNE: FinetuneOptions,
    Kind.EVALUATE: EvaluateOptions,
    Kind.DISTILL: DistillOptions,
    Kind.TURN: TurnOptions,
}


def resolve(kind: Kind, given: Mapping[str, Any], *, paths_allowed: bool) -> dict[str, Any]:
    """Every option of the kind, given or by default. Raises REST framework's ValidationError.

    A path lets its giver read the machine's files, so only the command line may give one.
    """
    options = OPTIONS[kind](data=given, context={"paths_allowed": paths_allowed})
    options.is_valid(raise_exception=True)
    return dict(options.validated_data)
