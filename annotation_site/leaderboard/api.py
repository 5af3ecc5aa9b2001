"""The leaderboard over HTTP."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_site.accounts.access import STAFF, ProjectView
from annotation_site.leaderboard import selectors


class Interval(serializers.Serializer[Any]):
    value = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()


class Human(serializers.Serializer[Any]):
    mean = serializers.FloatField()
    ratings = serializers.IntegerField()


class CaptionerRow(serializers.Serializer[Any]):
    name = serializers.CharField()
    source = serializers.ChoiceField(  # type: ignore[assignment]  # a field, not the attribute
        choices=("imported", "base model", "fine-tuned")
    )
    run = serializers.IntegerField(allow_null=True, help_text="the evaluation it is from")
    videos = serializers.IntegerField()
    mean_involved = Interval(allow_null=True)
    dimensions = serializers.DictField(child=serializers.FloatField(allow_null=True))
    human = Human(allow_null=True)


class ScorerRow(serializers.Serializer[Any]):
    run = serializers.IntegerField()
    finished_at = serializers.DateTimeField()
    readout = serializers.ChoiceField(choices=("digits", "likelihood"))
    srcc = serializers.FloatField(allow_null=True)
    mae = serializers.FloatField(allow_null=True)
    ratings = serializers.IntegerField(help_text="judgments that it learned from")


class Board(serializers.Serializer[Any]):
    note = serializers.CharField(help_text="what the score is, and what it is not")
    captioners = CaptionerRow(many=True)
    scorers = ScorerRow(many=True)


class Leaderboard(ProjectView):
    """Captioners by their score on held-out videos, and the scorers that gave it."""

    roles = {"GET": STAFF}

    @extend_schema(operation_id="leaderboard", responses={200: Board})
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - ProjectView reads it
        return Response(Board(selectors.leaderboard(self.project)).data)
