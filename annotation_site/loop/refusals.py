"""What the loop says no with."""

from annotation_site.common.refusals import Conflict


class NotAChallenger(Conflict):
    """Only a scorer that has finished learning can be promoted."""


class AlreadyChampion(Conflict):
    """This scorer is the champion already."""
