"""What is rated, who holds it, and what they said."""

from typing import Final

from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint

from annotation_site.accounts.models import Project, User
from annotation_site.catalog.models import Caption, Captioner
from annotation_site.rating.rubric_models import Bridge, RubricVersion  # noqa: F401 - found here
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
    random_order = models.BooleanField(
        default=False, help_text="ask the dimensions in another order for each caption"
    )
    random_share = models.FloatField(
        default=0.2, help_text="of captions and of claims: the random stratum, which nobody ranks"
    )
    check_share = models.FloatField(
        default=0.1, help_text="of claims: gold and degraded twins, where there are any"
    )
    repeat_share = models.FloatField(
        default=0.02, help_text="of claims: a caption that the annotator has rated before"
    )
    practice_required = models.BooleanField(
        default=False, help_text="practice and the qualification come before the first rating"
    )
    pass_share = models.FloatField(
        default=0.75, help_text="of qualification answers within tolerance, to be let in"
    )
    break_minutes = models.PositiveSmallIntegerField(
        default=25, help_text="of active rating before a break is suggested; 0: never"
    )
    rubric_version = models.PositiveSmallIntegerField(default=rubric.VERSION)
    bridging = models.BooleanField(
        default=False, help_text="whether captions are rated again under the newest rubric"
    )

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(overlap__gte=1), name="protocol_overlap_is_positive"),
            CheckConstraint(
                condition=Q(watch_share__range=(0, 1)), name="protocol_watch_share_is_a_share"
            ),
            CheckConstraint(
                condition=Q(random_share__range=(0, 1), check_share__range=(0, 1))
                & Q(repeat_share__range=(0, 1), pass_share__range=(0, 1)),
                name="protocol_shares_are_shares",
            ),
        ]

    def __str__(self) -> str:
        return f"protocol of {self.project}"


class Tier(models.IntegerChoices):
    """What an item is for; higher goes first."""

    ROUTINE = 0
    URGENT = 10


class Purpose(models.TextChoices):
    """What an item's answers are for. Only those to `rate` are data; the others judge the judge."""

    RATE = "rate", "Rating"
    PRACTICE = "practice", "Practice, answered with feedback"
    EXAM = "exam", "Qualification"
    GOLD = "gold", "Gold: the answer is known"
    TWIN = "twin", "Degraded twin: one dimension is known to be wrong"
    REPEAT = "repeat", "Repeat: the annotator has rated it before"
    VOTE = "vote", "Blind vote between two captions"
    BRIDGE = "bridge", "Bridge: rated before under an older rubric"


LOOK_LIKE_RATING: Final = frozenset(
    {Purpose.RATE, Purpose.GOLD, Purpose.TWIN, Purpose.REPEAT, Purpose.BRIDGE}
)
"""What annotators cannot tell apart. They may revise all of it; a check keeps its first answer."""

EVERYONE: Final = 32767
"""The overlap of an item that each annotator answers, however many there are."""


class Comparison(models.Model):
    """A blind vote: captioners whose captions of the same videos people compare, two at a time."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="comparisons")
    name = models.CharField(max_length=100)
    captioners = models.ManyToManyField(Captioner, related_name="comparisons")
    kind = models.CharField(max_length=32, default="detailed", help_text="of caption")
    overlap = models.PositiveSmallIntegerField(default=1, help_text="voters per pair")
    seed = models.PositiveIntegerField(default=0, help_text="which videos, and which side first")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["project", "name"], name="one_comparison_per_name"),
            CheckConstraint(condition=Q(overlap__gte=1), name="comparison_overlap_is_positive"),
        ]

    def __str__(self) -> str:
        return self.name


class Item(models.Model):
    """Something to be answered by `overlap` annotators: a caption, or for votes a pair of them.

    `n_open` counts the slots that are leased or submitted, `n_done` the submitted ones.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="items")
    purpose = models.CharField(max_length=16, choices=Purpose.choices, default=Purpose.RATE)
    caption = models.ForeignKey(Caption, models.PROTECT, related_name="items")
    rival = models.ForeignKey(
        Caption, models.PROTECT, null=True, related_name="+", help_text="votes: the other caption"
    )
    comparison = models.ForeignKey(Comparison, models.PROTECT, null=True, related_name="items")
    bridge = models.ForeignKey(
        Bridge, models.PROTECT, null=True, related_name="items", db_index=False
    )
    text = models.TextField(blank=True, help_text="twins: shown in place of the caption's text")
    only_for = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", help_text="repeats: who rated it before"
    )
    tier = models.SmallIntegerField(choices=Tier.choices, default=Tier.ROUTINE)
    tier_reason = models.CharField(max_length=100, default="routine")
    inclusion = models.FloatField(
        null=True, help_text="with which probability it was drawn into the random stratum, if it is"
    )
    shuffle = models.FloatField(help_text="random order, fixed when the item is made")
    overlap = models.PositiveSmallIntegerField()
    n_open = models.PositiveSmallIntegerField(default=0)
    n_done = models.PositiveSmallIntegerField(default=0)
    withdrawn = models.BooleanField(default=False, help_text="its media is broken: out for all")

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(n_done__lte=F("n_open")), name="item_done_is_part_of_open"),
            UniqueConstraint(
                fields=["caption"], condition=Q(purpose="rate"), name="one_item_per_caption"
            ),
            UniqueConstraint(
                fields=["comparison", "caption", "rival"], name="one_item_per_pair_of_captions"
            ),
            CheckConstraint(
                condition=Q(purpose="vote", rival__isnull=False, comparison__isnull=False)
                | (~Q(purpose="vote") & Q(rival=None, comparison=None)),
                name="item_vote_is_whole",
            ),
            UniqueConstraint(fields=["bridge", "caption"], name="one_item_per_caption_of_a_bridge"),
            CheckConstraint(
                condition=Q(purpose="bridge", bridge__isnull=False)
                | (~Q(purpose="bridge") & Q(bridge=None)),
                name="item_bridge_is_named",
            ),
            CheckConstraint(
                condition=Q(purpose="repeat", only_for__isnull=False)
                | (~Q(purpose="repeat") & Q(only_for=None)),
                name="item_repeat_is_somebodys",
            ),
            CheckConstraint(
                condition=(Q(purpose="twin") & ~Q(text="")) | (~Q(purpose="twin") & Q(text="")),
                name="item_twin_has_its_text",
            ),
            CheckConstraint(
                condition=Q(inclusion=None) | Q(purpose="rate", inclusion__gt=0, inclusion__lte=1),
                name="item_inclusion_is_a_probability",
            ),
        ]
        indexes = [
            # The open queue, and nothing else, in the order in which it is served.
            Index(
                F("project"),
                F("purpose"),
                F("tier").desc(),
                F("shuffle"),
                name="item_queue",
                condition=Q(n_open__lt=F("overlap"), withdrawn=False),
            ),
            Index(
                fields=["project", "shuffle"],
                name="item_random_stratum",
                condition=Q(n_open__lt=F("overlap"), withdrawn=False, inclusion__isnull=False),
            ),
            Index(
                fields=["only_for", "project"],
                name="item_repeats",
                condition=Q(only_for__isnull=False),
            ),
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
        UPSETTING = "upsetting", "I do not want to watch this"

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
    signals = models.JSONField(
        default=list, help_text="what about the answer deserves a look; it rejects nothing"
    )
    revision = models.PositiveSmallIntegerField(
        default=0, help_text="of the answer that counts; 0 before the first"
    )
    swapped = models.BooleanField(default=False, help_text="votes: the rival was shown first")
    # The terms on which it was first lent. They stay, whatever the protocol says later.
    rubric_version = models.PositiveSmallIntegerField(db_default=1)
    watch_share = models.FloatField(db_default=0.9)
    random_order = models.BooleanField(db_default=False)

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


class Revision(models.Model):
    """Somebody's second thoughts: when a submitted answer was given anew. The first is the slot's.

    A revision holds all of the answer again, so that `slot.revision` alone tells what counts.
    """

    slot = models.ForeignKey(Slot, models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField(help_text="from 2")
    client_key = models.UUIDField(unique=True)
    made_at = models.DateTimeField()
    evidence = models.JSONField(default=dict)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["slot", "number"], name="one_revision_per_number"),
            CheckConstraint(condition=Q(number__gte=2), name="revision_follows_the_first"),
        ]

    def __str__(self) -> str:
        return f"revision {self.number} of {self.slot}"


class Preference(models.Model):
    """What one annotator preferred of two captions. Append-only, as judgments are."""

    class Choice(models.TextChoices):
        CAPTION = "caption", "The item's caption"
        RIVAL = "rival", "Its rival"
        TIE = "tie", "Equally good"
        BOTH_BAD = "both-bad", "Both bad"

    slot = models.ForeignKey(Slot, models.PROTECT, related_name="preferences")
    choice = models.CharField(max_length=16, choices=Choice.choices)
    revision = models.PositiveSmallIntegerField(default=1)
    judged_at = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["slot", "revision"], name="one_preference_per_revision")
        ]

    def __str__(self) -> str:
        return f"{self.choice} in {self.slot}"


class Draft(models.Model):
    """The answers given so far to something held. Each one is saved as it is given."""

    slot = models.OneToOneField(Slot, models.CASCADE, primary_key=True, related_name="draft")
    step = models.PositiveIntegerField(help_text="counts the page's changes; the highest wins")
    body = models.JSONField()
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"draft of {self.slot}"


class Remark(models.Model):
    """Something an annotator wants the admins to know about a caption: a flag, or words."""

    class Kind(models.TextChoices):
        FLAG = "flag"
        COMMENT = "comment"

    slot = models.ForeignKey(Slot, models.PROTECT, related_name="remarks")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    text = models.TextField(blank=True, max_length=2000)
    made_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["slot"],
                condition=Q(kind="flag", resolved_at=None),
                name="one_open_flag_per_slot",
            ),
            CheckConstraint(
                condition=Q(kind="flag") | ~Q(text=""), name="remark_comment_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.slot}"


class Standing(models.Model):
    """Whether somebody may rate, where practice and a qualification come first."""

    class State(models.TextChoices):
        PRACTISING = "practising"
        QUALIFIED = "qualified"
        FAILED = "failed"

    project = models.ForeignKey(Project, models.CASCADE, related_name="standings")
    annotator = models.ForeignKey(User, models.CASCADE, related_name="standings")
    state = models.CharField(max_length=16, choices=State.choices)
    score = models.FloatField(null=True, help_text="share of answers within tolerance")
    since = models.DateTimeField()
    by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", help_text="null: by the score alone"
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["project", "annotator"], name="one_standing_per_annotator")
        ]

    def __str__(self) -> str:
        return f"{self.annotator}: {self.state}"
