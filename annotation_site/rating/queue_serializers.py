"""How the queue and the protocol look to the staff."""

from collections.abc import Mapping
from typing import Any, Final

from rest_framework import serializers

from annotation_site.rating.models import Item, Protocol, Purpose, Slot, Standing, Tier

A_DAY: Final = 24 * 60 * 60
MOST_OVERLAP: Final = 100
MAX_CAPTIONS: Final = 10_000
SHARES: Final = ("check_share", "repeat_share", "random_share")


def _share(help_text: str) -> serializers.FloatField:
    return serializers.FloatField(min_value=0, max_value=1, help_text=help_text)


class ProtocolWhole(serializers.ModelSerializer[Protocol]):
    overlap = serializers.IntegerField(
        min_value=1, max_value=MOST_OVERLAP, help_text="annotators wanted per caption"
    )
    lease_seconds = serializers.IntegerField(min_value=60, max_value=A_DAY)
    watch_share = _share("of the video's unique seconds, to be seen before submitting")
    random_share = _share("of claims, and of captions that come in from now on")
    check_share = _share("of claims: gold and degraded twins, where there are any")
    repeat_share = _share("of claims: a caption that the annotator has rated before")
    pass_share = _share("of qualification answers within tolerance, to be let in")
    break_minutes = serializers.IntegerField(min_value=0, max_value=A_DAY // 60)

    class Meta:
        model = Protocol
        fields = (
            "overlap",
            "auto_advance",
            "random_order",
            "watch_share",
            "lease_seconds",
            "random_share",
            "check_share",
            "repeat_share",
            "practice_required",
            "pass_share",
            "break_minutes",
            "rubric_version",
        )
        read_only_fields = ("rubric_version",)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        told = {name: attrs.get(name, getattr(self.instance, name)) for name in SHARES}
        if sum(told.values()) > 1:
            raise serializers.ValidationError(
                "Checks, repeats and the random stratum are shares of the same claims:"
                " together they are at most 1."
            )
        return attrs


class QueueTierOut(serializers.Serializer[Any]):
    tier = serializers.ChoiceField(Tier.values)
    reason = serializers.CharField()
    purpose = serializers.ChoiceField(Purpose.values)
    items = serializers.IntegerField(help_text="without the withdrawn ones")
    open = serializers.IntegerField(help_text="of these, with a place to lend")
    leased = serializers.IntegerField(help_text="places that are on loan")
    finished = serializers.IntegerField(help_text="items with as many answers as wanted")


class StratumOut(serializers.Serializer[Any]):
    share = serializers.FloatField()
    items = serializers.IntegerField()
    finished = serializers.IntegerField()


class StandingsCounted(serializers.Serializer[Any]):
    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {state: serializers.IntegerField() for state in Standing.State.values}


class QueueOut(serializers.Serializer[Any]):
    tiers = QueueTierOut(many=True)
    stratum = StratumOut()
    leased = serializers.IntegerField(help_text="places that are on loan")
    late = serializers.IntegerField(help_text="answers that came after their lease")
    over = serializers.IntegerField(help_text="answers beyond the overlap")
    withdrawn = serializers.IntegerField(help_text="items that are out for all")
    standing = StandingsCounted()


class LedgerRow(serializers.Serializer[Any]):
    slot = serializers.IntegerField()
    item = serializers.IntegerField()
    caption_text = serializers.CharField()
    annotator = serializers.CharField()
    submitted_at = serializers.DateTimeField()
    late = serializers.BooleanField()
    n_done = serializers.IntegerField()
    overlap = serializers.IntegerField()


class LedgerPage(serializers.Serializer[Any]):
    results = LedgerRow(many=True)
    next = serializers.CharField(allow_null=True)


class Report(serializers.Serializer[Any]):
    annotator = serializers.CharField()
    at = serializers.DateTimeField()


class WithdrawnRow(serializers.Serializer[Any]):
    item = serializers.IntegerField()
    video_name = serializers.CharField()
    poster_url = serializers.CharField()
    caption_text = serializers.CharField()
    reports = Report(many=True)


class WithdrawnPage(serializers.Serializer[Any]):
    results = WithdrawnRow(many=True)
    next = serializers.CharField(allow_null=True)


class PriorityIn(serializers.Serializer[Any]):
    """Which captions go first: a captioner's, or these."""

    reason = serializers.CharField(max_length=100)
    tier = serializers.ChoiceField(Tier.values)
    captioner = serializers.CharField(max_length=200, required=False)
    captions = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        max_length=MAX_CAPTIONS,
        required=False,
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "captioner" not in attrs and "captions" not in attrs:
            raise serializers.ValidationError("Say whose captions, or which.")
        return attrs


class PriorityOut(serializers.Serializer[Any]):
    changed = serializers.IntegerField(help_text="captions that were ranked otherwise before")


def ledger_row(slot: Slot) -> Mapping[str, Any]:
    item = slot.item
    return {
        "slot": slot.pk,
        "item": item.pk,
        "caption_text": item.text or item.caption.text,
        "annotator": slot.annotator.username,
        "submitted_at": slot.submitted_at,
        "late": slot.late,
        "n_done": item.n_done,
        "overlap": item.overlap,
    }


def withdrawn_row(item: Item, *, poster_url: str) -> Mapping[str, Any]:
    return {
        "item": item.pk,
        "video_name": item.video_name or item.caption.video.sha256,  # type: ignore[attr-defined] # annotated
        "poster_url": poster_url,
        "caption_text": item.caption.text,
        "reports": item.reports,  # type: ignore[attr-defined] # annotated
    }
