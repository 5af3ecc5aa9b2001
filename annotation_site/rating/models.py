"""What is rated, who holds it, and what they said."""

from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint

from annotation_site.accounts.models import Project, User
from annotation_site.catalog.models import Caption
from scorer import rubric


class Protocol(models.Model):
    """How a project rates."""

    project = models.OneToOneField(Project, models.CASCADE, related_name="protocol")
    overlap = models.PositiveSmallIntegerField(default=3, help_text="annotators per caption")
    lease_seconds = models.PositiveIntegerField(default=600)
    watch_share = models.FloatField(
        default=0.9, help_text="of the video's unique seconds, to be seen before submitting"
    )
    auto_advance = models.BooleanField(default=True)
    rubric_version = models.PositiveSmallIntegerField(default=rubric.VERSION)

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(overlap__gte=1), name="protocol_overlap_is_positive"),
            CheckConstraint(
                condition=Q(watch_share__range=(0, 1)), name="protocol_watch_share_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"protocol of {self.project}"


class Tier(models.IntegerChoices):
    """What an item is for; higher goes first."""

    ROUTINE = 0
    URGENT = 10


class Item(models.Model):
    """A caption to be rated by `overlap` annotators.

    `n_open` counts the slots that are leased or submitted, `n_done` the submitted ones.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="items")
    caption = models.OneToOneField(Caption, models.PROTECT, related_name="item")
    tier = models.SmallIntegerField(choices=Tier.choices, default=Tier.ROUTINE)
    tier_reason = models.CharField(max_length=100, default="routine")
    shuffle = models.FloatField(help_text="random order, fixed when the item is made")
    overlap = models.PositiveSmallIntegerField()
    n_open = models.PositiveSmallIntegerField(default=0)
    n_done = models.PositiveSmallIntegerField(default=0)
    withdrawn = models.BooleanField(default=False, help_text="its media is broken: out for all")

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(n_done__lte=F("n_open")), name="item_done_is_part_of_open")
        ]
        indexes = [
            # The open queue, and nothing else, in the order in which it is served.
            Index(
                F("project"),
                F("tier").desc(),
                F("shuffle"),
                name="item_queue",
                condition=Q(n_open__lt=F("overlap"), withdrawn=False),
            )
        ]

    def __str__(self) -> str:
        return f"item {self.pk}"


class Slot(models.Model):
    """One annotator's place at one item: a reservation first, a rating in the end."""

    class State(models.TextChoices):
        LEASED = "leased"
        EXPIRED = "expired"
        SKIPPED = "skipped"
        SUBMITTED = "submitted"

    class SkipReason(models.TextChoices):
        BROKEN = "broken", "The video does not play"
        UNSURE = "unsure", "I cannot judge this one"

    # Both are found by the indexes below, which also bring them in the order that is asked for.
    item = models.ForeignKey(Item, models.PROTECT, related_name="slots", db_index=False)
    annotator = models.ForeignKey(User, models.PROTECT, related_name="slots", db_index=False)
    state = models.CharField(max_length=16, choices=State.choices)
    leased_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    late = models.BooleanField(default=False, help_text="answered after the lease had run out")
    client_key = models.UUIDField(null=True, unique=True, help_text="made by the page, once")
    skip_reason = models.CharField(max_length=16, choices=SkipReason.choices, blank=True)
    evidence = models.JSONField(default=dict, help_text="what of the video was watched, and how")

    class Meta:
        constraints = [
            UniqueConstraint(fields=["item", "annotator"], name="one_slot_per_annotator"),
            CheckConstraint(
                condition=Q(state="submitted", submitted_at__isnull=False, client_key__isnull=False)
                | (~Q(state="submitted") & Q(submitted_at=None, client_key=None)),
                name="slot_submission_is_whole",
            ),
            CheckConstraint(
                condition=Q(state="leased", lease_until__isnull=False)
                | (~Q(state="leased") & Q(lease_until=None)),
                name="slot_lease_is_whole",
            ),
        ]
        indexes = [
            Index(fields=["lease_until"], name="slot_leases", condition=Q(state="leased")),
            Index(fields=["annotator"], name="slot_held", condition=Q(state="leased")),
            Index(fields=["annotator", "-leased_at"], name="slot_history"),
        ]

    def __str__(self) -> str:
        return f"slot {self.pk}"


class Judgment(models.Model):
    """One annotator's level for one caption on one dimension.

    Append-only: services insert rows, and a trigger refuses to update or delete one.
    """

    slot = models.ForeignKey(Slot, models.PROTECT, related_name="judgments")
    dimension = models.CharField(
        max_length=16, choices=[(d.value, d.value) for d in rubric.Dimension]
    )
    level = models.PositiveSmallIntegerField(
        help_text="0 not involved; 1 totally incorrect to 5 totally correct"
    )
    revision = models.PositiveSmallIntegerField(default=1)
    rubric_version = models.PositiveSmallIntegerField()
    judged_at = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["slot", "dimension", "revision"], name="one_level_per_dimension"
            ),
            CheckConstraint(condition=Q(level__range=(0, 5)), name="level_is_on_the_scale"),
        ]

    def __str__(self) -> str:
        return f"{self.dimension} {self.level}"
