"""Sharing a prefix changes the cost and nothing else; where it would, the check notices."""

from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from scorer import prompt, sharing
from scorer.backbone import Backbone
from scorer.frames import Clip
from scorer.sharing import Mode
from scorer.trie import Trie
from tests.scorer import tiny_models
from tests.scorer.fixtures import TinyModel

if TYPE_CHECKING:
    from scorer.batching import Prefix

CAPTIONS = ("A red ball rolls.", "A blue cube slowly falls down.", "A red bird")
EXACT = 1e-4


@pytest.fixture(scope="module")
def clip() -> Clip:
    dice = np.random.default_rng(0)
    # Long enough that late frames of a model with three positions lie beyond the words.
    return Clip(dice.integers(0, 255, (4, 48, 64, 3), dtype=np.uint8), (0.0, 1.0, 2.0, 3.0), 4.0)


class Case:
    """A model with a video before it, and the fifteen branches of three captions."""

    def __init__(self, backbone: Backbone, clip: Clip) -> None:
        turn = backbone.turn(4, before="Judge.")
        self.model = backbone.model
        self.prefix: Prefix = backbone.see(clip, turn)
        self.tails = [
            backbone.tokens(asked + turn.closing)
            for caption in CAPTIONS
            for asked in prompt.questions(caption).values()
        ]
        self.kept = [(0, len(tail) - 1) for tail in self.tails]

    def logits(self, mode: Mode) -> torch.Tensor:
        with torch.no_grad():
            return torch.cat(sharing.logits(self.model, self.prefix, self.tails, self.kept, mode))

    def packed(self) -> torch.Tensor:
        return torch.cat(sharing.packed(self.model, self.prefix, self.tails, self.kept))


@pytest.fixture(scope="module", params=sorted(tiny_models.BUILDERS))
def case(request: pytest.FixtureRequest, tiny_model: TinyModel, clip: Clip) -> Case:
    return Case(Backbone.load(str(tiny_model(request.param)), None), clip)


def apart(one: torch.Tensor, other: torch.Tensor) -> float:
    return float((one - other).abs().max())


def causal(trie: Trie) -> torch.Tensor:
    """The mask of a plain text, in which branches see each other."""
    return torch.ones(len(trie.tokens), len(trie.tokens), dtype=torch.bool).tril()


class TestSharing:
    @pytest.mark.parametrize("mode", [Mode.TREE, Mode.CACHE])
    def test_equals_the_naive_loop(self, case: Case, mode: Mode) -> None:
        naive = case.logits(Mode.NAIVE)
        assert float(naive.std()) > 0.1  # equality of numbers that are all alike proves nothing
        assert apart(case.logits(mode), naive) < EXACT

    def test_packed_equals_the_naive_loop(self, case: Case) -> None:
        with torch.no_grad():
            assert apart(case.packed(), case.logits(Mode.NAIVE)) < EXACT

    def test_chunks_change_nothing(self, case: Case) -> None:
        with torch.no_grad():
            cut = sharing.logits(
                case.model, case.prefix, case.tails, case.kept, Mode.TREE, chunk=60
            )
        assert apart(torch.cat(cut), case.logits(Mode.TREE)) < EXACT

    def test_a_plain_causal_mask_is_wrong(
        self, case: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Trie, "sees_NN", causal)
        assert apart(case.logits(Mode.TREE), case.logits(Mode.NAIVE)) > 1000 * EXACT

    def test_positions_in_a_row_are_wrong(
        self, case: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def in_a_row(tails: list[list[int]]) -> Trie:
            trie = real(tails)
            return Trie(trie.tokens, trie.parents, tuple(range(len(trie.tokens))), trie.paths)

        real = Trie.of
        monkeypatch.setattr(Trie, "of", in_a_row)
        assert apart(case.logits(Mode.TREE), case.logits(Mode.NAIVE)) > 1000 * EXACT


class TestGradients:
    def test_packed_training_pulls_as_separate_sequences_do(self, case: Case) -> None:
        parameters = [p for p in case.model.parameters() if p.is_floating_point()]
        for parameter in parameters:
            parameter.requires_grad_(requires_grad=True)
        try:
            together = self.gradients(case.packed(), parameters)
            naive = sharing.logits(case.model, case.prefix, case.tails, case.kept, Mode.NAIVE)
            apart_ = self.gradients(torch.cat(naive), parameters)
        finally:
            case.model.requires_grad_(requires_grad=False)
        assert float((together - apart_).norm() / apart_.norm()) < EXACT

    @staticmethod
    def gradients(logits: torch.Tensor, parameters: list[torch.nn.Parameter]) -> torch.Tensor:
        loss = torch.logsumexp(logits, dim=-1).mean()
        found = torch.autograd.grad(loss, parameters, allow_unused=True)
        return torch.cat([one.flatten() for one in found if one is not None])


class TestCheck:
    def test_chooses_the_tree_where_it_is_exact(self, case: Case) -> None:
        assert sharing.check(case.model, case.prefix, case.tails[:3]) is Mode.TREE
        assert sharing.packs(case.model, case.prefix, case.tails[:3])

    def test_falls_back_to_the_cache_where_the_mask_is_not_obeyed(
        self, case: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Trie, "sees_NN", causal)
        assert sharing.check(case.model, case.prefix, case.tails[:3]) is Mode.CACHE
        assert not sharing.packs(case.model, case.prefix, case.tails[:3])

    def test_falls_back_to_the_loop_where_there_is_no_cache(
        self, case: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object) -> None:
            raise AttributeError("no such cache")

        monkeypatch.setattr(sharing, "_prefill", refuse)
        assert sharing.check(case.model, case.prefix, case.tails[:3]) is Mode.NAIVE

    def test_a_sliding_window_is_noticed(self, tiny_model: TinyModel, clip: Clip) -> None:
        """A mask of our own takes the window's place; nothing fails, and the logits are wrong."""
        case = Case(Backbone.load(str(tiny_model("llava_sliding")), None), clip)
        with torch.no_grad():
            assert apart(case.packed(), case.logits(Mode.NAIVE)) > 1000 * EXACT
        found = sharing.check(case.model, case.prefix, case.tails[:3])
        assert found is Mode.CACHE
        assert apart(case.logits(found), case.logits(Mode.NAIVE)) < EXACT
        assert not sharing.packs(case.model, case.prefix, case.tails[:3])
