"""What is answered outside the API's views: the page, the schema, health, and errors."""

import functools

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer

from annotation_site.common.refusals import PROBLEM_TYPE


@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "ok"})


@require_safe
def schema(_request: HttpRequest) -> HttpResponse:
    """Describe the API. Anybody may ask, as often as they like: it is drawn up once."""
    return HttpResponse(_schema(), content_type=OpenApiJsonRenderer.media_type)


@functools.cache
def _schema() -> bytes:
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]
    description = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    drawn: bytes = OpenApiJsonRenderer().render(description)
    return drawn


@require_safe
def single_page(_request: HttpRequest) -> HttpResponse:
    """Answer with the front end's entry, never cached: a new build is seen at once."""
    try:
        page = (settings.FRONTEND_BUILD / "index.html").read_bytes()
    except FileNotFoundError:
        return _plain("The front end is not built: run `make setup`.", 503)
    return HttpResponse(page, headers={"Cache-Control": "no-cache"})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:  # noqa: ARG001
    return _error(request, "bad-request", "This request cannot be understood.", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponseBase:  # noqa: ARG001
    return _error(request, "forbidden", "This is not allowed.", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:  # noqa: ARG001
    return _error(request, "not-found", "There is nothing at this address.", 404)


def server_error(request: HttpRequest) -> HttpResponseBase:
    return _error(request, "server-error", "Something broke on our side; it has been logged.", 500)


def _error(request: HttpRequest, kind: str, title: str, status: int) -> HttpResponse:
    if not request.path.startswith("/api/"):
        return _plain(title, status)
    body = {"type": kind, "title": title, "status": status}
    return JsonResponse(body, status=status, content_type=PROBLEM_TYPE)


def _plain(text: str, status: int) -> HttpResponse:
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
