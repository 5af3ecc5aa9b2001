"""Drafts: each answer is saved as it is given, so that a closed tab loses nothing."""

import json
from typing import Any, Final

from django.db import connection

from annotation_site.accounts.models import Project, User
from annotation_site.rating import selectors
from annotation_site.rating.answers import refuse_if_over
from annotation_site.rating.models import Draft
from annotation_site.rating.refusals import NewerDraft

# One statement: of two tabs that save at once, the one that is further along wins, whoever is last.
# The lock makes it wait for an answer or a skip on its way, after which no draft is left behind.
_SAVE: Final = """
WITH held AS (
    SELECT slot.id
    FROM rating_slot slot JOIN rating_item item ON item.id = slot.item_id
    WHERE slot.id = %(slot)s AND slot.annotator_id = %(annotator)s
        AND slot.state IN ('leased', 'expired') AND item.project_id = %(project)s
    FOR SHARE OF slot
)
INSERT INTO rating_draft (slot_id, step, body, saved_at)
SELECT id, %(step)s, %(body)s::jsonb, statement_timestamp() FROM held
ON CONFLICT (slot_id) DO UPDATE
SET step = excluded.step, body = excluded.body, saved_at = excluded.saved_at
WHERE rating_draft.step <= excluded.step
RETURNING saved_at
"""


def save(
    *, project: Project, slot_id: int, annotator: User, step: int, body: dict[str, Any]
) -> Draft:
    """Keep the answers so far, unless later ones are here already: `NewerDraft` brings those.

    A lease that has run out does not matter: the draft waits for whoever gave the answers.
    """
    given = {"project": project.pk, "slot": slot_id, "annotator": annotator.pk, "step": step}
    with connection.cursor() as cursor:
        cursor.execute(_SAVE, {**given, "body": json.dumps(body)})
        kept = cursor.fetchone()
    if kept is None:
        refuse_if_over(selectors.own_slot(project=project, slot_id=slot_id, annotator=annotator))
        raise NewerDraft(draft=shown(Draft.objects.get(pk=slot_id)))
    return Draft(slot_id=slot_id, step=step, body=body, saved_at=kept[0])


def shown(draft: Draft) -> dict[str, Any]:
    return {**draft.body, "step": draft.step, "saved_at": draft.saved_at.isoformat()}
