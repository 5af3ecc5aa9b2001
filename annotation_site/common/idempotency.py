"""`Idempotency-Key`: asked twice, done once (draft-ietf-httpapi-idempotency-key-header).

What was answered is kept in the transaction of the work: a request that was killed has neither
done anything nor left a key behind. A refusal has done nothing either, so its key is as new.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Final, TypeVar

from django.db import connection, transaction
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework import status
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_site.common.clock import DatabaseNow, seconds_from_now
from annotation_site.common.models import KeptAnswer
from annotation_site.common.refusals import Conflict, Invalid, Refusal
from annotation_site.common.sealing import Box

HEADER: Final = "Idempotency-Key"
REPLAYED: Final = "Idempotent-Replayed"
KEPT: Final = timedelta(hours=24)
LONGEST: Final = 255

View = TypeVar("View", bound=Callable[..., Response])

_BOX: Final = Box("annotation_site.common.idempotency")


class NotAKey(Refusal):
    """An Idempotency-Key has 1 to 255 visible ASCII characters: take a new UUID."""


class KeyUsedOtherwise(Invalid):
    """You have used this Idempotency-Key for another request. Take a new one."""


class StillAtIt(Conflict):
    """A request with this Idempotency-Key is being answered. Ask again in a moment."""


def idempotent(post: View) -> View:
    """Do what a view's method does once for a person's key, and answer the same from then on.

    It runs in one transaction with the keeping of the answer: not for what takes minutes.
    """

    @wraps(post)
    def answered(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get(HEADER)
        if key is None:
            return post(view, request, *args, **kwargs)
        if not (0 < len(key) <= LONGEST and key.isascii() and key.isprintable()):
            raise NotAKey
        asked = _Asked(request, key)
        with transaction.atomic():
            asked.hold()
            return asked.again() or asked.keep(post(view, request, *args, **kwargs))

    answered.idempotent = True  # type: ignore[attr-defined] # the schema looks for it
    return answered  # type: ignore[return-value] # what it wraps is called alike


class _Asked:
    """A request under its key, in a transaction."""

    def __init__(self, request: Request, key: str) -> None:
        self._of_person = {"user_id": request.user.pk, "key": key}
        self._what = {
            "operation": f"{request.method} {request.path}",
            "fingerprint": hashlib.sha256(request.body).hexdigest(),
        }

    def hold(self) -> None:
        """Keep others with this key out until the transaction ends, however it ends."""
        told = json.dumps(self._of_person).encode()
        number = int.from_bytes(hashlib.sha256(told).digest()[:8], signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
            if cursor.fetchone() != (True,):
                raise StillAtIt(retry_after=1)

    def again(self) -> Response | None:
        """What was answered before, if it was asked before."""
        rows = KeptAnswer.objects.filter(**self._of_person)
        rows.filter(created_at__lt=_expiry()).delete()
        kept = rows.first()
        if kept is None:
            return None
        if self._what != {"operation": kept.operation, "fingerprint": kept.fingerprint}:
            raise KeyUsedOtherwise
        body = _BOX.unseal(kept.sealed_body)
        answer = Response(json.loads(body) if body else None, status=kept.status)
        answer.headers[REPLAYED] = "true"
        return answer

    def keep(self, answer: Response) -> Response:
        if status.is_success(answer.status_code):
            body = JSONRenderer().render(answer.data).decode()
            KeptAnswer.objects.create(
                **self._of_person,
                **self._what,
                status=answer.status_code,
                sealed_body=_BOX.seal(body),
                created_at=DatabaseNow(),
            )
        return answer


def _expiry() -> Any:
    return seconds_from_now(-KEPT.total_seconds())


def sweep() -> None:
    """Forget what nobody may ask for again."""
    KeptAnswer.objects.filter(created_at__lt=_expiry()).delete()


class Schema(AutoSchema):
    """Tells of the header where it is understood."""

    def get_override_parameters(self) -> list[Any]:
        given = super().get_override_parameters()
        method = getattr(self.view, self.method.lower(), None)
        return [*given, PARAMETER] if hasattr(method, "idempotent") else given


PARAMETER: Final = OpenApiParameter(
    HEADER,
    str,
    OpenApiParameter.HEADER,
    description=(
        "Up to 255 visible characters that you draw for this request, such as a UUID. Sent again "
        "within 24 hours with the same body, it is not done again: you get the same answer, with "
        f"`{REPLAYED}: true`."
    ),
)
