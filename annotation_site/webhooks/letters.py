"""Tells the admins, each in their language, that a webhook was switched off."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage

from annotation_site.accounts.models import Role, User
from annotation_site.webhooks.models import Endpoint

log = logging.getLogger(__name__)

SUBJECT = {
    "en": "A webhook of {project} was switched off",
    "de": "Ein Webhook von {project} wurde abgeschaltet",
}
WHY = {
    "en": {
        Endpoint.Off.GONE: "Its server answered that it wants nothing more (410 Gone).",
        Endpoint.Off.FAILING: "Nothing could be delivered to it for days.",
    },
    "de": {
        Endpoint.Off.GONE: "Sein Server hat geantwortet, dass er nichts mehr will (410 Gone).",
        Endpoint.Off.FAILING: "Seit Tagen konnte ihm nichts zugestellt werden.",
    },
}
TEXT = {
    "en": """\
The webhook to {url} was switched off. {why}

What happens from now on is not told to it. Look at its deliveries, and switch it on again:

{link}
""",
    "de": """\
Der Webhook zu {url} wurde abgeschaltet. {why}

Was von jetzt an geschieht, erfährt er nicht. Sehen Sie seine Zustellungen an, und schalten Sie ihn
wieder ein:

{link}
""",
}


def tell_admins(endpoint: Endpoint) -> None:
    """Write to those who have an address, if there is a mail server. The page says it in any case.

    A mail server that is away is logged, no more.
    """
    if not settings.SENDS_EMAIL:
        return
    for admin in _admins(endpoint):
        try:
            _letter(endpoint, admin).send()
        except OSError as error:  # its text may hold the address
            log.warning("no letter about %s was sent: %s", endpoint, type(error).__name__)


def _admins(endpoint: Endpoint) -> list[User]:
    admins = User.objects.filter(
        memberships__project=endpoint.project_id, memberships__role=Role.ADMIN, is_active=True
    )
    return list(admins.exclude(email=""))


def _letter(endpoint: Endpoint, admin: User) -> EmailMessage:
    language = admin.language if admin.language in TEXT else "en"
    project = " ".join(endpoint.project.name.split())  # a header is one line
    link = f"{settings.SITE_ADDRESS}/p/{endpoint.project.slug}/settings/webhooks"
    return EmailMessage(
        subject=SUBJECT[language].format(project=project),
        body=TEXT[language].format(
            url=endpoint.url, why=WHY[language][Endpoint.Off(endpoint.off)], link=link
        ),
        to=[admin.email],
    )
