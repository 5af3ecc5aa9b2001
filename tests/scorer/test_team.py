"""Two real processes have the gradient that one would have."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file

from scorer import lora
from scorer.commands import main
from scorer.team import ALONE
from tests.scorer import teamwork
from tests.scorer.fixtures import MakeClip, TinyModel
from tests.training import world as walls

ROOT = Path(__file__).resolve().parents[2]


def launched(*arguments: str, processes: int = 2) -> None:
    """Run a script or a module in this many processes, as `accelerate launch` does on GPUs."""
    launch = [sys.executable, "-W", "ignore", "-m", "torch.distributed.run", "--standalone"]
    size = ["--nproc_per_node", str(processes)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    environment |= {"ACCELERATE_USE_CPU": "true"}
    told = subprocess.run(
        [*launch, *size, *arguments],
        check=False,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0, told.stderr


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


def test_two_learn_what_one_learns(
    tmp_path: Path, make_clip: MakeClip, tiny_model: TinyModel
) -> None:
    walls.film(make_clip, lambda sha: tmp_path / "media" / f"{sha}.mp4")
    data = ["--snapshot", str(walls.write_snapshot(tmp_path / "snapshot"))]
    data += ["--media", str(tmp_path / "media"), "--model", str(tiny_model("llava_onevision"))]
    # A large rate: Adam's first steps hang on signs, and rounding must not turn one.
    how = ["--readout", "digits", "--steps", "2", "--lora-rank", "2", "--frames", "1"]

    launched("-m", "scorer", "train", *data, *how, "--out", str(tmp_path / "both"))
    launched("-m", "scorer", "train", *data, *how, "--out", str(tmp_path / "one"), processes=1)

    both, one = (load_file(tmp_path / name / lora.WEIGHTS) for name in ("both", "one"))
    assert both.keys() == one.keys()
    for name, weights in one.items():
        assert torch.allclose(both[name], weights, atol=1e-5), name
    assert json.loads((tmp_path / "both" / "manifest.json").read_text())["result"]["readout"]


def test_two_score_what_one_scores(
    tmp_path: Path, make_clip: MakeClip, tiny_model: TinyModel
) -> None:
    walls.film(make_clip, lambda sha: tmp_path / "media" / f"{sha}.mp4")
    snapshot = str(walls.write_snapshot(tmp_path / "snapshot"))
    data = ("--snapshot", snapshot, "--media", str(tmp_path / "media"))
    model = ("--model", str(tiny_model("smolvlm")), "--readout", "likelihood", "--steps", "2")
    scorer = str(tmp_path / "scorer")
    assert main(("train", *data, *model, "--out", scorer), out=io.StringIO()) == 0
    names = [f"{walls.sha(number)}.mp4" for number in range(7)]
    file = tmp_path / "media" / "captions.json"
    file.write_text(json.dumps([{"video": name, "captions": ["A wall."]} for name in names]))
    asked = ("score", "--scorer", scorer, "--file", str(file), "--out")

    one, both = tmp_path / "one.jsonl", tmp_path / "both.jsonl"
    assert main((*asked, str(one)), out=io.StringIO()) == 0
    lines = one.read_text().splitlines()
    # What one of three left when all were killed: a whole line, and one that was cut.
    tag = json.dumps({"video": names[5], "captions": [], "kept": True})
    (tmp_path / "both.jsonl.part-2").write_text(f"{tag}\n{lines[6][:30]}")
    launched("-m", "scorer", *asked, str(both))

    found = {json.loads(line)["video"]: line for line in both.read_text().splitlines()}
    assert sorted(found) == names
    assert len(both.read_text().splitlines()) == 7
    assert found[names[5]] == tag
    assert all(
        found[name] == line for name, line in zip(names, lines, strict=True) if name != names[5]
    )
    assert sorted(path.name for path in tmp_path.glob("both*")) == ["both.jsonl"]


def test_one_alone_does_it_all() -> None:
    weight = torch.nn.Parameter(torch.ones(2))
    weight.grad = torch.tensor([1.0, 2.0])
    ALONE.add_up([weight])
    ALONE.wait()
    assert weight.grad.tolist() == [1.0, 2.0]
    assert ALONE.share("abc") == "abc"
    assert ALONE.total(0.5) == 0.5
    assert ALONE.leads
