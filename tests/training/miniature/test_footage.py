import json

import numpy as np
import torch
from torch import nn

from scorer import frames
from training.miniature import footage, scenes
from training.miniature.annotators import ANNOTATORS
from training.miniature.captioners import BASE
from training.miniature.world import FPS, SECONDS, sample


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_the_same_seed_writes_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        assert list(footage.write(tmp_path / name, seed=4, videos=1)) == ["clip-0004.mp4"]
    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / name).rglob("*.*")}
        for name in ("one", "two")
    )

    assert one == two
    assert set(one) == {"clip-0004.mp4", "captions.jsonl", "truth.jsonl", "ratings.jsonl"}


def test_clips_that_are_there_are_kept_and_half_written_ones_are_not_taken_for_clips(tmp_path):
    (tmp_path / "videos").mkdir()
    kept = tmp_path / "videos" / "clip-0000.mp4"
    kept.write_bytes(b"drawn before")
    (tmp_path / "videos" / ".clip-0001.mp4.4711").write_bytes(b"killed half way")

    list(footage.write(tmp_path, seed=0, videos=2))

    assert kept.read_bytes() == b"drawn before"
    assert sorted(path.name for path in (tmp_path / "videos").glob("[!.]*")) == [
        "clip-0000.mp4",
        "clip-0001.mp4",
    ]


def test_every_clip_has_a_caption_and_a_truth_of_each_captioner(tmp_path):
    list(footage.write(tmp_path, seed=0, videos=2))
    wanted = [(f"clip-{n:04d}.mp4", one.name) for n in range(2) for one in BASE]

    for name in (footage.CAPTIONS, footage.TRUTH):
        assert [(line["video"], line["source"]) for line in lines(tmp_path / name)] == wanted


def test_a_part_is_rated_by_some_and_plenty_is_left():
    given = [line for seed in range(96) for line in footage.rating_lines(seed)]
    rated = {(line["video"], line["source"]) for line in given}

    assert 0.5 < len(rated) / (96 * len(BASE)) < 0.7
    assert {line["annotator"] for line in given} == {one.name for one in ANNOTATORS}
    assert len({(line["video"], line["source"], line["annotator"]) for line in given}) == len(given)
    assert len(rated) < len(given) < 3 * len(rated)


def test_what_a_sampler_decodes_is_what_the_model_learnt_from(tmp_path):
    scene = sample(5)
    clip = tmp_path / "clip.mp4"
    at = scenes.every_moment()
    footage.write_video(clip, scenes.render(scene, width=640, height=360, at=at))

    decoded = frames.sample(clip, 4)
    shown = torch.from_numpy(decoded.pixels).permute(0, 3, 1, 2).float()
    small = nn.functional.interpolate(shown, (32, 32), mode="bilinear", antialias=True)
    drawn = scenes.render(scene, width=32, height=32, at=scenes.moments(4)).astype(float)

    assert decoded.seconds == SECONDS
    assert decoded.times[1] == 11 / FPS
    assert np.abs(small.permute(0, 2, 3, 1).numpy() - drawn).mean() < 3
