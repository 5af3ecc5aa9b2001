"""Drafts: each answer is saved as it is given, so that a closed tab loses nothing."""

import json
from typing import Any

from django.db import connection

from annotation_site.accounts.models import Project, User
from annotation_site.rating import selectors
from annotation_site.rating.answers import refuse_if_over
from annotation_site.rating.models import Draft
from annotation_site.rating.refusals import NewerDraft

# One statement: of two tabs that save at once, the one that is further along wins, whoever is last.
_SAVE = """
INSERT INTO rating_draft (slot_id, step, body, saved_at)
VALUES (%(slot)s, %(step)s, %(body)s::jsonb, statement_timestamp())
ON CONFLICT (slot_id) DO UPDATE
SET step = excluded.step, body = excluded.body, saved_at = excluded.saved_at
WHERE rating_draft.step <= excluded.step
RETURNING slot_id
"""


def save(
    *, project: Project, slot_id: int, annotator: User, step: int, body: dict[str, Any]
) -> Draft:
    """Keep the answers so far, unless later ones are here already: `NewerDraft` brings those.

    A lease that has run out does not matter: the draft waits for whoever gave the answers.
    """
    slot = selectors.own_slot(project=project, slot_id=slot_id, annotator=annotator)
    refuse_if_over(slot)
    with connection.cursor() as cursor:
        cursor.execute(_SAVE, {"slot": slot.pk, "step": step, "body": json.dumps(body)})
        kept = cursor.fetchone() is not None
    draft = Draft.objects.get(pk=slot.pk)
    if not kept:
        raise NewerDraft(draft=shown(draft))
    return draft


def shown(draft: Draft) -> dict[str, Any]:
    return {**draft.body, "step": draft.step, "saved_at": draft.saved_at.isoformat()}
