"""Tails as a trie: captions share the prompt, questions share their caption.

Shape suffixes: N nodes of the trie.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

Tail = Sequence[int]
"""The tokens that follow a prefix."""


@dataclass(frozen=True, slots=True)
class Trie:
    """Tokens in the order of their first appearance; a parent comes before its children."""

    tokens: tuple[int, ...]
    parents: tuple[int, ...]
    depths: tuple[int, ...]
    paths: tuple[tuple[int, ...], ...]
    """The nodes of each tail, from its first token to its last."""

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
        sees_NN = torch.zeros(len(self.tokens), len(self.tokens), dtype=torch.bool)
        for path in self.paths:
            path_T = torch.tensor(path)
            above_TT = torch.ones(len(path), len(path), dtype=torch.bool).tril()
            sees_NN[path_T[:, None], path_T] |= above_TT
        return sees_NN

    def runs(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """The nodes as runs without a fork, each after the node it hangs on (-1: the prefix)."""
        children: dict[int, list[int]] = {}
        for node, parent in enumerate(self.parents):
            children.setdefault(parent, []).append(node)
        waiting = [(-1, child) for child in children.get(-1, [])]
        while waiting:
            parent, node = waiting.pop()
            run = [node]
            while len(below := children.get(run[-1], [])) == 1:
                run += below
            yield parent, tuple(run)
            waiting += [(run[-1], child) for child in below]


def chunks(tails: Sequence[Tail], most: int) -> list[list[int]]:
    """Places of tails in sorted order, cut where a chunk's trie would have more than `most` nodes.

    A single tail that is longer is a chunk of its own.
    """
    found: list[list[int]] = []
    size, before = 0, ()  # type: int, Tail
    for i in sorted(range(len(tails)), key=lambda i: list(tails[i])):
        added = len(tails[i]) - in_common(before, tails[i])
        if not found or size + added > most:
            found.append([])
            size, added = 0, len(tails[i])
        found[-1].append(i)
        size, before = size + added, tails[i]
    return found


def in_common(one: Tail, other: Tail) -> int:
    """How many tokens two tails begin with in common."""
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length
