"""Model inputs as rows: a video's shared prefix, what follows it, and rows stacked to batches.

Text is never tokenized across the cut: prefix and tail are tokenized apart in training, scoring
and captioning alike, so that every path of the program sees the same tokens.

Shape suffixes: B rows, T tokens.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

import torch
from torch import Tensor

TOKEN_TYPES: Final = ("mm_token_type_ids", "token_type_ids")
LOOKS: Final = "cross_attention_mask"
"""Which pictures a token may look at, in models that look by cross attention."""

PER_TOKEN: Final = ("input_ids", "attention_mask", *TOKEN_TYPES, LOOKS)

Inputs = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Prefix:
    """What the processor made of a video and the text around it: one row."""

    inputs: Mapping[str, Tensor]
    features: Mapping[str, Any] | None = None
    """What the vision tower made of the video, where that is known: it stands for the pixels."""

    @property
    def length(self) -> int:
        return int(self.inputs["input_ids"].shape[1])

    @property
    def bytes(self) -> int:
        return sum(tensor.numel() * tensor.element_size() for tensor in self.inputs.values())

    def media(self) -> dict[str, Tensor]:
        """The video itself: all inputs that are not one value a token."""
        return {name: value for name, value in self.inputs.items() if name not in PER_TOKEN}

    def given(self) -> Inputs:
        """The row as the model takes it."""
        return {**self.inputs, **self.seen()}

    def seen(self) -> Inputs:
        """The argument by which a model takes features. A model may fill the mapping."""
        return {} if self.features is None else {"mm_encoder_outputs": dict(self.features)}


@dataclass(frozen=True, slots=True)
class Row:
    """A prefix and the tokens that follow it. `learnt` tells how many of the last are targets."""

    prefix: Prefix
    tail: Sequence[int]
    learnt: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of equal media shapes, padded. `rows` are their places in what was collated."""

    inputs: Inputs
    labels_BT: Tensor
    rows: tuple[int, ...]


def extend(prefix: Prefix, tail: Sequence[int]) -> Inputs:
    """The whole row as the model takes it, alone and without padding."""
    (batch,) = collate([Row(prefix, tail)], pad=0, left=False)
    return batch.inputs


def lines_behind(prefix: Prefix, length: int) -> Inputs:
    """What text behind a prefix must be told of it, beside the cache: where it may look."""
    if LOOKS not in prefix.inputs:
        return {}
    last = prefix.inputs[LOOKS][:, -1:]
    return {LOOKS: last.expand(-1, length, *last.shape[2:])}


def collate(rows: Sequence[Row], *, pad: int, left: bool) -> list[Batch]:
    """Batches of the rows that can be stacked: those whose videos have one shape.

    Features of a vision tower are never stacked: their shapes mean something else in every model.
    """
    order = sorted(range(len(rows)), key=lambda i: (_kind(rows, i), i))
    grouped = groupby(order, key=lambda i: _kind(rows, i))
    return [_stack(rows, tuple(places), pad=pad, left=left) for _, places in grouped]


def _kind(rows: Sequence[Row], i: int) -> tuple[int, list[tuple[str, tuple[int, ...]]]]:
    media = rows[i].prefix.media()
    shapes = [(name, tuple(value.shape)) for name, value in sorted(media.items())]
    return (-1 if rows[i].prefix.features is None else i), shapes


def _stack(rows: Sequence[Row], places: tuple[int, ...], *, pad: int, left: bool) -> Batch:
    chosen = [rows[i] for i in places]
    width = max(row.prefix.length + len(row.tail) for row in chosen)
    inputs: Inputs = {
        name: torch.cat([row.prefix.inputs[name] for row in chosen])
        for name in chosen[0].prefix.media()
    } | chosen[0].prefix.seen()
    for name in PER_TOKEN:
        if name in chosen[0].prefix.inputs:
            fill = pad if name == "input_ids" else 0
            lines = [_line(row, name) for row in chosen]
            inputs[name] = torch.stack([_padded(line, width, fill, left=left) for line in lines])
    targets = [_padded(_targets(row), width, -100, left=left) for row in chosen]
    return Batch(inputs, torch.stack(targets), places)


def _line(row: Row, name: str) -> Tensor:
    """One value a token for prefix and tail. A tail is text: attended to, of type 0."""
    head = row.prefix.inputs[name][0]
    if name == LOOKS:
        return torch.cat([head, head[-1:].expand(len(row.tail), *head.shape[1:])])
    tail = torch.tensor(row.tail, dtype=head.dtype, device=head.device)
    if name == "attention_mask":
        tail = torch.ones_like(tail)
    elif name in TOKEN_TYPES:
        tail = torch.zeros_like(tail)
    return torch.cat([head, tail])


def _targets(row: Row) -> Tensor:
    line = _line(row, "input_ids").clone()
    line[: len(line) - row.learnt] = -100
    return line


def _padded(line: Tensor, width: int, fill: int, *, left: bool) -> Tensor:
    gap = line.new_full((width - len(line), *line.shape[1:]), fill)
    return torch.cat([gap, line] if left else [line, gap])
