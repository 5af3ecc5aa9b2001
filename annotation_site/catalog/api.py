"""Videos and captions coming in, and media going out."""

from pathlib import Path
from typing import Any, ClassVar

from django.db.models import Count
from django.http import HttpResponseBase
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_site.accounts.access import ADMINS, EVERYONE, STAFF, ProjectView, signed_in
from annotation_site.catalog import arrivals, links, media, services, storage
from annotation_site.catalog.caption_lines import layout_for
from annotation_site.catalog.models import Captioner, Import, Video
from annotation_site.catalog.ranged import ranged_response
from annotation_site.common.api import CURSOR, Problem, newest_first
from annotation_site.common.refusals import Missing, Refusal

MAX_CAPTIONS_BYTES = arrivals.MAX_BYTES
FORM_BYTES = 1 << 16
"""What a form adds to the file that it carries."""

OUTCOMES = ("accepted", "skipped", "refused")


class NoSuchMedia(Missing):
    """There is no such video in this project."""


class UploadTooLarge(Refusal):
    """The file is larger than this address accepts."""

    status = 413


class VideoOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    sha256 = serializers.CharField()
    names = serializers.ListField(child=serializers.CharField())
    seconds = serializers.FloatField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    fps = serializers.FloatField()
    split = serializers.ChoiceField(choices=("train", "test"))
    captions = serializers.IntegerField()
    has_media = serializers.BooleanField()
    video_url = serializers.CharField()
    poster_url = serializers.CharField()


class Upload(serializers.Serializer[Any]):
    file = serializers.FileField()


class Note(serializers.Serializer[Any]):
    line = serializers.IntegerField()
    reason = serializers.CharField()


class VideoOutcomeOut(serializers.Serializer[Any]):
    outcome = serializers.ChoiceField(choices=OUTCOMES)
    name = serializers.CharField()
    reason = serializers.CharField(allow_blank=True)
    video = VideoOut(allow_null=True)


class CaptionsReportOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    outcome = serializers.ChoiceField(choices=OUTCOMES)
    reason = serializers.CharField(allow_blank=True)
    lines = serializers.IntegerField()
    accepted = serializers.IntegerField()
    skipped = serializers.IntegerField()
    problems = Note(many=True, help_text="why the file is refused, by line; the first hundred")
    skips = Note(many=True, help_text="lines that were passed over, and why; the first hundred")


class FileReport(serializers.Serializer[Any]):
    """A video has the first four; a captions file has all."""

    kind = serializers.ChoiceField(choices=("video", "captions", "ratings", "files"))
    name = serializers.CharField()
    outcome = serializers.ChoiceField(choices=OUTCOMES)
    reason = serializers.CharField(allow_blank=True)
    lines = serializers.IntegerField(required=False)
    accepted = serializers.IntegerField(required=False)
    skipped = serializers.IntegerField(required=False)
    problems = Note(many=True, required=False)
    skips = Note(many=True, required=False)


class ImportReport(serializers.Serializer[Any]):
    files = FileReport(many=True)


class ImportOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    by = serializers.CharField(allow_null=True, help_text="null: the command line")
    report = ImportReport()


class VideoPage(serializers.Serializer[Any]):
    results = VideoOut(many=True)
    next = serializers.CharField(allow_null=True)


class ImportPage(serializers.Serializer[Any]):
    results = ImportOut(many=True)
    next = serializers.CharField(allow_null=True)


class CaptionerOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    captions = serializers.IntegerField(source="n_captions")


class CaptionerPage(serializers.Serializer[Any]):
    results = CaptionerOut(many=True)
    next = serializers.CharField(allow_null=True)


def limit(request: Request, most: int) -> None:
    """Refuse before the form is taken apart. The server in front has a limit of its own."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > most + FORM_BYTES:
        raise UploadTooLarge(limit=most)


def _uploaded(request: Request) -> Any:
    given = Upload(data=request.data)
    given.is_valid(raise_exception=True)
    return given.validated_data["file"]


class Videos(ProjectView):
    """The videos of a project."""

    roles = {"GET": STAFF, "POST": ADMINS}
    parser_classes = (MultiPartParser,)

    @extend_schema(operation_id="videos", parameters=[CURSOR], responses={200: VideoPage})
    def get(self, request: Request, slug: str) -> Response:
        rows = Video.objects.filter(project=self.project).annotate(n_captions=Count("captions"))
        return newest_first(request, rows.prefetch_related("names"), lambda row: _video(row, slug))

    @extend_schema(
        operation_id="add_video",
        request={"multipart/form-data": Upload},
        responses={
            201: VideoOutcomeOut,
            200: VideoOutcomeOut,
            422: VideoOutcomeOut,
            413: Problem,
        },
    )
    def post(self, request: Request, slug: str) -> Response:
        limit(request, media.MAX_BYTES)
        file = _uploaded(request)
        outcome = services.receive_video(
            project=self.project,
            path=Path(file.temporary_file_path()),
            name=file.name,
            by=signed_in(request),
            now=timezone.now(),
        )
        body = {
            "outcome": outcome.outcome,
            "name": outcome.name,
            "reason": outcome.reason,
            "video": None if outcome.video is None else _video(_counted(outcome.video), slug),
        }
        return Response(body, status={"accepted": 201, "skipped": 200}.get(outcome.outcome, 422))


def _counted(video: Video) -> Any:
    return Video.objects.annotate(n_captions=Count("captions")).get(pk=video.pk)


def _video(video: Any, slug: str) -> dict[str, Any]:
    return {
        "id": video.pk,
        "sha256": video.sha256,
        "names": sorted(row.name for row in video.names.all()),
        "seconds": video.seconds,
        "width": video.width,
        "height": video.height,
        "fps": video.fps,
        "split": video.split,
        "captions": video.n_captions,
        "has_media": video.has_media,
        "video_url": links.video_url(slug=slug, sha256=video.sha256),
        "poster_url": links.poster_url(slug=slug, sha256=video.sha256),
    }


class Captions(ProjectView):
    """Captions coming in, one file at a time."""

    roles = {"POST": ADMINS}
    parser_classes = (MultiPartParser,)

    @extend_schema(
        operation_id="add_captions",
        request={"multipart/form-data": Upload},
        responses={201: CaptionsReportOut, 422: CaptionsReportOut, 409: Problem, 413: Problem},
    )
    def post(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - names the project
        limit(request, MAX_CAPTIONS_BYTES)
        file = _uploaded(request)
        report = services.add_captions(
            project=self.project,
            lines=file.file,
            name=file.name,
            videos=None,
            by=signed_in(request),
            now=timezone.now(),
            layout=layout_for(file.file, name=file.name),
        )
        refused = report.outcome == "refused"
        body = CaptionsReportOut(report).data
        return Response(
            body,
            status=status.HTTP_422_UNPROCESSABLE_ENTITY if refused else status.HTTP_201_CREATED,
        )


def render_import(row: Import) -> dict[str, Any]:
    by = row.by.username if row.by else None
    return {"id": row.pk, "at": row.at, "by": by, "report": row.report}


class Captioners(ProjectView):
    """Who wrote the captions."""

    roles = {"GET": STAFF}

    @extend_schema(operation_id="captioners", parameters=[CURSOR], responses={200: CaptionerPage})
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        rows = Captioner.objects.filter(project=self.project).annotate(n_captions=Count("captions"))
        return newest_first(request, rows, lambda row: dict(CaptionerOut(row).data))


class Media(ProjectView):
    """A file of a video, to everyone in its project. Its type is ours, and it can run nothing."""

    roles = {"GET": EVERYONE}
    file: ClassVar[str]
    content_type: ClassVar[str]

    def get(self, request: Request, slug: str, sha256: str) -> HttpResponseBase:  # noqa: ARG002
        path = storage.directory_of(sha256) / self.file
        known = Video.objects.filter(project=self.project, sha256=sha256).exists()
        if not known or not path.is_file():
            raise NoSuchMedia
        response = ranged_response(
            request._request,  # noqa: SLF001
            path,
            content_type=self.content_type,
            etag=f'"{sha256}-{self.file}"',
        )
        response.headers["Cache-Control"] = "private, max-age=3600"
        response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


RANGE = OpenApiParameter("Range", OpenApiTypes.STR, OpenApiParameter.HEADER)


class MediaVideo(Media):
    file = media.RENDITION
    content_type = "video/mp4"

    @extend_schema(
        operation_id="media_video",
        parameters=[RANGE],
        responses={
            (200, "video/mp4"): OpenApiTypes.BINARY,
            (206, "video/mp4"): OpenApiTypes.BINARY,
            304: None,
            416: None,
            404: Problem,
        },
    )
    def get(self, request: Request, slug: str, sha256: str) -> HttpResponseBase:
        return super().get(request, slug, sha256)


class MediaPoster(Media):
    file = media.POSTER
    content_type = "image/jpeg"

    @extend_schema(
        operation_id="media_poster",
        responses={(200, "image/jpeg"): OpenApiTypes.BINARY, 304: None, 404: Problem},
    )
    def get(self, request: Request, slug: str, sha256: str) -> HttpResponseBase:
        return super().get(request, slug, sha256)
