"""Invitations by e-mail: plain text, in the language of whoever invites."""

import logging
from typing import Literal, TypeAlias, get_args

from django.conf import settings
from django.core.mail import EmailMessage

from annotation_site.accounts.models import Invitation, Role

log = logging.getLogger(__name__)

NotSent: TypeAlias = Literal["no-address", "no-mail-server", "mail-server-failed"]
REASONS: tuple[NotSent, ...] = get_args(NotSent)

SUBJECT = {
    "en": "Invitation to {project}",
    "de": "Einladung zu {project}",
}
TEXT = {
    "en": """\
{inviter} invites you to {project} as {role}.

Open this link to join:

{link}

It works once, until {until} UTC. It is for you alone: whoever has it can join in your place.
If you do not know what this is about, ignore this message.
""",
    "de": """\
{inviter} lädt Sie ein, als {role} bei {project} mitzumachen.

Öffnen Sie diesen Link, um beizutreten:

{link}

Er gilt einmal, bis {until} UTC. Er ist nur für Sie: Wer ihn hat, kann an Ihrer Stelle beitreten.
Wenn Sie nicht wissen, worum es geht, ignorieren Sie diese Nachricht.
""",
}
ROLES = {
    "en": {Role.ANNOTATOR: "annotator", Role.ADMIN: "admin", Role.RESEARCHER: "researcher"},
    "de": {
        Role.ANNOTATOR: "Annotator:in",
        Role.ADMIN: "Administrator:in",
        Role.RESEARCHER: "Forscher:in",
    },
}


def send(invitation: Invitation, link: str) -> NotSent | None:
    """Send the link, or say why not. The invitation is there either way."""
    if not invitation.email:
        return "no-address"
    if not settings.SENDS_EMAIL:
        return "no-mail-server"
    try:
        _message(invitation, link).send()
    except OSError as error:  # SMTP's own errors are such, too
        # Its text may hold the address, and some servers repeat what they were sent.
        log.warning("invitation %s was not sent: %s", invitation.pk, type(error).__name__)
        return "mail-server-failed"
    return None


def _message(invitation: Invitation, link: str) -> EmailMessage:
    inviter = invitation.made_by
    language = inviter.language if inviter.language in TEXT else "en"
    project = " ".join(invitation.project.name.split())  # a header is one line
    return EmailMessage(
        subject=SUBJECT[language].format(project=project),
        body=TEXT[language].format(
            inviter=inviter.shown_name,
            project=project,
            role=ROLES[language][Role(invitation.role)],
            link=link,
            until=f"{invitation.expires_at:%Y-%m-%d %H:%M}",
        ),
        to=[invitation.email],
    )
