from dataclasses import replace

import numpy as np
import pytest

from training.miniature import scenes
from training.miniature.world import CHOICES, FRAMES, Facts, Scene, sample

QUIET = {"motion": "still", "camera": "static"}


def variant(seed: int = 3, **facts: str) -> Scene:
    scene = sample(seed)
    return replace(scene, facts=replace(scene.facts, **{**QUIET, **facts}))


def draw(scene: Scene, *, count: int = 3, width: int = 64, height: int = 36) -> scenes.Frames:
    return scenes.render(scene, width=width, height=height, at=scenes.moments(count))


def redness(frames: scenes.Frames) -> np.ndarray:
    """Where the red object is: the middle of what is much redder than green, in pixels (x, y)."""
    middles = []
    for frame in frames.astype(int):
        rows, columns = np.nonzero(frame[..., 0] - frame[..., 1] > 90)
        middles.append((columns.mean(), rows.mean()))
    return np.array(middles)


def redness_area(frame: scenes.Frames) -> int:
    shown = frame.astype(int)
    return int((shown[..., 0] - shown[..., 1] > 90).sum())


def test_a_seed_is_one_scene_for_ever():
    assert sample(11) == sample(11)
    assert (draw(sample(11)) == draw(sample(11))).all()
    assert sample(11) != sample(12)


def test_facts_that_do_not_exist_are_refused():
    with pytest.raises(ValueError, match="colour"):
        replace(sample(0).facts, colour="beige")


def test_all_values_of_all_facts_come_up():
    seen = [sample(seed).facts for seed in range(300)]

    for fact in Facts.__slots__:
        assert {getattr(facts, fact) for facts in seen} == set(CHOICES[fact])


def test_nothing_moves_when_nothing_is_said_to():
    frames = draw(variant())

    assert (frames == frames[0]).all()


@pytest.mark.parametrize(
    ("motion", "axis", "sign"),
    [("left", 0, -1), ("right", 0, 1), ("up", 1, -1), ("down", 1, 1)],
)
def test_the_object_moves_as_it_is_said_to(motion, axis, sign):
    way = redness(draw(variant(motion=motion, colour="red", place="teal", size="small")))
    step = np.diff(way, axis=0)

    assert (np.sign(step[:, axis]) == sign).all()
    assert np.abs(step[:, 1 - axis]).max() < 0.15 * np.abs(step[:, axis]).min()


@pytest.mark.parametrize(("camera", "sign"), [("pan left", 1), ("pan right", -1)])
def test_a_pan_carries_everything_the_other_way(camera, sign):
    way = redness(draw(variant(camera=camera, colour="red", place="teal", size="small")))

    assert (np.sign(np.diff(way[:, 0])) == sign).all()


def test_zooms_swell_and_shrink():
    closer = draw(variant(camera="zoom in", colour="red", place="teal", size="small"))
    away = draw(variant(camera="zoom out", colour="red", place="teal", size="small"))

    assert redness_area(closer[-1]) > 1.5 * redness_area(closer[0])
    assert redness_area(away[-1]) < redness_area(away[0]) / 1.5


def test_big_is_bigger_than_small():
    small, big = (
        draw(variant(size=size, colour="red", place="teal"), count=1)[0]
        for size in ("small", "big")
    )

    assert redness_area(big) > 2 * redness_area(small)


@pytest.mark.parametrize("fact", list(Facts.__slots__))
def test_every_fact_can_be_seen(fact):
    seen = [draw(variant(**{fact: value})).astype(int) for value in CHOICES[fact]]

    for number, one in enumerate(seen):
        for other in seen[number + 1 :]:
            assert np.abs(one - other).mean() > 0.8


def test_a_thumbnail_is_the_large_picture_made_small():
    """The model learns from thumbnails and is then shown large clips made small."""
    for seed in range(6):
        large = draw(sample(seed), width=640, height=360).reshape(3, 36, 10, 64, 10, 3)
        averaged = large.astype(float).mean(axis=(2, 4))
        drawn = draw(sample(seed)).astype(float)

        assert np.abs(averaged - drawn).mean() < 2.5


def test_moments_are_the_frames_that_a_sampler_takes_from_first_to_last():
    picked = [int(moment * FRAMES) for moment in scenes.moments(4)]

    assert picked == [0, 11, 23, 35]
    assert scenes.moments(FRAMES) == scenes.every_moment()
