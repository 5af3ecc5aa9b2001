"""Many tails behind one prefix, each as if it were alone, and what they share computed once.

The tails of a video form a trie. It runs as one sequence in which a token sees the prefix and its
own ancestors, at the position that its depth gives it. That is exact, not approximate: the tests
hold it against the naive loop for every class of model that we know.

Shape suffixes: N nodes of the trie, P prefix tokens, S = P + N, L logits kept, V vocabulary.
"""

import contextlib
import copy
from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Final

import torch
from torch import Tensor

from scorer import positions
from scorer.batching import Inputs, Prefix, extend, lines_behind
from scorer.trie import Tail, Trie, chunks

TOLERANCE: Final = 1e-3
CHUNK: Final = 1024
"""Tokens of trie in one pass: attention costs their square, a pass costs its overhead."""

UNSUPPORTED: Final = (
    AttributeError,
    IndexError,
    NotImplementedError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What a class of model raises that has no such mask, cache or argument."""

Kept = Sequence[int]
"""Positions of a tail at which logits are wanted, counted from its first token."""


class Mode(StrEnum):
    """How tails share their prefix, fastest first."""

    TREE = "tree"
    CACHE = "cache"
    NAIVE = "naive"


def logits(
    model: Any,
    prefix: Prefix,
    tails: Sequence[Tail],
    kept: Sequence[Kept],
    mode: Mode,
    *,
    chunk: int = CHUNK,
) -> list[Tensor]:
    """For every tail the logits (L, V) at its kept positions.

    `chunk` is how many tokens of the trie go through the model at once, where a mode does so.
    """
    if mode is Mode.NAIVE:
        return _naive(model, prefix, tails, kept)
    if mode is Mode.CACHE:
        return _walked(model, prefix, tails, kept)
    return _tree(model, prefix, tails, kept, chunk)


def packed(model: Any, prefix: Prefix, tails: Sequence[Tail], kept: Sequence[Kept]) -> list[Tensor]:
    """The same in one differentiable pass over prefix and trie, for training."""
    trie = Trie.of(tails)
    length = prefix.length
    sees_PP = torch.ones(length, length, dtype=torch.bool).tril()
    sees_PN = torch.zeros(length, len(trie.tokens), dtype=torch.bool)
    sees_SS = torch.cat([torch.cat([sees_PP, sees_PN], dim=1), _sees_NS(trie, length)])
    inputs = extend(prefix, trie.tokens)
    inputs.pop("mm_token_type_ids", None)  # they only serve to find positions, which are given
    inputs["attention_mask"] = _additive(sees_SS, model)
    inputs["position_ids"] = positions.throughout(model, prefix, torch.tensor([trie.depths]))
    return _pick(model, inputs, trie, kept, offset=length, use_cache=False)


def check(model: Any, prefix: Prefix, tails: Sequence[Tail]) -> Mode:
    """The fastest mode that agrees with the naive loop on this model.

    For models that nobody has tried: sliding windows, cross attention or a mask of their own make
    the tree wrong without making it fail. With three tails and more the tree takes two passes, so
    that what the first leaves behind in a cache would show.
    """
    kept = [(len(tail) - 1,) for tail in tails]
    chunk = len(Trie.of(tails).tokens) - 1
    with torch.no_grad():
        expected = torch.cat(_naive(model, prefix, tails, kept))
        for mode in (Mode.TREE, Mode.CACHE):
            with contextlib.suppress(*UNSUPPORTED):
                found = logits(model, prefix, tails, kept, mode, chunk=chunk)
                if _agree(torch.cat(found), expected):
                    return mode
    return Mode.NAIVE


def packs(model: Any, prefix: Prefix, tails: Sequence[Tail]) -> bool:
    """Whether training may pack the tails: whether that agrees with separate sequences."""
    kept = [(len(tail) - 1,) for tail in tails]
    with torch.no_grad(), contextlib.suppress(*UNSUPPORTED):
        found = torch.cat(packed(model, prefix, tails, kept))
        return _agree(found, torch.cat(_naive(model, prefix, tails, kept)))
    return False


def _agree(found: Tensor, expected: Tensor) -> bool:
    """Half precision rounds differently in another order; a wrong mask errs by much more."""
    rounding = TOLERANCE if expected.dtype == torch.float32 else 100 * TOLERANCE
    scale = max(1.0, float(expected.float().std()))
    return float((found.float() - expected.float()).abs().max()) < rounding * scale


def _naive(model: Any, prefix: Prefix, tails: Sequence[Tail], kept: Sequence[Kept]) -> list[Tensor]:
    """A full pass a tail, the video included: what the others must equal."""
    found = []
    for tail, places in zip(tails, kept, strict=True):
        index_L = torch.tensor([prefix.length + place for place in places], device=model.device)
        found.append(_at(model, extend(prefix, tail), index_L, use_cache=False))
    return found


def _tree(
    model: Any, prefix: Prefix, tails: Sequence[Tail], kept: Sequence[Kept], chunk: int
) -> list[Tensor]:
    """One prefill, then each chunk of the trie in one pass under a tree mask."""
    cache = _prefill(model, prefix)
    start = positions.following(model, prefix)
    found: dict[int, Tensor] = {}
    for places in chunks(tails, chunk):
        trie = Trie.of([tails[i] for i in places])
        inputs = _behind(model, prefix, trie.tokens)
        inputs["attention_mask"] = _additive(_sees_NS(trie, prefix.length), model)
        inputs["position_ids"] = positions.behind(model, start + torch.tensor([trie.depths]))
        inputs["past_key_values"] = _branch(cache)
        parts = _pick(model, inputs, trie, [kept[i] for i in places], offset=0, use_cache=True)
        found.update(zip(places, parts, strict=True))
    return [found[i] for i in range(len(tails))]


def _walked(
    model: Any, prefix: Prefix, tails: Sequence[Tail], kept: Sequence[Kept]
) -> list[Tensor]:
    """One prefill, then every run of the trie behind the keys and values of what it follows."""
    trie = Trie.of(tails)
    start = positions.following(model, prefix)
    caches = {-1: _prefill(model, prefix)}
    logits_of: dict[int, Tensor] = {}
    for parent, run in trie.runs():
        first = trie.depths[run[0]]
        line_1N = start + torch.arange(first, first + len(run))[None]
        inputs = _behind(model, prefix, [trie.tokens[node] for node in run])
        inputs["position_ids"] = positions.behind(model, line_1N)
        inputs["past_key_values"] = caches[run[-1]] = _branch(caches[parent])
        logits_of.update(zip(run, model(**inputs, use_cache=True).logits[0], strict=True))
    return [
        torch.stack([logits_of[path[place]] for place in places])
        for path, places in zip(trie.paths, kept, strict=True)
    ]


def _prefill(model: Any, prefix: Prefix) -> Any:
    """The prefix's keys and values."""
    return model(**prefix.given(), use_cache=True, logits_to_keep=1).past_key_values


def _branch(cache: Any) -> Any:
    """A cache to go on from, while the other stays as it is.

    A layer that puts new tensors in place of its old ones can share them. Any other is copied.
    """
    layers = getattr(cache, "layers", None)
    if not layers or any(type(layer).__name__ != "DynamicLayer" for layer in layers):
        return copy.deepcopy(cache)
    branch = copy.copy(cache)
    branch.layers = [copy.copy(layer) for layer in layers]
    return branch


def _behind(model: Any, prefix: Prefix, tokens: Tail) -> Inputs:
    """Text behind a prefix that the model has in its cache."""
    ids = torch.tensor([list(tokens)], device=model.device)
    return {"input_ids": ids, **lines_behind(prefix, len(tokens))}


def _sees_NS(trie: Trie, length: int) -> Tensor:  # noqa: N802 - a shape
    sees_NN = trie.sees_NN()
    return torch.cat([torch.ones(len(sees_NN), length, dtype=torch.bool), sees_NN], dim=1)


def _additive(sees: Tensor, model: Any) -> Tensor:
    """The mask that is added to attention's scores: nothing where a token sees another."""
    mask = torch.zeros(1, 1, *sees.shape, dtype=model.dtype)
    return mask.masked_fill_(~sees, torch.finfo(model.dtype).min).to(model.device)


def _pick(
    model: Any, inputs: Inputs, trie: Trie, kept: Sequence[Kept], *, offset: int, use_cache: bool
) -> list[Tensor]:
    """Run the model and hand each tail the logits of its kept nodes, computing only those."""
    wanted = [
        [path[place] for place in places] for path, places in zip(trie.paths, kept, strict=True)
    ]
    nodes = sorted({node for path in wanted for node in path})
    row_of = {node: row for row, node in enumerate(nodes)}
    index_L = torch.tensor([offset + node for node in nodes], device=model.device)
    logits_LV = _at(model, inputs, index_L, use_cache=use_cache)
    return [logits_LV[[row_of[node] for node in path]] for path in wanted]


def _at(model: Any, inputs: Inputs, index_L: Tensor, *, use_cache: bool) -> Tensor:
    """Logits (L, V) at these places. Some classes take the argument and ignore it."""
    all_or_kept: Tensor = model(**inputs, use_cache=use_cache, logits_to_keep=index_L).logits[0]
    ignored = len(all_or_kept) == inputs["input_ids"].shape[1]
    return all_or_kept[index_L] if ignored else all_or_kept
