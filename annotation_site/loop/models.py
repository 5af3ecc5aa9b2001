"""Who is the champion and why, and when the loop goes on by itself."""

from typing import Final

from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from annotation_site.accounts.models import Project, User
from annotation_site.runs.kinds import TURN
from annotation_site.runs.models import Kind, Run


class Grounds(models.TextChoices):
    """Why a challenger was promoted, or was not."""

    FIRST = "first", "There was no champion"
    BETTER = "better", "The interval of the difference is above zero"
    NOT_WORSE = "not-worse", "No figure is worse"
    UNDECIDED = "undecided", "The interval of the difference holds zero"
    WORSE = "worse", "The interval of the difference is below zero"
    WORSE_SOMEWHERE = "worse-somewhere", "A dimension is worse"
    NOTHING_IN_COMMON = "nothing-in-common", "Both were tested on no caption in common"
    LEFT_TO_PEOPLE = "left-to-people", "The policy leaves it to people"
    BY_HAND = "by-hand", "Somebody has promoted it"


class Rule(models.TextChoices):
    """What a challenger must be to be promoted without anybody's word."""

    BETTER = "better", "Better on average, and worse on no dimension"
    NOT_WORSE = "not-worse", "Worse neither on average nor on any dimension"
    BY_HAND = "by-hand", "Promoted by hand alone"


class Trial(models.Model):
    """A challenger held against the champion, and what came of it. Written once."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="trials")
    challenger = models.ForeignKey(Run, models.PROTECT, related_name="trials")
    champion = models.ForeignKey(
        Run, models.PROTECT, null=True, related_name="defences", help_text="null: there was none"
    )
    promoted = models.BooleanField()
    grounds = models.CharField(max_length=24, choices=Grounds.choices)
    comparison = models.JSONField(
        default=dict, help_text="crest.comparison/1 of both on the frozen test; empty: none"
    )
    by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", help_text="null: by the rule"
    )
    reason = models.TextField(blank=True, help_text="in the words of whoever decided")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["challenger", "champion"],
                condition=Q(by=None),
                nulls_distinct=False,
                name="one_trial_of_two_by_the_rule",
            ),
            CheckConstraint(
                condition=Q(by=None) | (Q(promoted=True, grounds="by-hand") & ~Q(reason="")),
                name="trial_by_hand_has_a_reason",
            ),
        ]
        indexes = [Index(fields=["project", "-id"], name="trial_list")]

    def __str__(self) -> str:
        return f"trial of {self.challenger}"


GOES_ON: Final = [(kind.value, kind.label) for kind in TURN if kind != Kind.SCORER]


class Policy(models.Model):
    """When a project's scorer learns anew, when it is promoted, and what follows from that."""

    project = models.OneToOneField(Project, models.CASCADE, related_name="loop_policy")
    enabled = models.BooleanField(default=False, help_text="whether runs begin by themselves")
    every_hours = models.PositiveIntegerField(
        null=True, help_text="retrain so long after the last time, if there is anything new"
    )
    after_ratings = models.PositiveIntegerField(
        null=True, help_text="retrain after so many new ratings"
    )
    least_gain = models.FloatField(
        null=True, help_text="retrain when so much SRCC is to be expected of the new ratings"
    )
    rule = models.CharField(max_length=16, choices=Rule.choices, default=Rule.BETTER)
    goes_on_until = models.CharField(
        max_length=16, choices=GOES_ON, blank=True, help_text="after a promotion; blank: no further"
    )
    quiet_from = models.TimeField(null=True, help_text="nothing begins from here")
    quiet_until = models.TimeField(null=True, help_text="until here, each day")
    zone = models.CharField(max_length=64, default="UTC", help_text="of the quiet time")
    weekly_hours = models.FloatField(
        null=True, help_text="of workers that hold GPUs, in any seven days; null: no limit"
    )
    options = models.JSONField(default=dict, help_text="of each stage, as a turn takes them")

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="policy_quiet_time_is_whole",
            ),
            CheckConstraint(
                condition=(Q(every_hours=None) | Q(every_hours__gte=1))
                & (Q(after_ratings=None) | Q(after_ratings__gte=1))
                & (Q(least_gain=None) | Q(least_gain__gt=0, least_gain__lte=2))
                & (Q(weekly_hours=None) | Q(weekly_hours__gte=0)),
                name="policy_limits_are_sane",
            ),
        ]

    def __str__(self) -> str:
        return f"loop policy of {self.project}"
