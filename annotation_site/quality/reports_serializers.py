"""How the report looks over HTTP: agreement, annotators, involvement, and progress."""

from typing import Any

from rest_framework import serializers

from annotation_site.jobs.api import JobOut
from annotation_site.quality.forecast import Unknown
from scorer.agreement import Reason
from scorer.rubric import Dimension


class AgreementEstimate(serializers.Serializer[Any]):
    value = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True, help_text="of the 95 % interval over videos")
    high = serializers.FloatField(allow_null=True)
    reason = serializers.ChoiceField(
        [reason.value for reason in Reason], allow_null=True, help_text="why something is null"
    )
    units = serializers.IntegerField(help_text="captions that two or more have rated")
    videos = serializers.IntegerField()


class _Counts(serializers.Serializer[Any]):
    ratings = serializers.IntegerField()
    items = serializers.IntegerField()
    annotators = serializers.IntegerField()


class ApplicabilityOut(_Counts):
    alpha = AgreementEstimate(help_text="Krippendorff's, nominal")
    ac1 = AgreementEstimate(help_text="Gwet's")
    kappa = AgreementEstimate(help_text="Cohen's, the mean of pairs")
    exact = AgreementEstimate(help_text="the share of pairs that agree")


class LevelAgreementOut(_Counts):
    raters_per_item = serializers.FloatField(allow_null=True)
    alpha = AgreementEstimate(help_text="Krippendorff's, ordinal")
    icc_single = AgreementEstimate(help_text="ICC(2,1)")
    icc_mean = AgreementEstimate(help_text="ICC(2,k)")
    ac2 = AgreementEstimate(help_text="Gwet's, quadratic weights")
    kappa = AgreementEstimate(help_text="Cohen's with quadratic weights, the mean of pairs")
    exact = AgreementEstimate()
    within_one = AgreementEstimate()


class AnnotatorFigures(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="annotator")
    username = serializers.CharField()
    ratings = serializers.IntegerField()
    levels = serializers.IntegerField(help_text="ratings other than 0")
    plain_involved = serializers.FloatField(help_text="the share of ratings other than 0")
    plain_level = serializers.FloatField(allow_null=True, help_text="the mean of levels")
    sensitivity = serializers.FloatField(allow_null=True)
    sensitivity_sd = serializers.FloatField(allow_null=True)
    specificity = serializers.FloatField(allow_null=True)
    specificity_sd = serializers.FloatField(allow_null=True)
    bias = serializers.FloatField(allow_null=True, help_text="in levels; above 0 is generous")
    bias_sd = serializers.FloatField(allow_null=True)
    noise = serializers.FloatField(allow_null=True, help_text="in levels")
    noise_sd = serializers.FloatField(allow_null=True)
    guessing = serializers.FloatField(allow_null=True, help_text="share of levels")
    guessing_sd = serializers.FloatField(allow_null=True)


class CaptionerZeros(serializers.Serializer[Any]):
    name = serializers.CharField()
    ratings = serializers.IntegerField()
    zeros = serializers.IntegerField(help_text="of them: not involved")


class AnnotatorZeros(serializers.Serializer[Any]):
    username = serializers.CharField()
    ratings = serializers.IntegerField()
    zeros = serializers.IntegerField()
    shared = serializers.IntegerField(help_text="ratings of captions that others rated too")
    others_share = serializers.FloatField(
        allow_null=True, help_text="of zeros, given by the others to the same captions"
    )
    difference = serializers.FloatField(
        allow_null=True, help_text="own share less that of the others, on the same captions"
    )
    low = serializers.FloatField(allow_null=True, help_text="of the 95 % interval over videos")
    high = serializers.FloatField(allow_null=True)
    alone = serializers.IntegerField(help_text="captions of which nobody else said it")


class Involvement(serializers.Serializer[Any]):
    ratings = serializers.IntegerField()
    zeros = serializers.IntegerField()
    captioners = CaptionerZeros(many=True)
    annotators = AnnotatorZeros(many=True)


class DimensionReport(serializers.Serializer[Any]):
    dimension = serializers.ChoiceField([dimension.value for dimension in Dimension])
    applicability = ApplicabilityOut()
    level = LevelAgreementOut()
    annotators = AnnotatorFigures(many=True)
    involvement = Involvement(
        allow_null=True, help_text="null: the report was made before this was in it"
    )


class Counted(serializers.Serializer[Any]):
    items = serializers.IntegerField(help_text="captions to be rated, but withdrawn ones")
    finished = serializers.IntegerField()
    ratings = serializers.IntegerField()
    remaining = serializers.IntegerField(help_text="ratings that are still wanted")


class OfCaptioner(Counted):
    name = serializers.CharField()


class OfTier(Counted):
    tier = serializers.IntegerField(help_text="0 routine, 10 urgent")


class ForecastOut(serializers.Serializer[Any]):
    window = serializers.IntegerField(help_text="days that it goes by")
    per_day = serializers.FloatField(allow_null=True, help_text="ratings, in the mean")
    end = serializers.DateTimeField(allow_null=True)
    earliest = serializers.DateTimeField(allow_null=True, help_text="of the 95 % interval")
    latest = serializers.DateTimeField(allow_null=True, help_text="null: there may be no end")
    reason = serializers.ChoiceField(
        [reason.value for reason in Unknown], allow_null=True, help_text="why there is no end"
    )


class ProgressReport(Counted):
    days = serializers.ListField(
        child=serializers.IntegerField(),
        help_text="ratings of each 24 hours up to the report, the oldest first",
    )
    captioners = OfCaptioner(many=True)
    tiers = OfTier(many=True)
    forecast = ForecastOut()


class GivenLevel(serializers.Serializer[Any]):
    annotator = serializers.CharField()
    level = serializers.IntegerField()


class AuditRow(serializers.Serializer[Any]):
    item = serializers.IntegerField()
    dimension = serializers.ChoiceField([dimension.value for dimension in Dimension])
    caption_text = serializers.CharField()
    captioner = serializers.CharField()
    video_url = serializers.CharField()
    poster_url = serializers.CharField()
    given = GivenLevel(many=True, help_text="as they stand now")


class AuditSample(serializers.Serializer[Any]):
    """All of what was drawn: a few of each dimension."""

    results = AuditRow(many=True)


class RubricCount(serializers.Serializer[Any]):
    version = serializers.IntegerField()
    ratings = serializers.IntegerField()


class ReportAsked(serializers.Serializer[Any]):
    rubric = serializers.IntegerField(
        min_value=1,
        max_value=32767,
        required=False,
        default=None,
        help_text="whose figures: a version of the rubric; else the newest with ratings",
    )


class ReportOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    made_at = serializers.DateTimeField()
    ratings = serializers.IntegerField()
    raters_version = serializers.IntegerField()
    rubric = serializers.IntegerField(
        allow_null=True,
        help_text="the version that these figures are of; null: an old report, which mixes them",
    )
    rubrics = RubricCount(many=True, help_text="that there are figures of")
    dimensions = DimensionReport(many=True)
    progress = ProgressReport(
        allow_null=True, help_text="null: the report was made before this was in it"
    )


class ReportState(serializers.Serializer[Any]):
    report = ReportOut(allow_null=True, help_text="null: none was made yet")
    stale = serializers.BooleanField(help_text="there are ratings that it does not know")
    job = JobOut(allow_null=True, help_text="that makes a new one, or failed to")
