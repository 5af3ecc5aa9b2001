"""The words of a caption cost what the model says, and a head learns which costs matter."""

from pathlib import Path

import pytest
import torch

from scorer import losses
from scorer.backbone import Backbone, seeded
from scorer.batching import extend
from scorer.likelihood import FLOOR, LikelihoodReadout, Surprise
from tests.scorer.fixtures import TinyModel
from tests.scorer.test_backbone import clip

CAPTIONS = ["A red ball.", "A dog sleeps on a mat.", "A"]


@pytest.fixture(scope="module", params=["smolvlm", "qwen2_5_vl"])
def readout(request: pytest.FixtureRequest, tiny_model: TinyModel) -> LikelihoodReadout:
    return LikelihoodReadout.over(Backbone.load(str(tiny_model(request.param)), None), 4)


class TestSurprises:
    def test_are_the_log_probabilities_of_a_plain_pass(self, readout: LikelihoodReadout) -> None:
        backbone, turn = readout.backbone, readout.turn
        found = readout.surprises(clip(0), CAPTIONS)
        asked = backbone.tokens(backbone.preferences.caption_prompt + turn.closing)
        for caption, one in zip(CAPTIONS, found, strict=True):
            said = backbone.tokens(caption) + backbone.end_tokens(turn)
            prefix = backbone.see(clip(0), turn)
            with torch.no_grad():
                logits = backbone.model(**extend(prefix, [*asked, *said])).logits[0]
            log_p = logits.log_softmax(-1)[-len(said) - 1 : -1]
            costs = log_p[range(len(said)), said]
            assert one.tokens_T.tolist() == said
            assert torch.allclose(one.costs_T2[:, 0], costs.clamp(min=FLOOR), atol=1e-4)
            below = (costs - log_p.amax(-1)).clamp(min=FLOOR)
            assert torch.allclose(one.costs_T2[:, 1], below, atol=1e-4)


class TestHead:
    def test_padding_changes_nothing(self, readout: LikelihoodReadout) -> None:
        surprises = readout.surprises(clip(0), CAPTIONS)
        with torch.no_grad():
            together = readout.read(surprises)
            alone = torch.cat([readout.read([one]) for one in surprises])
        assert torch.allclose(together, alone, atol=1e-5)

    def test_is_small(self, readout: LikelihoodReadout) -> None:
        assert sum(parameter.numel() for parameter in readout.head.parameters()) < 20_000

    def test_is_saved_and_read(self, readout: LikelihoodReadout, tmp_path: Path) -> None:
        readout.save(tmp_path)
        other = LikelihoodReadout.over(readout.backbone, 4, seed=9)
        before = other.logits(clip(0), CAPTIONS)
        other.load_head(tmp_path)
        assert not torch.allclose(before, readout.logits(clip(0), CAPTIONS))
        assert torch.equal(other.logits(clip(0), CAPTIONS), readout.logits(clip(0), CAPTIONS))

    def test_learns_that_a_costly_word_is_a_wrong_one(self, readout: LikelihoodReadout) -> None:
        """Made-up costs: one word in six is surprising or is not, and that is the level."""
        dice = torch.Generator().manual_seed(0)
        surprises, levels = [], []
        for _ in range(120):
            wrong = int(torch.randint(0, 2, (1,), generator=dice))
            costs = -torch.rand(6, 2, generator=dice)
            costs[2] -= 5 * wrong
            words = torch.randint(20, 200, (6,), generator=dice)
            surprises.append(Surprise(words, costs))
            levels.append(1 if wrong else 5)
        votes = torch.zeros(120, 5, 6)
        votes[range(120), :, levels] = 1
        head = LikelihoodReadout.over(readout.backbone, 4, seed=1)
        optimizer = torch.optim.AdamW(head.head.train().parameters(), lr=1e-2, weight_decay=0.5)
        with seeded(0):
            for _ in range(150):
                optimizer.zero_grad()
                losses.soft_label(head.read(surprises[:80]), votes[:80]).backward()  # type: ignore[no-untyped-call]
                optimizer.step()
        head.head.eval()
        with torch.no_grad():
            found = head.read(surprises[80:])[:, 0].argmax(-1).tolist()
        right = sum(a == b for a, b in zip(found, levels[80:], strict=True))
        assert right >= 32
