"""Which tables the audit log watches, and why it leaves the others alone. A test holds it complete.

Judgments, votes and revisions are an append-only history of their own: nothing of a rating is
logged twice, and a rating costs what it cost.
"""

from dataclasses import dataclass
from typing import Final, Literal

Event = Literal["insert", "update", "delete"]

_ALL: Final[tuple[Event, ...]] = ("insert", "update", "delete")
_LATER: Final[tuple[Event, ...]] = ("update", "delete")


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A table, and what of its rows is noted."""

    model: str
    kind: str
    """What one of its rows is called in the API."""
    events: tuple[Event, ...] = _ALL
    about: tuple[str, ...] = ()
    """Columns that tell which row it is: noted with every entry, changed or not."""
    only: tuple[str, ...] = ()
    """An update that changes none of these is not noted; empty: any column counts."""
    left_out: tuple[str, ...] = ()
    masked: tuple[str, ...] = ()
    """Of these the log says that they changed, and not what from or to."""
    key: str = "id"
    scope: str = ""
    """SQL that tells a row's ($1, as JSON) project and organisation; empty: it has the column."""


_OF_AN_ITEM: Final = (
    "SELECT project_id, NULL::bigint FROM rating_item WHERE id = ($1->>'item_id')::bigint"
)
_OF_A_SLOT: Final = (
    "SELECT item.project_id, NULL::bigint FROM rating_slot slot "
    "JOIN rating_item item ON item.id = slot.item_id WHERE slot.id = ($1->>'slot_id')::bigint"
)
_OF_A_VIDEO: Final = (
    "SELECT project_id, NULL::bigint FROM catalog_video WHERE id = ($1->>'video_id')::bigint"
)
_OF_A_SNAPSHOT: Final = (
    "SELECT project_id, NULL::bigint FROM datasets_snapshot WHERE id = ($1->>'snapshot_id')::bigint"
)
_LEASE: Final = ("fence", "attempt", "max_attempts", "lease_until", "progress", "result")

WATCHED: Final = (
    # Personal data cannot be taken out of this log again, so it does not go in.
    Watched(
        model="accounts.User",
        kind="user",
        about=("username",),
        left_out=("last_login", "preferences", "language"),
        masked=("password", "email", "first_name", "last_name", "display_name"),
    ),
    Watched(
        model="knox.AuthToken",
        kind="token",
        key="token_key",
        about=("user_id", "token_key"),
        left_out=("digest",),
    ),
    Watched(model="accounts.Identity", kind="identity", about=("user_id",), masked=("subject",)),
    Watched(model="accounts.Organisation", kind="organisation", about=("slug", "name"),
            scope="SELECT NULL::bigint, ($1->>'id')::bigint"),
    Watched(model="accounts.Ownership", kind="ownership", about=("user_id",)),
    Watched(model="accounts.Project", kind="project", about=("slug", "name"),
            scope="SELECT ($1->>'id')::bigint, ($1->>'organisation_id')::bigint"),
    Watched(model="accounts.Membership", kind="membership", about=("user_id", "role")),
    Watched(
        model="accounts.Invitation",
        kind="invitation",
        about=("role",),
        left_out=("digest",),
        masked=("email",),
    ),
    Watched(
        model="jobs.Job",
        kind="job",
        about=("kind",),
        only=("cancel_requested", "ended_at"),
        left_out=(*_LEASE, "checkpoint", "due_at", "started_at", "key"),
    ),
    # That they came in is told by the import, once; here is told what became of them.
    Watched(model="catalog.Video", kind="video", events=_LATER, about=("sha256",)),
    Watched(model="catalog.VideoName", kind="video-name", events=_LATER, about=("name",),
            scope=_OF_A_VIDEO),
    Watched(model="catalog.Captioner", kind="captioner", events=_LATER, about=("name",)),
    Watched(model="catalog.Caption", kind="caption", events=_LATER, about=("external_id",),
            scope=_OF_A_VIDEO),
    Watched(model="catalog.Import", kind="import", left_out=("report",)),
    Watched(model="rating.Protocol", kind="protocol"),
    Watched(model="rating.RubricVersion", kind="rubric-version", about=("number",),
            left_out=("texts",)),
    Watched(model="rating.Bridge", kind="bridge", about=("before", "after")),
    Watched(model="rating.Comparison", kind="comparison", about=("name",)),
    Watched(model="rating.Standing", kind="standing", about=("annotator_id", "state")),
    Watched(model="rating.Remark", kind="remark", events=_LATER, about=("kind",), scope=_OF_A_SLOT),
    Watched(model="quality.Check", kind="check", events=_LATER, key="item_id", about=("item_id",),
            scope=_OF_AN_ITEM),
    Watched(model="adjudication.Case", kind="case", about=("item_id",), scope=_OF_AN_ITEM),
    Watched(model="adjudication.Decision", kind="decision", about=("item_id", "dimension"),
            scope=_OF_AN_ITEM),
    # Its author's answer is a rating: the judgments tell of it.
    Watched(model="adjudication.Return", kind="return", events=("insert", "delete"),
            about=("slot_id",), scope=_OF_A_SLOT),
    Watched(model="datasets.Snapshot", kind="snapshot", about=("digest",)),
    Watched(model="datasets.Download", kind="download", events=("insert",),
            about=("snapshot_id", "form"), left_out=("day",), scope=_OF_A_SNAPSHOT),
    Watched(
        model="runs.Run",
        kind="run",
        about=("kind",),
        only=("cancel_requested", "finished_at"),
        left_out=(
            *_LEASE, "lease_owner", "heartbeat_at", "progress_at", "started_at", "worked_seconds",
        ),
    ),
    Watched(model="loop.Trial", kind="trial", about=("challenger_id", "grounds"),
            left_out=("comparison",)),
    Watched(model="loop.Policy", kind="loop-policy", about=("enabled",)),
    Watched(
        model="webhooks.Endpoint",
        kind="webhook",
        about=("description",),
        left_out=("failures", "failing_since", "rests_until", "fence", "held_until", "last_at"),
        masked=("sealed_secret", "sealed_former"),
    ),
)  # fmt: skip

_RATING: Final = "ratings are an append-only history of their own"
_QUEUE: Final = "where the queue stands: it changes with every rating, and nobody decides it"
_DERIVED: Final = "computed from ratings, and again whenever they grow"
_SENT: Final = "the log of deliveries, which has a page of its own"
_UNUSED: Final = "Django's own permissions, which nothing here asks"

EXEMPT: Final = {
    "audit.Entry": "the log itself",
    "auth.Group": _UNUSED,
    "auth.Group_permissions": _UNUSED,
    "auth.Permission": _UNUSED,
    "accounts.User_groups": _UNUSED,
    "accounts.User_user_permissions": _UNUSED,
    "common.KeptAnswer": "answers kept for a day, for whoever asks again",
    "contenttypes.ContentType": "Django's list of models",
    "sessions.Session": "who is signed in, not what anybody may do",
    "accounts.SignInAttempts": "counters that fade",
    "accounts.FormerSlug": "follows from the project's change of address, which is logged",
    "accounts.TokenName": "its owner's words for a token that is logged",
    "rating.Item": _QUEUE,
    "rating.Slot": _QUEUE,
    "rating.Draft": "unfinished answers",
    "rating.Judgment": _RATING,
    "rating.Revision": _RATING,
    "rating.Preference": _RATING,
    "rating.Comparison_captioners": "written once, with the comparison, which is logged",
    "quality.Outcome": _DERIVED,
    "quality.Report": _DERIVED,
    "quality.Dispute": _DERIVED,
    "catalog.Upload": "a file on its way in, which its import tells of",
    "datasets.Look": "follows from a video's content",
    "runs.Run_parents": "written once, with the run, which is logged",
    "runs.Metric": "what a run measures on its way",
    "runs.Part": "how far a run is, and who does what of it",
    "webhooks.Event": "what happened elsewhere, and is logged there",
    "webhooks.Delivery": _SENT,
    "webhooks.Attempt": _SENT,
    "runs.Artifact": "files of a run, sealed by its digest, which is logged",
}
"""Models that are not watched, and why."""
