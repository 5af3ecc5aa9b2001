"""Killed and resumed gives the same weights, bit for bit, whatever state the last write was in."""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import nn

from scorer.checkpoint import Checkpoints
from scorer.stopping import Stopping
from scorer.train import Fitted, OptimConfig, Step, batch_at, fit
from scorer.trainable import trainable

CONFIG = OptimConfig(steps=20, learning_rate=0.01, checkpoint_every=4)


SIX_STEPS = 1.3
"""How far the weights move in about six steps of this training."""


class Killed(BaseException):
    pass


def network() -> nn.Module:
    with torch.random.fork_rng():
        torch.manual_seed(0)
        return nn.Sequential(nn.Linear(4, 8), nn.GELU(), nn.Dropout(0.2), nn.Linear(8, 1))


def train(
    directory: Path, *, kill_at: int | None = None, seed: int = 1, patience: int = 0
) -> tuple[nn.Module, Fitted]:
    """Dropout draws from the generator, so that a forgotten one shows."""
    model = network()
    data = torch.randn(32, 4, generator=torch.Generator().manual_seed(2))
    torch.manual_seed(seed)

    def objective(step: int) -> float:
        chosen = data[batch_at(step, items=32, size=8, seed=seed)]
        loss = (model(chosen).squeeze(1) - chosen.prod(dim=1)).square().mean()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss.item()

    def on_step(step: Step) -> None:
        if step.number == kill_at:
            raise Killed

    fitted = fit(
        model,
        objective,
        CONFIG,
        checkpoints=Checkpoints(directory, {"seed": seed}),
        stopping=Stopping(lambda: beyond_six_steps(model), steps=20, patience=patience)
        if patience
        else None,
        on_step=on_step,
    )
    return model, fitted


def beyond_six_steps(model: nn.Module) -> float:
    """A held-out loss that is lowest about six steps away from where training began."""
    moved = zip(network().parameters(), model.parameters(), strict=True)
    return abs(sum(float((a - b).detach().abs().sum()) for a, b in moved) - SIX_STEPS)


def killed(directory: Path, at: int) -> None:
    with pytest.raises(Killed):
        train(directory, kill_at=at)


def same(one: nn.Module, other: nn.Module) -> bool:
    pairs = zip(trainable(one).values(), trainable(other).values(), strict=True)
    return all(torch.equal(a, b) for a, b in pairs)


class TestResume:
    @pytest.mark.parametrize("at", [1, 4, 7, 19, 20])
    def test_equals_an_uninterrupted_run(self, tmp_path: Path, at: int) -> None:
        whole, told = train(tmp_path / "whole")
        killed(tmp_path / "cut", at)
        resumed, told_again = train(tmp_path / "cut")
        assert same(whole, resumed)
        assert told == told_again

    def test_survives_being_killed_twice(self, tmp_path: Path) -> None:
        whole, _ = train(tmp_path / "whole")
        killed(tmp_path / "cut", 6)
        killed(tmp_path / "cut", 13)
        assert same(whole, train(tmp_path / "cut")[0])

    def test_another_seed_gives_other_weights(self, tmp_path: Path) -> None:
        assert not same(train(tmp_path / "a")[0], train(tmp_path / "b", seed=3)[0])

    @pytest.mark.parametrize(
        "damage",
        [
            lambda place: (place / "weights.safetensors").write_bytes(b"torn"),
            lambda place: (place / "optimizer.safetensors").unlink(),
            lambda place: (place / "manifest.json").unlink(),
            lambda place: (place / "manifest.json").write_text("{"),
        ],
    )
    def test_sets_a_broken_checkpoint_aside_and_falls_back(
        self, tmp_path: Path, damage: Callable[[Path], object]
    ) -> None:
        whole, _ = train(tmp_path / "whole")
        killed(tmp_path / "cut", 13)
        damage(tmp_path / "cut" / "ckpt-000012")
        assert same(whole, train(tmp_path / "cut")[0])
        assert (tmp_path / "cut" / "bad-ckpt-000012-0").is_dir()

    def test_never_goes_on_from_other_work(self, tmp_path: Path) -> None:
        killed(tmp_path / "cut", 13)
        fresh, _ = train(tmp_path / "whole", seed=3)
        assert same(fresh, train(tmp_path / "cut", seed=3)[0])

    def test_an_unfinished_write_does_not_count(self, tmp_path: Path) -> None:
        whole, _ = train(tmp_path / "whole")
        killed(tmp_path / "cut", 6)
        (tmp_path / "cut" / ".partial").mkdir()
        (tmp_path / "cut" / ".partial" / "weights.safetensors").write_bytes(b"half")
        assert same(whole, train(tmp_path / "cut")[0])

    def test_keeps_two(self, tmp_path: Path) -> None:
        train(tmp_path)
        assert sorted(p.name for p in tmp_path.iterdir()) == ["ckpt-000016", "ckpt-000020"]

    def test_holds_nothing_that_could_be_a_pickle(self, tmp_path: Path) -> None:
        train(tmp_path)
        kinds = {path.suffix for path in tmp_path.rglob("*") if path.is_file()}
        assert kinds == {".safetensors", ".json"}


class TestStopping:
    def test_ends_with_the_weights_of_the_lowest_look(self, tmp_path: Path) -> None:
        _, whole = train(tmp_path / "whole")
        model, told = train(tmp_path / "early", patience=3)
        best = min(told.looks, key=lambda look: look.held_out)
        assert whole.looks == []
        assert 1 < best.step < 12
        assert told.steps == best.step + 3 < whole.steps
        assert beyond_six_steps(model) == pytest.approx(best.held_out)

    @pytest.mark.parametrize("before_the_end", [0, 1, 4, 7])
    def test_resumes_bit_for_bit(self, tmp_path: Path, before_the_end: int) -> None:
        whole, told = train(tmp_path / "whole", patience=3)
        with pytest.raises(Killed):
            train(tmp_path / "cut", patience=3, kill_at=told.steps - before_the_end)
        resumed, told_again = train(tmp_path / "cut", patience=3)
        assert same(whole, resumed)
        assert told == told_again

    def test_goes_to_the_end_where_everything_helps(self, tmp_path: Path) -> None:
        _, told = train(tmp_path, patience=20)
        assert told.steps == 20
        assert len(told.looks) == 20
