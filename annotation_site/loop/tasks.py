"""The site's task of the loop."""

from django.utils import timezone

from annotation_site.loop.driving import drive
from annotation_site.queue import app


@app.task(name="crest.drive")
def drive_loops(**_: object) -> None:
    """Let each project's loop go on, where its policy says so."""
    drive(timezone.now())  # noqa: TID251 - the edge
