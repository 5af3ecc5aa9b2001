"""Captions of videos by a captioner: a model alone, or a model with an adapter."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import torch

from scorer import frames
from scorer.backbone import Backbone, seeded
from scorer.batching import Batch, Row, collate
from scorer.frames import Clip
from scorer.prompt import Turn
from scorer.sights import Failure, PathOf

TOGETHER: Final = 16
"""Videos in one batch."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Manner:
    """How words are chosen."""

    tokens: int | None = None
    """At most so many a caption. None: as many as the model's settings say."""

    temperature: float = 0.0
    """0 takes the likeliest word each time; above it words are drawn."""

    seed: int = 0
    """Of the draw. The same batch is described in the same words again."""


LIKELIEST: Final = Manner()


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
        seen, failed = clips(chunk, path_of, frame_count)
        found.failed.extend(failed)
        asked = [backbone.preferences.caption_prompt] * len(seen)
        texts = describe(backbone, list(seen.values()), asked, frame_count=frame_count)
        found.captions.update(zip(seen, texts, strict=True))
        behind += len(chunk)
        on_done(behind)
    return found


def clips(
    videos: Sequence[str], path_of: PathOf, count: int
) -> tuple[dict[str, Clip], list[Failure]]:
    """The videos that can be seen, and the others."""
    seen, failed = {}, []
    for video in videos:
        try:
            seen[video] = frames.sample(path_of(video), count)
        except frames.Unreadable as error:
            failed.append(Failure(video, str(error)))
    return seen, failed


def describe(
    backbone: Backbone,
    clips: Sequence[Clip],
    questions: Sequence[str],
    *,
    frame_count: int,
    manner: Manner = LIKELIEST,
) -> list[str]:
    """Answer a question about each clip."""
    turn = backbone.turn(frame_count)
    rows = [
        Row(backbone.see(clip, turn), backbone.tokens(question + turn.closing))
        for clip, question in zip(clips, questions, strict=True)
    ]
    texts = [""] * len(rows)
    # Padded on the left, so that every row goes on right behind its own question.
    with seeded(manner.seed):
        for batch in collate(rows, pad=backbone.pad, left=True):
            said = _generate(backbone, batch, turn, manner)
            for place, text in zip(batch.rows, said, strict=True):
                texts[place] = text
    return texts


def _generate(backbone: Backbone, batch: Batch, turn: Turn, manner: Manner) -> list[str]:
    ends = {backbone.end_tokens(turn)[0], int(backbone.tokenizer.eos_token_id)}
    drawn = {"do_sample": True, "temperature": manner.temperature} if manner.temperature else {}
    with torch.no_grad():
        rows_BT = backbone.model.generate(
            **batch.inputs,
            **{"do_sample": False, **drawn},
            max_new_tokens=manner.tokens or backbone.preferences.caption_tokens,
            eos_token_id=sorted(ends),
            pad_token_id=backbone.pad,
        )
    said_BT = rows_BT[:, batch.inputs["input_ids"].shape[1] :]
    return [backbone.text(tokens) for tokens in said_BT.tolist()]
