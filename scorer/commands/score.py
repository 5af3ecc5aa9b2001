"""`score`: captions of one video, or of a file of videos."""

import argparse
import os
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from scorer import files
from scorer.commands.given import add_scorer, add_server, load
from scorer.scorer import Scorer
from scorer.team import ALONE, Team

if TYPE_CHECKING:
    from scorer.commands.given import Subcommands


def add(commands: "Subcommands") -> None:
    parser = commands.add_parser("score", help="score captions of a video, or of a file of them")
    add_scorer(parser)
    add_server(parser)
    parser.add_argument("video", type=Path, nargs="?")
    parser.add_argument("captions", nargs="*")
    parser.add_argument("--file", type=Path, help="JSON or JSON Lines of videos and captions")
    parser.add_argument("--media", type=Path, help="where the file's videos lie; else beside it")
    parser.add_argument("--out", type=Path, help="JSON Lines; what it holds is not scored again")
    parser.add_argument(
        "--reference-out", type=Path, help="also a directory as the reference code writes it"
    )
    parser.set_defaults(run=_score)


def _score(given: argparse.Namespace, _: TextIO) -> Any:
    if bool(given.file) == bool(given.video and given.captions):
        raise ValueError("score a video with its captions, or --file with --out")
    if given.file and not given.out:
        raise ValueError("--file needs --out")
    scorer = load(given)
    if given.file:
        return _score_file(given, scorer)
    scores = scorer.score(given.video, given.captions)
    return [
        {"caption": caption} | score.as_json()
        for caption, score in zip(given.captions, scores, strict=True)
    ]


def _score_file(given: argparse.Namespace, scorer: Scorer) -> dict[str, int]:
    media = given.media or given.file.parent
    team = Team.joined() if "WORLD_SIZE" in os.environ else ALONE
    mine = files.part(given.out, team.rank)
    files.mend(mine)
    known = set().union(*map(files.done, (given.out, *files.parts(given.out))))
    entries = islice(files.read(given.file, media), team.rank, None, team.size)
    asked = (one for one in entries if files.name(one[0], media) not in known)
    with mine.open("a", encoding="utf-8") as out:
        counts = files.write(scorer.score_many(asked), media, out)
    team.wait()
    if team.leads:
        files.gather(given.out)
        if given.reference_out:
            files.write_reference(given.out, given.reference_out)
    return counts | {"already": len(known)}
