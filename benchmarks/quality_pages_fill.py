"""A large project for `benchmarks.quality_pages`, made set by set in Postgres, within a minute.

All that looks drawn is drawn by a hash of the row's number: the same project each time. A caption
deserves a level; who rates it sees that, their bias and noise; some rate ten times what others do.
"""

from typing import Any, Final

from django.db import connection

from annotation_site.accounts.models import Project
from scorer.rubric import Dimension

FILL: Final = """
CREATE FUNCTION pg_temp.drawn(n bigint, salt bigint) RETURNS float LANGUAGE sql IMMUTABLE AS
$$ SELECT (hashint8extended(n, salt) & 1048575) / 1048576.0 $$;

CREATE TEMP TABLE person AS
SELECT id, row_number() OVER (ORDER BY id) - 1 AS place,
    pg_temp.drawn(id, 1) - 0.5 AS bias, 0.4 + pg_temp.drawn(id, 2) AS noise
FROM accounts_user WHERE username LIKE 'person-%%';

INSERT INTO catalog_video
    (project_id, sha256, seconds, width, height, fps, source_bytes, has_media, created_at)
SELECT %(project)s, lpad(to_hex(n), 64, '0'), 4 + 20 * pg_temp.drawn(n, 3), 640, 360, 25, 100000,
    true, now()
FROM generate_series(1, %(videos)s) n;

INSERT INTO catalog_videoname (video_id, name)
SELECT id, 'clip-' || id || '.mp4' FROM catalog_video;

INSERT INTO catalog_captioner (project_id, name)
SELECT %(project)s, 'captioner-' || n FROM generate_series(0, 9) n;

INSERT INTO catalog_caption
    (video_id, captioner_id, kind, text, text_sha256, external_id, created_at)
SELECT video.id, captioner.id, 'detailed',
    'Take ' || video.id || ' by ' || captioner.name || repeat('. A ball rolls on the lawn', 12),
    md5(video.id || ' ' || captioner.id) || md5('load'), '', now()
FROM catalog_video video CROSS JOIN catalog_captioner captioner;

INSERT INTO rating_item (project_id, purpose, caption_id, text, tier, tier_reason, inclusion,
    shuffle, overlap, n_open, n_done, withdrawn)
SELECT %(project)s, 'rate', id, '', 10 * (id %% 50 = 0)::int, 'routine', NULL,
    pg_temp.drawn(id, 4), 2 + (id %% 20 = 0)::int - (id %% 97 = 0)::int, 2, 2, id %% 500 = 0
FROM catalog_caption;

INSERT INTO rating_item (project_id, purpose, caption_id, text, tier, tier_reason, inclusion,
    shuffle, overlap, n_open, n_done, withdrawn)
SELECT %(project)s, purpose, caption.id, CASE purpose WHEN 'twin' THEN 'A dog. ' ELSE '' END, 0,
    purpose, NULL, pg_temp.drawn(caption.id, 5), 32767, %(people)s, %(people)s, false
FROM (VALUES ('practice', 20, 1), ('exam', 20, 2), ('gold', 300, 3), ('twin', 200, 4))
    AS made (purpose, many, turn)
CROSS JOIN LATERAL (
    SELECT id FROM catalog_caption WHERE id %% 7 = turn ORDER BY id LIMIT many
) caption;

INSERT INTO rating_item (project_id, purpose, caption_id, text, tier, tier_reason, inclusion,
    shuffle, overlap, n_open, n_done, withdrawn, only_for_id)
SELECT %(project)s, 'repeat', caption_id, '', 0, 'repeat', NULL, 0.5, 1, 1, 1, false,
    (SELECT id FROM person WHERE place = floor(%(people)s * power(pg_temp.drawn(item.id, 6), 1.6)))
FROM rating_item item WHERE purpose = 'rate' AND id %% 25 = 0;

INSERT INTO quality_check (item_id, levels, notes, spoiled, place, made_at)
SELECT id,
    CASE purpose WHEN 'twin' THEN '{}'::jsonb
        ELSE '{"object": 4, "feature": 4, "action": 3, "camera": 0, "background": 5}' END,
    '{}', CASE purpose WHEN 'twin' THEN (%(dimensions)s::text[])[1 + id %% 5] ELSE '' END,
    0, now()
FROM rating_item WHERE purpose IN ('practice', 'exam', 'gold', 'twin');

CREATE TEMP TABLE held AS
SELECT item.id AS item, person.id AS annotator, item.purpose
FROM rating_item item CROSS JOIN generate_series(0, 1) turn
JOIN person ON person.place = (
    floor(%(people)s * power(pg_temp.drawn(item.id, 6), 1.6))::int
    + turn * (1 + floor(%(people)s / 2 * pg_temp.drawn(item.id, 7))::int)
) %% %(people)s
WHERE item.purpose = 'rate'
UNION ALL
SELECT item.id, person.id, item.purpose FROM rating_item item CROSS JOIN person
WHERE item.purpose IN ('practice', 'exam', 'gold', 'twin')
UNION ALL
SELECT id, only_for_id, purpose FROM rating_item WHERE purpose = 'repeat';

INSERT INTO rating_slot (item_id, annotator_id, state, leased_at, submitted_at, late, client_key,
    skip_reason, evidence, signals, revision, swapped)
SELECT item, annotator, 'submitted', at - interval '1 minute', at,
    pg_temp.drawn(item, annotator) < 0.02, gen_random_uuid(), '',
    jsonb_build_object('watched', jsonb_build_array(jsonb_build_array(0, 3.5 + 8 * luck)),
        'seconds_visible', 6 + 60 * luck * luck, 'rate', 1, 'changes', 1),
    CASE WHEN luck < 0.03 THEN '["hasty"]'::jsonb
        WHEN luck > 0.99 THEN '["straight-lined", "interrupted"]' ELSE '[]' END, 1, false
FROM (
    SELECT *, pg_temp.drawn(item, 8 + annotator) AS luck,
        now() - interval '60 days' * pg_temp.drawn(item, 9) AS at
    FROM held
) one ORDER BY at;

INSERT INTO rating_judgment (slot_id, dimension, level, revision, rubric_version, judged_at)
SELECT slot.id, dimension.name,
    CASE WHEN deserved < 0.15 AND seen < 0.9 THEN 0
        ELSE greatest(1, least(5, round(
            1 + 4 * sqrt(deserved) + person.bias + 3 * person.noise * (seen - 0.5)
        )))
    END, 1, 1, slot.submitted_at
FROM rating_slot slot JOIN rating_item item ON item.id = slot.item_id
JOIN person ON person.id = slot.annotator_id
CROSS JOIN unnest(%(dimensions)s::text[]) WITH ORDINALITY dimension (name, place)
CROSS JOIN LATERAL (
    SELECT pg_temp.drawn(item.caption_id, 20 + dimension.place) AS deserved,
        pg_temp.drawn(slot.id, 30 + dimension.place) AS seen
) drawn;

INSERT INTO quality_outcome (slot_id, dimension, given, expected, passed)
SELECT slot.id, judgment.dimension, judgment.level,
    CASE WHEN item.purpose <> 'twin' THEN (known.levels ->> judgment.dimension)::int END,
    CASE WHEN item.purpose = 'twin' THEN judgment.level < 4
        ELSE abs(judgment.level - (known.levels ->> judgment.dimension)::int) <= 1 END
FROM quality_check known JOIN rating_item item ON item.id = known.item_id
JOIN rating_slot slot ON slot.item_id = item.id
JOIN rating_judgment judgment ON judgment.slot_id = slot.id
WHERE item.purpose <> 'twin' OR judgment.dimension = known.spoiled;

INSERT INTO rating_remark (slot_id, kind, text, made_at, resolved_at)
SELECT id, CASE WHEN id %% 80 = 0 THEN 'flag' ELSE 'comment' END, 'Mind the end of it.',
    submitted_at, CASE WHEN pg_temp.drawn(id, 10) < 0.8 THEN submitted_at + interval '1 day' END
FROM rating_slot WHERE id %% 40 = 0;

INSERT INTO adjudication_case (item_id, reason, opened_by_id, opened_at, decided_at)
SELECT id, 'They are far apart.', (SELECT max(id) FROM accounts_user), now(),
    CASE WHEN id %% 3 <> 0 THEN now() END
FROM rating_item WHERE purpose = 'rate' AND id %% 40 = 0
"""


def fill(project: Project, *, captions: int) -> None:
    given: dict[str, Any] = {
        "project": project.pk,
        "videos": captions // 10,
        "people": project.memberships.filter(role="annotator").count(),
        "dimensions": [dimension.value for dimension in Dimension],
    }
    with connection.cursor() as cursor:
        for statement in FILL.strip().split(";\n"):
            cursor.execute(statement, given)
        cursor.execute("ANALYZE")
