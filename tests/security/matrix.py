"""Who may do what, address by address: the table that the site is held against."""

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from uuid import UUID

from annotation_site.catalog.models import Caption
from annotation_site.rating.models import Item
from tests.rating.factories import LEVELS, evidence, words

API = "api/v1/"
PROJECT = f"{API}projects/<slug:slug>"
SLOT = f"{PROJECT}/slots/<int:slot>"
SNAPSHOT = f"{PROJECT}/snapshots/<int:snapshot>"
RUN = f"{PROJECT}/runs/<int:run>"
JOB = f"{PROJECT}/jobs/<int:job>"
UPLOAD = f"{PROJECT}/uploads/<uuid:upload>"
ORGANISATION = f"{API}organisations/<slug:organisation>"
PERSON = f"{ORGANISATION}/people/<int:person>"
MEMBER = f"{PROJECT}/members/<int:member>"
INVITATION = f"{PROJECT}/invitations/<int:invitation>"
TAKEN_HOME = ("datasets.download", "audit.entry")
WEBHOOK = f"{PROJECT}/webhooks/<int:webhook>"
MEDIA = f"{PROJECT}/media/<sha256:sha256>"

# Whoever is admin of the project here owns its organisation, too.
ACTORS = ("anonymous", "deactivated", "stranger", "annotator", "admin", "researcher")
"""The stranger has every role, in another project; the deactivated one had every role here."""

SIGNED_IN = frozenset({"stranger", "annotator", "admin", "researcher"})
ALL = frozenset(ACTORS)
EVERYONE = frozenset({"annotator", "admin", "researcher"})
STAFF = frozenset({"admin", "researcher"})
ANNOTATOR, ADMIN, RESEARCHER = (frozenset({name}) for name in ("annotator", "admin", "researcher"))


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Who may, what they are then answered, and what is sent for it."""

    who: frozenset[str]
    status: int = 200
    body: Callable[[], Any] = dict
    form: str = "json"
    where: dict[str, Any] = field(default_factory=dict)
    """What stands in the address, where it is not what the world has for everyone."""
    notes: tuple[str, ...] = ()
    """The models of which reading leaves one row, however often one reads."""


def submission() -> dict[str, Any]:
    return {"client_key": str(uuid.uuid4()), "levels": LEVELS, "evidence": evidence()}


def protocol() -> dict[str, Any]:
    """All of it: a part would let whatever else is sent be taken for the rest."""
    shares = dict.fromkeys(
        ("watch_share", "random_share", "check_share", "repeat_share", "pass_share"), 0.2
    )
    yes_or_no = dict.fromkeys(("auto_advance", "random_order", "practice_required"), False)
    return {**shares, **yes_or_no, "lease_seconds": 300, "break_minutes": 20, "overlap": 2}


def new_words() -> dict[str, Any]:
    return {"based_on": 1, "note": "A guideline", "texts": words(guideline="Watch it whole.")}


def wanted() -> dict[str, Any]:
    """A snapshot other than the one that is there."""
    return {"filters": {"minimum_ratings": 1}, "split": {}, "as_of": None, "background": False}


def file(name: str, content: bytes) -> Callable[[], dict[str, Any]]:
    def upload() -> dict[str, Any]:
        stream = BytesIO(content)
        stream.name = name
        return {"file": stream}

    return upload


def a_rated_item() -> int:
    """The one of the project that was built first, and is asked here."""
    return Item.objects.filter(n_done=1).earliest("pk").pk


def a_caption() -> int:
    """The first caption that was made: it is in the project here."""
    return Caption.objects.earliest("pk").pk


LINE = json.dumps({"video": "?.mp4", "source": "x", "kind": "detailed", "caption": "A dog."})
NEWCOMER = {"username": "newcomer", "password": "correct horse battery"}
NAMES = {"name": "Another", "slug": "another", "description": ""}
PROFILE = {"display_name": "A. N.", "email": "a@lab.example", "language": "de", "preferences": {}}
WRONG = {"username": "nobody", "password": "wrong"}

WEBHOOK_WISH = {
    "url": "https://hooks.example/crest", "types": ["answer.recorded"], "description": ""
}  # fmt: skip

TABLE: dict[tuple[str, str], Rule] = {
    ("healthz", "GET"): Rule(who=ALL),
    (f"{API}schema", "GET"): Rule(who=ALL),
    ("^(?!api(?:/|$)|static/|assets/)", "GET"): Rule(who=ALL),
    (f"{API}session", "GET"): Rule(who=ALL),
    (f"{API}session", "POST"): Rule(who=ALL, status=400, body=lambda: WRONG),
    (f"{API}session", "DELETE"): Rule(who=ALL, status=204),
    (f"{API}tokens", "GET"): Rule(who=SIGNED_IN),
    (f"{API}tokens", "POST"): Rule(who=SIGNED_IN, status=201, body=lambda: {"name": "nightly"}),
    (f"{API}tokens", "DELETE"): Rule(who=SIGNED_IN, status=204),
    (f"{API}tokens/<str:key>", "DELETE"): Rule(who=SIGNED_IN, status=404),  # nobody's own
    (f"{API}profile", "GET"): Rule(who=SIGNED_IN),
    (f"{API}profile", "PATCH"): Rule(who=SIGNED_IN, body=lambda: PROFILE),
    (f"{API}profile/password", "POST"): Rule(
        who=SIGNED_IN, status=400, body=lambda: {"old": "wrong", "new": "a new password"}
    ),
    (f"{API}invitations/<str:token>", "GET"): Rule(who=ALL),
    (f"{API}invitations/<str:token>", "POST"): Rule(who=ALL, body=lambda: NEWCOMER),
    (f"{API}oidc/<str:provider>/start", "GET"): Rule(who=ALL, status=404),  # there is none
    (f"{API}oidc/<str:provider>/callback", "GET"): Rule(who=ALL, status=404),
    (f"{API}organisations", "GET"): Rule(who=SIGNED_IN),
    (f"{ORGANISATION}/projects", "GET"): Rule(who=ADMIN),
    (f"{ORGANISATION}/projects", "POST"): Rule(who=ADMIN, status=201, body=lambda: NAMES),
    (f"{ORGANISATION}/people", "GET"): Rule(who=ADMIN),
    (PERSON, "PATCH"): Rule(who=ADMIN, body=lambda: {"owner": True}),
    (PERSON, "DELETE"): Rule(who=ADMIN, status=204),
    (f"{API}projects", "GET"): Rule(who=SIGNED_IN),
    (PROJECT, "GET"): Rule(who=EVERYONE),
    (PROJECT, "PATCH"): Rule(who=ADMIN, body=lambda: NAMES),
    (f"{PROJECT}/archive", "POST"): Rule(who=ADMIN),
    (f"{PROJECT}/archive", "DELETE"): Rule(who=ADMIN),
    (f"{PROJECT}/members", "GET"): Rule(who=ADMIN),
    (MEMBER, "PATCH"): Rule(who=ADMIN, body=lambda: {"roles": ["annotator"]}),
    (MEMBER, "DELETE"): Rule(who=ADMIN, status=204),
    (f"{PROJECT}/invitations", "GET"): Rule(who=ADMIN),
    (f"{PROJECT}/invitations", "POST"): Rule(
        who=ADMIN, status=201, body=lambda: {"role": "annotator", "email": ""}
    ),
    (INVITATION, "DELETE"): Rule(who=ADMIN, status=204),
    (f"{PROJECT}/audit", "GET"): Rule(who=ADMIN),
    (f"{PROJECT}/audit.<audit_form:form>", "GET"): Rule(who=ADMIN),
    (f"{ORGANISATION}/audit", "GET"): Rule(who=ADMIN),
    (f"{ORGANISATION}/audit.<audit_form:form>", "GET"): Rule(who=ADMIN),
    # --- catalog
    (f"{PROJECT}/videos", "GET"): Rule(who=STAFF),
    (f"{PROJECT}/videos", "POST"): Rule(
        who=ADMIN, status=422, form="multipart", body=file("a.mp4", b"no video")
    ),
    (f"{PROJECT}/captions", "POST"): Rule(
        who=ADMIN, status=422, form="multipart", body=file("a.jsonl", LINE.encode())
    ),
    (f"{PROJECT}/imports", "GET"): Rule(who=STAFF),
    (f"{PROJECT}/imports", "POST"): Rule(
        who=ADMIN, status=202, form="multipart", body=file("a.jsonl", LINE.encode())
    ),
    (f"{PROJECT}/imports/preview", "POST"): Rule(
        who=ADMIN, form="multipart", body=file("a.jsonl", LINE.encode())
    ),
    (f"{PROJECT}/imports/<int:job>/report.jsonl", "GET"): Rule(  # it is no import
        who=STAFF, status=404
    ),
    (f"{PROJECT}/imports/sources", "GET"): Rule(who=ADMIN),
    (f"{PROJECT}/imports/files", "POST"): Rule(  # no source is set up
        who=ADMIN, status=404, body=lambda: {"source": "videos"}
    ),
    (f"{PROJECT}/imports/uploads", "POST"): Rule(  # it is not here in full
        who=ADMIN, status=409, body=lambda: {"uploads": [str(UUID(int=1))]}
    ),
    (f"{PROJECT}/uploads", "POST"): Rule(who=ADMIN, status=422),  # without a name
    (UPLOAD, "GET"): Rule(who=ADMIN),
    (UPLOAD, "PATCH"): Rule(who=ADMIN, status=422),  # without saying where
    (UPLOAD, "DELETE"): Rule(who=ADMIN, status=204),
    (f"{PROJECT}/captioners", "GET"): Rule(who=STAFF),
    (f"{MEDIA}/video.mp4", "GET"): Rule(who=EVERYONE),
    (f"{MEDIA}/poster.jpg", "GET"): Rule(who=EVERYONE),
    # --- rating
    (f"{PROJECT}/rubric", "GET"): Rule(who=EVERYONE),
    (f"{PROJECT}/rubric/versions", "GET"): Rule(who=STAFF),
    (f"{PROJECT}/rubric/versions", "POST"): Rule(who=ADMIN, status=201, body=new_words),
    (f"{PROJECT}/rubric/versions/<int:version>", "GET"): Rule(who=STAFF),
    (f"{PROJECT}/rubric/bridges", "GET"): Rule(who=STAFF),
    (f"{PROJECT}/rubric/bridges", "POST"): Rule(  # nothing is finished
        who=ADMIN, status=409, body=lambda: {"before": 1, "captions": 5, "overlap": 1}
    ),
    (f"{PROJECT}/rubric/bridges/<int:bridge>", "GET"): Rule(who=STAFF),
    (f"{PROJECT}/protocol", "GET"): Rule(who=EVERYONE),
    (f"{PROJECT}/protocol", "PATCH"): Rule(who=ADMIN, body=protocol),
    (f"{PROJECT}/progress", "GET"): Rule(who=EVERYONE),
    (f"{PROJECT}/slots", "POST"): Rule(who=ANNOTATOR, status=201),
    (f"{SLOT}/submission", "POST"): Rule(who=ANNOTATOR, status=201, body=submission),
    (f"{SLOT}/heartbeat", "POST"): Rule(who=ANNOTATOR),
    (f"{SLOT}/skip", "POST"): Rule(
        who=ANNOTATOR, status=204, body=lambda: {"reason": "unsure"}
    ),
    (SLOT, "GET"): Rule(who=ANNOTATOR),
    (f"{SLOT}/skip", "DELETE"): Rule(who=ANNOTATOR, status=204),
    (f"{SLOT}/draft", "PUT"): Rule(
        who=ANNOTATOR, body=lambda: {"step": 1, "client_key": str(uuid.uuid4())}
    ),
    (f"{SLOT}/revision", "POST"): Rule(  # not submitted yet
        who=ANNOTATOR,
        status=409,
        body=lambda: {"client_key": str(uuid.uuid4()), "levels": LEVELS},
    ),
    (f"{SLOT}/remarks", "GET"): Rule(who=ANNOTATOR),
    (f"{SLOT}/remarks", "POST"): Rule(
        who=ANNOTATOR, status=201, body=lambda: {"kind": "flag", "text": "Two clips."}
    ),
    (f"{SLOT}/flag", "DELETE"): Rule(who=ANNOTATOR, status=204),
    (f"{PROJECT}/history", "GET"): Rule(who=ANNOTATOR),
    (f"{PROJECT}/remarks", "GET"): Rule(who=STAFF),
    (f"{PROJECT}/remarks/resolve", "POST"): Rule(who=ADMIN, body=lambda: {"remarks": [1]}),
    (f"{PROJECT}/remarks/<int:remark>/resolve", "POST"): Rule(who=ADMIN),
    (f"{SLOT}/vote", "POST"): Rule(  # the slot here is no vote
        who=ANNOTATOR,
        status=404,
        body=lambda: {
            "client_key": str(uuid.uuid4()),
            "choice": "tie",
            "evidence": evidence(),
        },
    ),
    (f"{PROJECT}/comparisons", "GET"): Rule(who=STAFF),
    (f"{PROJECT}/comparisons", "POST"): Rule(
        who=ADMIN, status=422, body=lambda: {"name": "x", "captioners": ["a", "b"]}
    ),
    (f"{PROJECT}/comparisons/<int:comparison>", "GET"): Rule(who=STAFF),
    (f"{PROJECT}/comparisons/<int:comparison>/votes", "GET"): Rule(who=STAFF),
    # --- the queue
    (f"{PROJECT}/queue", "GET"): Rule(who=STAFF),
    (f"{PROJECT}/ledger", "GET"): Rule(who=STAFF),
    (f"{PROJECT}/withdrawn", "GET"): Rule(who=STAFF),
    (f"{PROJECT}/withdrawn/<int:item>/restore", "POST"): Rule(
        who=ADMIN, status=204, where={"item": "withdrawn_item"}
    ),
    (f"{PROJECT}/priorities", "POST"): Rule(
        who=ADMIN,
        body=lambda: {"reason": "a try", "tier": 10, "captioner": "nobody", "captions": []},
    ),
    # --- quality
    (f"{PROJECT}/checks", "GET"): Rule(who=STAFF),
    (f"{PROJECT}/checks", "POST"): Rule(
        who=ADMIN,
        status=201,
        body=lambda: {"caption": a_caption(), "purpose": "gold", "levels": LEVELS, "notes": {}},
    ),
    (f"{PROJECT}/checks/<int:check>", "PATCH"): Rule(
        who=ADMIN, body=lambda: {"levels": LEVELS, "notes": {}, "withdrawn": True}
    ),
    (f"{PROJECT}/candidates", "GET"): Rule(who=STAFF),
    (f"{PROJECT}/twins", "POST"): Rule(
        who=ADMIN,
        status=201,
        body=lambda: {"caption": a_caption(), "dimension": "object", "text": "A cat flies."},
    ),
    (f"{PROJECT}/twins/suggestion", "POST"): Rule(  # there is no text model
        who=ADMIN, status=409, body=lambda: {"caption": a_caption(), "dimension": "object"}
    ),
    (f"{PROJECT}/twins/automatic", "POST"): Rule(
        who=ADMIN, body=lambda: {"count": 1, "seed": 1}
    ),
    (f"{PROJECT}/standings", "GET"): Rule(who=STAFF),
    (f"{PROJECT}/standings/<int:member>", "GET"): Rule(who=STAFF),
    (f"{PROJECT}/standings/<int:member>/ratings", "GET"): Rule(who=STAFF),
    (f"{PROJECT}/standings/<int:member>", "POST"): Rule(
        who=ADMIN, body=lambda: {"state": "qualified"}
    ),
    (f"{PROJECT}/examples", "GET"): Rule(who=EVERYONE),
    (f"{PROJECT}/quality/report", "GET"): Rule(who=STAFF),
    (f"{PROJECT}/quality/report", "POST"): Rule(who=STAFF, status=202),
    (f"{PROJECT}/quality/audit", "GET"): Rule(who=STAFF),
    # --- adjudication
    (f"{PROJECT}/adjudication", "GET"): Rule(who=STAFF),
    (f"{PROJECT}/adjudication", "POST"): Rule(
        who=ADMIN, status=201, body=lambda: {"item": a_rated_item()}
    ),
    (f"{PROJECT}/adjudication/conflicts", "GET"): Rule(who=STAFF),
    (f"{PROJECT}/adjudication/<int:item>", "GET"): Rule(who=STAFF),
    (f"{PROJECT}/adjudication/<int:item>/decisions", "POST"): Rule(
        who=ADMIN, status=201, body=lambda: {"levels": {"camera": 2}, "reason": "It pans."}
    ),
    (f"{PROJECT}/adjudication/<int:item>/returns", "POST"): Rule(
        who=ADMIN, status=404, body=lambda: {"slot": 2**62, "reason": "Look at the camera."}
    ),
    (f"{PROJECT}/returned", "GET"): Rule(who=ANNOTATOR),
    # --- jobs
    (f"{PROJECT}/jobs", "GET"): Rule(who=STAFF),
    (JOB, "GET"): Rule(who=STAFF),
    (f"{JOB}/cancel", "POST"): Rule(who=STAFF, status=202),
    # --- datasets
    (f"{PROJECT}/snapshots", "GET"): Rule(who=STAFF),
    (f"{PROJECT}/snapshots", "POST"): Rule(who=STAFF, status=201, body=wanted),
    (f"{PROJECT}/snapshots/preview", "POST"): Rule(who=STAFF, body=wanted),
    (f"{PROJECT}/snapshots/choices", "GET"): Rule(who=STAFF),
    (SNAPSHOT, "GET"): Rule(who=STAFF),
    (f"{SNAPSHOT}/manifest.json", "GET"): Rule(who=STAFF),
    (f"{SNAPSHOT}/exports", "GET"): Rule(who=STAFF),
    (f"{SNAPSHOT}/exports/<slug:form>", "GET"): Rule(who=STAFF, notes=TAKEN_HOME),
    (f"{SNAPSHOT}/exports/<slug:form>", "POST"): Rule(who=STAFF),
    (f"{SNAPSHOT}/exports/<slug:form>/manifest.json", "GET"): Rule(who=STAFF),
    (f"{SNAPSHOT}/diff/<int:other>", "GET"): Rule(who=STAFF, where={"other": "snapshot"}),
    (f"{SNAPSHOT}/diff/<int:other>.jsonl", "GET"): Rule(
        who=STAFF, where={"other": "snapshot"}, notes=TAKEN_HOME
    ),
    # --- runs
    (f"{PROJECT}/runs", "GET"): Rule(who=STAFF),
    (f"{PROJECT}/runs", "POST"): Rule(
        who=RESEARCHER, status=201, body=lambda: {"kind": "score", "parents": []}
    ),
    (RUN, "GET"): Rule(who=STAFF),
    (f"{RUN}/metrics", "GET"): Rule(who=STAFF),
    (f"{RUN}/cancel", "POST"): Rule(who=RESEARCHER, status=202, where={"run": "queued_run"}),
    (f"{RUN}/reproduce", "POST"): Rule(who=RESEARCHER, status=201),
    (f"{RUN}/events", "GET"): Rule(who=STAFF),
    (f"{RUN}/artifacts/<path:name>", "GET"): Rule(who=STAFF),
    (f"{RUN}/selection", "GET"): Rule(who=STAFF),
    # --- the loop
    (f"{PROJECT}/loop", "GET"): Rule(who=STAFF),
    (f"{PROJECT}/loop/policy", "GET"): Rule(who=STAFF),
    (f"{PROJECT}/loop/policy", "PATCH"): Rule(who=RESEARCHER, body=lambda: {"every_hours": 24}),
    (f"{PROJECT}/loop/trials", "GET"): Rule(who=STAFF),
    (f"{RUN}/promote", "POST"): Rule(
        who=RESEARCHER,
        status=201,
        body=lambda: {"reason": "It is kinder to verbs."},
    ),
    # --- webhooks
    (f"{PROJECT}/webhooks", "GET"): Rule(who=ADMIN),
    (f"{PROJECT}/webhooks", "POST"): Rule(who=ADMIN, status=201, body=lambda: WEBHOOK_WISH),
    (WEBHOOK, "GET"): Rule(who=ADMIN),
    (WEBHOOK, "PATCH"): Rule(
        who=ADMIN, body=lambda: {**WEBHOOK_WISH, "description": "", "on": True}
    ),
    (WEBHOOK, "DELETE"): Rule(who=ADMIN, status=204),
    (f"{WEBHOOK}/secret", "POST"): Rule(who=ADMIN),
    (f"{WEBHOOK}/ping", "POST"): Rule(who=ADMIN, status=202),
    (f"{WEBHOOK}/deliveries", "GET"): Rule(who=ADMIN),
    (f"{WEBHOOK}/deliveries/<int:delivery>", "GET"): Rule(who=ADMIN),
    (f"{WEBHOOK}/deliveries/<int:delivery>/redeliver", "POST"): Rule(who=ADMIN, status=202),
    # --- leaderboard
    (f"{PROJECT}/leaderboard", "GET"): Rule(who=STAFF),
}  # fmt: skip
