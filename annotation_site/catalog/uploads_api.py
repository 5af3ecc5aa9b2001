"""Uploads that go on where they were cut off: a subset of tus 1.0 over HTTP.

Creation, checksum, expiration and termination; a piece is at most 15 MiB.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from typing import IO, Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_site.accounts.access import ADMINS, ProjectView, signed_in
from annotation_site.catalog import gathering, services, uploads
from annotation_site.catalog.models import Upload
from annotation_site.common.api import Problem
from annotation_site.common.refusals import Invalid
from annotation_site.jobs.api import JobOut
from scorer.text import is_storable

VERSION: Final = "1.0.0"
MAX_PIECE: Final = 15 << 20
MOST_AT_ONCE: Final = 1000
SUMS: Final = ("sha256", "sha1")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


class BadHeader(Invalid):
    """A header of the upload is missing, or says nothing that can be understood."""


class Piece(BaseParser):
    """A piece of a file, as it is."""

    media_type = "application/offset+octet-stream"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,  # noqa: ARG002 - as parsers are called
        parser_context: Mapping[str, Any] | None = None,  # noqa: ARG002
    ) -> dict[str, bytes]:
        return {"piece": stream.read(MAX_PIECE + 1)}


class UploadOut(serializers.ModelSerializer[Upload]):
    class Meta:
        model = Upload
        fields = ("id", "name", "size", "received", "expires_at")


class UploadsIn(serializers.Serializer[Any]):
    uploads = serializers.ListField(
        child=serializers.UUIDField(), min_length=1, max_length=MOST_AT_ONCE
    )


def _header(name: str, about: str, *, required: bool = True) -> OpenApiParameter:
    return OpenApiParameter(name, OpenApiTypes.STR, "header", required=required, description=about)


class Uploads(ProjectView):
    """Where an upload begins."""

    roles = {"POST": ADMINS}

    @extend_schema(
        operation_id="begin_upload",
        parameters=[
            _header("Upload-Length", "bytes of the whole file"),
            _header("Upload-Metadata", "`filename` and perhaps `sha256` (hex), each in Base64"),
        ],
        request=None,
        responses={201: UploadOut, 413: Problem, 422: Problem},
    )
    def post(self, request: Request, slug: str) -> Response:
        told = _metadata(request.headers.get("Upload-Metadata", ""))
        name, sha256 = told.get("filename", ""), told.get("sha256", "").lower()
        if not services.is_name(name):
            raise services.BadName
        if sha256 and not _SHA256.fullmatch(sha256):
            raise BadHeader(header="Upload-Metadata")
        upload = uploads.begin(
            project=self.project,
            by=signed_in(request),
            name=name,
            size=_number(request, "Upload-Length"),
            sha256=sha256,
            now=timezone.now(),
        )
        answer = _told(upload, status=status.HTTP_201_CREATED)
        answer["Location"] = reverse("upload", kwargs={"slug": slug, "upload": upload.pk})
        return answer


class OneUpload(ProjectView):
    """An upload on its way."""

    roles = {"GET": ADMINS, "PATCH": ADMINS, "DELETE": ADMINS}
    parser_classes = (Piece,)

    @extend_schema(operation_id="upload", responses={200: UploadOut, 404: Problem})
    def get(self, request: Request, slug: str, upload: str) -> Response:  # noqa: ARG002
        """How much of it is here; a HEAD tells it in the header Upload-Offset."""
        return _told(uploads.find(project=self.project, upload=upload))

    @extend_schema(
        operation_id="continue_upload",
        parameters=[
            _header("Upload-Offset", "where the piece begins, in bytes"),
            _header("Upload-Checksum", "`sha256` or `sha1`, and Base64", required=False),
        ],
        request={"application/offset+octet-stream": OpenApiTypes.BINARY},
        responses={204: None, 404: Problem, 409: Problem, 413: Problem, 422: Problem, 460: Problem},
    )
    def patch(self, request: Request, slug: str, upload: str) -> Response:  # noqa: ARG002
        """Add the next piece. One that is not as its checksum says is refused with 460."""
        found = uploads.find(project=self.project, upload=upload)
        offset = _number(request, "Upload-Offset")
        given: Any = request.data
        piece: bytes = given.get("piece", b"")
        if len(piece) > MAX_PIECE:
            raise uploads.TooMuch(f"A piece has at most {MAX_PIECE >> 20} MiB.")
        _check_sum(request.headers.get("Upload-Checksum", ""), piece)
        now = timezone.now()
        told = uploads.append(upload=found, offset=offset, piece=piece, now=now)
        return _told(told, status=status.HTTP_204_NO_CONTENT)

    @extend_schema(operation_id="discard_upload", responses={204: None, 404: Problem})
    def delete(self, request: Request, slug: str, upload: str) -> Response:  # noqa: ARG002
        found = uploads.find(project=self.project, upload=upload)
        uploads.discard(project=self.project, ids=[str(found.pk)])
        return Response(status=status.HTTP_204_NO_CONTENT, headers={"Tus-Resumable": VERSION})


class UploadsImport(ProjectView):
    """The import of files that came in pieces."""

    roles = {"POST": ADMINS}

    @extend_schema(
        operation_id="import_uploads",
        request=UploadsIn,
        responses={202: JobOut, 400: Problem, 409: Problem},
    )
    def post(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        """Have uploads that are here in full imported in the background."""
        given = UploadsIn(data=request.data)
        given.is_valid(raise_exception=True)
        ids = [str(one) for one in given.validated_data["uploads"]]
        job = gathering.request_uploaded(
            project=self.project, ids=ids, by=signed_in(request), now=timezone.now()
        )
        return Response(JobOut(job).data, status=status.HTTP_202_ACCEPTED)


def _told(upload: Upload, *, status: int = 200) -> Response:
    headers = {
        "Tus-Resumable": VERSION,
        "Upload-Offset": str(upload.received),
        "Upload-Length": str(upload.size),
        "Upload-Expires": http_date(upload.expires_at.timestamp()),
        "Cache-Control": "no-store",
    }
    body = None if status == 204 else UploadOut(upload).data  # noqa: PLR2004 - no content
    return Response(body, status=status, headers=headers)


def _number(request: Request, header: str) -> int:
    given = request.headers.get(header, "")
    if not (given.isascii() and given.isdigit() and len(given) < 16):  # noqa: PLR2004 - petabytes
        raise BadHeader(header=header)
    return int(given)


def _metadata(header: str) -> dict[str, str]:
    """`filename d29ybGQ=,sha256 ...`: keys, each with a value in Base64."""
    try:
        pairs = (pair.split() for pair in header.split(",") if pair.strip())
        found = {
            words[0]: base64.b64decode(words[1], validate=True).decode()
            for words in pairs
            if len(words) == 2  # noqa: PLR2004 - a key alone is one without a value
        }
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise BadHeader(header="Upload-Metadata") from None
    if not all(map(is_storable, found.values())):
        raise BadHeader(header="Upload-Metadata")
    return found


def _check_sum(header: str, piece: bytes) -> None:
    if not header:
        return
    kind, _, told = header.partition(" ")
    if kind not in SUMS:
        raise BadHeader(header="Upload-Checksum")
    made = base64.b64encode(hashlib.new(kind, piece, usedforsecurity=False).digest()).decode()
    if made != told.strip():
        raise uploads.WrongSum
