"""What every class of model must do: see, be asked and read, learn, be kept, and score."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
import torch

from scorer import frames, lora, models
from scorer.backbone import Backbone
from scorer.batching import extend
from scorer.digits import DigitReadout
from scorer.frames import Clip
from scorer.rubric import Dimension
from scorer.scorer import Card, Scorer
from tests.scorer import tiny_models
from tests.scorer.fixtures import MakeClip, TinyModel

FRAMES = 4
STEPS = 5
CAPTIONS = ("A red ball rolls.", "The picture of a test.")
EXACT = 1e-4


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory, make_clip: MakeClip) -> Path:
    return make_clip(tmp_path_factory.mktemp("film") / "film.mp4", "testsrc=d=2:s=64x48:r=8")


@pytest.fixture(scope="module")
def clip(film: Path) -> Clip:
    return frames.sample(film, FRAMES)


@dataclass
class Learnt:
    """A model that was taught for a few steps, and what it said before and after."""

    source: Path
    readout: DigitReadout
    directory: Path
    losses: list[float] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)

    @property
    def backbone(self) -> Backbone:
        return self.readout.backbone


@pytest.fixture(scope="module", params=sorted(tiny_models.BUILDERS))
def learnt(
    request: pytest.FixtureRequest,
    tiny_model: TinyModel,
    clip: Clip,
    tmp_path_factory: pytest.TempPathFactory,
) -> Learnt:
    source = tiny_model(request.param)
    backbone = Backbone.load(str(source), None)
    lora.add(backbone, name=source.name, shape=lora.Shape(rank=4), seed=0)
    readout = DigitReadout.over(backbone, FRAMES)
    found = Learnt(source, readout, tmp_path_factory.mktemp("scorer"))
    teach(found, clip)
    card = Card(
        readout="digits",
        model=source.name,
        model_sha256=models.fingerprint(source),
        frames=FRAMES,
        temperatures=[1.0] * len(Dimension),
    )
    card.write(found.directory)
    found.readout.save(found.directory)
    return found


def teach(learnt: Learnt, clip: Clip) -> None:
    """Every caption is said to be right in all respects."""
    votes = torch.zeros(len(CAPTIONS), len(Dimension), 6)
    votes[:, :, 5] = 1
    prefix = learnt.backbone.see(clip, learnt.readout.turn)
    weights = [p for p in learnt.backbone.network.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=1e-2)
    for _ in range(STEPS):
        loss = learnt.readout.loss(prefix, CAPTIONS, votes)
        loss.backward()
        learnt.losses.append(loss.item())
        optimizer.step()
        optimizer.zero_grad(set_to_none=False)
    learnt.silent = [
        name
        for name, parameter in learnt.backbone.network.named_parameters()
        if parameter.requires_grad and "lora_B" in name and not parameter.any()
    ]


class TestContract:
    def test_the_prompt_says_the_rubric_before_the_video(self, learnt: Learnt, clip: Clip) -> None:
        prefix = learnt.backbone.see(clip, learnt.readout.turn)
        said = learnt.backbone.tokenizer.decode(prefix.inputs["input_ids"][0])
        assert "Judge a caption" in said
        assert said.rstrip().endswith((">", "<|vision_end|>", ":"))

    def test_reads_the_token_behind_the_whole_text(self, learnt: Learnt, clip: Clip) -> None:
        """The same words as one row through the model, the loop written out by hand."""
        found = learnt.readout.logits(clip, CAPTIONS)
        backbone, turn = learnt.backbone, learnt.readout.turn
        asked = f"Caption: {CAPTIONS[1]}\nLevel of action?{turn.closing}"
        row = extend(backbone.see(clip, turn), backbone.tokens(asked))
        with torch.no_grad():
            last = backbone.model(**row).logits[0, -1]
        wanted = last[backbone.tokenizer.convert_tokens_to_ids(list("012345"))]
        place = list(Dimension).index(Dimension.ACTION)
        assert float((found[1, place] - wanted).abs().max()) < EXACT

    def test_learns(self, learnt: Learnt) -> None:
        assert learnt.readout.packs
        assert learnt.losses[-1] < learnt.losses[0] - 0.1

    def test_every_layer_of_the_language_model_learns_and_none_of_the_tower(
        self, learnt: Learnt
    ) -> None:
        learning = {
            name for name, p in learnt.backbone.network.named_parameters() if p.requires_grad
        }
        assert len(learning) >= 14
        assert not learnt.silent
        assert not [name for name in learning if "vision" in name or "visual" in name]

    def test_is_kept_as_safetensors_only(self, learnt: Learnt) -> None:
        kept = {path.suffix for path in learnt.directory.rglob("*") if path.is_file()}
        assert kept <= {".safetensors", ".json", ".md"}

    def test_a_fresh_model_with_the_adapter_says_the_same(self, learnt: Learnt, clip: Clip) -> None:
        backbone = Backbone.load(str(learnt.source), None)
        before = DigitReadout.over(backbone, FRAMES).logits(clip, CAPTIONS)
        lora.attach(backbone, learnt.directory)
        after = DigitReadout.over(backbone, FRAMES).logits(clip, CAPTIONS)
        assert torch.equal(after, learnt.readout.logits(clip, CAPTIONS))
        assert float((after - before).abs().max()) > 1000 * EXACT

    def test_merged_it_says_the_same_and_is_a_model_like_any(
        self, learnt: Learnt, clip: Clip, tmp_path: Path
    ) -> None:
        backbone = Backbone.load(str(learnt.source), None)
        lora.attach(backbone, learnt.directory)
        lora.merge(backbone)
        merged = DigitReadout.over(backbone, FRAMES).logits(clip, CAPTIONS)
        assert float((merged - learnt.readout.logits(clip, CAPTIONS)).abs().max()) < EXACT
        lora.export(backbone, tmp_path)
        again = DigitReadout.over(Backbone.load(str(tmp_path), None), FRAMES)
        assert torch.equal(again.logits(clip, CAPTIONS), merged)

    def test_scores_a_film(self, learnt: Learnt, film: Path) -> None:
        scorer = Scorer.load(learnt.directory, models_dir=learnt.source.parent)
        scores = scorer.score(film, CAPTIONS)
        assert len(scores) == len(CAPTIONS)
        for score in scores:
            for levels in score.probabilities.values():
                assert sum(levels) == pytest.approx(1.0, abs=1e-5)
