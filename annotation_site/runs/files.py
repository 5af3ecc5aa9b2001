"""The files of finished runs: only what was registered when the run ended can be reached."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import BinaryIO, Final

from asgiref.sync import sync_to_async
from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from annotation_site.runs.models import Run
from annotation_site.runs.refusals import NoSuchFile

BLOCK: Final = 2**18


class Damaged(NoSuchFile):
    """The file on the disk is not the one that the run left."""


def published(run: Run, name: str) -> Path:
    """Where a registered file lies. The name is looked up, never joined to a path unseen."""
    artifact = run.artifacts.filter(name=name).first()
    if artifact is None:
        raise NoSuchFile
    path = run.directory / artifact.name
    if not path.is_file() or path.stat().st_size != artifact.bytes:
        raise Damaged
    return path


def attachment(path: Path) -> StreamingHttpResponse:
    """A download, whatever the file holds: nothing in it runs in the site's name."""
    return StreamingHttpResponse(
        _blocks(path),
        content_type="application/octet-stream",
        headers={
            "Content-Length": str(path.stat().st_size),
            "Content-Disposition": content_disposition_header(True, path.name),  # noqa: FBT003
        },
    )


def _open(path: Path) -> BinaryIO:
    return path.open("rb")


async def _blocks(path: Path) -> AsyncIterator[bytes]:
    """The server loop must not wait for the disk."""
    file = await sync_to_async(_open)(path)
    try:
        while block := await sync_to_async(file.read)(BLOCK):
            yield block
    finally:
        file.close()
