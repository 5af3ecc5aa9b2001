"""Model inputs as rows: a video's shared prefix, what follows it, and rows stacked to batches.

Text is never tokenized across the cut: prefix and tail are tokenized apart in training, scoring
and captioning alike, so that every path of the program sees the same tokens.

Shape suffixes: B rows, T tokens.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import torch
from torch import Tensor

TOKEN_TYPES: Final = ("mm_token_type_ids", "token_type_ids")
PER_TOKEN: Final = ("input_ids", "attention_mask", *TOKEN_TYPES)

Inputs = dict[str, Tensor]


@dataclass(frozen=True, slots=True)
class Prefix:
    """What the processor made of a video and the text around it: one row."""

    inputs: Mapping[str, Tensor]

    @property
    def length(self) -> int:
        return int(self.inputs["input_ids"].shape[1])

    @property
    def bytes(self) -> int:
        return sum(tensor.numel() * tensor.element_size() for tensor in self.inputs.values())

    def media(self) -> Inputs:
        """The video itself: all inputs that are not one value a token."""
        return {name: value for name, value in self.inputs.items() if name not in PER_TOKEN}


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


def collate(rows: Sequence[Row], *, pad: int, left: bool) -> list[Batch]:
    """Batches of the rows that can be stacked: those whose videos have one shape."""
    order = sorted(range(len(rows)), key=lambda i: (_shape(rows[i].prefix), i))
    grouped = groupby(order, key=lambda i: _shape(rows[i].prefix))
    return [_stack(rows, tuple(places), pad=pad, left=left) for _, places in grouped]


def _shape(prefix: Prefix) -> tuple[tuple[str, tuple[int, ...]], ...]:
    return tuple((name, tuple(value.shape)) for name, value in sorted(prefix.media().items()))


def _stack(rows: Sequence[Row], places: tuple[int, ...], *, pad: int, left: bool) -> Batch:
    chosen = [rows[i] for i in places]
    width = max(row.prefix.length + len(row.tail) for row in chosen)
    inputs: Inputs = {
        name: torch.cat([row.prefix.inputs[name] for row in chosen])
        for name in chosen[0].prefix.media()
    }
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
    gap = line.new_full((width - len(line),), fill)
    return torch.cat([gap, line] if left else [line, gap])
