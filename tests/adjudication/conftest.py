"""A caption on which people disagree."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotation_site.accounts.models import Project, User
    from annotation_site.rating.models import Item


@pytest.fixture
def rate(member: "Callable[..., User]") -> "Callable[..., User]":
    """`rate(item, camera=0)` has a new annotator say 4 to all else. Who it was."""
    from annotation_site.accounts.models import Role  # noqa: PLC0415 - Django is set up by now
    from annotation_site.rating import answers, claims  # noqa: PLC0415
    from scorer.rubric import Dimension  # noqa: PLC0415
    from tests.rating.factories import answer  # noqa: PLC0415

    def give(item: "Item", **levels: int) -> "User":
        annotator = member(Role.ANNOTATOR)
        slot = claims.reserve(item=item, annotator=annotator)
        given = {dimension.value: levels.get(dimension, 4) for dimension in Dimension}
        answers.submit(**answer(slot, levels=given))
        return annotator

    return give


@pytest.fixture
def disputed(project: "Project", rate: "Callable[..., User]") -> "Item":
    """Two were asked: one says that the camera is wrong, one that it is not involved."""
    from tests.factories import ItemFactory  # noqa: PLC0415

    item = ItemFactory(caption__video__project=project, overlap=2)
    rate(item, camera=1)
    rate(item, camera=0)
    item.refresh_from_db()
    return item
