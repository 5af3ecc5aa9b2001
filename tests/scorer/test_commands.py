"""The commands, over plain files."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from scorer import manifest
from scorer.commands import main
from tests.scorer.fixtures import MakeClip, TinyModel
from tests.training import world as walls


@pytest.fixture
def project(tmp_path: Path, make_clip: MakeClip, tiny_model: TinyModel) -> dict[str, str]:
    walls.film(make_clip, lambda sha: tmp_path / "media" / f"{sha}.mp4")
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


def test_a_file_is_scored_and_gone_on_with(project: dict[str, str], tmp_path: Path) -> None:
    data = ("--snapshot", project["snapshot"], "--media", project["media"])
    model = ("--model", project["model"], "--readout", "likelihood", "--steps", "2")
    run("train", *data, *model, "--out", project["scorer"])
    names = [f"{walls.sha(number)}.mp4" for number in range(3)]
    (tmp_path / "media" / "broken.mp4").write_bytes(b"no video")
    asked = [{"video": name, "captions": ["A wall.", "B"]} for name in [*names, "broken.mp4"]]
    file, out = tmp_path / "media" / "captions.json", tmp_path / "scores.jsonl"
    file.write_text(json.dumps(asked))
    command = ("score", "--scorer", project["scorer"], "--file", str(file), "--out", str(out))

    code, counts, _ = run(*command)
    assert code == 0
    assert counts == {"videos": 3, "captions": 6, "failed": 1, "already": 0}
    whole = out.read_text()
    lines = [json.loads(line) for line in whole.splitlines()]
    assert [line["video"] for line in lines] == [*names, "broken.mp4"]
    assert [one["caption"] for one in lines[0]["captions"]] == ["A wall.", "B"]
    assert "broken.mp4" in lines[3]["failure"]

    out.write_text(whole[: whole.index("\n") + 40])  # killed in the middle of the second line
    _, counts, _ = run(*command)
    assert counts == {"videos": 2, "captions": 4, "failed": 1, "already": 1}
    assert out.read_text() == whole

    code, _, _ = run(*command, "--reference-out", str(tmp_path / "reference"))
    assert code == 0
    theirs = json.loads((tmp_path / "reference" / f"{walls.sha(0)}.json").read_text())
    assert theirs["captions"] == ["A wall.", "B"]
    assert set(theirs["scores"]) == {
        *("object", "static_attribute", "action", "camera", "background", "average")
    }
    by_dimension = (levels for name, levels in theirs["scores"].items() if name != "average")
    zipped = zip(*by_dimension, strict=True)
    assert theirs["scores"]["average"] == [sum(levels) / 5 for levels in zipped]
    assert not (tmp_path / "reference" / "broken.json").exists()

    by_line = tmp_path / "media" / "captions.jsonl"
    by_line.write_text(json.dumps(asked[0]) + "\n{oops\n")
    command = ("score", "--scorer", project["scorer"], "--file", str(by_line), "--out", str(out))
    code, _, told = run(*command)
    assert (code, "captions.jsonl, line 2" in told) == (1, True)
    code, _, told = run("score", "--scorer", project["scorer"], "--file", str(file))
    assert (code, "--out" in told) == (1, True)


@pytest.fixture
def trained(project: dict[str, str]) -> dict[str, str]:
    data = ("--snapshot", project["snapshot"], "--media", project["media"])
    model = ("--model", project["model"], "--readout", "likelihood", "--steps", "2")
    code, _, told = run("train", *data, *model, "--out", project["scorer"])
    assert code == 0, told
    return project


def test_explains_what_was_seen_and_said(trained: dict[str, str], tmp_path: Path) -> None:
    page = tmp_path / "why.html"
    asked = ("explain", "--scorer", trained["scorer"], trained["video"], "A <red> wall.")
    code, told, _ = run(*asked, "--page", str(page))
    assert code == 0
    assert (told["frames"]["height"], told["frames"]["width"]) == (64, 64)
    assert len(told["frames"]["seconds"]) == 4
    assert "".join(word["text"] for word in told["words"]).startswith("A <red> wall.")
    assert all(word["log_p"] <= 0 for word in told["words"])
    assert told["texts"]["camera"].endswith("A <red> wall.")
    _, scores, _ = run("score", "--scorer", trained["scorer"], trained["video"], "A <red> wall.")
    assert told["score"] == {k: v for k, v in scores[0].items() if k != "caption"}
    html = page.read_text()
    assert html.count("data:image/jpeg;base64,") == 4
    assert "<red>" not in html


def test_says_how_fast_it_is_beside_the_naive_loop(trained: dict[str, str]) -> None:
    asked = ("bench", "--scorer", trained["scorer"], trained["video"], "A wall.", "B", "C d")
    code, told, _ = run(*asked, "--repeats", "1")
    assert code == 0
    assert (told["mode"], told["captions"], told["frames"]) == ("tree", 3, 4)
    assert told["difference"] < 1e-3
    assert told["ratio"] == pytest.approx(told["naive_s"] / told["shared_s"])


def test_holds_two_scorers_against_the_same_people(trained: dict[str, str]) -> None:
    data = ("--snapshot", trained["snapshot"], "--media", trained["media"])
    rival = ("--rival", trained["scorer"])
    code, told, _ = run("compare", "--scorer", trained["scorer"], *rival, *data)
    assert code == 0
    assert (told["captions"], told["videos"]) == (6, 2)
    assert told["average"]["mae"]["difference"]["value"] == 0
    assert told["average"]["mae"]["verdict"] == "undecided"


def test_a_scorer_is_found_by_name(trained: dict[str, str]) -> None:
    where = Path(trained["scorer"])
    asked = ("--scorer", where.name, "--models", str(where.parent), trained["video"], "A wall.")
    code, scores, told = run("score", *asked)
    assert code == 0, told
    assert len(scores) == 1
    code, _, told = run("score", "--scorer", "nobody/nothing", trained["video"], "A wall.")
    assert (code, told.startswith("UnknownModel: ")) == (1, True)


def test_a_refusal_is_named_in_one_line(project: dict[str, str]) -> None:
    code, result, told = run("score", "--scorer", project["media"], project["video"], "A wall.")
    assert (code, result) == (1, None)
    assert told.startswith("NotAScorer: ")
    assert told.count("\n") == 1


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (("score", "--scorer", "here"), "score a video with its captions"),
        (("score", "--scorer", "here", "a.mp4"), "score a video with its captions"),
        (("train", "--snapshot", "no", "--media", "no", "--model", "m", "--out", "x"), "no"),
    ],
)
def test_what_is_missing_is_named(
    asked: tuple[str, ...], why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, told = run(*asked)
    assert (code, why in told, told.count("\n")) == (1, True, 1)
