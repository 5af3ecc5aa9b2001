"""What the log does not keep: invitations, which are secrets in an address."""

import logging
import re

INVITATION = re.compile(r"(/invitations/)[^\s/?#\"']+")


class WithoutInvitations(logging.Filter):
    """Django writes down the path of each refused request."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if "/invitations/" in message:
            record.msg, record.args = INVITATION.sub(r"\1...", message), None
        return True
