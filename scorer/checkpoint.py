"""Training that was killed goes on bit for bit: weights, optimizer and generators, written whole.

A checkpoint is a directory made under another name, flushed, sealed and only then renamed. It holds
tensors and JSON; nothing in it can carry code.
"""

import itertools
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.optim import Optimizer

from scorer import manifest
from scorer.trainable import load_weights, trainable

FORMAT: Final = "crest.checkpoint/2"
KEPT: Final = 2
"""The newest, and one to fall back on should it turn out broken."""

WEIGHTS, BEST, MOMENTS, GENERATORS, GROUPS = (
    "weights.safetensors",
    "best.safetensors",
    "optimizer.safetensors",
    "generators.safetensors",
    "groups.json",
)


@dataclass(frozen=True, slots=True)
class Restored:
    """What a checkpoint says beside the state that it puts back."""

    step: int
    notes: Any
    best: dict[str, Tensor]


@dataclass(frozen=True, slots=True)
class Checkpoints:
    """The checkpoints of one training below `directory`.

    `identity` is what must be equal for the work to be the same work: another configuration never
    goes on from these weights.
    """

    directory: Path
    identity: Mapping[str, Any]

    def save(
        self,
        step: int,
        learner: nn.Module,
        optimizer: Optimizer,
        notes: Any,
        best: Mapping[str, Tensor],
    ) -> None:
        """Write the state after `step` steps. It counts once it bears its name.

        `best` are the weights to come back to when training ends, if there are such.
        """
        partial = self.directory / ".partial"
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        save_file(trainable(learner), partial / WEIGHTS)
        save_file(dict(best), partial / BEST)
        moments, groups = _disassembled(optimizer)
        save_file(moments, partial / MOMENTS)
        (partial / GROUPS).write_text(manifest.canonical(groups), encoding="utf-8")
        save_file(_generators(), partial / GENERATORS)
        manifest.seal(partial, self._about(step) | {"notes": notes})
        _flush(partial / manifest.NAME)
        _flush(partial)
        place = self.directory / f"ckpt-{step:06d}"
        shutil.rmtree(place, ignore_errors=True)
        partial.rename(place)
        _flush(self.directory)
        for old in self._all()[KEPT:]:
            shutil.rmtree(old)

    def restore(self, learner: nn.Module, optimizer: Optimizer) -> Restored | None:
        """Put the newest good state back, if there is one."""
        for place in self._all():
            about = self._verified(place)
            if about is None:
                _quarantine(place)
                continue
            load_weights(learner, load_file(place / WEIGHTS))
            groups = json.loads((place / GROUPS).read_text(encoding="utf-8"))
            optimizer.load_state_dict(_assembled(load_file(place / MOMENTS), groups))
            _set_generators(load_file(place / GENERATORS))
            return Restored(int(about["step"]), about["notes"], load_file(place / BEST))
        return None

    def _all(self) -> list[Path]:
        """Newest first."""
        return sorted(self.directory.glob("ckpt-*"), reverse=True)

    def _about(self, step: int) -> dict[str, Any]:
        return {"format": FORMAT, "identity": dict(self.identity), "step": step}

    def _verified(self, place: Path) -> dict[str, Any] | None:
        try:
            about = manifest.verify(place)
        except (manifest.Unsealed, manifest.Tampered, json.JSONDecodeError):
            return None
        expected = json.loads(manifest.canonical(self._about(about.get("step", 0))))
        return about if expected.items() <= about.items() else None


def _disassembled(optimizer: Optimizer) -> tuple[dict[str, Tensor], list[dict[str, Any]]]:
    state = optimizer.state_dict()
    moments = {
        f"{number}.{name}": value.contiguous()
        for number, of_one in state["state"].items()
        for name, value in of_one.items()
    }
    return moments, state["param_groups"]


def _assembled(moments: Mapping[str, Tensor], groups: list[dict[str, Any]]) -> dict[str, Any]:
    state: dict[int, dict[str, Tensor]] = {}
    for key, value in moments.items():
        number, name = key.split(".", 1)
        state.setdefault(int(number), {})[name] = value
    return {"state": state, "param_groups": groups}


def _generators() -> dict[str, Tensor]:
    states = {"cpu": torch.get_rng_state()}
    if torch.cuda.is_available():
        states |= {f"cuda.{n}": s for n, s in enumerate(torch.cuda.get_rng_state_all())}
    return states


def _set_generators(states: Mapping[str, Tensor]) -> None:
    torch.set_rng_state(states["cpu"])
    for number in range(len(states) - 1):
        torch.cuda.set_rng_state(states[f"cuda.{number}"], number)


def _quarantine(place: Path) -> None:
    """Out of the way but not gone: somebody may want to know what broke it."""
    for number in itertools.count():
        aside = place.with_name(f"bad-{place.name}-{number}")
        if not aside.exists():
            place.rename(aside)
            return


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
