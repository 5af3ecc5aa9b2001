"""How blind votes look over HTTP."""

from typing import Any

from rest_framework import serializers

from annotation_site.rating.answers_serializers import Evidence
from annotation_site.rating.models import Preference

MOST_CAPTIONERS = 24
MOST_OVERLAP = 1000
REASONS = (("no-votes", "Nobody has voted"),)


class VoteIn(serializers.Serializer[Any]):
    client_key = serializers.UUIDField(help_text="made by the page, once for each vote")
    choice = serializers.ChoiceField(("first", "second", "tie", "both-bad"))
    evidence = Evidence()


class VoteOut(serializers.Serializer[Any]):
    slot = serializers.IntegerField(source="pk")
    submitted_at = serializers.DateTimeField()
    late = serializers.BooleanField()


class ComparisonIn(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=100)
    captioners = serializers.ListField(
        child=serializers.CharField(max_length=100), min_length=2, max_length=MOST_CAPTIONERS
    )
    kind = serializers.CharField(max_length=32, default="detailed")
    overlap = serializers.IntegerField(min_value=1, max_value=MOST_OVERLAP, default=1)
    videos = serializers.IntegerField(
        min_value=1, max_value=10**9, default=None, allow_null=True, help_text="null: all"
    )
    seed = serializers.IntegerField(min_value=0, max_value=2**31 - 1, default=0)

    def validate_captioners(self, names: list[str]) -> list[str]:
        if len(set(names)) < len(names):
            raise serializers.ValidationError("Each captioner once.")
        return names


class ComparisonOut(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    kind = serializers.CharField()
    overlap = serializers.IntegerField()
    made_at = serializers.DateTimeField()
    captioners = serializers.SerializerMethodField()
    pairs = serializers.IntegerField(help_text="of captions")
    votes_wanted = serializers.IntegerField()
    votes_done = serializers.IntegerField()

    def get_captioners(self, comparison: Any) -> list[str]:
        return [captioner.name for captioner in comparison.captioners.all()]


class ComparisonPage(serializers.Serializer[Any]):
    results = ComparisonOut(many=True)
    next = serializers.CharField(allow_null=True)


class WithInterval(serializers.Serializer[Any]):
    value = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()


class PairResult(serializers.Serializer[Any]):
    one = serializers.CharField()
    two = serializers.CharField()
    wins_one = serializers.IntegerField()
    wins_two = serializers.IntegerField()
    ties = serializers.IntegerField()
    both_bad = serializers.IntegerField()
    win_rate = WithInterval(allow_null=True, help_text="of `one`; ties and both bad are halves")
    reason = serializers.ChoiceField(REASONS, allow_null=True, help_text="why there is none")


class Ranked(serializers.Serializer[Any]):
    captioner = serializers.CharField()
    votes = serializers.IntegerField()
    strength = WithInterval(allow_null=True, help_text="log Bradley-Terry strength, mean 0")
    win_rate = WithInterval(allow_null=True, help_text="against all others")
    reason = serializers.ChoiceField(REASONS, allow_null=True, help_text="why there is neither")


class Results(serializers.Serializer[Any]):
    ranking = Ranked(many=True, help_text="strongest first; without votes last")
    pairs = PairResult(many=True)
    tie = serializers.FloatField(allow_null=True, help_text="Davidson's tie parameter")


class ComparisonWithResults(ComparisonOut):
    results = Results()


class VoteRow(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    annotator = serializers.CharField()
    video = serializers.CharField()
    one = serializers.CharField()
    two = serializers.CharField()
    choice = serializers.ChoiceField(Preference.Choice.choices)
    late = serializers.BooleanField()
    judged_at = serializers.DateTimeField()


class VotesPage(serializers.Serializer[Any]):
    results = VoteRow(many=True)
    next = serializers.CharField(allow_null=True)
