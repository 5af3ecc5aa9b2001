"""What can be told, by name. A change that would break a receiver gets a new version."""

from typing import Final

from django.db.models import TextChoices


class Type(TextChoices):
    """`subject.verb`, as receivers read it."""

    ANSWER_RECORDED = "answer.recorded"
    ANSWER_REVISED = "answer.revised"
    CAPTION_COMPLETED = "caption.completed"
    REMARK_CREATED = "remark.created"
    DECISION_MADE = "decision.made"
    IMPORT_ENDED = "import.ended"
    REPORT_ENDED = "report.ended"
    SNAPSHOT_FROZEN = "snapshot.frozen"
    EXPORT_ENDED = "export.ended"
    RUN_ENDED = "run.ended"
    PROJECT_ARCHIVED = "project.archived"
    PING = "ping"


CHOSEN: Final = tuple(kind for kind in Type if kind != Type.PING)
"""What an endpoint may ask for. A ping is sent by hand, whatever it asks for."""

CHOICES: Final = tuple(kind.value for kind in CHOSEN)

VERSION: Final = 1
"""Of every type so far: told in each payload."""
