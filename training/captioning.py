"""Captions of videos by a captioner: a model alone, or a model with an adapter."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import torch

from scorer import frames
from scorer.backbone import Backbone
from scorer.batching import Batch, Row, collate
from scorer.frames import Clip
from scorer.sights import Failure, PathOf

TOGETHER: Final = 16
"""Videos in one batch."""


@dataclass(frozen=True, slots=True)
class Captioned:
    """A caption for each video that could be seen, in the order asked for, and the rest."""

    captions: dict[str, str]
    failed: list[Failure]


def caption(
    backbone: Backbone,
    videos: Iterable[str],
    *,
    path_of: PathOf,
    frame_count: int,
    on_done: Callable[[int], None] = lambda _: None,
) -> Captioned:
    """Describe each video once, always taking the likeliest word.

    `on_done` hears how many videos are behind us, and stops the work by raising.
    """
    found = Captioned({}, [])
    waiting = iter(videos)
    behind = 0
    while chunk := list(islice(waiting, TOGETHER)):
        clips = _clips(chunk, path_of, frame_count, found.failed)
        texts = _describe(backbone, list(clips.values()), frame_count)
        found.captions.update(zip(clips, texts, strict=True))
        behind += len(chunk)
        on_done(behind)
    return found


def _clips(
    videos: Sequence[str], path_of: PathOf, count: int, failed: list[Failure]
) -> dict[str, Clip]:
    clips = {}
    for video in videos:
        try:
            clips[video] = frames.sample(path_of(video), count)
        except frames.Unreadable as error:
            failed.append(Failure(video, str(error)))
    return clips


def _describe(backbone: Backbone, clips: Sequence[Clip], frame_count: int) -> list[str]:
    turn = backbone.turn(frame_count)
    asked = backbone.tokens(backbone.preferences.caption_prompt + turn.closing)
    rows = [Row(backbone.see(clip, turn), asked) for clip in clips]
    texts = [""] * len(rows)
    # Padded on the left, so that every row goes on right behind its own question.
    for batch in collate(rows, pad=backbone.pad, left=True):
        for place, text in zip(batch.rows, _generate(backbone, batch, turn), strict=True):
            texts[place] = text
    return texts


def _generate(backbone: Backbone, batch: Batch, turn: Any) -> list[str]:
    ends = {backbone.end_tokens(turn)[0], int(backbone.tokenizer.eos_token_id)}
    with torch.no_grad():
        rows_BT = backbone.model.generate(
            **batch.inputs,
            max_new_tokens=backbone.preferences.caption_tokens,
            do_sample=False,
            eos_token_id=sorted(ends),
            pad_token_id=backbone.pad,
        )
    said_BT = rows_BT[:, batch.inputs["input_ids"].shape[1] :]
    return [backbone.text(tokens) for tokens in said_BT.tolist()]
