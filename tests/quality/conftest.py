"""A project whose annotators are checked.

Django is set up only after the files named conftest were read, so what needs it is imported late.
"""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotation_site.accounts.models import User


@pytest.fixture
def annotator(member: "Callable[..., User]") -> "User":
    from annotation_site.accounts.models import Role  # noqa: PLC0415

    return member(Role.ANNOTATOR)


@pytest.fixture
def admin(member: "Callable[..., User]") -> "User":
    from annotation_site.accounts.models import Role  # noqa: PLC0415

    return member(Role.ADMIN)
