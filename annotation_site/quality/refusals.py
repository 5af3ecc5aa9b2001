"""What checking annotators says no with. Each docstring is the message people read."""

from annotation_site.common.refusals import Conflict, Invalid, Missing, Refusal


class NoSuchCheck(Missing):
    """There is no such check in this project."""


class NoSuchCaption(Missing):
    """There is no such caption in this project."""


class NoSuchAnnotator(Missing):
    """Nobody of this number annotates in this project."""


class NotReportedOn(Missing):
    """The newest report has no figures of this version of the rubric."""


class AlreadyACheck(Conflict):
    """There is such a check of this caption already."""


class TwinHasNoReference(Conflict):
    """A degraded twin has no levels: it is known only what was made wrong."""


class TwinSaysTheSame(Invalid):
    """The degraded text says the same as the caption. Make something wrong on that dimension."""


class NothingToSpoil(Conflict):
    """The caption says nothing on this dimension that could be made wrong."""


class NoTextModel(Conflict):
    """No text model is set up to suggest a degraded text. Write one yourself."""


class TextModelFailed(Refusal):
    """The text model gave no usable answer. Try again, or write the text yourself."""

    status = 502


class NothingLeftToAnswer(Conflict):
    """They have answered every qualification clip. Make new ones first, or let them in by hand."""
