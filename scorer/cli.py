"""The scorer from a shell, over plain files: no database, no queue, no site.

    python -m scorer train --snapshot DIR --media DIR --model MODEL --out DIR
    python -m scorer score --scorer DIR VIDEO CAPTION [CAPTION ...]
    python -m scorer score --scorer DIR --file captions.json --out scores.jsonl
    python -m scorer evaluate --scorer DIR --snapshot DIR --media DIR

`--media` is a directory as the platform keeps it, or one with a `<sha256>.mp4` for each video.
Each command writes JSON to standard output and its progress to standard error.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

from scorer import evaluation, files, learning, manifest, metrics, models, snapshot
from scorer.digits import DigitsNotApart
from scorer.frames import Unreadable
from scorer.learning import LearnConfig
from scorer.many import Asked
from scorer.prompt import NoTurns
from scorer.scorer import NotAScorer, OtherModel, Scorer
from scorer.sights import PathOf
from scorer.teaching import NothingToLearnFrom
from scorer.team import ALONE, Team

REFUSALS = (
    DigitsNotApart,
    NoTurns,
    NotAScorer,
    NothingToLearnFrom,
    OtherModel,
    Unreadable,
    ValueError,
    manifest.Tampered,
    manifest.Unsealed,
    models.UnknownModel,
    models.UnsafeModel,
    snapshot.UnknownFormat,
)
"""What a person can put right. Anything else is a fault of ours and shows its traceback."""


def main(arguments: Sequence[str], *, out: TextIO = sys.stdout, err: TextIO = sys.stderr) -> int:
    """Run one command; 0, or 1 where it refused."""
    given = _parser().parse_args(arguments)
    try:
        result = given.run(given, err)
    except REFUSALS as refusal:
        reason = str(refusal) or type(refusal).__doc__
        print(f"{type(refusal).__name__}: {reason}", file=err)
        return 1
    json.dump(result, out, indent=2, ensure_ascii=False)
    out.write("\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m scorer",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True)

    train = commands.add_parser("train", help="learn a scorer from a snapshot's ratings")
    _add_data(train)
    train.add_argument("--model", required=True, help="a directory, a name or a hub id")
    train.add_argument("--out", type=Path, required=True, help="a new directory for the scorer")
    train.add_argument("--readout", choices=("auto", "digits", "likelihood"), default="auto")
    train.add_argument("--steps", type=int)
    train.add_argument("--learning-rate", type=float)
    train.add_argument("--lora-rank", type=int, default=16)
    train.add_argument("--frames", type=int, default=4)
    train.add_argument("--targets", choices=("soft", "sampled", "one-hot"), default="soft")
    train.add_argument("--expectation", type=float, default=0.0, help="weight of its squared error")
    train.add_argument("--ordinal", type=float, default=0.0, help="weight of the cumulative loss")
    train.add_argument("--pairwise", type=float, default=0.0, help="weight of Bradley-Terry")
    train.add_argument("--balance", type=float, default=0.0, help="0 to 1: weigh rare levels more")
    train.add_argument("--seed", type=int, default=0)
    train.set_defaults(run=_train)

    score = commands.add_parser("score", help="score captions of a video, or of a file of them")
    _add_scorer(score)
    score.add_argument("video", type=Path, nargs="?")
    score.add_argument("captions", nargs="*")
    score.add_argument("--file", type=Path, help="JSON or JSON Lines of videos and captions")
    score.add_argument("--media", type=Path, help="where the file's videos lie; else beside it")
    score.add_argument("--out", type=Path, help="JSON Lines; what it holds is not scored again")
    score.set_defaults(run=_score)

    evaluate = commands.add_parser("evaluate", help="hold a scorer against a snapshot's test split")
    _add_scorer(evaluate)
    _add_data(evaluate, models_dir=False)
    evaluate.set_defaults(run=_evaluate)
    return parser


def _add_data(parser: argparse.ArgumentParser, *, models_dir: bool = True) -> None:
    parser.add_argument("--snapshot", type=Path, required=True)
    parser.add_argument("--media", type=Path, required=True)
    if models_dir:
        parser.add_argument("--models", type=Path, help="where a model's name is looked up")


def _add_scorer(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--models", type=Path, help="where a model's name is looked up")


def _train(given: argparse.Namespace, err: TextIO) -> dict[str, Any]:
    config = LearnConfig(
        model=given.model,
        readout=given.readout,
        steps=given.steps,
        learning_rate=given.learning_rate,
        lora_rank=given.lora_rank,
        frames=given.frames,
        targets=given.targets,
        expectation=given.expectation,
        ordinal=given.ordinal,
        pairwise=given.pairwise,
        balance=given.balance,
        seed=given.seed,
    )
    team = Team.joined() if "WORLD_SIZE" in os.environ else ALONE
    if team.leads:
        given.out.mkdir(parents=True)

    def tell(done: int, total: int, message: str) -> None:
        print(f"{message} {done}/{total}", file=err)

    result = learning.learn(
        snapshot=snapshot.read(given.snapshot),
        config=config,
        models_dir=given.models,
        path_of=_paths(given.media),
        out=given.out,
        team=team,
        on_progress=tell,
    )
    if not team.leads:
        return {"rank": team.rank}
    manifest.seal(given.out, {"format": "crest.run/1", "kind": "scorer", "result": result})
    return result


def _score(given: argparse.Namespace, _: TextIO) -> Any:
    scorer = Scorer.load(given.scorer, models_dir=given.models)
    if given.file:
        return _score_file(given, scorer)
    if not given.video or not given.captions:
        raise ValueError("score a video with its captions, or --file with --out")
    scores = scorer.score(given.video, given.captions)
    return [
        {"caption": caption} | score.as_json()
        for caption, score in zip(given.captions, scores, strict=True)
    ]


def _score_file(given: argparse.Namespace, scorer: Scorer) -> dict[str, int]:
    if not given.out:
        raise ValueError("--file needs --out")
    media = given.media or given.file.parent
    known = files.done(given.out)
    asked = (one for one in files.read(given.file, media) if _name(one, media) not in known)
    with given.out.open("a", encoding="utf-8") as out:
        return files.write(scorer.score_many(asked), media, out) | {"already": len(known)}


def _name(asked: Asked, media: Path) -> str:
    return asked[0].relative_to(media).as_posix()


def _evaluate(given: argparse.Namespace, _: TextIO) -> dict[str, Any]:
    scorer = Scorer.load(given.scorer, models_dir=given.models)
    examples = snapshot.read(given.snapshot).examples("test")
    found, failed = learning.judged(scorer, examples, _paths(given.media))
    return {
        "captions": len(found),
        "failed": [failure.video for failure in failed],
        **metrics.agreement(learning.compared(found)),
        "report": evaluation.evaluate(found).as_json(),
    }


def _paths(media: Path) -> PathOf:
    def path_of(video: str) -> Path:
        flat = media / f"{video}.mp4"
        return flat if flat.is_file() else media / video[:2] / video / "web.mp4"

    return path_of
