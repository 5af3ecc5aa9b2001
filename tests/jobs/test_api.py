"""Jobs over HTTP."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from annotation_site.accounts.models import Project, Role, User
from annotation_site.jobs.models import State
from tests.jobs.factories import JobFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(member: Callable[..., User], client_for: Callable[[User], APIClient]) -> APIClient:
    return client_for(member(Role.ADMIN))


def test_lists_those_of_a_kind_and_state_newest_first(project: Project, admin: APIClient) -> None:
    first, second = (JobFactory(project=project, state=State.SUCCEEDED) for _ in range(2))
    JobFactory(project=project)
    JobFactory(project=project, kind="other", state=State.SUCCEEDED)
    JobFactory(state=State.SUCCEEDED)

    page = admin.get(f"/api/v1/projects/{project.slug}/jobs?kind=counting&state=succeeded").json()

    assert [job["id"] for job in page["results"]] == [second.pk, first.pk]
    assert page["next"] is None


def test_shows_one_with_its_progress(project: Project, admin: APIClient) -> None:
    job = JobFactory(project=project, progress={"done": 2, "total": None, "note": "videos"})

    shown = admin.get(f"/api/v1/projects/{project.slug}/jobs/{job.pk}").json()

    assert shown["progress"] == {"done": 2, "total": None, "note": "videos"}
    assert shown["by"] is None


def test_shows_one_that_has_not_begun(project: Project, admin: APIClient) -> None:
    job = JobFactory(project=project)

    shown = admin.get(f"/api/v1/projects/{project.slug}/jobs/{job.pk}").json()

    assert shown["progress"] == {"done": 0, "total": None, "note": ""}


def test_cancels_one_that_waits_once(project: Project, admin: APIClient) -> None:
    address = f"/api/v1/projects/{project.slug}/jobs/{JobFactory(project=project).pk}/cancel"

    assert admin.post(address).json()["state"] == "cancelled"
    again = admin.post(address)
    assert (again.status_code, again.json()["type"]) == (409, "job-ended")
