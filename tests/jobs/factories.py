"""Jobs in every state."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from annotation_site.jobs.models import ACTIVE, Job, State
from tests.factories import ProjectFactory

THEN = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


class JobFactory(DjangoModelFactory[Job]):
    """A job that waits for its worker."""

    class Meta:
        model = Job

    project = factory.SubFactory(ProjectFactory)
    kind = "counting"
    created_at = due_at = THEN
    state = State.QUEUED
    ended_at = factory.LazyAttribute(lambda job: None if job.state in ACTIVE else THEN)
