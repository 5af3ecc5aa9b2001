import pytest
import torch
from torch import nn

from training.miniature.muon import Muon, orthogonal


@pytest.mark.parametrize("shape", [(16, 64), (64, 16), (32, 32)])
def test_directions_come_out_nearly_equally_strong(shape):
    matrix = torch.randn(shape, generator=torch.Generator().manual_seed(0))
    matrix[0] *= 50

    strengths = torch.linalg.svdvals(orthogonal(matrix))

    assert strengths.max() < 1.3
    assert strengths.median() > 0.6


def test_finds_the_map_behind_examples():
    dice = torch.Generator().manual_seed(0)
    truth = torch.randn(8, 8, generator=dice)
    learner = nn.Linear(8, 8, bias=False)
    nn.init.zeros_(learner.weight)
    optimizer = Muon(learner.parameters(), lr=0.1)

    for step in range(200):
        given = torch.randn(64, 8, generator=dice)
        loss = (learner(given) - given @ truth.T).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.param_groups[0]["lr"] = 0.1 * (1 - step / 200)
        optimizer.step()

    assert (learner.weight - truth).abs().max() < 0.1


def test_takes_convolutions_and_leaves_weights_without_gradient():
    convolution, idle = nn.Conv2d(3, 8, 2), nn.Linear(2, 2)
    before = convolution.weight.detach().clone(), idle.weight.detach().clone()
    optimizer = Muon([convolution.weight, idle.weight], lr=0.1)

    convolution(torch.ones(1, 3, 2, 2)).sum().backward()
    optimizer.step()

    assert not torch.equal(convolution.weight, before[0])
    assert torch.equal(idle.weight, before[1])
