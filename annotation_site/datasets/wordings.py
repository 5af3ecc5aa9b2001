"""The words that the judgments of a snapshot were given under, version by version."""

from collections.abc import Iterable, Iterator
from typing import Any

from annotation_site.accounts.models import Project
from annotation_site.rating.rubric_models import RubricVersion
from annotation_site.rating.wording import LIBRARY
from scorer import rubric

Row = dict[str, Any]


class Wordings:
    """Takes judgments in as they pass, and then tells the versions of the rubric among them."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._versions: set[int] = set()

    def noting(self, judgments: Iterable[tuple[str, Row]]) -> Iterator[tuple[str, Row]]:
        for video, row in judgments:
            self._versions.add(row["rubric"])
            yield video, row

    def lines(self) -> Iterator[Row]:
        """By version, once all judgments have passed. The first one is the library's."""
        if rubric.VERSION in self._versions:
            yield {"version": rubric.VERSION, "note": "", "texts": LIBRARY}
        own = RubricVersion.objects.filter(project=self._project, number__in=self._versions)
        for version in own.order_by("number"):
            yield {"version": version.number, "note": version.note, "texts": version.texts}
