"""What jobs say no with."""

from annotation_site.common.refusals import Conflict, Missing


class NoSuchJob(Missing):
    """There is no such job in this project."""


class JobEnded(Conflict):
    """The job has already ended."""


class NotToBeTaken(Conflict):
    """Another worker holds this job, or it is not due, or it is over."""
