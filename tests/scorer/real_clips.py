"""The real clips and captions as a project, with stand-ins for ratings.

Nobody has rated these captions. Whoever wrote them did so with care or with faults on purpose, and
the levels follow from that alone: enough to run every command, not to say how good a scorer is.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from scorer import manifest
from scorer.rubric import VERSION, Dimension
from tests.training.world import write_lines

STAND_INS = {"sketch-a": 5, "cockatiel-demo": 4, "sketch-b": 2, "sketch-c": 1}
TESTED = 2
"""Clips that are not learnt from."""


@dataclass(frozen=True)
class RealClips:
    snapshot: Path
    media: Path
    captions: Path
    """As the reference code takes them."""


def write(videos: Path, directory: Path) -> RealClips:
    """Link the clips below `directory`, and write a snapshot and a file of their captions."""
    media, snapshot = directory / "media", directory / "snapshot"
    media.mkdir(parents=True)
    snapshot.mkdir()
    text = (videos / "captions.jsonl").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    names = sorted({line["video"] for line in lines})
    sha = {name: hashlib.sha256((videos / name).read_bytes()).hexdigest() for name in names}
    for name in names:
        (media / f"{sha[name]}.mp4").symlink_to(videos / name)
    split = {name: "test" if place < TESTED else "train" for place, name in enumerate(names)}
    write_lines(
        snapshot / "videos.jsonl",
        (
            {"video": sha[name], "name": name, "seconds": 1.0, "split": split[name]}
            for name in names
        ),
    )
    write_lines(
        snapshot / "captions.jsonl",
        (
            {
                "caption": number,
                "video": sha[line["video"]],
                "captioner": line["source"],
                "kind": line["kind"],
                "text": line["caption"],
            }
            for number, line in enumerate(lines)
        ),
    )
    judgments = [
        {
            "caption": number,
            "annotator": "stand-in",
            "dimension": dimension,
            "level": STAND_INS[line["source"]],
            "revision": 1,
            "rubric": VERSION,
        }
        for number, line in enumerate(lines)
        for dimension in Dimension
    ]
    write_lines(snapshot / "judgments.jsonl", judgments)
    manifest.seal(snapshot, {"format": "crest.snapshot/1", "rubric": VERSION})
    captions = directory / "captions.json"
    asked = [
        {"video": f"{sha[n]}.mp4", "captions": [o["caption"] for o in lines if o["video"] == n]}
        for n in names
    ]
    captions.write_text(json.dumps(asked), encoding="utf-8")
    return RealClips(snapshot, media, captions)
