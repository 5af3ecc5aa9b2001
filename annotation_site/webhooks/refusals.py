"""What webhooks say no with."""

from annotation_site.common.refusals import Conflict, Invalid, Missing


class NoSuchWebhook(Missing):
    """There is no such webhook in this project."""


class NoSuchDelivery(Missing):
    """This webhook has no such delivery."""


class TooManyWebhooks(Conflict):
    """A project has 20 webhooks at most. Remove one that is not needed."""


class NothingChosen(Invalid):
    """Choose at least one event."""


class WebhookOff(Conflict):
    """This webhook is switched off: switch it on before anything is sent."""
