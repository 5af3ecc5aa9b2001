"""The site's tasks of quality."""

from django.utils import timezone

from annotation_site.quality.renewal import renew
from annotation_site.queue import app


@app.task(name="crest.renew-reports")
def renew_reports(**_: object) -> None:
    """Ask for the reports that are due."""
    renew(timezone.now())  # noqa: TID251 - the edge
