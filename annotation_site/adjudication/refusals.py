"""What adjudication says no with. Each docstring is the message people read."""

from annotation_site.common.refusals import Conflict, Invalid, Missing


class NothingToSettle(Missing):
    """There is no rated caption of this number in this project."""


class ThirdRatingAwaited(Conflict):
    """Another rating was asked for already, and has not come in yet."""


class NobodyIsLeft(Conflict):
    """Every annotator of this project has rated this caption."""


class ReturnedAlready(Conflict):
    """This rating was returned already, and its author has not answered yet."""


class NoSuchRating(Missing):
    """There is no such rating of this caption."""


class NothingDecided(Invalid):
    """Decide at least one dimension."""
