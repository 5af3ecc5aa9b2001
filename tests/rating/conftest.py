"""A project with something to rate, and people who rate.

Django is set up only after the files named conftest were read, so what needs it is imported late.
"""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from annotation_site.accounts.models import Project, User
    from annotation_site.rating.models import Item
    from annotation_site.rating.rubric_models import RubricVersion


@pytest.fixture
def annotator(member: "Callable[..., User]") -> "User":
    from annotation_site.accounts.models import Role  # noqa: PLC0415

    return member(Role.ANNOTATOR)


@pytest.fixture
def items(project: "Project") -> "Callable[..., list[Item]]":
    """`items(3)` opens three captions of three videos; `video=` puts them on one."""
    from tests.factories import ItemFactory  # noqa: PLC0415

    def open_some(count: int, **fields: object) -> "list[Item]":
        fields.setdefault("caption__video__project", project)
        return ItemFactory.create_batch(count, **fields)

    return open_some


@pytest.fixture
def admin(member: "Callable[..., User]") -> "User":
    from annotation_site.accounts.models import Role  # noqa: PLC0415

    return member(Role.ADMIN)


@pytest.fixture
def publish(project: "Project", admin: "User", now: "datetime") -> "Callable[[int], RubricVersion]":
    """`publish(1)` changes version 1 of the rubric, as the next request finds it."""
    from annotation_site.rating import rubrics  # noqa: PLC0415
    from tests.rating.factories import words  # noqa: PLC0415

    def change(based_on: int = 1) -> "RubricVersion":
        made = rubrics.publish(
            project=project,
            based_on=based_on,
            texts=words(guideline=f"After {based_on}"),
            note="Clearer",
            by=admin,
            now=now,
        )
        project.refresh_from_db()
        return made

    return change
