"""All stages in a row, on a tiny model of random weights, with both read-outs."""

import json

import pytest

from scorer import manifest, prompt
from tests.training.world import Diary, World
from training import distillation, evaluation, finetuning, jsonl, retraining, scoring, selection
from training.distillation import DistillConfig


@pytest.mark.parametrize("readout", ["digits", "likelihood"])
def test_a_turn_of_the_loop_goes_through(
    world: World, readout: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prompt, "rubric", lambda: "Judge. ")  # to a reader of bytes it is a book
    diary = Diary()
    model = "smolvlm"

    taught = world.work("scorer")
    config = retraining.RetrainConfig(model=model, readout=readout, steps=4, lora_rank=4)
    learnt = retraining.retrain(taught, config, diary)
    assert learnt["readout"] == readout
    assert learnt["train_captions"] in {15, 18}  # a video may have been held out to calibrate
    assert learnt["test_captions"] == 6
    assert set(diary.figures["loss"]) == {1, 2, 3, 4}

    scored = world.work("score", scorer=taught.out)
    figures = scoring.score(scored, scoring.ScoreConfig(), diary)
    assert figures["captions"] == 24
    assert figures["failed"] == []
    assert sum(figures["histogram"]["counts"]) == 24

    chosen = world.work("select", score=scored.out)
    picked = selection.select(chosen, selection.SelectConfig(policy="best"), diary)
    assert picked["pool_videos"] == picked["selected"] == 6

    tuned = world.work("finetune", select=chosen.out)
    told = finetuning.finetune(
        tuned, finetuning.FinetuneConfig(model=model, steps=3, lora_rank=4), diary
    )
    assert told["captions"] == 6
    assert told["steps"] == 3
    assert told["weights_sha256"] == manifest.file_digest(tuned.out / "adapter_model.safetensors")

    student = world.work("distill", finetune=tuned.out)
    how = DistillConfig(model=model, steps=2, lora_rank=4, pool="train")
    distillation.distill(student, how, diary)
    rival = world.work("evaluate-student", scorer=taught.out, distill=student.out)
    ranked = evaluation.evaluate(rival, evaluation.EvaluateConfig(resamples=50), diary)
    assert "fine-tuned" in {row["source"] for row in ranked["captioners"]}

    judged = world.work("evaluate", scorer=taught.out, finetune=tuned.out)
    result = evaluation.evaluate(judged, evaluation.EvaluateConfig(resamples=50), diary)
    assert {row["source"] for row in result["captioners"]} == {
        "imported",
        "base model",
        "fine-tuned",
    }
    assert {row["videos"] for row in result["captioners"]} == {2}
    # More captions share the pass here than in training's own test: equal up to rounding.
    assert result["scorer"]["srcc"] == pytest.approx(learnt["test"]["srcc"], abs=1e-5)
    assert result["scorer"]["mae"] == pytest.approx(learnt["test"]["mae"], abs=1e-5)
    assert json.loads((judged.out / "evaluation.json").read_text()) == result
    assert len(list(jsonl.read(judged.out / "captions.jsonl"))) == 10
