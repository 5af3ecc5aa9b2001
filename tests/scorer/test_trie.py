"""What tails have in common is computed once, in an order in which it is known when needed."""

import pytest
import torch

from scorer.trie import Trie, chunks

TAILS = [[1, 2, 3], [1, 2, 4], [5], [1, 2, 3, 6]]


class TestTrie:
    def test_shares_what_tails_have_in_common(self) -> None:
        trie = Trie.of([[1, 2, 3], [1, 2, 4], [5]])
        assert trie.tokens == (1, 2, 3, 4, 5)
        assert trie.parents == (-1, 0, 1, 1, -1)
        assert trie.depths == (0, 1, 2, 2, 0)
        assert trie.paths == ((0, 1, 2), (0, 1, 3), (4,))

    def test_a_node_sees_its_ancestors_only(self) -> None:
        sees = Trie.of([[1, 2], [1, 3]]).sees_NN()
        assert sees.int().tolist() == [[1, 0, 0], [1, 1, 0], [1, 0, 1]]

    def test_what_a_node_sees_follows_from_its_parents(self) -> None:
        trie = Trie.of(TAILS)
        expected = torch.eye(len(trie.tokens), dtype=torch.bool)
        for node, parent in enumerate(trie.parents):
            if parent >= 0:
                expected[node] |= expected[parent]
        assert torch.equal(trie.sees_NN(), expected)

    def test_runs_hold_every_node_once_and_behind_its_parent(self) -> None:
        trie = Trie.of(TAILS)
        done = {-1}
        for parent, run in trie.runs():
            assert parent in done
            for node in run:
                assert trie.parents[node] == parent
                assert node not in done
                done.add(node)
                parent = node  # noqa: PLW2901 - the next node hangs on this one
        assert len(done) == len(trie.tokens) + 1


class TestChunks:
    @pytest.mark.parametrize("most", [1, 3, 4, 100])
    def test_every_tail_is_in_one_chunk(self, most: int) -> None:
        places = [place for chunk in chunks(TAILS, most) for place in chunk]
        assert sorted(places) == list(range(len(TAILS)))

    def test_no_chunk_of_several_tails_is_too_large(self) -> None:
        for chunk in chunks(TAILS, 4):
            assert len(Trie.of([TAILS[i] for i in chunk]).tokens) <= 4

    def test_a_tail_that_is_too_long_has_a_chunk_of_its_own(self) -> None:
        assert [0] in chunks([[1, 2, 3], [4]], 2)
