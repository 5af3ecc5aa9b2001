"""The long form: one row a judgment, with its caption and video beside it."""

from typing import Final

COLUMNS: Final = (
    "caption",
    "video",
    "video_name",
    "split",
    "captioner",
    "kind",
    "text",
    "annotator",
    "dimension",
    "level",
    "revision",
    "rubric",
    "judged_at",
    "late",
)
