"""Every command on real footage and real captions, each as its own process, without a warning."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.scorer import real_clips
from tests.scorer.fixtures import TinyModel

ROOT = Path(__file__).resolve().parents[2]


def scorer(*arguments: str | Path) -> Any:
    """A command's result. Any warning is an error, and nothing but progress is told."""
    command = [sys.executable, "-W", "error", "-m", "scorer", *map(str, arguments)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    progress = ("looking ", "learning ", "comparing ")
    assert [line for line in told.stderr.splitlines() if not line.startswith(progress)] == []
    return json.loads(told.stdout)


@pytest.mark.parametrize("readout", ["likelihood", "digits"])
def test_train_score_evaluate_explain(
    shared_videos: Path, tiny_model: TinyModel, tmp_path: Path, readout: str
) -> None:
    real = real_clips.write(shared_videos, tmp_path)
    data = ("--snapshot", real.snapshot, "--media", real.media)
    trained = tmp_path / "scorer"
    how = ("--readout", readout, "--steps", "2", "--frames", "4", "--patience", "1")
    learnt = scorer(
        "train", *data, "--model", tiny_model("llava_onevision"), *how, "--out", trained
    )
    assert (learnt["train_captions"], learnt["test_captions"], learnt["failed"]) == (9, 6, [])
    assert learnt["report"]["videos"] == 2

    out = tmp_path / "scores.jsonl"
    file = ("--file", real.captions, "--media", real.media, "--out", out)
    counts = scorer("score", "--scorer", trained, *file)
    assert counts == {"videos": 5, "captions": 15, "failed": 0, "already": 0}
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    levels = [
        level for line in lines for one in line["captions"] for level in one["expected"].values()
    ]
    assert all(1 <= level <= 5 for level in levels)

    judged = scorer("evaluate", "--scorer", trained, *data)
    assert judged["report"] == learnt["report"]
    clip = real.media / lines[0]["video"]
    page = tmp_path / "why.html"
    caption = lines[0]["captions"][0]["caption"]
    told = scorer("explain", "--scorer", trained, clip, caption, "--page", page)
    assert told["score"]["expected"] == pytest.approx(lines[0]["captions"][0]["expected"], abs=1e-4)
    assert caption in told["texts"]["object"].replace("\n", " ") or readout == "likelihood"
    assert page.stat().st_size > 10_000
