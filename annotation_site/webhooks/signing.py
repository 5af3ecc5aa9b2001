"""Secrets and signatures, after the Standard Webhooks specification (v1: HMAC-SHA256).

A secret has to be known in plain to sign with, so it cannot be hashed. It is encrypted under a key
that is derived from Django's: whoever has only the database cannot sign.
"""

import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterable
from typing import Final

from annotation_site.common.sealing import Box

PREFIX: Final = "whsec_"
SECRET_BYTES: Final = 32

_BOX: Final = Box("annotation_site.webhooks.signing")


BOX: Final = Box("annotation_site.webhooks.signing")
"""In which secrets are kept."""


def new_secret() -> str:
    return PREFIX + b64encode(secrets.token_bytes(SECRET_BYTES)).decode("ascii")


def sign(*, secrets: Iterable[str], number: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers. Every secret that is good today signs, so none has to be changed at once.

    The timestamp is in seconds since 1970; receivers refuse what is minutes old.
    """
    signed = f"{number}.{timestamp}.".encode() + body
    return {
        "webhook-id": number,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(f"v1,{_signature(secret, signed)}" for secret in secrets),
    }


def _signature(secret: str, signed: bytes) -> str:
    key = b64decode(secret.removeprefix(PREFIX))
    return b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode("ascii")
