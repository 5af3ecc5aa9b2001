"""The three commands, over plain files."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from scorer import manifest
from scorer.cli import main
from tests.scorer.fixtures import MakeClip, TinyModel
from tests.training import world as walls


@pytest.fixture
def project(tmp_path: Path, make_clip: MakeClip, tiny_model: TinyModel) -> dict[str, str]:
    for number, colour in enumerate(walls.COLOURS):
        path = tmp_path / "media" / f"{walls.sha(number)}.mp4"
        make_clip(path, f"color=c={colour}:s=64x64:d=1:r=8", "-pix_fmt", "yuv420p")
    return {
        "snapshot": str(walls.write_snapshot(tmp_path / "snapshot")),
        "media": str(tmp_path / "media"),
        "model": str(tiny_model("smolvlm")),
        "scorer": str(tmp_path / "scorer"),
        "video": str(tmp_path / "media" / f"{walls.sha(0)}.mp4"),
    }


def run(*arguments: str) -> tuple[int, Any, str]:
    out, err = io.StringIO(), io.StringIO()
    code = main(arguments, out=out, err=err)
    return code, json.loads(out.getvalue()) if out.getvalue() else None, err.getvalue()


def test_train_score_evaluate(project: dict[str, str]) -> None:
    data = ("--snapshot", project["snapshot"], "--media", project["media"])
    code, learnt, told = run(
        "train",
        *data,
        *("--model", project["model"], "--readout", "likelihood", "--steps", "5"),
        *("--out", project["scorer"]),
    )
    assert code == 0
    assert "learning 5/5" in told
    assert manifest.verify(Path(project["scorer"]))["result"] == learnt

    code, scores, _ = run("score", "--scorer", project["scorer"], project["video"], "A wall.", "B")
    assert code == 0
    assert [score["caption"] for score in scores] == ["A wall.", "B"]
    assert 1 <= scores[0]["mean_involved"] <= 5

    code, judged, _ = run("evaluate", "--scorer", project["scorer"], *data)
    assert code == 0
    assert judged["captions"] == 6
    assert judged["mae"] == pytest.approx(learnt["test"]["mae"])


def test_a_refusal_is_named_in_one_line(project: dict[str, str]) -> None:
    code, result, told = run("score", "--scorer", project["media"], project["video"], "A wall.")
    assert (code, result) == (1, None)
    assert told.startswith("NotAScorer: ")
    assert told.count("\n") == 1
