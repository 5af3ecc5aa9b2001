"""What the API takes and gives: made from its description by `make schema`."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypeAlias, TypedDict

AdaptEnum: TypeAlias = Literal['lora', 'full']
"""
* `lora` - lora
* `full` - full
"""


AgreementEstimateReasonEnum: TypeAlias = Literal['no-ratings', 'one-annotator', 'no-overlap', 'one-item', 'few-shared', 'no-variation', 'one-video', 'all-alike', 'too-sparse']
"""
* `no-ratings` - no-ratings
* `one-annotator` - one-annotator
* `no-overlap` - no-overlap
* `one-item` - one-item
* `few-shared` - few-shared
* `no-variation` - no-variation
* `one-video` - one-video
* `all-alike` - all-alike
* `too-sparse` - too-sparse
"""


class AnnotatorChoice(TypedDict):
    name: str
    """
    as in a snapshot, such as a17
    """
    shown_name: str


class AnnotatorFigures(TypedDict):
    id: int
    username: str
    ratings: int
    levels: int
    """
    ratings other than 0
    """
    plain_involved: float
    """
    the share of ratings other than 0
    """
    plain_level: float | None
    """
    the mean of levels
    """
    sensitivity: float | None
    sensitivity_sd: float | None
    specificity: float | None
    specificity_sd: float | None
    bias: float | None
    """
    in levels; above 0 is generous
    """
    bias_sd: float | None
    noise: float | None
    """
    in levels
    """
    noise_sd: float | None
    guessing: float | None
    """
    share of levels
    """
    guessing_sd: float | None


class AnnotatorOut(TypedDict):
    id: int
    username: str
    ratings: int


class AnnotatorZeros(TypedDict):
    username: str
    ratings: int
    zeros: int
    shared: int
    """
    ratings of captions that others rated too
    """
    others_share: float | None
    """
    of zeros, given by the others to the same captions
    """
    difference: float | None
    """
    own share less that of the others, on the same captions
    """
    low: float | None
    """
    of the 95 % interval over videos
    """
    high: float | None
    alone: int
    """
    captions of which nobody else said it
    """


class ArtifactOut(TypedDict):
    name: str
    """
    path inside the run directory
    """
    bytes: int
    sha256: str
    url: str


class AttemptOut(TypedDict):
    at: str
    milliseconds: int
    status: NotRequired[int | None]
    """
    null: nothing came back
    """
    problem: NotRequired[str]
    """
    why nothing came back
    """
    headers: dict[str, str]
    """
    of the request
    """
    response: NotRequired[str]
    """
    how the answer begins, as text
    """
    whole: NotRequired[bool]
    """
    whether that is all of the answer
    """


AuditAction: TypeAlias = Literal['insert', 'update', 'delete', 'truncate']
"""
* `insert` - Insert
* `update` - Update
* `delete` - Delete
* `truncate` - Truncate
"""


AuditKind: TypeAlias = Literal['bridge', 'caption', 'captioner', 'case', 'check', 'comparison', 'decision', 'download', 'identity', 'import', 'invitation', 'job', 'loop-policy', 'membership', 'organisation', 'ownership', 'project', 'protocol', 'remark', 'return', 'rubric-version', 'run', 'snapshot', 'standing', 'token', 'trial', 'user', 'video', 'video-name', 'webhook']
"""
* `bridge` - bridge
* `caption` - caption
* `captioner` - captioner
* `case` - case
* `check` - check
* `comparison` - comparison
* `decision` - decision
* `download` - download
* `identity` - identity
* `import` - import
* `invitation` - invitation
* `job` - job
* `loop-policy` - loop-policy
* `membership` - membership
* `organisation` - organisation
* `ownership` - ownership
* `project` - project
* `protocol` - protocol
* `remark` - remark
* `return` - return
* `rubric-version` - rubric-version
* `run` - run
* `snapshot` - snapshot
* `standing` - standing
* `token` - token
* `trial` - trial
* `user` - user
* `video` - video
* `video-name` - video-name
* `webhook` - webhook
"""


AuditVia: TypeAlias = Literal['request', 'job', 'run', 'command', 'site', 'sql']
"""
* `request` - Request
* `job` - Job
* `run` - Run
* `command` - Command
* `site` - Site
* `sql` - Sql
"""


class AutomaticInRequest(TypedDict):
    count: int
    seed: NotRequired[int]


class AutomaticOut(TypedDict):
    made: int
    skipped: int
    """
    no caption was found for these
    """


BaseEnum: TypeAlias = Literal['full', '8-bit', '4-bit']
"""
* `full` - full
* `8-bit` - 8-bit
* `4-bit` - 4-bit
"""


BlankEnum: TypeAlias = Literal['']


class BridgeInRequest(TypedDict):
    before: int
    """
    the version to lead from
    """
    captions: int
    overlap: int


class BridgeOut(TypedDict):
    id: int
    before: int
    after: int
    overlap: int
    """
    annotators per caption
    """
    captions: int
    """
    in the bridge, without withdrawn ones
    """
    drawn_from: int
    """
    captions that could have been drawn
    """
    finished: int
    by: str
    made_at: str


class BridgePage(TypedDict):
    results: list[BridgeOut]
    next: str | None


class CandidateOut(TypedDict):
    caption: int
    text: str
    kind: str
    captioner: str
    video_name: str
    video_url: str
    poster_url: str
    seconds: float
    means: dict[str, Any] | None
    """
    by dimension, of levels 1 to 5; null: nobody has rated it
    """


class CandidatePage(TypedDict):
    results: list[CandidateOut]
    next: str | None


CaptionOptionsKindEnum: TypeAlias = Literal['detailed', 'short', 'main_object', 'camera', 'background', 'every']
"""
* `detailed` - detailed
* `short` - short
* `main_object` - main_object
* `camera` - camera
* `background` - background
* `every` - every
"""


CaptionOptionsPoolEnum: TypeAlias = Literal['missing', 'all', 'train', 'test']
"""
* `missing` - missing
* `all` - all
* `train` - train
* `test` - test
"""


class CaptionerChoice(TypedDict):
    name: str
    captions: int


class CaptionerOut(TypedDict):
    id: int
    name: str
    captions: int


class CaptionerPage(TypedDict):
    results: list[CaptionerOut]
    next: str | None


class CaptionerZeros(TypedDict):
    name: str
    ratings: int
    zeros: int
    """
    of them: not involved
    """


class CaseInRequest(TypedDict):
    item: int
    reason: NotRequired[str]


CaseStage: TypeAlias = Literal['waiting', 'ready', 'decided']
"""
* `waiting` - waiting
* `ready` - ready
* `decided` - decided
"""


class Change(TypedDict):
    column: str
    before: Any
    """
    null: nothing
    """
    after: Any
    """
    null: nothing
    """


class Changed(TypedDict):
    added: int
    removed: int
    changed: int


CheckInPurposeEnum: TypeAlias = Literal['practice', 'exam', 'gold']
"""
* `practice` - practice
* `exam` - exam
* `gold` - gold
"""


CheckOutPurposeEnum: TypeAlias = Literal['practice', 'exam', 'gold', 'twin']
"""
* `practice` - practice
* `exam` - exam
* `gold` - gold
* `twin` - twin
"""


class ChoicesOut(TypedDict):
    """
    What filters may name.
    """

    captioners: list[CaptionerChoice]
    kinds: list[str]
    annotators: list[AnnotatorChoice]
    dimensions: list[str]
    rubrics: list[int]


BesideItem: TypeAlias = int


Captioner: TypeAlias = str


class ComparisonInRequest(TypedDict):
    name: str
    captioners: list[Captioner]
    kind: NotRequired[str]
    overlap: NotRequired[int]
    videos: NotRequired[int | None]
    """
    null: all
    """
    seed: NotRequired[int]


class ComparisonOut(TypedDict):
    id: int
    name: str
    kind: str
    overlap: int
    made_at: str
    captioners: list[str]
    pairs: int
    """
    of captions
    """
    votes_wanted: int
    votes_done: int


class ComparisonPage(TypedDict):
    results: list[ComparisonOut]
    next: str | None


ConflictRowKindEnum: TypeAlias = Literal['involved', 'level']
"""
* `involved` - Whether it is involved
* `level` - Which level
"""


class CountsOut(TypedDict):
    videos: int
    captions: int
    judgments: int
    annotators: int
    preferences: int


class CredentialsRequest(TypedDict):
    username: str
    password: str


class CurveOut(TypedDict):
    level: float
    slope: float
    error: float
    """
    half the width of the slope's 95 % interval
    """


DeliveryState: TypeAlias = Literal['waiting', 'delivered', 'failed']
"""
* `waiting` - To be sent, for the first time or again
* `delivered` - The receiver has said that it has it
* `failed` - Given up
"""


DimensionEnum: TypeAlias = Literal['object', 'feature', 'action', 'camera', 'background']
"""
* `object` - object
* `feature` - feature
* `action` - action
* `camera` - camera
* `background` - background
"""


class DimensionFeedback(TypedDict):
    dimension: DimensionEnum
    given: int
    expected: int | None
    passed: bool
    note: str


DistillOptionsPoolEnum: TypeAlias = Literal['unlabelled', 'train']
"""
* `unlabelled` - unlabelled
* `train` - train
"""


class Doer(TypedDict):
    id: int
    username: str
    """
    blank: the account is gone
    """
    name: str


WatchedItemItem: TypeAlias = float


WatchedItem: TypeAlias = list[WatchedItemItem]


class DraftOut(TypedDict):
    step: int
    saved_at: str
    client_key: str
    answers: dict[str, int]
    choice: str
    changes: int
    watched: list[list[float]]
    seconds_visible: float


class DraftSaved(TypedDict):
    step: int
    saved_at: str


class EstimateOut(TypedDict):
    captions: int
    """
    with an answer under both versions
    """
    mean: float | None
    """
    new less old
    """
    low: float | None
    """
    95 %; null: too few videos
    """
    high: float | None


class EvaluateOptionsRequest(TypedDict):
    """
    A mapping in which a name that does not exist is an error, not a default.
    """

    resamples: NotRequired[int]
    seed: NotRequired[int]


EventOutKindEnum: TypeAlias = Literal['rated', 'revised', 'returned', 'opened', 'decided']
"""
* `rated` - rated
* `revised` - revised
* `returned` - returned
* `opened` - opened
* `decided` - decided
"""


WatchedItem1Item: TypeAlias = float


WatchedItem1: TypeAlias = list[WatchedItem1Item]


RateItem: TypeAlias = float


Rate: TypeAlias = list[RateItem]


class EvidenceRequest(TypedDict):
    watched: list[WatchedItem1]
    """
    from which second to which it was played, at no more than 2x
    """
    seconds_visible: float
    """
    how long the page was in sight
    """
    rate: float
    """
    of playback, at the end
    """
    changes: int
    """
    answers that were changed
    """
    stalls: NotRequired[int]
    """
    how often the video waited for data
    """
    seconds_stalled: NotRequired[float]
    focus_losses: NotRequired[int]
    """
    how often the page went out of sight
    """
    seconds_hidden: NotRequired[float]
    rates: NotRequired[list[Rate]]
    """
    seconds played at each rate
    """
    language: NotRequired[str]
    """
    in which the questions were put
    """
    skew: NotRequired[float]
    """
    client's clock less the server's, s
    """


class ExampleOut(TypedDict):
    level: int
    caption_text: str
    note: str
    video_url: str
    poster_url: str
    seconds: float


class ExamplesOut(TypedDict):
    """
    By dimension.
    """

    object: list[ExampleOut]
    feature: list[ExampleOut]
    action: list[ExampleOut]
    camera: list[ExampleOut]
    background: list[ExampleOut]


class ExportOut(TypedDict):
    form: str
    file: str
    content_type: str
    about: str
    """
    what is in it, and for what
    """
    bytes: int | None
    """
    null: not made yet
    """
    sha256: str | None
    job: int | None
    """
    that is making it
    """
    at_once: bool
    """
    made when it is fetched; else ask for it first
    """


class Feedback(TypedDict):
    passed: bool
    dimensions: list[DimensionFeedback]


FileReportKindEnum: TypeAlias = Literal['video', 'captions', 'ratings', 'files']
"""
* `video` - video
* `captions` - captions
* `ratings` - ratings
* `files` - files
"""


class FilesCompared(TypedDict):
    """
    Names of files of a reproduction, beside those of the run that it does once more.
    """

    agrees: bool
    same: list[str]
    different: list[str]
    missing: list[str]
    new: list[str]


class FilesInRequest(TypedDict):
    source: str
    path: NotRequired[str]
    """
    below the source, with slashes; blank: all of it
    """
    dry_run: NotRequired[bool]
    """
    list what is there, and no more
    """


ForecastOutReasonEnum: TypeAlias = Literal['empty', 'done', 'new', 'stalled', 'far']
"""
* `empty` - empty
* `done` - done
* `new` - new
* `stalled` - stalled
* `far` - far
"""


FormatEnum: TypeAlias = Literal['jsonl', 'csv', 'parquet', 'reference', 'label-studio']
"""
* `jsonl` - jsonl
* `csv` - csv
* `parquet` - parquet
* `reference` - reference
* `label-studio` - label-studio
"""


class GainOut(TypedDict):
    value: float
    low: float
    high: float


class GivenLevel(TypedDict):
    annotator: str
    level: int


GoesOnUntilEnum: TypeAlias = Literal['score', 'select', 'finetune', 'evaluate']
"""
* `score` - Score the captions
* `select` - Select captions
* `finetune` - Fine-tune the captioner
* `evaluate` - Evaluate
"""


GroundsEnum: TypeAlias = Literal['first', 'better', 'not-worse', 'undecided', 'worse', 'worse-somewhere', 'nothing-in-common', 'left-to-people', 'by-hand']
"""
* `first` - There was no champion
* `better` - The interval of the difference is above zero
* `not-worse` - No figure is worse
* `undecided` - The interval of the difference holds zero
* `worse` - The interval of the difference is below zero
* `worse-somewhere` - A dimension is worse
* `nothing-in-common` - Both were tested on no caption in common
* `left-to-people` - The policy leaves it to people
* `by-hand` - Somebody has promoted it
"""


class HistogramOut(TypedDict):
    dimension: DimensionEnum
    histogram: list[int]
    """
    how often each level was given, 0 first
    """


HistoryRowPurposeEnum: TypeAlias = Literal['rate']
"""
* `rate` - rate
"""


HistoryRowStateEnum: TypeAlias = Literal['submitted', 'skipped']
"""
* `submitted` - submitted
* `skipped` - skipped
"""


class Human(TypedDict):
    mean: float
    ratings: int


class Interval(TypedDict):
    value: float
    low: float
    high: float


InvitationState: TypeAlias = Literal['open', 'accepted', 'expired', 'revoked']
"""
* `open` - open
* `accepted` - accepted
* `expired` - expired
* `revoked` - revoked
"""


class Involvement(TypedDict):
    ratings: int
    zeros: int
    captioners: list[CaptionerZeros]
    annotators: list[AnnotatorZeros]


class JobProgress(TypedDict):
    done: NotRequired[int]
    total: NotRequired[int | None]
    """
    null: not known yet
    """
    note: NotRequired[str]


JobState: TypeAlias = Literal['queued', 'running', 'succeeded', 'failed', 'cancelled']
"""
* `queued` - Queued
* `running` - Running
* `succeeded` - Succeeded
* `failed` - Failed
* `cancelled` - Cancelled
"""


LanguageEnum: TypeAlias = Literal['en', 'de']
"""
* `` -
* `en` - en
* `de` - de
"""


LayersEnum: TypeAlias = Literal['language', 'attention']
"""
* `language` - language
* `attention` - attention
"""


LeakOutKindEnum: TypeAlias = Literal['followed', 'straddling', 'repeated']
"""
* `followed` - followed
* `straddling` - straddling
* `repeated` - repeated
"""


class LeaksOut(TypedDict):
    followed: int
    """
    videos on the side of one they look like
    """
    straddling: int
    """
    videos that look like one on another side
    """
    repeated: int
    """
    texts that stand on more than one side
    """


class LeaseOut(TypedDict):
    lease_until: str


class LedgerRow(TypedDict):
    slot: int
    item: int
    caption_text: str
    annotator: str
    submitted_at: str
    late: bool
    n_done: int
    overlap: int


class LevelOut(TypedDict):
    value: int
    phrase: str
    sentence: str


class LevelWording(TypedDict):
    phrase: str
    sentence: str


class LevelWordingRequest(TypedDict):
    phrase: str
    sentence: str


LevelWordings = TypedDict(
    'LevelWordings',
    {
        '0': LevelWording,
        '1': LevelWording,
        '2': LevelWording,
        '3': LevelWording,
        '4': LevelWording,
        '5': LevelWording,
    },
)


LevelWordingsRequest = TypedDict(
    'LevelWordingsRequest',
    {
        '0': LevelWordingRequest,
        '1': LevelWordingRequest,
        '2': LevelWordingRequest,
        '3': LevelWordingRequest,
        '4': LevelWordingRequest,
        '5': LevelWordingRequest,
    },
)


class Levels(TypedDict):
    """
    What the scorer expects on each dimension; null where it does not apply.
    """

    object: float | None
    feature: float | None
    action: float | None
    camera: float | None
    background: float | None


class LevelsInRequest(TypedDict):
    """
    A level for each dimension.
    """

    object: int
    feature: int
    action: int
    camera: int
    background: int


MediaEnum: TypeAlias = Literal['images', 'video']
"""
* `images` - images
* `video` - video
"""


MemoryEnum: TypeAlias = Literal['keep', 'recompute']
"""
* `keep` - keep
* `recompute` - recompute
"""


class MetricsOut(TypedDict):
    series: dict[str, list[list[float]]]
    """
    by name
    """


class NamedAnnotator(TypedDict):
    id: int
    username: str
    name: str


class NewToken(TypedDict):
    id: str
    """
    how the token begins
    """
    name: str
    made_at: str
    expires_at: str
    token: str
    """
    the whole of it, only now
    """


NotSentEnum: TypeAlias = Literal['no-address', 'no-mail-server', 'mail-server-failed']
"""
* `no-address` - no-address
* `no-mail-server` - no-mail-server
* `mail-server-failed` - mail-server-failed
"""


class Note(TypedDict):
    line: int
    reason: str


class NotesRequest(TypedDict):
    """
    Why, for the dimensions where there is something to say.
    """

    object: NotRequired[str]
    feature: NotRequired[str]
    action: NotRequired[str]
    camera: NotRequired[str]
    background: NotRequired[str]


NothingToRateProblemWhyEnum: TypeAlias = Literal['all-done', 'yours-done', 'on-loan', 'empty', 'not-qualified']
"""
* `all-done` - all-done
* `yours-done` - yours-done
* `on-loan` - on-loan
* `empty` - empty
* `not-qualified` - not-qualified
"""


NullEnum: TypeAlias = None


class OfCaptioner(TypedDict):
    items: int
    """
    captions to be rated, but withdrawn ones
    """
    finished: int
    ratings: int
    remaining: int
    """
    ratings that are still wanted
    """
    name: str


class OfTier(TypedDict):
    items: int
    """
    captions to be rated, but withdrawn ones
    """
    finished: int
    ratings: int
    remaining: int
    """
    ratings that are still wanted
    """
    tier: int
    """
    0 routine, 10 urgent
    """


class OrganisationNamed(TypedDict):
    slug: str
    name: str


class OrganisationOut(TypedDict):
    slug: str
    name: str
    owner: bool
    """
    whether you are one of its owners
    """


class OrganisationPage(TypedDict):
    results: list[OrganisationOut]
    next: str | None


OutcomeEnum: TypeAlias = Literal['accepted', 'skipped', 'refused']
"""
* `accepted` - accepted
* `skipped` - skipped
* `refused` - refused
"""


class OwnedProject(TypedDict):
    slug: str
    name: str
    people: int
    archived_at: str | None
    created_at: str


class OwnedProjectPage(TypedDict):
    results: list[OwnedProject]
    next: str | None


ParentOutKindEnum: TypeAlias = Literal['caption', 'scorer', 'score', 'select', 'finetune', 'evaluate', 'distill', 'turn']
"""
* `caption` - Write captions
* `scorer` - Train the scorer
* `score` - Score the captions
* `select` - Select captions
* `finetune` - Fine-tune the captioner
* `evaluate` - Evaluate
* `distill` - Distil a student
* `turn` - One whole turn
"""


PartOfModel: TypeAlias = Literal['frozen', 'trained']
"""
* `frozen` - frozen
* `trained` - trained
"""


class PartsOut(TypedDict):
    """
    Of a run that several workers share.
    """

    total: int
    done: int
    workers: int
    """
    that have taken some so far
    """


class PasswordChangeRequest(TypedDict):
    old: str
    new: str


class PatchedCheckChangeRequest(TypedDict):
    levels: NotRequired[LevelsInRequest]
    notes: NotRequired[NotesRequest]
    withdrawn: NotRequired[bool]


class PatchedPersonChangeRequest(TypedDict):
    owner: NotRequired[bool]


class PatchedProfileInRequest(TypedDict):
    preferences: NotRequired[dict[str, Any]]
    """
    at most 8 KiB; what is not named stays, and null takes away
    """
    display_name: NotRequired[str]
    email: NotRequired[str]
    language: NotRequired[LanguageEnum | BlankEnum]


class PatchedProjectInRequest(TypedDict):
    name: NotRequired[str]
    slug: NotRequired[str]
    """
    its address; free, now and before
    """
    description: NotRequired[str]
    """
    plain text
    """


class PatchedProtocolWholeRequest(TypedDict):
    overlap: NotRequired[int]
    """
    annotators wanted per caption
    """
    auto_advance: NotRequired[bool]
    random_order: NotRequired[bool]
    """
    ask the dimensions in another order for each caption
    """
    watch_share: NotRequired[float]
    """
    of the video's unique seconds, to be seen before submitting
    """
    lease_seconds: NotRequired[int]
    random_share: NotRequired[float]
    """
    of claims, and of captions that come in from now on
    """
    check_share: NotRequired[float]
    """
    of claims: gold and degraded twins, where there are any
    """
    repeat_share: NotRequired[float]
    """
    of claims: a caption that the annotator has rated before
    """
    practice_required: NotRequired[bool]
    """
    practice and the qualification come before the first rating
    """
    pass_share: NotRequired[float]
    """
    of qualification answers within tolerance, to be let in
    """
    break_minutes: NotRequired[int]


class Person(TypedDict):
    id: int
    username: str
    name: str
    """
    the display name; blank: none
    """
    language: str
    """
    blank: as the browser's
    """
    preferences: dict[str, Any]


class PersonOut(TypedDict):
    id: int
    username: str
    name: str
    """
    the display name; blank: none
    """
    owner: bool
    projects: list[str]
    """
    names of the projects of this organisation
    """


class PersonPage(TypedDict):
    results: list[PersonOut]
    next: str | None


class PointOut(TypedDict):
    ratings: float
    srcc: float


PolicyEnum: TypeAlias = Literal['threshold', 'best', 'random', 'balanced', 'precision']
"""
* `threshold` - threshold
* `best` - best
* `random` - random
* `balanced` - balanced
* `precision` - precision
"""


class PreviewInRequest(TypedDict):
    file: bytes
    """
    the file, or its beginning; of Parquet all of it
    """
    format: NotRequired[FormatEnum | BlankEnum]


Caption: TypeAlias = int


class PriorityOut(TypedDict):
    changed: int
    """
    captions that were ranked otherwise before
    """


class Problem(TypedDict):
    """
    RFC 9457: what went wrong, for machines (`type`) and people (`title`).
    """

    type: str
    """
    a stable name, such as nothing-to-rate
    """
    title: str
    status: int


class ProfileOut(TypedDict):
    username: str
    display_name: str
    email: str
    language: str
    preferences: dict[str, Any]
    has_password: bool
    """
    false: signs in elsewhere only
    """


class Progress(TypedDict):
    done: NotRequired[int]
    total: NotRequired[int]
    message: NotRequired[str]


class ProgressOut(TypedDict):
    items: int
    """
    captions to rate, without the withdrawn ones
    """
    finished: int
    """
    of these, rated by as many as wanted
    """
    withdrawn: int
    ratings: int
    """
    captions rated, each annotator counted
    """
    judgments: int
    """
    levels given: a rating has one per dimension
    """
    mine: int
    """
    what you have rated, checks and repeats among it: they look like the rest
    """
    overlap: int
    """
    annotators wanted per caption
    """
    annotators: list[AnnotatorOut]
    """
    for the staff; else empty
    """
    dimensions: list[HistogramOut]
    """
    for the staff; else empty
    """
    as_of: str | None
    """
    the report from which these two are, in a large project; null: now
    """


class ProjectInRequest(TypedDict):
    name: str
    slug: str
    """
    its address; free, now and before
    """
    description: NotRequired[str]
    """
    plain text
    """


class ProjectNamed(TypedDict):
    slug: str
    name: str


class ProjectOfSession(TypedDict):
    slug: str
    name: str
    archived: bool
    """
    it is only there to be read
    """


class PromotionRequest(TypedDict):
    reason: str
    """
    kept with the promotion
    """


class ProtocolOut(TypedDict):
    overlap: NotRequired[int]
    """
    annotators per caption
    """
    lease_seconds: NotRequired[int]
    watch_share: NotRequired[float]
    """
    of the video's unique seconds, to be seen before submitting
    """
    auto_advance: NotRequired[bool]
    random_order: NotRequired[bool]
    """
    ask the dimensions in another order for each caption
    """
    break_minutes: NotRequired[int]
    """
    of active rating before a break is suggested; 0: never
    """
    rubric_version: NotRequired[int]


class ProtocolWhole(TypedDict):
    overlap: int
    """
    annotators wanted per caption
    """
    auto_advance: NotRequired[bool]
    random_order: NotRequired[bool]
    """
    ask the dimensions in another order for each caption
    """
    watch_share: float
    """
    of the video's unique seconds, to be seen before submitting
    """
    lease_seconds: int
    random_share: float
    """
    of claims, and of captions that come in from now on
    """
    check_share: float
    """
    of claims: gold and degraded twins, where there are any
    """
    repeat_share: float
    """
    of claims: a caption that the annotator has rated before
    """
    practice_required: NotRequired[bool]
    """
    practice and the qualification come before the first rating
    """
    pass_share: float
    """
    of qualification answers within tolerance, to be let in
    """
    break_minutes: int
    rubric_version: int


class Provider(TypedDict):
    name: str
    """
    sign in at /api/v1/oidc/{name}/start?next=/a/path
    """


class QuestionOut(TypedDict):
    dimension: DimensionEnum
    letter: str
    title: str
    text: str
    examples: list[str]


Example: TypeAlias = str


class QuestionWording(TypedDict):
    title: str
    text: str
    examples: list[Example]


class QuestionWordingRequest(TypedDict):
    title: str
    text: str
    examples: list[Example]


class QuestionWordings(TypedDict):
    object: QuestionWording
    feature: QuestionWording
    action: QuestionWording
    camera: QuestionWording
    background: QuestionWording


class QuestionWordingsRequest(TypedDict):
    object: QuestionWordingRequest
    feature: QuestionWordingRequest
    action: QuestionWordingRequest
    camera: QuestionWordingRequest
    background: QuestionWordingRequest


QueueTierOutPurposeEnum: TypeAlias = Literal['rate', 'practice', 'exam', 'gold', 'twin', 'repeat', 'vote', 'bridge']
"""
* `rate` - rate
* `practice` - practice
* `exam` - exam
* `gold` - gold
* `twin` - twin
* `repeat` - repeat
* `vote` - vote
* `bridge` - bridge
"""


class RatedCaption(TypedDict):
    id: int
    """
    0: its own would tell a twin from its original
    """
    kind: str
    text: str


class RatedRow(TypedDict):
    item: int
    caption_text: str
    poster_url: str
    submitted_at: str
    late: bool
    revision: int
    rubric_version: int
    signals: list[str]
    levels: dict[str, int]


class RatedVideo(TypedDict):
    sha256: str
    seconds: float
    width: int
    height: int
    video_url: str
    poster_url: str


class RatingsOut(TypedDict):
    all: int
    """
    captions rated, by one person each
    """
    new: int
    """
    later than those that the newest scorer learnt from
    """


RemarkKind: TypeAlias = Literal['flag', 'comment']
"""
* `flag` - Flag
* `comment` - Comment
"""


class RemarkOut(TypedDict):
    id: int
    kind: RemarkKind
    text: NotRequired[str]
    made_at: str
    resolved_at: NotRequired[str | None]


class RemarkPage(TypedDict):
    results: list[RemarkOut]
    next: str | None


class RepeatRecord(TypedDict):
    pairs: int
    exact_share: float
    """
    of the levels, dimension by dimension
    """
    within_one_share: float


class Report(TypedDict):
    annotator: str
    at: str


Remark: TypeAlias = int


class ResolveInRequest(TypedDict):
    remarks: list[Remark]
    resolved: NotRequired[bool]
    """
    false: what you have resolved yourself is open again
    """


class ResolveOut(TypedDict):
    changed: int


class ReturnInRequest(TypedDict):
    slot: int
    reason: str


class ReturnedOut(TypedDict):
    id: int
    slot: int
    reason: str
    at: str
    caption_text: str
    poster_url: str


class ReturnedPage(TypedDict):
    results: list[ReturnedOut]
    next: str | None


class RevisionInRequest(TypedDict):
    client_key: str
    """
    made by the page, once for each revision
    """
    levels: LevelsInRequest


Role: TypeAlias = Literal['annotator', 'admin', 'researcher']
"""
* `annotator` - annotator
* `admin` - admin
* `researcher` - researcher
"""


class RubricCount(TypedDict):
    version: int
    ratings: int


class RubricOut(TypedDict):
    version: int
    language: str
    """
    that of the words: not every version has each
    """
    guideline: str
    """
    plain text
    """
    questions: list[QuestionOut]
    levels: list[LevelOut]


RuleEnum: TypeAlias = Literal['better', 'not-worse', 'by-hand']
"""
* `better` - Better on average, and worse on no dimension
* `not-worse` - Worse neither on average nor on any dimension
* `by-hand` - Promoted by hand alone
"""


RunKind: TypeAlias = Literal['caption', 'scorer', 'score', 'select', 'finetune', 'evaluate', 'distill', 'turn']
"""
* `caption` - caption
* `scorer` - scorer
* `score` - score
* `select` - select
* `finetune` - finetune
* `evaluate` - evaluate
* `distill` - distill
* `turn` - turn
"""


RunState: TypeAlias = Literal['queued', 'running', 'succeeded', 'failed', 'cancelled']
"""
* `queued` - queued
* `running` - running
* `succeeded` - succeeded
* `failed` - failed
* `cancelled` - cancelled
"""


Parent: TypeAlias = int


class ScoreOptionsRequest(TypedDict):
    """
    A mapping in which a name that does not exist is an error, not a default.
    """

    batch: NotRequired[int]
    part: NotRequired[int]


ScorerOptionsReadoutEnum: TypeAlias = Literal['auto', 'digits', 'likelihood']
"""
* `auto` - auto
* `digits` - digits
* `likelihood` - likelihood
"""


ScorerRowReadoutEnum: TypeAlias = Literal['digits', 'likelihood']
"""
* `digits` - digits
* `likelihood` - likelihood
"""


class SelectedCaption(TypedDict):
    id: int
    text: str
    captioner: str


class SelectedVideo(TypedDict):
    sha256: str
    poster_url: str
    video_url: str
    seconds: float


class ShiftOut(TypedDict):
    dimension: DimensionEnum
    level: EstimateOut
    """
    of the mean level, where the dimension is involved
    """
    involved: EstimateOut
    """
    of the share that finds it involved
    """


Side: TypeAlias = Literal['train', 'validation', 'test']
"""
* `train` - train
* `validation` - validation
* `test` - test
"""


class SideOut(TypedDict):
    videos: int
    captions: int
    judgments: int


class SidesOut(TypedDict):
    train: SideOut
    validation: SideOut
    test: SideOut


SkipReason: TypeAlias = Literal['broken', 'unsure', 'upsetting']
"""
* `broken` - The video does not play
* `unsure` - I cannot judge this one
* `upsetting` - I do not want to watch this
"""


SlotOutPurposeEnum: TypeAlias = Literal['rate', 'practice', 'exam', 'vote']
"""
* `rate` - rate
* `practice` - practice
* `exam` - exam
* `vote` - vote
"""


Kind: TypeAlias = str


Annotator: TypeAlias = str


Rubric: TypeAlias = int


class SnapshotFilters(TypedDict):
    """
    What is let in. Whatever is not named narrows nothing; an unknown filter is refused.
    """

    captioners: NotRequired[list[Captioner]]
    kinds: NotRequired[list[Kind]]
    """
    of captions
    """
    annotators: NotRequired[list[Annotator]]
    since: NotRequired[str | None]
    """
    judged then or later
    """
    until: NotRequired[str | None]
    """
    judged before then
    """
    late: NotRequired[bool]
    """
    let in what came after its lease had run out
    """
    flagged: NotRequired[bool]
    """
    let in captions whose flag nobody has resolved
    """
    minimum_ratings: NotRequired[int]
    """
    annotators per caption
    """
    dimensions: NotRequired[list[DimensionEnum]]
    rubrics: NotRequired[list[Rubric]]
    """
    versions
    """


class SnapshotFiltersRequest(TypedDict):
    """
    What is let in. Whatever is not named narrows nothing; an unknown filter is refused.
    """

    captioners: NotRequired[list[Captioner]]
    kinds: NotRequired[list[Kind]]
    """
    of captions
    """
    annotators: NotRequired[list[Annotator]]
    since: NotRequired[str | None]
    """
    judged then or later
    """
    until: NotRequired[str | None]
    """
    judged before then
    """
    late: NotRequired[bool]
    """
    let in what came after its lease had run out
    """
    flagged: NotRequired[bool]
    """
    let in captions whose flag nobody has resolved
    """
    minimum_ratings: NotRequired[int]
    """
    annotators per caption
    """
    dimensions: NotRequired[list[DimensionEnum]]
    rubrics: NotRequired[list[Rubric]]
    """
    versions
    """


class SnapshotNamed(TypedDict):
    id: int
    digest: str
    """
    sha256 of its manifest
    """


class SnapshotOut(TypedDict):
    id: int
    digest: str
    """
    sha256 of its manifest
    """
    as_of: NotRequired[str | None]
    """
    all up to this instant is in it
    """
    videos: int
    captions: int
    judgments: int
    preferences: NotRequired[int]
    filters: SnapshotFilters
    created_by: NotRequired[str | None]
    """
    null: a command
    """
    created_at: str


class SnapshotPage(TypedDict):
    results: list[SnapshotOut]
    next: str | None


class SnapshotSplit(TypedDict):
    """
    Shares in percent of the videos; what is left is for training.
    """

    salt: NotRequired[str]
    """
    another one: other sides
    """
    validation: NotRequired[int]
    test: NotRequired[int]


class SnapshotSplitRequest(TypedDict):
    """
    Shares in percent of the videos; what is left is for training.
    """

    salt: NotRequired[str]
    """
    another one: other sides
    """
    validation: NotRequired[int]
    test: NotRequired[int]


class SomeLevels(TypedDict):
    """
    Levels for the dimensions that have one so far.
    """

    object: NotRequired[int]
    feature: NotRequired[int]
    action: NotRequired[int]
    camera: NotRequired[int]
    background: NotRequired[int]


class SomeLevelsRequest(TypedDict):
    """
    Levels for the dimensions that have one so far.
    """

    object: NotRequired[int]
    feature: NotRequired[int]
    action: NotRequired[int]
    camera: NotRequired[int]
    background: NotRequired[int]


SourceEnum: TypeAlias = Literal['imported', 'base model', 'fine-tuned']
"""
* `imported` - imported
* `base model` - base model
* `fine-tuned` - fine-tuned
"""


SourceOutKindEnum: TypeAlias = Literal['folder', 'bucket']
"""
* `folder` - folder
* `bucket` - bucket
"""


SplitEnum: TypeAlias = Literal['train', 'test']
"""
* `train` - train
* `test` - test
"""


StageOutKindEnum: TypeAlias = Literal['score', 'select', 'finetune', 'evaluate']
"""
* `score` - score
* `select` - select
* `finetune` - finetune
* `evaluate` - evaluate
"""


StandingInStateEnum: TypeAlias = Literal['qualified', 'practising']
"""
* `qualified` - qualified
* `practising` - practising
"""


StandingState: TypeAlias = Literal['practising', 'qualified', 'failed']
"""
* `practising` - Practising
* `qualified` - Qualified
* `failed` - Failed
"""


class StandingsCounted(TypedDict):
    practising: int
    qualified: int
    failed: int


StatisticEnum: TypeAlias = Literal['mean_involved', 'mean_paper']
"""
* `mean_involved` - mean_involved
* `mean_paper` - mean_paper
"""


StepOutActionEnum: TypeAlias = Literal['wait', 'retrain', 'go-on']
"""
* `wait` - wait
* `retrain` - retrain
* `go-on` - go-on
"""


StepOutWhyEnum: TypeAlias = Literal['off', 'busy', 'stopped', 'quiet', 'budget', 'promoted', 'nothing-new', 'due', 'ratings', 'pays', 'not-yet']
"""
* `off` - off
* `busy` - busy
* `stopped` - stopped
* `quiet` - quiet
* `budget` - budget
* `promoted` - promoted
* `nothing-new` - nothing-new
* `due` - due
* `ratings` - ratings
* `pays` - pays
* `not-yet` - not-yet
"""


class StratumOut(TypedDict):
    share: float
    items: int
    finished: int


class SubmissionInRequest(TypedDict):
    client_key: str
    """
    made by the page, once for each answer
    """
    levels: LevelsInRequest
    evidence: EvidenceRequest


class SubmissionOut(TypedDict):
    slot: int
    submitted_at: str
    late: bool
    revision: int
    signals: list[str]
    """
    what about the answer deserves a look; it rejects nothing
    """
    feedback: Feedback | None
    """
    after practice
    """


class Submitted(TypedDict):
    revision: int
    submitted_at: str
    levels: dict[str, int]
    """
    by dimension
    """


class SuggestionOut(TypedDict):
    text: str
    by: str
    """
    `rules`, or the text model's name
    """


TargetsEnum: TypeAlias = Literal['soft', 'sampled', 'one-hot']
"""
* `soft` - soft
* `sampled` - sampled
* `one-hot` - one-hot
"""


TaskEnum: TypeAlias = Literal['rate', 'vote']
"""
* `rate` - rate
* `vote` - vote
"""


TeacherEnum: TypeAlias = Literal['ours', 'base', 'ours+base']
"""
* `ours` - ours
* `base` - base
* `ours+base` - ours+base
"""


TierEnum: TypeAlias = Literal[0, 10]
"""
* `0` - 0
* `10` - 10
"""


class TokenOut(TypedDict):
    id: str
    """
    how the token begins
    """
    name: str
    made_at: str
    expires_at: str


class TokenPage(TypedDict):
    """
    All of them at once: there are never more than a page has.
    """

    results: list[TokenOut]
    next: str | None


class TokenWishRequest(TypedDict):
    name: str
    days: NotRequired[int]


class TrialOut(TypedDict):
    id: int
    challenger: int
    champion: NotRequired[int | None]
    """
    null: there was none
    """
    promoted: bool
    grounds: GroundsEnum
    by: str | None
    """
    null: the rule
    """
    reason: NotRequired[str]
    """
    in the words of whoever decided
    """
    decided_at: str
    captions: int
    """
    of the frozen test
    """
    differences: dict[str, dict[str, Any]]
    """
    in SRCC, the challenger's first
    """


class TrialPage(TypedDict):
    results: list[TrialOut]
    next: str | None


class Turn(TypedDict):
    done: int
    of: int


class TwinAskedRequest(TypedDict):
    caption: int
    dimension: DimensionEnum


class TwinInRequest(TypedDict):
    caption: int
    dimension: DimensionEnum
    text: str


UntilEnum: TypeAlias = Literal['scorer', 'score', 'select', 'finetune', 'evaluate']
"""
* `scorer` - scorer
* `score` - score
* `select` - select
* `finetune` - finetune
* `evaluate` - evaluate
"""


class UploadOut(TypedDict):
    id: str
    name: str
    size: int
    """
    bytes, when all of it is here
    """
    received: NotRequired[int]
    """
    bytes
    """
    expires_at: str
    """
    thrown away then, unless an import has it
    """


class UploadRequest(TypedDict):
    file: bytes


class UploadsInRequest(TypedDict):
    uploads: list[str]


class ValueOut(TypedDict):
    """
    SRCC(n) = level - slope / sqrt(n), and what it says of `more` ratings.
    """

    more: int
    gain: GainOut | None
    """
    in SRCC
    """
    points: list[PointOut]
    curve: CurveOut | None
    unknown: str | None
    """
    why there is no gain
    """


class VersionOut(TypedDict):
    number: int
    note: str
    """
    what was changed, and why
    """
    by: str | None
    """
    null: it is the library's
    """
    made_at: str | None


class VersionPage(TypedDict):
    results: list[VersionOut]
    next: str | None


class VideoOut(TypedDict):
    id: int
    sha256: str
    names: list[str]
    seconds: float
    width: int
    height: int
    fps: float
    split: SplitEnum
    captions: int
    has_media: bool
    video_url: str
    poster_url: str


class VideoOutcomeOut(TypedDict):
    outcome: OutcomeEnum
    name: str
    reason: str
    video: VideoOut | None


class VideoPage(TypedDict):
    results: list[VideoOut]
    next: str | None


VoteInChoiceEnum: TypeAlias = Literal['first', 'second', 'tie', 'both-bad']
"""
* `first` - first
* `second` - second
* `tie` - tie
* `both-bad` - both-bad
"""


class VoteInRequest(TypedDict):
    client_key: str
    """
    made by the page, once for each vote
    """
    choice: VoteInChoiceEnum
    evidence: EvidenceRequest


class VoteOut(TypedDict):
    slot: int
    submitted_at: str
    late: bool


VoteRowChoiceEnum: TypeAlias = Literal['caption', 'rival', 'tie', 'both-bad']
"""
* `caption` - The item's caption
* `rival` - Its rival
* `tie` - Equally good
* `both-bad` - Both bad
"""


class WantedInRequest(TypedDict):
    """
    Which snapshot is wanted. Nothing given: all there is, split as always.
    """

    filters: NotRequired[SnapshotFiltersRequest]
    split: NotRequired[SnapshotSplitRequest]
    as_of: NotRequired[str | None]
    """
    leave out what came later; null: leave out nothing
    """


class WatchedRecord(TypedDict):
    answers: int
    """
    that tell what was watched
    """
    share: float
    """
    of the video's seconds that were seen, in the mean
    """


WebhookChoice: TypeAlias = Literal['answer.recorded', 'answer.revised', 'caption.completed', 'remark.created', 'decision.made', 'import.ended', 'report.ended', 'snapshot.frozen', 'export.ended', 'run.ended', 'project.archived']
"""
* `answer.recorded` - answer.recorded
* `answer.revised` - answer.revised
* `caption.completed` - caption.completed
* `remark.created` - remark.created
* `decision.made` - decision.made
* `import.ended` - import.ended
* `report.ended` - report.ended
* `snapshot.frozen` - snapshot.frozen
* `export.ended` - export.ended
* `run.ended` - run.ended
* `project.archived` - project.archived
"""


class WebhookInRequest(TypedDict):
    url: str
    types: list[WebhookChoice]
    """
    the events to be told of
    """
    description: NotRequired[str]


WebhookOff: TypeAlias = Literal['by-hand', 'gone', 'failing']
"""
* `` -
* `by-hand` - by-hand
* `gone` - gone
* `failing` - failing
"""


WebhookType: TypeAlias = Literal['answer.recorded', 'answer.revised', 'caption.completed', 'remark.created', 'decision.made', 'import.ended', 'report.ended', 'snapshot.frozen', 'export.ended', 'run.ended', 'project.archived', 'ping']
"""
* `answer.recorded` - Answer Recorded
* `answer.revised` - Answer Revised
* `caption.completed` - Caption Completed
* `remark.created` - Remark Created
* `decision.made` - Decision Made
* `import.ended` - Import Ended
* `report.ended` - Report Ended
* `snapshot.frozen` - Snapshot Frozen
* `export.ended` - Export Ended
* `run.ended` - Run Ended
* `project.archived` - Project Archived
* `ping` - Ping
"""


class WebhookWithSecret(TypedDict):
    id: int
    url: str
    description: NotRequired[str]
    types: list[WebhookType]
    off: WebhookOff | BlankEnum
    """
    why nothing is sent; empty: it is on

    * `` -
    * `by-hand` - by-hand
    * `gone` - gone
    * `failing` - failing
    """
    failing_since: NotRequired[str | None]
    former_secret_until: str | None
    """
    until when the secret before signs, too
    """
    waiting: int
    """
    deliveries that are still to be made
    """
    last_at: NotRequired[str | None]
    """
    when something was last sent
    """
    created_by: str
    created_at: str
    secret: str
    """
    with which it is signed: the whole of it, only now
    """


WeightsEnum: TypeAlias = Literal['even', 'raters']
"""
* `even` - even
* `raters` - raters
"""


class Welcome(TypedDict):
    project: ProjectNamed
    role: Role
    expires_at: str


WhatEnum: TypeAlias = Literal['captions', 'ratings']
"""
* `captions` - captions
* `ratings` - ratings
"""


WhyUnranked: TypeAlias = Literal['no-votes']
"""
* `no-votes` - Nobody has voted
"""


class WithInterval(TypedDict):
    value: float
    low: float
    high: float


class WithdrawnRow(TypedDict):
    item: int
    video_name: str
    poster_url: str
    caption_text: str
    reports: list[Report]


class Wording(TypedDict):
    guideline: str
    """
    plain text
    """
    questions: QuestionWordings
    levels: LevelWordings


class WordingRequest(TypedDict):
    guideline: str
    """
    plain text
    """
    questions: QuestionWordingsRequest
    levels: LevelWordingsRequest


class AgreementEstimate(TypedDict):
    value: float | None
    low: float | None
    """
    of the 95 % interval over videos
    """
    high: float | None
    reason: AgreementEstimateReasonEnum | NullEnum
    """
    why something is null

    * `no-ratings` - no-ratings
    * `one-annotator` - one-annotator
    * `no-overlap` - no-overlap
    * `one-item` - one-item
    * `few-shared` - few-shared
    * `no-variation` - no-variation
    * `one-video` - one-video
    * `all-alike` - all-alike
    * `too-sparse` - too-sparse
    """
    units: int
    """
    captions that two or more have rated
    """
    videos: int


class ApplicabilityOut(TypedDict):
    ratings: int
    items: int
    annotators: int
    alpha: AgreementEstimate
    """
    Krippendorff's, nominal
    """
    ac1: AgreementEstimate
    """
    Gwet's
    """
    kappa: AgreementEstimate
    """
    Cohen's, the mean of pairs
    """
    exact: AgreementEstimate
    """
    the share of pairs that agree
    """


class AuditRow(TypedDict):
    item: int
    dimension: DimensionEnum
    caption_text: str
    captioner: str
    video_url: str
    poster_url: str
    given: list[GivenLevel]
    """
    as they stand now
    """


class AuditSample(TypedDict):
    """
    All of what was drawn: a few of each dimension.
    """

    results: list[AuditRow]


class BridgeWithShifts(TypedDict):
    id: int
    before: int
    after: int
    overlap: int
    """
    annotators per caption
    """
    captions: int
    """
    in the bridge, without withdrawn ones
    """
    drawn_from: int
    """
    captions that could have been drawn
    """
    finished: int
    by: str
    made_at: str
    shifts: list[ShiftOut]


class CaptionOptionsRequest(TypedDict):
    """
    A mapping in which a name that does not exist is an error, not a default.
    """

    model: NotRequired[str]
    server: NotRequired[str]
    captioner: NotRequired[str]
    kind: NotRequired[CaptionOptionsKindEnum]
    pool: NotRequired[CaptionOptionsPoolEnum]
    limit: NotRequired[int | None]
    frames: NotRequired[int | None]
    media: NotRequired[MediaEnum]
    batch: NotRequired[int]
    at_once: NotRequired[int]
    tokens: NotRequired[int | None]
    temperature: NotRequired[float]
    base: NotRequired[BaseEnum]
    seed: NotRequired[int]


class CaptionerRow(TypedDict):
    name: str
    source: SourceEnum
    run: int | None
    """
    the evaluation it is from
    """
    videos: int
    mean_involved: Interval | None
    dimensions: dict[str, float | None]
    human: Human | None


class CaptionsReportOut(TypedDict):
    name: str
    outcome: OutcomeEnum
    reason: str
    lines: int
    accepted: int
    skipped: int
    problems: list[Note]
    """
    why the file is refused, by line; the first hundred
    """
    skips: list[Note]
    """
    lines that were passed over, and why; the first hundred
    """


class CaseFacts(TypedDict):
    stage: CaseStage
    reason: str
    opened_by: str | None
    opened_at: str | None
    decided_at: str | None


class CaseRow(TypedDict):
    id: int
    item: int
    stage: CaseStage
    caption_text: str
    poster_url: str
    reason: str
    done: int
    overlap: int
    opened_by: NotRequired[str | None]
    """
    null: decided without another rating
    """
    opened_at: str | None
    decided_at: str | None


class ChampionOut(TypedDict):
    id: int
    finished_at: NotRequired[str | None]
    snapshot: SnapshotNamed
    agreement: dict[str, Any] | None
    ratings: int
    """
    that it learnt from
    """


class CheckInRequest(TypedDict):
    caption: int
    purpose: CheckInPurposeEnum
    levels: LevelsInRequest
    notes: NotRequired[NotesRequest]


class CheckOut(TypedDict):
    item: int
    purpose: CheckOutPurposeEnum
    caption_text: str
    """
    as annotators read it
    """
    original_text: str | None
    """
    twins: the caption's own
    """
    video_url: str
    poster_url: str
    video_name: str
    captioner: str
    levels: dict[str, int]
    """
    twins: empty
    """
    notes: dict[str, str]
    spoiled: DimensionEnum | BlankEnum
    """
    twins: what was made wrong

    * `object` - object
    * `feature` - feature
    * `action` - action
    * `camera` - camera
    * `background` - background
    """
    answers: int
    passed_share: float | None
    """
    of the dimensions answered; twins: how often it was noticed
    """
    withdrawn: bool


class CheckPage(TypedDict):
    results: list[CheckOut]
    next: str | None


class CheckedDimension(TypedDict):
    dimension: DimensionEnum
    answers: int
    share: float
    """
    of them: within tolerance, or noticed
    """


class ClaimInRequest(TypedDict):
    task: NotRequired[TaskEnum]
    beside: NotRequired[list[BesideItem]]
    """
    slots that the page has already: something else is wanted
    """


class ConflictRow(TypedDict):
    id: int
    item: int
    dimension: DimensionEnum
    kind: ConflictRowKindEnum
    width: float
    """
    in levels, from 2 to 5
    """
    caption_text: str
    captioner: str
    video_url: str
    poster_url: str
    given: list[GivenLevel]
    """
    as they stand now
    """
    stage: CaseStage | NullEnum
    """
    null: there is no case

    * `waiting` - waiting
    * `ready` - ready
    * `decided` - decided
    """


class DecisionInRequest(TypedDict):
    levels: SomeLevelsRequest
    """
    of the dimensions that are settled
    """
    reason: str


class DeliveryOut(TypedDict):
    id: int
    event: str
    """
    the id that the receiver knows it by
    """
    type: WebhookType
    state: DeliveryState
    tries: NotRequired[int]
    """
    since it was last asked for
    """
    happened_at: str
    due_at: str
    last_at: str | None
    last_status: int | None
    """
    null: nothing came back
    """
    last_problem: str | None
    """
    why nothing came back
    """
    last_milliseconds: int | None


class DeliveryPage(TypedDict):
    results: list[DeliveryOut]
    next: str | None


class DeliveryWhole(TypedDict):
    id: int
    event: str
    """
    the id that the receiver knows it by
    """
    type: WebhookType
    state: DeliveryState
    tries: NotRequired[int]
    """
    since it was last asked for
    """
    happened_at: str
    due_at: str
    last_at: str | None
    last_status: int | None
    """
    null: nothing came back
    """
    last_problem: str | None
    """
    why nothing came back
    """
    last_milliseconds: int | None
    body: str
    """
    what is sent, the same each time
    """
    attempts: list[AttemptOut]
    """
    the newest first, 50 at most
    """


class DistillOptionsRequest(TypedDict):
    """
    A mapping in which a name that does not exist is an error, not a default.
    """

    model: NotRequired[str]
    adapt: NotRequired[AdaptEnum]
    lora_rank: NotRequired[int]
    layers: NotRequired[LayersEnum]
    vision: NotRequired[PartOfModel]
    projector: NotRequired[PartOfModel]
    steps: NotRequired[int | None]
    batch: NotRequired[int]
    parts: NotRequired[int]
    learning_rate: NotRequired[float | None]
    frames: NotRequired[int]
    base: NotRequired[BaseEnum]
    memory: NotRequired[MemoryEnum]
    seed: NotRequired[int]
    teacher: NotRequired[TeacherEnum]
    pool: NotRequired[DistillOptionsPoolEnum]
    limit: NotRequired[int | None]


class DraftInRequest(TypedDict):
    step: int
    """
    counts the page's changes; the highest wins
    """
    client_key: str
    """
    with which the answer will be submitted
    """
    answers: NotRequired[SomeLevelsRequest]
    choice: NotRequired[str]
    changes: NotRequired[int]
    watched: NotRequired[list[WatchedItem]]
    seconds_visible: NotRequired[float]


class EntryOut(TypedDict):
    id: int
    at: str
    by: Doer | None
    """
    null: nobody who is signed in, or the site itself
    """
    via: AuditVia
    """
    sql: past the site

    * `request` - Request
    * `job` - Job
    * `run` - Run
    * `command` - Command
    * `site` - Site
    * `sql` - Sql
    """
    reference: str
    """
    the request's id (`X-Request-ID`), the job's or run's number, or the command
    """
    project: ProjectNamed | None
    kind: AuditKind
    row: str
    action: AuditAction
    about: Any
    """
    columns that tell which row it is
    """
    changes: list[Change]
    """
    secrets and personal data as "***"
    """
    names: dict[str, str]
    """
    people in it, by their numbers
    """


class EntryPage(TypedDict):
    results: list[EntryOut]
    next: str | None


class EventOut(TypedDict):
    kind: EventOutKindEnum
    by: str
    at: str
    levels: SomeLevels
    to: str
    """
    returned: whose rating it is
    """
    reason: str


class ExportList(TypedDict):
    """
    All of them: there are as many as there are formats.
    """

    results: list[ExportOut]


class FileReport(TypedDict):
    """
    A video has the first four; a captions file has all.
    """

    kind: FileReportKindEnum
    name: str
    outcome: OutcomeEnum
    reason: str
    lines: NotRequired[int]
    accepted: NotRequired[int]
    skipped: NotRequired[int]
    problems: NotRequired[list[Note]]
    skips: NotRequired[list[Note]]


class FinetuneOptionsRequest(TypedDict):
    """
    A mapping in which a name that does not exist is an error, not a default.
    """

    model: NotRequired[str]
    adapt: NotRequired[AdaptEnum]
    lora_rank: NotRequired[int]
    layers: NotRequired[LayersEnum]
    vision: NotRequired[PartOfModel]
    projector: NotRequired[PartOfModel]
    steps: NotRequired[int | None]
    batch: NotRequired[int]
    parts: NotRequired[int]
    learning_rate: NotRequired[float | None]
    frames: NotRequired[int]
    base: NotRequired[BaseEnum]
    memory: NotRequired[MemoryEnum]
    seed: NotRequired[int]


class ForecastOut(TypedDict):
    window: int
    """
    days that it goes by
    """
    per_day: float | None
    """
    ratings, in the mean
    """
    end: str | None
    earliest: str | None
    """
    of the 95 % interval
    """
    latest: str | None
    """
    null: there may be no end
    """
    reason: ForecastOutReasonEnum | NullEnum
    """
    why there is no end

    * `empty` - empty
    * `done` - done
    * `new` - new
    * `stalled` - stalled
    * `far` - far
    """


class FreezeInRequest(TypedDict):
    """
    Which snapshot is wanted. Nothing given: all there is, split as always.
    """

    filters: NotRequired[SnapshotFiltersRequest]
    split: NotRequired[SnapshotSplitRequest]
    as_of: NotRequired[str | None]
    """
    leave out what came later; null: leave out nothing
    """
    background: NotRequired[bool]
    """
    by a job: for projects where it takes minutes
    """


class GoldRecord(TypedDict):
    answers: int
    passed_share: float
    dimensions: list[CheckedDimension]


class HistoryRow(TypedDict):
    slot: int
    purpose: HistoryRowPurposeEnum
    """
    checks and repeats look like rating

    * `rate` - rate
    """
    state: HistoryRowStateEnum
    submitted_at: str | None
    late: bool
    revision: int
    caption_text: str
    """
    its beginning
    """
    poster_url: str
    seconds: float
    levels: dict[str, Any] | None
    flagged: bool


class ImportInRequest(TypedDict):
    file: bytes
    what: NotRequired[WhatEnum]
    format: NotRequired[FormatEnum | BlankEnum]
    """
    blank: as the file begins

    * `jsonl` - jsonl
    * `csv` - csv
    * `parquet` - parquet
    * `reference` - reference
    * `label-studio` - label-studio
    """
    columns: NotRequired[dict[str, str]]
    """
    field: the column it is in, where that is unusual
    """
    fixed: NotRequired[dict[str, str]]
    """
    field: what it is where a record does not say it
    """
    dry_run: NotRequired[bool]
    without_media: NotRequired[bool]
    """
    ratings: let unknown videos be known by their names alone
    """


class ImportReport(TypedDict):
    files: list[FileReport]


class InboxOut(TypedDict):
    id: int
    kind: RemarkKind
    text: NotRequired[str]
    made_at: str
    resolved_at: NotRequired[str | None]
    annotator: str
    slot: int
    caption_text: str
    video_url: str
    poster_url: str
    resolved_by: NotRequired[str | None]


class InboxPage(TypedDict):
    results: list[InboxOut]
    next: str | None


class InvitationOut(TypedDict):
    id: int
    role: Role
    email: str
    made_by: str
    made_at: str
    expires_at: str
    state: InvitationState
    accepted_by: str | None


class InvitationPage(TypedDict):
    results: list[InvitationOut]
    next: str | None


class InvitationWishRequest(TypedDict):
    role: Role
    email: NotRequired[str]
    days: NotRequired[int]


class JobOut(TypedDict):
    id: int
    kind: str
    name: str
    """
    what it is about, such as a file's name; else blank
    """
    state: NotRequired[JobState]
    attempt: NotRequired[int]
    progress: JobProgress
    cancel_requested: NotRequired[bool]
    result: Any
    """
    what the kind of job leaves; {} before its end
    """
    problem: Any
    """
    why it failed, as problems are told; else {}
    """
    by: NotRequired[str | None]
    """
    null: the clock
    """
    created_at: str
    started_at: NotRequired[str | None]
    ended_at: NotRequired[str | None]


class JobPage(TypedDict):
    results: list[JobOut]
    next: str | None


class LeakOut(TypedDict):
    """
    A line of `leaks.jsonl`.
    """

    kind: LeakOutKindEnum
    video: NotRequired[str | None]
    like: NotRequired[str | None]
    """
    the older video
    """
    bits: NotRequired[int | None]
    """
    of 256, in which the two differ
    """
    captions: NotRequired[list[int]]


class LedgerPage(TypedDict):
    results: list[LedgerRow]
    next: str | None


class LevelAgreementOut(TypedDict):
    ratings: int
    items: int
    annotators: int
    raters_per_item: float | None
    alpha: AgreementEstimate
    """
    Krippendorff's, ordinal
    """
    icc_single: AgreementEstimate
    """
    ICC(2,1)
    """
    icc_mean: AgreementEstimate
    """
    ICC(2,k)
    """
    ac2: AgreementEstimate
    """
    Gwet's, quadratic weights
    """
    kappa: AgreementEstimate
    """
    Cohen's with quadratic weights, the mean of pairs
    """
    exact: AgreementEstimate
    within_one: AgreementEstimate


class MemberOut(TypedDict):
    id: int
    username: str
    name: str
    """
    the display name; blank: none
    """
    email: str
    roles: list[Role]
    paused_at: str | None


class MemberPage(TypedDict):
    results: list[MemberOut]
    next: str | None


class MembershipOut(TypedDict):
    project: ProjectOfSession
    roles: list[Role]
    paused: bool
    """
    may look, but not work
    """


class Moved(TypedDict):
    before: Side
    after: Side
    videos: int


class NewInvitation(TypedDict):
    id: int
    role: Role
    email: str
    made_by: str
    made_at: str
    expires_at: str
    state: InvitationState
    accepted_by: str | None
    link: str
    """
    the secret, only now
    """
    sent: bool
    """
    by e-mail
    """
    not_sent: NotSentEnum | NullEnum


class NothingToRateProblem(TypedDict):
    """
    Of type `nothing-to-rate`.
    """

    type: str
    """
    a stable name, such as nothing-to-rate
    """
    title: str
    status: int
    why: NothingToRateProblemWhyEnum
    next_at: NotRequired[str]
    """
    when on loan: look again then
    """
    next_in: NotRequired[float]
    """
    the same in seconds from now, for clocks that are wrong
    """


class PairResult(TypedDict):
    one: str
    two: str
    wins_one: int
    wins_two: int
    ties: int
    both_bad: int
    win_rate: WithInterval | None
    """
    of `one`; ties and both bad are halves
    """
    reason: WhyUnranked | NullEnum
    """
    why there is none

    * `no-votes` - Nobody has voted
    """


class ParentOut(TypedDict):
    id: int
    kind: ParentOutKindEnum
    state: NotRequired[JobState]


class PatchedMemberChangeRequest(TypedDict):
    roles: NotRequired[list[Role]]
    paused: NotRequired[bool]


class PatchedPolicyOutRequest(TypedDict):
    """
    Everything of a policy; all of it may be changed, and what is not given stays.
    """

    every_hours: NotRequired[int | None]
    after_ratings: NotRequired[int | None]
    least_gain: NotRequired[float | None]
    rule: NotRequired[RuleEnum]
    goes_on_until: NotRequired[GoesOnUntilEnum | BlankEnum]
    weekly_hours: NotRequired[float | None]
    zone: NotRequired[str]
    options: NotRequired[dict[str, Any]]
    """
    of each stage, as a turn takes them
    """
    enabled: NotRequired[bool]
    """
    whether runs begin by themselves
    """
    quiet_from: NotRequired[str | None]
    """
    nothing begins from here
    """
    quiet_until: NotRequired[str | None]
    """
    until here, each day
    """


class PatchedWebhookChangeRequest(TypedDict):
    """
    What is not given stays.
    """

    url: NotRequired[str]
    types: NotRequired[list[WebhookChoice]]
    description: NotRequired[str]
    on: NotRequired[bool]
    """
    whether anything is sent
    """


class PolicyOut(TypedDict):
    """
    Everything of a policy; all of it may be changed, and what is not given stays.
    """

    every_hours: int | None
    after_ratings: int | None
    least_gain: float | None
    rule: RuleEnum
    goes_on_until: GoesOnUntilEnum | BlankEnum
    weekly_hours: float | None
    zone: str
    options: dict[str, Any]
    """
    of each stage, as a turn takes them
    """
    enabled: NotRequired[bool]
    """
    whether runs begin by themselves
    """
    quiet_from: NotRequired[str | None]
    """
    nothing begins from here
    """
    quiet_until: NotRequired[str | None]
    """
    until here, each day
    """


class PreviewOut(TypedDict):
    format: FormatEnum
    what: WhatEnum
    """
    what the columns look like

    * `captions` - captions
    * `ratings` - ratings
    """
    fields_of: dict[str, dict[str, str]]
    """
    what may be imported: field: the column it will be read from, or blank
    """
    columns: list[str]
    rows: list[dict[str, str]]
    """
    the first few, each value as a short text
    """
    problem: str
    """
    why there are no more rows
    """


class PriorityInRequest(TypedDict):
    """
    Which captions go first: a captioner's, or these.
    """

    reason: str
    tier: TierEnum
    captioner: NotRequired[str]
    captions: NotRequired[list[Caption]]


class ProgressReport(TypedDict):
    items: int
    """
    captions to be rated, but withdrawn ones
    """
    finished: int
    ratings: int
    remaining: int
    """
    ratings that are still wanted
    """
    days: list[int]
    """
    ratings of each 24 hours up to the report, the oldest first
    """
    captioners: list[OfCaptioner]
    tiers: list[OfTier]
    forecast: ForecastOut


class ProjectOut(TypedDict):
    slug: str
    name: str
    description: str
    organisation: OrganisationNamed
    roles: list[Role]
    """
    yours
    """
    created_at: str
    archived_at: str | None
    """
    since when it is only there to be read
    """


class ProjectPage(TypedDict):
    results: list[ProjectOut]
    next: str | None


class QueueTierOut(TypedDict):
    tier: TierEnum
    reason: str
    purpose: QueueTierOutPurposeEnum
    items: int
    """
    without the withdrawn ones
    """
    open: int
    """
    of these, with a place to lend
    """
    leased: int
    """
    places that are on loan
    """
    finished: int
    """
    items with as many answers as wanted
    """


class Ranked(TypedDict):
    captioner: str
    votes: int
    strength: WithInterval | None
    """
    log Bradley-Terry strength, mean 0
    """
    win_rate: WithInterval | None
    """
    against all others
    """
    reason: WhyUnranked | NullEnum
    """
    why there is neither

    * `no-votes` - Nobody has voted
    """


class RatedPage(TypedDict):
    results: list[RatedRow]
    next: str | None


class RatingOut(TypedDict):
    slot: int
    annotator: str
    submitted_at: str
    late: bool
    revision: int
    signals: list[str]
    levels: SomeLevels
    returned: bool
    """
    sent back, and not answered yet
    """


class RemarkInRequest(TypedDict):
    kind: RemarkKind
    text: NotRequired[str]


class Results(TypedDict):
    ranking: list[Ranked]
    """
    strongest first; without votes last
    """
    pairs: list[PairResult]
    tie: float | None
    """
    Davidson's tie parameter
    """


class RunBrief(TypedDict):
    id: int
    finished_at: NotRequired[str | None]
    snapshot: SnapshotNamed


class RunOut(TypedDict):
    id: int
    kind: RunKind
    state: RunState
    config: dict[str, Any]
    attempt: NotRequired[int]
    progress: Progress
    requested_by: str | None
    """
    Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.
    """
    requested_at: str
    started_at: NotRequired[str | None]
    finished_at: NotRequired[str | None]
    result: dict[str, Any]
    """
    its figures; which ones depends on the kind
    """
    error_code: NotRequired[str]
    error_detail: NotRequired[str]
    turn: int | None
    cancel_requested: NotRequired[bool]
    digest: NotRequired[str]
    """
    sha256 of the run directory
    """
    champion: NotRequired[bool]
    """
    what others of the project build on, unless told otherwise
    """


class RunPage(TypedDict):
    results: list[RunOut]
    next: str | None


class ScorerOptionsRequest(TypedDict):
    """
    A mapping in which a name that does not exist is an error, not a default.
    """

    model: NotRequired[str]
    readout: NotRequired[ScorerOptionsReadoutEnum]
    steps: NotRequired[int | None]
    learning_rate: NotRequired[float | None]
    lora_rank: NotRequired[int]
    frames: NotRequired[int]
    targets: NotRequired[TargetsEnum]
    expectation: NotRequired[float]
    ordinal: NotRequired[float]
    pairwise: NotRequired[float]
    balance: NotRequired[float]
    weights: NotRequired[WeightsEnum]
    patience: NotRequired[int]
    base: NotRequired[BaseEnum]
    memory: NotRequired[MemoryEnum]
    seed: NotRequired[int]


class ScorerRow(TypedDict):
    run: int
    finished_at: str
    readout: ScorerRowReadoutEnum
    srcc: float | None
    mae: float | None
    ratings: int
    """
    judgments that it learned from
    """


class SelectOptionsRequest(TypedDict):
    """
    A mapping in which a name that does not exist is an error, not a default.
    """

    policy: NotRequired[PolicyEnum]
    statistic: NotRequired[StatisticEnum]
    threshold: NotRequired[float]
    precision: NotRequired[float]
    good: NotRequired[float]
    budget: NotRequired[int | None]
    per_captioner: NotRequired[int | None]
    seed: NotRequired[int]


class Selected(TypedDict):
    video: SelectedVideo
    caption: SelectedCaption
    score: float | None
    mean_paper: float | None
    levels: Levels


class SelectionPage(TypedDict):
    results: list[Selected]
    next: str | None


class SessionOut(TypedDict):
    user: Person | None
    memberships: list[MembershipOut]
    organisations: list[OrganisationOut]
    providers: list[Provider]


class SkipInRequest(TypedDict):
    reason: SkipReason


class SlotOut(TypedDict):
    slot: int
    purpose: SlotOutPurposeEnum
    """
    checks and repeats look like rating

    * `rate` - rate
    * `practice` - practice
    * `exam` - exam
    * `vote` - vote
    """
    lease_until: str | None
    lease_seconds: int
    item: int
    """
    the slot's number: an item's own would tell checks
    """
    caption: RatedCaption
    """
    of a vote: the one shown first
    """
    rival: RatedCaption | None
    """
    of a vote: the one shown second
    """
    video: RatedVideo
    protocol: ProtocolOut
    draft: DraftOut | None
    """
    answers of yours that were not submitted yet
    """
    submitted: Submitted | None
    """
    your answer that counts
    """
    note: Turn | None
    """
    of practice and qualification: how far you are
    """


class SnapshotWhole(TypedDict):
    """
    A snapshot with what its manifest says. null: it is older than that part of the manifest.
    """

    id: int
    digest: str
    """
    sha256 of its manifest
    """
    as_of: NotRequired[str | None]
    """
    all up to this instant is in it
    """
    videos: int
    captions: int
    judgments: int
    preferences: NotRequired[int]
    filters: SnapshotFilters
    created_by: NotRequired[str | None]
    """
    null: a command
    """
    created_at: str
    split: SnapshotSplit | None
    sides: SidesOut | None
    leaks: LeaksOut | None
    leaking: list[LeakOut]
    """
    the first of its leaks
    """


class SourceOut(TypedDict):
    name: str
    kind: SourceOutKindEnum


class SourcesOut(TypedDict):
    results: list[SourceOut]


class StageOut(TypedDict):
    kind: StageOutKindEnum
    run: RunBrief | None
    """
    the newest that has succeeded
    """
    current: bool
    """
    whether it follows from the champion
    """
    figures: dict[str, float | None]
    """
    the two or three that matter most
    """


class StandingInRequest(TypedDict):
    state: StandingInStateEnum
    """
    let in, or sent back to practice

    * `qualified` - qualified
    * `practising` - practising
    """


class StandingOut(TypedDict):
    annotator: NamedAnnotator
    state: StandingState
    score: float | None
    """
    of the qualification
    """
    since: str | None
    by: str | None
    """
    null: by the score alone
    """


class StepOut(TypedDict):
    action: StepOutActionEnum
    why: StepOutWhyEnum
    facts: dict[str, Any]
    """
    what it goes by: which depends on `why`
    """


class StoryOut(TypedDict):
    item: int
    caption: str
    captioner: str
    video_url: str
    poster_url: str
    done: int
    overlap: int
    case: CaseFacts | None
    ratings: list[RatingOut]
    decided: SomeLevels
    """
    what stands
    """
    history: list[EventOut]
    """
    everything, in its order
    """


class TextsField(TypedDict):
    """
    By language. English is always there; others are whole or not there at all.
    """

    en: Wording
    de: NotRequired[Wording]


class TextsFieldRequest(TypedDict):
    """
    By language. English is always there; others are whole or not there at all.
    """

    en: WordingRequest
    de: NotRequired[WordingRequest]


class TurnOptionsRequest(TypedDict):
    """
    The options of each stage, and how far to go.
    """

    until: NotRequired[UntilEnum]
    scorer: NotRequired[ScorerOptionsRequest]
    score: NotRequired[ScoreOptionsRequest]
    select: NotRequired[SelectOptionsRequest]
    finetune: NotRequired[FinetuneOptionsRequest]
    evaluate: NotRequired[EvaluateOptionsRequest]


class TwinRecord(TypedDict):
    shown: int
    noticed_share: float
    dimensions: list[CheckedDimension]
    """
    by what was made wrong
    """


class VersionInRequest(TypedDict):
    based_on: int
    """
    the version that was changed
    """
    note: str
    texts: TextsFieldRequest


class VersionWithTexts(TypedDict):
    number: int
    note: str
    """
    what was changed, and why
    """
    by: str | None
    """
    null: it is the library's
    """
    made_at: str | None
    texts: TextsField


class VoteRow(TypedDict):
    id: int
    annotator: str
    video: str
    one: str
    two: str
    choice: VoteRowChoiceEnum
    late: bool
    judged_at: str


class VotesPage(TypedDict):
    results: list[VoteRow]
    next: str | None


class WebhookOut(TypedDict):
    id: int
    url: str
    description: NotRequired[str]
    types: list[WebhookType]
    off: WebhookOff | BlankEnum
    """
    why nothing is sent; empty: it is on

    * `` -
    * `by-hand` - by-hand
    * `gone` - gone
    * `failing` - failing
    """
    failing_since: NotRequired[str | None]
    former_secret_until: str | None
    """
    until when the secret before signs, too
    """
    waiting: int
    """
    deliveries that are still to be made
    """
    last_at: NotRequired[str | None]
    """
    when something was last sent
    """
    created_by: str
    created_at: str


class WithdrawnPage(TypedDict):
    results: list[WithdrawnRow]
    next: str | None


class AnnotatorRecordOut(TypedDict):
    annotator: NamedAnnotator
    state: StandingState
    score: float | None
    """
    of the qualification
    """
    since: str | None
    by: str | None
    """
    null: by the score alone
    """
    practice_done: int
    exam_done: int
    ratings: int
    gold: GoldRecord | None
    twins: TwinRecord | None
    repeats: RepeatRecord | None
    median_seconds: float | None
    """
    in sight, per answer
    """
    watched: WatchedRecord | None
    signals: dict[str, int]
    as_of: str | None
    """
    the report from which this is, in a large project; null: now
    """
    days: list[int]
    """
    ratings of each 24 hours up to now, the oldest first
    """


class Board(TypedDict):
    note: str
    """
    what the score is, and what it is not
    """
    captioners: list[CaptionerRow]
    scorers: list[ScorerRow]


class CasePage(TypedDict):
    results: list[CaseRow]
    next: str | None


class ComparisonWithResults(TypedDict):
    id: int
    name: str
    kind: str
    overlap: int
    made_at: str
    captioners: list[str]
    pairs: int
    """
    of captions
    """
    votes_wanted: int
    votes_done: int
    results: Results


class ConflictPage(TypedDict):
    results: list[ConflictRow]
    next: str | None


class DiffOut(TypedDict):
    videos: Changed
    captions: Changed
    judgments: Changed
    moves: list[Moved]


class DimensionReport(TypedDict):
    dimension: DimensionEnum
    applicability: ApplicabilityOut
    level: LevelAgreementOut
    annotators: list[AnnotatorFigures]
    involvement: Involvement | None
    """
    null: the report was made before this was in it
    """


class HistoryPage(TypedDict):
    results: list[HistoryRow]
    next: str | None


class ImportOut(TypedDict):
    id: int
    at: str
    by: str | None
    """
    null: the command line
    """
    report: ImportReport


class ImportPage(TypedDict):
    results: list[ImportOut]
    next: str | None


class LoopOut(TypedDict):
    policy: PolicyOut
    next: StepOut
    ratings: RatingsOut
    worked_hours: float
    """
    of workers with GPUs, in seven days
    """
    champion: ChampionOut | None
    value: ValueOut
    stages: list[StageOut]


class QueueOut(TypedDict):
    tiers: list[QueueTierOut]
    stratum: StratumOut
    leased: int
    """
    places that are on loan
    """
    late: int
    """
    answers that came after their lease
    """
    over: int
    """
    answers beyond the overlap
    """
    withdrawn: int
    """
    items that are out for all
    """
    standing: StandingsCounted


class RecordOut(TypedDict):
    annotator: NamedAnnotator
    state: StandingState
    score: float | None
    """
    of the qualification
    """
    since: str | None
    by: str | None
    """
    null: by the score alone
    """
    practice_done: int
    exam_done: int
    ratings: int
    gold: GoldRecord | None
    twins: TwinRecord | None
    repeats: RepeatRecord | None
    median_seconds: float | None
    """
    in sight, per answer
    """
    watched: WatchedRecord | None
    signals: dict[str, int]
    as_of: str | None
    """
    the report from which this is, in a large project; null: now
    """


class ReportOut(TypedDict):
    id: int
    made_at: str
    ratings: int
    raters_version: int
    rubric: int | None
    """
    the version that these figures are of; null: an old report, which mixes them
    """
    rubrics: list[RubricCount]
    """
    that there are figures of
    """
    dimensions: list[DimensionReport]
    progress: ProgressReport | None
    """
    null: the report was made before this was in it
    """


class ReportState(TypedDict):
    report: ReportOut | None
    """
    null: none was made yet
    """
    stale: bool
    """
    there are ratings that it does not know
    """
    job: JobOut | None
    """
    that makes a new one, or failed to
    """


class RunDetail(TypedDict):
    id: int
    kind: RunKind
    state: RunState
    config: dict[str, Any]
    attempt: NotRequired[int]
    progress: Progress
    requested_by: str | None
    """
    Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.
    """
    requested_at: str
    started_at: NotRequired[str | None]
    finished_at: NotRequired[str | None]
    result: dict[str, Any]
    """
    its figures; which ones depends on the kind
    """
    error_code: NotRequired[str]
    error_detail: NotRequired[str]
    turn: int | None
    cancel_requested: NotRequired[bool]
    digest: NotRequired[str]
    """
    sha256 of the run directory
    """
    champion: NotRequired[bool]
    """
    what others of the project build on, unless told otherwise
    """
    parents: list[ParentOut]
    stages: list[RunOut]
    """
    of a turn
    """
    artifacts: list[ArtifactOut]
    snapshot: SnapshotNamed
    reproduces: int | None
    comparison: FilesCompared | None
    """
    of a finished reproduction
    """
    worked_seconds: NotRequired[float]
    """
    in which a worker held it, over all attempts
    """
    parts: PartsOut | None
    """
    null: it has none
    """


RunOptionsRequest: TypeAlias = CaptionOptionsRequest | ScorerOptionsRequest | ScoreOptionsRequest | SelectOptionsRequest | FinetuneOptionsRequest | EvaluateOptionsRequest | DistillOptionsRequest | TurnOptionsRequest


class RunWishRequest(TypedDict):
    kind: RunKind
    options: NotRequired[RunOptionsRequest]
    parents: NotRequired[list[Parent]]
    """
    finished runs to build on; by default the newest
    """


class WebhookList(TypedDict):
    results: list[WebhookOut]


class RecordList(TypedDict):
    """
    One for each annotator of the project.
    """

    results: list[RecordOut]
