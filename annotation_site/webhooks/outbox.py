"""The outbox: what happened is written down with it, for those endpoints that asked for it.

One statement looks who listens and writes the events and their deliveries, if there is anybody; so
an answer in a project without webhooks pays for one look into an index that is nearly empty.
"""

import json
from collections.abc import Mapping
from typing import Any, Final
from uuid import uuid4

from django.db import transaction

from annotation_site.common import statements
from annotation_site.webhooks import nudges
from annotation_site.webhooks.types import VERSION, Type

Told = Mapping[Type, Mapping[str, Any]]
"""The data of each event that comes of the same thing."""

_TELL: Final = """
WITH listening AS (
    SELECT id, types FROM webhooks_endpoint
    WHERE project_id = %(project)s AND off = '' AND removed_at IS NULL
        AND (%(only)s::bigint IS NULL OR id = %(only)s::bigint)
),
wanted AS (
    SELECT given.id, given.type, given.data, listening.id AS endpoint
    FROM unnest(%(ids)s::uuid[], %(types)s::text[], %(data)s::text[]) AS given (id, type, data)
    JOIN listening ON %(only)s::bigint IS NOT NULL OR given.type = ANY (listening.types)
),
event AS (
    INSERT INTO webhooks_event (id, project_id, type, version, data, at)
    SELECT id, %(project)s::bigint, type, %(version)s::smallint, data::jsonb, clock_timestamp()
    FROM (SELECT DISTINCT id, type, data FROM wanted) AS happened
)
INSERT INTO webhooks_delivery (event_id, endpoint_id, state, tries, due_at, asked_at)
SELECT id, endpoint, 'waiting', 0, clock_timestamp(), clock_timestamp() FROM wanted
RETURNING id
"""


def tell(*, project_id: int, told: Told, only: int | None = None) -> list[int]:
    """Write down what is to be told, in the caller's transaction. Returns the deliveries.

    `only` names one endpoint, which is told whatever it asked for.
    """
    rows = statements.run(
        _TELL,
        {
            "project": project_id,
            "only": only,
            "ids": [uuid4() for _ in told],
            "types": [kind.value for kind in told],
            "data": [json.dumps(data) for data in told.values()],
            "version": VERSION,
        },
    )
    if rows:
        transaction.on_commit(nudges.nudge)
    return [number for (number,) in rows]
