"""Writes a project's worth of clips, captions, truth and ratings: what `seed_demo` then imports."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import imageio_ffmpeg
import numpy as np

from training.miniature import scenes
from training.miniature.annotators import ANNOTATORS
from training.miniature.captioners import BASE, Captioner, levels
from training.miniature.scenes import Frames
from training.miniature.world import FPS, Facts, sample

WIDTH: Final = 640
HEIGHT: Final = 360
VIDEOS: Final = "videos"
CAPTIONS: Final = "captions.jsonl"
TRUTH: Final = "truth.jsonl"
RATINGS: Final = "ratings.jsonl"
RATED_SHARE: Final = 0.6
VOTES: Final = {1: 0.25, 2: 0.35, 3: 0.4}
"""How many of the simulated annotators rate a caption that is rated at all."""


def video_name(seed: int) -> str:
    return f"clip-{seed:04d}.mp4"


def write(out: Path, *, seed: int, videos: int) -> Iterator[str]:
    """Fill the directory and tell the name of each clip as it is finished.

    Clips that are there already are kept: they appear under their name only when they are whole.
    """
    (out / VIDEOS).mkdir(parents=True, exist_ok=True)
    seeds = range(seed, seed + videos)
    _write_lines(out / CAPTIONS, (line for one in seeds for line in caption_lines(one)))
    _write_lines(out / TRUTH, (line for one in seeds for line in truth_lines(one)))
    _write_lines(out / RATINGS, (line for one in seeds for line in rating_lines(one)))
    for one in seeds:
        clip = out / VIDEOS / video_name(one)
        if not clip.exists():
            scene = sample(one)
            at = scenes.every_moment()
            write_video(clip, scenes.render(scene, width=WIDTH, height=HEIGHT, at=at))
        yield clip.name


def caption_lines(seed: int) -> Iterator[Mapping[str, Any]]:
    facts = sample(seed).facts
    for captioner in BASE:
        text, _ = captioner.caption(facts, seed=seed)
        name = video_name(seed)
        yield {"video": name, "source": captioner.name, "kind": "detailed", "caption": text}


def truth_lines(seed: int) -> Iterator[Mapping[str, Any]]:
    facts = sample(seed).facts
    for captioner in BASE:
        yield {
            "video": video_name(seed),
            "source": captioner.name,
            "facts": {fact: getattr(facts, fact) for fact in Facts.__slots__},
            "levels": _true_levels(captioner, facts, seed),
        }


def rating_lines(seed: int) -> Iterator[Mapping[str, Any]]:
    """What the simulated annotators say; of the captions that they leave out, nothing."""
    facts = sample(seed).facts
    for captioner in BASE:
        dice = np.random.default_rng([seed, *captioner.name.encode(), 0xBA7])
        if dice.random() >= RATED_SHARE:
            continue
        votes = int(dice.choice(list(VOTES), p=list(VOTES.values())))
        chosen = sorted(dice.permutation(len(ANNOTATORS))[:votes])
        about = f"{video_name(seed)} {captioner.name}"
        for annotator in (ANNOTATORS[number] for number in chosen):
            truth = levels(facts, captioner.caption(facts, seed=seed)[1])
            given = annotator.rate(truth, about=about, seed=seed)
            yield {
                "video": video_name(seed),
                "source": captioner.name,
                "annotator": annotator.name,
                "levels": {dimension.value: level for dimension, level in given.items()},
            }


def _true_levels(captioner: Captioner, facts: Facts, seed: int) -> dict[str, int]:
    truth = levels(facts, captioner.caption(facts, seed=seed)[1])
    return {dimension.value: level for dimension, level in truth.items()}


def _write_lines(path: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)


def write_video(path: Path, frames_THW3: Frames) -> None:
    """H.264 for browsers. One thread and no dates: the same frames give the same bytes."""
    # Named by the process: one left running by a killed parent must not write into ours.
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    writer = imageio_ffmpeg.write_frames(
        str(partial),
        (frames_THW3.shape[2], frames_THW3.shape[1]),
        fps=FPS,
        codec="libx264",
        pix_fmt_out="yuv420p",
        quality=None,
        macro_block_size=2,
        output_params=[
            *("-preset", "veryfast", "-crf", "17", "-threads", "1", "-fflags", "+bitexact"),
            *("-map_metadata", "-1", "-movflags", "+faststart", "-f", "mp4"),
        ],
    )
    writer.send(None)
    for frame in frames_THW3:
        writer.send(np.ascontiguousarray(frame))
    writer.close()
    partial.replace(path)
