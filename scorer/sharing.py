"""Many tails behind one prefix, each as if it were alone, and what they share computed once.

The tails of a video form a trie: captions share the prompt, questions share their caption. The
trie runs as one sequence in which a token sees the prefix and its own ancestors, at the position
that its depth gives it. That is exact, not approximate: the tests hold it against the naive loop.

Shape suffixes: N nodes of the trie, P prefix tokens, S = P + N, L logits kept, V vocabulary.
"""

import contextlib
import copy
import inspect
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import torch
from torch import Tensor

from scorer.batching import Inputs, Prefix, extend

TOLERANCE: Final = 1e-3
CHUNK: Final = 1024
"""Tokens of trie in one pass: attention costs their square, a pass costs its overhead."""

UNSUPPORTED: Final = (AttributeError, NotImplementedError, TypeError, ValueError, IndexError)
"""What a class of model raises that has no such mask, cache or argument."""

Tail = Sequence[int]
Kept = Sequence[int]
"""Positions of a tail at which logits are wanted, counted from its first token."""


class Mode(StrEnum):
    """How tails share their prefix, fastest first."""

    TREE = "tree"
    CACHE = "cache"
    NAIVE = "naive"


@dataclass(frozen=True, slots=True)
class Trie:
    """Tokens in the order of their first appearance; a parent comes before its children."""

    tokens: tuple[int, ...]
    parents: tuple[int, ...]
    depths: tuple[int, ...]
    paths: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, tails: Sequence[Tail]) -> "Trie":
        nodes: dict[tuple[int, int], int] = {}
        depths: list[int] = []
        paths = []
        for tail in tails:
            path = [-1]
            for depth, token in enumerate(tail):
                key = (path[-1], token)
                if key not in nodes:
                    nodes[key] = len(nodes)
                    depths.append(depth)
                path.append(nodes[key])
            paths.append(tuple(path[1:]))
        parents = tuple(parent for parent, _ in nodes)
        return cls(tuple(token for _, token in nodes), parents, tuple(depths), tuple(paths))

    def sees_NN(self) -> Tensor:  # noqa: N802 - a shape
        """Row i is true at node i and its ancestors."""
        sees = torch.eye(len(self.tokens), dtype=torch.bool)
        for node, parent in enumerate(self.parents):
            if parent >= 0:
                sees[node] |= sees[parent]
        return sees


def logits(
    model: Any, prefix: Prefix, tails: Sequence[Tail], kept: Sequence[Kept], mode: Mode
) -> list[Tensor]:
    """For every tail the logits (L, V) at its kept positions."""
    if mode is Mode.NAIVE:
        return _naive(model, prefix, tails, kept)
    return (_tree if mode is Mode.TREE else _cached)(model, prefix, tails, kept)


def packed(model: Any, prefix: Prefix, tails: Sequence[Tail], kept: Sequence[Kept]) -> list[Tensor]:
    """The same in one differentiable pass over prefix and trie, for training."""
    trie = Trie.of(tails)
    length, dtype = prefix.length, model.dtype
    prefix_PP = torch.ones(length, length, dtype=torch.bool).tril()
    above_PN = torch.zeros(length, len(trie.tokens), dtype=torch.bool)
    rows_PS = torch.cat([prefix_PP, above_PN], dim=1)
    sees_SS = torch.cat([rows_PS, _sees_NS(trie, length)])
    inputs = _without_types(extend(prefix, trie.tokens))
    inputs["attention_mask"] = _additive(sees_SS, dtype).to(inputs["input_ids"].device)
    inputs["position_ids"] = _packed_positions(model, prefix, trie)
    return _pick(model, inputs, trie, kept, offset=length, use_cache=False)


def check(model: Any, prefix: Prefix, tails: Sequence[Tail]) -> Mode:
    """The fastest mode that agrees with the naive loop on this model.

    For models that nobody has tried: sliding windows, cross attention or a mask of their own make
    the tree wrong without making it fail.
    """
    kept = [(len(tail) - 1,) for tail in tails]
    with torch.no_grad():
        expected = torch.cat(_naive(model, prefix, tails, kept))
        for mode in (Mode.TREE, Mode.CACHE):
            with contextlib.suppress(*UNSUPPORTED):
                if _agree(torch.cat(logits(model, prefix, tails, kept, mode)), expected):
                    return mode
    return Mode.NAIVE


def _agree(found: Tensor, expected: Tensor) -> bool:
    """Half precision rounds differently in another order; a wrong mask errs by much more."""
    rounding = TOLERANCE if expected.dtype == torch.float32 else 100 * TOLERANCE
    scale = max(1.0, float(expected.float().std()))
    return float((found.float() - expected.float()).abs().max()) < rounding * scale


def _naive(model: Any, prefix: Prefix, tails: Sequence[Tail], kept: Sequence[Kept]) -> list[Tensor]:
    """A full pass a tail, the video included: what the others must equal."""
    found = []
    for tail, positions in zip(tails, kept, strict=True):
        logits_SV = model(**extend(prefix, tail), use_cache=False).logits[0]
        found.append(logits_SV[[prefix.length + position for position in positions]])
    return found


def _tree(model: Any, prefix: Prefix, tails: Sequence[Tail], kept: Sequence[Kept]) -> list[Tensor]:
    """One prefill, then each chunk of the trie in one pass under a tree mask."""
    cache, following = _prefill(model, prefix)
    found: dict[int, Tensor] = {}
    for chunk in _chunks(tails):
        trie = Trie.of([tails[i] for i in chunk])
        ids = torch.tensor([trie.tokens], device=model.device)
        inputs = {
            "input_ids": ids,
            "attention_mask": _additive(_sees_NS(trie, prefix.length), model.dtype).to(ids.device),
            "position_ids": _positions(model, following + torch.tensor([trie.depths])),
            "past_key_values": cache,
        }
        parts = _pick(model, inputs, trie, [kept[i] for i in chunk], offset=0, use_cache=True)
        cache.crop(-len(trie.tokens))  # negative: so many are removed
        found.update(zip(chunk, parts, strict=True))
    return [found[i] for i in range(len(tails))]


def _cached(
    model: Any, prefix: Prefix, tails: Sequence[Tail], kept: Sequence[Kept]
) -> list[Tensor]:
    """One prefill, then each tail alone behind a copy of its keys and values."""
    cache, following = _prefill(model, prefix)
    found = []
    for tail, positions in zip(tails, kept, strict=True):
        logits_TV = model(
            input_ids=torch.tensor([list(tail)], device=model.device),
            position_ids=_positions(model, following + torch.arange(len(tail))[None]),
            past_key_values=copy.deepcopy(cache),
            use_cache=True,
        ).logits[0]
        found.append(logits_TV[list(positions)])
    return found


def _prefill(model: Any, prefix: Prefix) -> tuple[Any, int]:
    """The prefix's keys and values, and the position of the first token behind it."""
    out = model(**prefix.inputs, use_cache=True, logits_to_keep=1)
    if not has_mrope(model):
        return out.past_key_values, prefix.length
    return out.past_key_values, int(_rope(model, prefix)[0, 0, -1])


def model_core(model: Any) -> Any:
    """The multimodal model below the language head, also below a LoRA wrapper."""
    inner = model.get_base_model() if hasattr(model, "get_base_model") else model
    return inner.model


def has_mrope(model: Any) -> bool:
    """Whether a token has three positions. Some others carry unused `rope_deltas`."""
    return hasattr(model_core(model), "get_rope_index")


def _rope(model: Any, prefix: Prefix) -> Tensor:
    """Positions (3, 1, P + 1) of the prefix and of a word behind it.

    Asked with that word in place. The model's `rope_deltas` count from the largest position, and
    late frames may lie beyond the words that follow them.
    """
    core = model_core(model)
    known = inspect.signature(core.get_rope_index).parameters
    inputs = extend(prefix, [0])
    given = {name: value for name, value in inputs.items() if name in known}
    positions: Tensor = core.get_rope_index(**given)[0]
    return positions


def _positions(model: Any, line_1N: Tensor) -> Tensor:
    line_1N = line_1N.to(model.device)
    return line_1N[None].expand(3, -1, -1) if has_mrope(model) else line_1N


def _packed_positions(model: Any, prefix: Prefix, trie: Trie) -> Tensor:
    depths_1N = torch.tensor([trie.depths])
    if not has_mrope(model):
        head_1P = torch.arange(prefix.length)[None]
        return torch.cat([head_1P, prefix.length + depths_1N], dim=1).to(model.device)
    rope = _rope(model, prefix)
    tail_31N = _positions(model, int(rope[0, 0, -1]) + depths_1N)
    return torch.cat([rope[..., :-1], tail_31N], dim=-1)


def _without_types(inputs: Inputs) -> Inputs:
    """Token types only serve to find positions, and here these are given."""
    return {name: value for name, value in inputs.items() if name != "mm_token_type_ids"}


def _sees_NS(trie: Trie, length: int) -> Tensor:  # noqa: N802 - a shape
    sees_NN = trie.sees_NN()
    return torch.cat([torch.ones(len(sees_NN), length, dtype=torch.bool), sees_NN], dim=1)


def _additive(sees: Tensor, dtype: torch.dtype) -> Tensor:
    mask = torch.zeros(1, 1, *sees.shape, dtype=dtype)
    return mask.masked_fill_(~sees, torch.finfo(dtype).min)


def _pick(
    model: Any, inputs: Inputs, trie: Trie, kept: Sequence[Kept], *, offset: int, use_cache: bool
) -> list[Tensor]:
    """Run the model and hand each tail the logits of its kept nodes, computing only those."""
    wanted = [
        [path[position] for position in positions]
        for path, positions in zip(trie.paths, kept, strict=True)
    ]
    nodes = sorted({node for path in wanted for node in path})
    place = {node: number for number, node in enumerate(nodes)}
    index_L = torch.tensor([offset + node for node in nodes], device=model.device)
    logits_LV = model(**inputs, use_cache=use_cache, logits_to_keep=index_L).logits[0]
    if len(logits_LV) != len(nodes):  # some classes take the argument and ignore it
        logits_LV = logits_LV[index_L]
    return [logits_LV[[place[node] for node in path]] for path in wanted]


def _chunks(tails: Sequence[Tail]) -> list[list[int]]:
    """Tails in sorted order, cut where a chunk's trie would grow too large."""
    chunks: list[list[int]] = []
    size, before = 0, ()  # type: int, Tail
    for i in sorted(range(len(tails)), key=lambda i: list(tails[i])):
        added = len(tails[i]) - _common(before, tails[i])
        if not chunks or size + added > CHUNK:
            chunks.append([])
            size, added = 0, len(tails[i])
        chunks[-1].append(i)
        size, before = size + added, tails[i]
    return chunks


def _common(one: Tail, other: Tail) -> int:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length
