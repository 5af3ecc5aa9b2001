"""The captions that the newest report drew to be looked at, with what everybody said of them."""

from typing import Any

from annotation_site.accounts.models import Project
from annotation_site.quality.disputes import given
from annotation_site.quality.report_shown import figures
from annotation_site.quality.reports import newest
from annotation_site.rating.models import Item


def rows(project: Project, *, rubric: int | None = None) -> list[dict[str, Any]]:
    """Dimension by dimension, in two queries. Withdrawn captions are left out."""
    report = newest(project)
    dimensions = {} if report is None else figures(report, rubric)
    drawn = {
        name: found["involvement"]["sample"]
        for name, found in dimensions.items()
        if "involvement" in found
    }
    numbers = {item for sample in drawn.values() for item in sample}
    items = (
        Item.objects.filter(project=project, withdrawn=False)
        .select_related("caption__video", "caption__captioner")
        .in_bulk(numbers)
    )
    levels = given(numbers)
    return [
        {
            "item": number,
            "dimension": name,
            "caption_text": items[number].caption.text,
            "captioner": items[number].caption.captioner.name,
            "sha256": items[number].caption.video.sha256,
            "given": levels.get((number, name), []),
        }
        for name, sample in drawn.items()
        for number in sample
        if number in items
    ]
