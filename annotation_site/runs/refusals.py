"""What runs say no with."""

from annotation_site.common.refusals import Conflict, Invalid, Missing


class NothingToBuildOn(Conflict):
    """Something that this needs is not there yet."""


class NotAParent(Invalid):
    """This run cannot be built on that one."""


class NotReproducible(Conflict):
    """Only a stage that has succeeded can be done once more."""


class AnotherIsActive(Conflict):
    """A run of this kind is going on: wait for its end, or cancel it."""


class NoSuchRun(Missing):
    """There is no such run in this project."""


class NoSuchFile(Missing):
    """This run has no such file."""


class AlreadyFinished(Conflict):
    """The run has already finished."""


class NotToBeTaken(Conflict):
    """Another worker holds this run, or it is over."""


class LostLease(Conflict):
    """Another worker holds this run now: write nothing more."""
