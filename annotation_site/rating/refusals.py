"""What rating says no with."""

from annotation_site.common.refusals import Conflict, Invalid, Missing


class NothingToRate(Missing):
    """There is nothing for you to rate at this moment."""


class HoldsEnough(Conflict):
    """You hold several captions already. Answer or skip one of them first."""


class NoSuchSlot(Missing):
    """You hold no such place in this project."""


class NoSuchItem(Missing):
    """There is no such caption in this project's queue."""


class AlreadySubmitted(Conflict):
    """You have submitted your levels for this caption already."""


class AlreadySkipped(Conflict):
    """You have skipped this caption; it went to somebody else."""


class NotSubmitted(Conflict):
    """You have not submitted levels for this caption yet."""


class NotRevisable(Conflict):
    """This answer stands as it was given: it was practice, a qualification or a vote."""


class NewerDraft(Conflict):
    """Later answers for this caption are saved already, from another tab or device."""


class NoSuchRemark(Missing):
    """There is no such remark in this project."""


class KeyInUse(Conflict):
    """This client key was used for another answer. Make a new one for each."""


class LeaseLost(Conflict):
    """Your time for this caption has run out. You may still submit; the answer is kept."""


class NotToBeLent(Conflict):
    """This caption is withdrawn, or enough annotators have it."""


class Incomplete(Invalid):
    """Every dimension needs a level from 0 to 5."""


class NotWatched(Invalid):
    """Watch more of the video before you submit."""


class NoSuchRubric(Missing):
    """This project's rubric has no such version."""


class RubricMoved(Conflict):
    """Somebody has changed the rubric meanwhile. Look at the new version before you change it."""


class NothingChanged(Invalid):
    """These are the words of the rubric as it is."""


class NoSuchBridge(Missing):
    """There is no such bridge in this project."""


class NothingToBridge(Conflict):
    """No finished caption was rated under that version and not yet again under this one."""


class NoSuchComparison(Missing):
    """There is no such comparison in this project."""


class UnknownCaptioners(Invalid):
    """Some of these captioners are not in this project."""


class NothingToCompare(Invalid):
    """No video has different captions of this kind by two of these captioners."""


class NameTaken(Conflict):
    """Another comparison of this project has this name already."""
