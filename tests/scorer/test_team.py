"""Two real processes have the gradient that one would have."""

import json
import os
import subprocess
import sys
from pathlib import Path

import torch

from scorer.team import ALONE
from tests.scorer import teamwork

ROOT = Path(__file__).resolve().parents[2]


def launched(script: str, *arguments: str, processes: int = 2) -> None:
    """Run a script in this many processes, as `accelerate launch` does on several GPUs."""
    launch = [sys.executable, "-W", "ignore", "-m", "torch.distributed.run", "--standalone"]
    size = ["--nproc_per_node", str(processes)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    environment |= {"ACCELERATE_USE_CPU": "true"}
    subprocess.run([*launch, *size, script, *arguments], check=True, cwd=ROOT, env=environment)


def test_two_have_the_gradient_of_one(tmp_path: Path) -> None:
    launched("tests/scorer/teamwork.py", str(tmp_path))

    first, second = (json.loads((tmp_path / f"{n}.json").read_text()) for n in range(2))
    assert (first.pop("leads"), second.pop("leads")) == (True, False)
    assert first == second
    alone = torch.nn.Linear(3, 2)
    teamwork.begin(alone)
    alone(teamwork.ITEMS).pow(2).sum().backward()
    assert torch.allclose(torch.tensor(first["weight"]), alone.weight.grad)
    # The second's bias took no part: what is left is that of the first's items.
    alone.zero_grad()
    alone(teamwork.ITEMS[::2]).pow(2).sum().backward()
    assert torch.allclose(torch.tensor(first["bias"]), alone.bias.grad)
    assert first["total"] == 2.0


def test_one_alone_does_it_all() -> None:
    weight = torch.nn.Parameter(torch.ones(2))
    weight.grad = torch.tensor([1.0, 2.0])
    ALONE.add_up([weight])
    ALONE.wait()
    assert weight.grad.tolist() == [1.0, 2.0]
    assert ALONE.share("abc") == "abc"
    assert ALONE.total(0.5) == 0.5
    assert ALONE.leads
