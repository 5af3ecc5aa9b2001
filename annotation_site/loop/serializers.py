"""How the loop looks over HTTP."""

import zoneinfo
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotation_site.loop.models import GOES_ON, Grounds, Policy, Rule, Trial
from annotation_site.loop.stepping import Action, Step, Why
from annotation_site.runs import options
from annotation_site.runs.kinds import TURN
from annotation_site.runs.models import Kind, Run
from annotation_site.runs.serializers import SnapshotNamed
from scorer.rubric import Dimension

LONGEST_REASON = 2000


@cache
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


class PolicyOut(serializers.ModelSerializer[Policy]):
    """Everything of a policy; all of it may be changed, and what is not given stays."""

    every_hours = serializers.IntegerField(min_value=1, max_value=8760, allow_null=True)
    after_ratings = serializers.IntegerField(min_value=1, max_value=10**9, allow_null=True)
    least_gain = options.Real(min_value=1e-6, max_value=2, allow_null=True)
    rule = serializers.ChoiceField(Rule.choices)
    goes_on_until = serializers.ChoiceField(GOES_ON, allow_blank=True)
    weekly_hours = options.Real(min_value=0, max_value=1_000_000, allow_null=True)
    zone = serializers.CharField(max_length=64)
    options = serializers.DictField(help_text="of each stage, as a turn takes them")

    class Meta:
        model = Policy
        exclude = ("id", "project")

    def validate_zone(self, zone: str) -> str:
        if zone not in _zones():
            raise serializers.ValidationError("Give a time zone's name, such as Europe/Berlin.")
        return zone

    def validate_options(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Written down as given: what is not named follows the defaults as they change."""
        if "until" in given:
            raise serializers.ValidationError({"until": ["The policy says it: goes_on_until."]})
        options.resolve(Kind.TURN, given, paths_allowed=False)
        return dict(given)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        quiet = [
            given.get(name, getattr(self.instance, name, None))
            for name in ("quiet_from", "quiet_until")
        ]
        if quiet.count(None) == 1:
            raise serializers.ValidationError(
                {"quiet_until": ["A quiet time has a beginning and an end, or neither."]}
            )
        return given


class StepOut(serializers.Serializer[Step]):
    action = serializers.ChoiceField([each.value for each in Action])
    why = serializers.ChoiceField([each.value for each in Why])
    facts = serializers.DictField(help_text="what it goes by: which depends on `why`")


class RatingsOut(serializers.Serializer[Any]):
    all = serializers.IntegerField(help_text="captions rated, by one person each")
    new = serializers.IntegerField(help_text="later than those that the newest scorer learnt from")


class RunBrief(serializers.ModelSerializer[Run]):
    snapshot = SnapshotNamed()

    class Meta:
        model = Run
        fields = ("id", "finished_at", "snapshot")


class ChampionOut(RunBrief):
    agreement = serializers.SerializerMethodField()
    ratings = serializers.SerializerMethodField(help_text="that it learnt from")

    class Meta:
        model = Run
        fields = (*RunBrief.Meta.fields, "agreement", "ratings")

    @extend_schema_field(serializers.DictField(allow_null=True))
    def get_agreement(self, run: Run) -> dict[str, Any] | None:
        """Of its report (`crest.evaluation/1`) the rank correlations, and a person's beside."""
        report = run.result.get("report")
        return report and {
            **{name: _correlation(report[name]) for name in ("average", "average_ceiling")},
            "dimensions": {
                name: {
                    "captions": of["captions"],
                    **{part: _correlation(of[part]) for part in ("figures", "ceiling")},
                }
                for name, of in report["dimensions"].items()
            },
        }

    def get_ratings(self, run: Run) -> int:
        return int(run.result.get("train_judgments", 0)) // len(Dimension)


def _correlation(figures: Mapping[str, Any]) -> dict[str, Any]:
    return {"srcc": figures["srcc"]}


class GainOut(serializers.Serializer[Any]):
    value = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()


class PointOut(serializers.Serializer[Any]):
    ratings = serializers.FloatField()
    srcc = serializers.FloatField()


class CurveOut(serializers.Serializer[Any]):
    level = serializers.FloatField()
    slope = serializers.FloatField()
    error = serializers.FloatField(help_text="half the width of the slope's 95 % interval")


class ValueOut(serializers.Serializer[Any]):
    """SRCC(n) = level - slope / sqrt(n), and what it says of `more` ratings."""

    more = serializers.IntegerField()
    gain = GainOut(allow_null=True, help_text="in SRCC")
    points = PointOut(many=True)
    curve = CurveOut(allow_null=True)
    unknown = serializers.CharField(allow_null=True, help_text="why there is no gain")


class StageOut(serializers.Serializer[Any]):
    kind = serializers.ChoiceField([kind.value for kind in TURN[1:]])
    run = RunBrief(allow_null=True, help_text="the newest that has succeeded")
    current = serializers.BooleanField(help_text="whether it follows from the champion")
    figures = serializers.SerializerMethodField(help_text="the two or three that matter most")

    @extend_schema_field(serializers.DictField(child=serializers.FloatField(allow_null=True)))
    def get_figures(self, stage: Mapping[str, Any]) -> dict[str, float | None]:
        result = stage["run"].result if stage["run"] else {}
        return _FIGURES[stage["kind"]](result) if result else {}


def _evaluated(result: Mapping[str, Any]) -> dict[str, float | None]:
    """The best of the fine-tuned captioners beside the best of their bases."""
    best: dict[str, float | None] = {}
    for row in result["captioners"]:
        best.setdefault(row["source"], row["mean_involved"]["value"])
    return {"fine-tuned": best.get("fine-tuned"), "base": best.get("base model")}


_FIGURES = {
    Kind.SCORE: lambda result: {"captions": result["captions"], "videos": result["videos"]},
    Kind.SELECT: lambda result: {
        "selected": result["selected"],
        "videos": result["pool_videos"],
        "threshold": result["threshold"],
    },
    Kind.FINETUNE: lambda result: {"captions": result["captions"], "steps": result["steps"]},
    Kind.EVALUATE: _evaluated,
}


class LoopOut(serializers.Serializer[Any]):
    policy = PolicyOut()
    next = serializers.SerializerMethodField()
    ratings = RatingsOut()
    worked_hours = serializers.FloatField(help_text="of workers with GPUs, in seven days")
    champion = ChampionOut(allow_null=True)
    value = ValueOut()
    stages = StageOut(many=True)

    @extend_schema_field(StepOut)
    def get_next(self, loop: Mapping[str, Any]) -> dict[str, Any]:
        return asdict(loop["next"])


class TrialOut(serializers.ModelSerializer[Trial]):
    by = serializers.SlugRelatedField[Any](
        slug_field="username", read_only=True, allow_null=True, help_text="null: the rule"
    )
    grounds = serializers.ChoiceField(Grounds.choices)
    captions = serializers.SerializerMethodField(help_text="of the frozen test")
    differences = serializers.SerializerMethodField(help_text="in SRCC, the challenger's first")

    class Meta:
        model = Trial
        fields = (
            "id",
            "challenger",
            "champion",
            "promoted",
            "grounds",
            "by",
            "reason",
            "decided_at",
            "captions",
            "differences",
        )

    def get_captions(self, trial: Trial) -> int:
        return int(trial.comparison.get("captions", 0))

    @extend_schema_field(serializers.DictField(child=serializers.DictField()))
    def get_differences(self, trial: Trial) -> dict[str, Any]:
        """On average, and on each dimension."""
        if not trial.comparison:
            return {}
        of_each = {name: of["srcc"] for name, of in trial.comparison["dimensions"].items()}
        return {"average": trial.comparison["average"]["srcc"], **of_each}


class TrialPage(serializers.Serializer[Any]):
    results = TrialOut(many=True)
    next = serializers.CharField(allow_null=True)


class Promotion(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=LONGEST_REASON, help_text="kept with the promotion")
