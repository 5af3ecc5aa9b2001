"""What is started twice in a test: a member of a team tells what it has after a step."""

import json
import os
import sys
from pathlib import Path

import torch

from scorer.team import Team

ITEMS = torch.arange(15, dtype=torch.float32).view(5, 3)


def begin(learner: torch.nn.Linear) -> None:
    torch.nn.init.ones_(learner.weight)
    torch.nn.init.zeros_(learner.bias)


def main(place: Path) -> None:
    torch.set_num_threads(1)
    team = Team.joined()
    on_gpus = torch.cuda.is_available() and "ACCELERATE_USE_CPU" not in os.environ
    device = torch.device("cuda", int(os.environ["LOCAL_RANK"])) if on_gpus else "cpu"
    learner = torch.nn.Linear(3, 2).to(device)
    begin(learner)
    for item in team.share(list(ITEMS.to(device))):
        learner(item).pow(2).sum().backward()
    if team.rank == 1:
        learner.bias.grad = None  # what took no part in a share has no gradient there
    team.add_up(learner.parameters())
    said = {
        "leads": team.leads,
        "weight": learner.weight.grad.tolist(),
        "bias": learner.bias.grad.tolist(),
        "total": team.total(team.rank + 0.5),
    }
    (place / f"{team.rank}.json").write_text(json.dumps(said))
    team.wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
