"""The HTTP edge that every app shares: refusals as problem+json, pages by a cursor."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import OperationalError
from django.db.models import Model, QuerySet
from drf_spectacular.utils import OpenApiParameter
from psycopg.errors import DeadlockDetected, LockNotAvailable
from rest_framework import exceptions, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import CharField, IntegerField, Serializer
from rest_framework.views import exception_handler

from annotation_site.common.refusals import PROBLEM_TYPE, Invalid, Refusal

PAGE_SIZE = 50
CURSOR = OpenApiParameter("cursor", str, description="`next` of the page before")

Row = TypeVar("Row", bound=Model)

_PASSING = (LockNotAvailable, DeadlockDetected)
"""What Postgres gives up on when others are in the way: nothing was written, trying again helps."""


class Busy(Refusal):
    """Others are at work on the same thing. Nothing was saved; try again in a moment."""

    status = 503


class Problem(Serializer[Any]):
    """RFC 9457: what went wrong, for machines (`type`) and people (`title`)."""

    type = CharField(help_text="a stable name, such as nothing-to-rate")
    title = CharField()
    status = IntegerField()


def _problem(kind: str, title: str, status_code: int, **members: Any) -> Response:
    body = {"type": kind, "title": title, "status": status_code, **members}
    return Response(body, status=status_code, content_type=PROBLEM_TYPE)


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn refusals and REST framework's errors into problems; let bugs be server errors."""
    if isinstance(error, OperationalError) and isinstance(error.__cause__, _PASSING):
        error = Busy(retry_after=1)
    if isinstance(error, Refusal):
        refusal = _problem(error.code, error.message, error.status, **error.facts)
        if "retry_after" in error.facts:
            refusal.headers["Retry-After"] = str(error.facts["retry_after"])
        return refusal
    answer = exception_handler(error, context)
    if answer is None:
        return None
    if isinstance(error, exceptions.ValidationError):
        title = "What was sent is not valid."
        body = _problem("invalid", title, status.HTTP_400_BAD_REQUEST, errors=error.detail)
    else:
        detail = answer.data.get("detail", "") if isinstance(answer.data, dict) else ""
        kind = str(getattr(detail, "code", "error")).replace("_", "-")
        body = _problem(kind, str(detail), answer.status_code)
    for name in ("WWW-Authenticate", "Retry-After", "Allow"):
        if name in answer.headers:
            body.headers[name] = answer.headers[name]
    return body


def newest_first(
    request: Request, rows: QuerySet[Row], render: Callable[[Row], dict[str, Any]]
) -> Response:
    """A page of rows by falling id: `{"results": [...], "next": cursor or null}`.

    Keyset paging: page one thousand costs what page one costs.
    """
    cursor = request.query_params.get("cursor")
    if cursor is not None:
        if not cursor.isascii() or not cursor.isdigit() or len(cursor) > 18:  # noqa: PLR2004 - a bigint
            raise Invalid("The cursor is not one that this list gave out.", field="cursor")
        rows = rows.filter(pk__lt=int(cursor))
    found = list(rows.order_by("-pk")[: PAGE_SIZE + 1])
    page = found[:PAGE_SIZE]
    more = len(found) > PAGE_SIZE
    return Response(
        {"results": [render(row) for row in page], "next": str(page[-1].pk) if more else None}
    )
