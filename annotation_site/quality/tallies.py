"""What annotators' answers add up to: checks passed, twins noticed, repeats, speed, what they saw.

Everything is added up in Postgres, in six statements for any number of people and answers. It takes
a second for 200,000 answers of a whole project, and little for those of one person.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db import connection

from annotation_site.accounts.models import Project
from annotation_site.quality.outcomes import TOLERANCE
from annotation_site.rating.models import LOOK_LIKE_RATING

Tally = dict[str, Any]
"""Plain JSON, so that a report can keep it."""

_WHOSE: Final = "(%(annotator)s::bigint IS NULL OR slot.annotator_id = %(annotator)s)"

# Each group once over all dimensions (NULL) and once for each.
_CHECKS: Final = f"""
SELECT slot.annotator_id, item.purpose, outcome.dimension,
    count(DISTINCT slot.id), avg(outcome.passed::int)::float
FROM quality_outcome outcome
JOIN rating_slot slot ON slot.id = outcome.slot_id
JOIN rating_item item ON item.id = slot.item_id
WHERE item.project_id = %(project)s AND item.purpose IN ('gold', 'twin') AND NOT item.withdrawn
    AND {_WHOSE}
GROUP BY GROUPING SETS (
    (slot.annotator_id, item.purpose), (slot.annotator_id, item.purpose, outcome.dimension)
)
"""  # noqa: S608 - no words of anybody's

# A repeat beside the same person's rating of that caption, dimension by dimension, by what they
# said last. Within one follows the rule for references: 0 is only ever met by 0.
_REPEATS: Final = f"""
SELECT slot.annotator_id,
    count(DISTINCT slot.id),
    avg((second.level = first.level)::int)::float,
    avg(((second.level = 0) = (first.level = 0)
        AND abs(second.level - first.level) <= %(tolerance)s)::int)::float
FROM rating_item repeat
JOIN rating_slot slot ON slot.item_id = repeat.id AND slot.state = 'submitted'
JOIN rating_item item ON item.caption_id = repeat.caption_id AND item.purpose = 'rate'
JOIN rating_slot before ON before.item_id = item.id
    AND before.annotator_id = slot.annotator_id AND before.state = 'submitted'
JOIN rating_judgment second ON second.slot_id = slot.id AND second.revision = slot.revision
JOIN rating_judgment first ON first.slot_id = before.id AND first.revision = before.revision
    AND first.dimension = second.dimension
WHERE repeat.project_id = %(project)s AND repeat.purpose = 'repeat' AND {_WHOSE}
GROUP BY slot.annotator_id
"""  # noqa: S608 - as above

_ANSWERS: Final = f"""
SELECT slot.annotator_id, count(*) FILTER (WHERE item.purpose = 'rate'),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY (slot.evidence ->> 'seconds_visible')::float)
FROM rating_slot slot JOIN rating_item item ON item.id = slot.item_id
WHERE item.project_id = %(project)s AND slot.state = 'submitted'
    AND item.purpose = ANY(%(rated)s) AND {_WHOSE}
GROUP BY slot.annotator_id
"""  # noqa: S608 - as above

# Ranges that overlap count once, as in `rating.watching`. Imported ratings have none.
_WATCHED: Final = f"""
SELECT slot.annotator_id, count(*), avg(least(seen.seconds / video.seconds, 1))::float
FROM rating_slot slot
JOIN rating_item item ON item.id = slot.item_id
JOIN catalog_caption caption ON caption.id = item.caption_id
JOIN catalog_video video ON video.id = caption.video_id AND video.seconds > 0
CROSS JOIN LATERAL (
    SELECT coalesce(sum(upper(part) - lower(part)), 0)::float AS seconds
    FROM unnest((
        SELECT range_agg(numrange((played ->> 0)::numeric, (played ->> 1)::numeric))
        FROM jsonb_array_elements(slot.evidence -> 'watched') played
    )) part
) seen
WHERE item.project_id = %(project)s AND slot.state = 'submitted'
    AND item.purpose = ANY(%(rated)s) AND slot.evidence ? 'watched' AND {_WHOSE}
GROUP BY slot.annotator_id
"""  # noqa: S608 - as above

_SIGNALS: Final = f"""
SELECT slot.annotator_id, signal.name, count(*)
FROM rating_slot slot JOIN rating_item item ON item.id = slot.item_id,
    jsonb_array_elements_text(slot.signals) signal (name)
WHERE item.project_id = %(project)s AND slot.state = 'submitted' AND {_WHOSE}
GROUP BY slot.annotator_id, signal.name
ORDER BY count(*) DESC, signal.name
"""  # noqa: S608 - as above


def nothing() -> Tally:
    """What somebody's answers add up to who has given none."""
    return {
        "ratings": 0,
        "gold": None,
        "twins": None,
        "repeats": None,
        "median_seconds": None,
        "watched": None,
        "signals": {},
    }


def tallies(project: Project, *, annotator: int | None = None) -> dict[int, Tally]:
    """By annotator, of everybody who has answered something; or of one alone."""
    given = {
        "project": project.pk,
        "annotator": annotator,
        "tolerance": TOLERANCE,
        "rated": sorted(str(purpose) for purpose in LOOK_LIKE_RATING),
    }

    def rows(statement: str) -> Iterable[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(statement, given)
            yield from cursor.fetchall()

    found: defaultdict[int, Tally] = defaultdict(nothing)
    for who, ratings, median in rows(_ANSWERS):
        found[who].update(ratings=ratings, median_seconds=median)
    for who, answers, share in rows(_WATCHED):
        found[who]["watched"] = {"answers": answers, "share": share}
    for who, pairs, exact, within_one in rows(_REPEATS):
        found[who]["repeats"] = {
            "pairs": pairs, "exact_share": exact, "within_one_share": within_one,
        }  # fmt: skip
    for who, name, count in rows(_SIGNALS):
        found[who]["signals"][name] = count
    for (who, purpose), shares in _by_check(rows(_CHECKS)).items():
        found[who].update(_gold(shares) if purpose == "gold" else _twins(shares))
    return dict(found)


Shares = dict[str | None, tuple[int, float]]
"""Answers and the share of them that passed, by dimension; None: all together."""


def _by_check(rows: Iterable[tuple[Any, ...]]) -> dict[tuple[int, str], Shares]:
    found: defaultdict[tuple[int, str], Shares] = defaultdict(dict)
    for who, purpose, dimension, answers, share in rows:
        found[who, purpose][dimension] = (answers, share)
    return found


def _gold(shares: Shares) -> Tally:
    answers, share = shares[None]
    return {"gold": {"answers": answers, "passed_share": share, "dimensions": _each(shares)}}


def _twins(shares: Shares) -> Tally:
    shown, share = shares[None]
    return {"twins": {"shown": shown, "noticed_share": share, "dimensions": _each(shares)}}


def _each(shares: Mapping[str | None, tuple[int, float]]) -> list[dict[str, Any]]:
    return [
        {"dimension": dimension, "answers": answers, "share": share}
        for dimension, (answers, share) in sorted(shares.items(), key=str)
        if dimension is not None
    ]
