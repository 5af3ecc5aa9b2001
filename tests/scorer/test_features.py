"""What is kept of a video changes no score; it is found again, and only where it is the same."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from scorer import features, lora, sharing
from scorer.backbone import Backbone
from scorer.batching import Prefix, Row, collate
from scorer.features import FeatureCache
from scorer.frames import Clip
from scorer.sharing import Mode
from tests.scorer import tiny_models
from tests.scorer.fixtures import TinyModel
from tests.scorer.test_backbone import clip as film

TAILS = [[70, 71, 72], [70, 71, 73]]
EXACT = 1e-4


@pytest.fixture
def clip() -> Clip:
    return film(0)


@pytest.fixture
def cache(tmp_path: Path) -> FeatureCache:
    return FeatureCache(tmp_path / "features")


def files(cache: FeatureCache) -> list[Path]:
    return sorted(cache.directory.iterdir()) if cache.directory.is_dir() else []


def logits(backbone: Backbone, prefix: Prefix, mode: Mode = Mode.NAIVE) -> torch.Tensor:
    with torch.no_grad():
        return torch.cat(sharing.logits(backbone.model, prefix, TAILS, [(2,), (2,)], mode))


def blinded(backbone: Backbone, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on a look at pixels fails."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the tower ran")

    for modality in features.MODALITIES:
        name = f"get_{modality}_features"
        if hasattr(backbone.model.model, name):
            monkeypatch.setattr(backbone.model.model, name, refuse)


class TestEveryClass:
    @pytest.fixture(params=sorted(tiny_models.BUILDERS))
    def backbone(self, request: pytest.FixtureRequest, tiny_model: TinyModel) -> Backbone:
        return Backbone.load(str(tiny_model(request.param)), None)

    def test_features_say_what_pixels_say(
        self, backbone: Backbone, clip: Clip, cache: FeatureCache, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        said = backbone.turn(4)
        pixels = backbone.see(clip, said)
        expected = {mode: logits(backbone, pixels, mode) for mode in Mode}
        if backbone.directory.name in tiny_models.WITHOUT_FEATURES:
            assert cache.see(backbone.model, pixels) is pixels
            return
        backbone.features = cache
        first = backbone.see(clip, said)
        blinded(backbone, monkeypatch)
        again = backbone.see(clip, said)
        for prefix in (first, again):
            assert not [name for name in prefix.inputs if name.startswith("pixel_")]
            for mode in Mode:
                assert torch.equal(logits(backbone, prefix, mode), expected[mode])
        with torch.no_grad():
            packed = torch.cat(sharing.packed(backbone.model, again, TAILS, [(2,), (2,)]))
        assert float((packed - expected[Mode.NAIVE]).abs().max()) < EXACT

    def test_an_adapter_shares_the_files(
        self, backbone: Backbone, clip: Clip, cache: FeatureCache
    ) -> None:
        said = backbone.turn(4)
        cache.see(backbone.model, backbone.see(clip, said))
        before = files(cache)
        lora.add(backbone, name="model", shape=lora.Shape(rank=2), seed=0)
        cache.see(backbone.model, backbone.see(clip, said))
        assert files(cache) == before


class TestFeatureCache:
    @pytest.fixture
    def backbone(self, tiny_model: TinyModel) -> Backbone:
        return Backbone.load(str(tiny_model("llava_onevision")), None)

    @pytest.fixture
    def prefix(self, backbone: Backbone, clip: Clip) -> Prefix:
        return backbone.see(clip, backbone.turn(4))

    def test_another_clip_is_another_file(self, backbone: Backbone, cache: FeatureCache) -> None:
        for seed in (0, 1, 0):
            cache.see(backbone.model, backbone.see(film(seed), backbone.turn(4)))
        assert len(files(cache)) == 2

    def test_other_words_around_a_clip_are_not(
        self, backbone: Backbone, clip: Clip, cache: FeatureCache
    ) -> None:
        for before in ("", "Judge."):
            cache.see(backbone.model, backbone.see(clip, backbone.turn(4, before=before)))
        assert len(files(cache)) == 1

    def test_another_tower_is_another_file(
        self, backbone: Backbone, prefix: Prefix, cache: FeatureCache, tmp_path: Path
    ) -> None:
        other = Backbone.load(
            str(tiny_models.save("llava_onevision", tmp_path / "m", seed=1)), None
        )
        cache.see(backbone.model, prefix)
        cache.see(other.model, prefix)
        assert len(files(cache)) == 2

    def test_half_as_large_in_bfloat16_and_nearly_the_same(
        self, backbone: Backbone, prefix: Prefix, cache: FeatureCache
    ) -> None:
        half = FeatureCache(cache.directory, dtype=torch.bfloat16)
        first = logits(backbone, half.see(backbone.model, prefix))
        (path,) = files(half)
        size = path.stat().st_size
        exact = logits(backbone, cache.see(backbone.model, prefix))
        (whole,) = set(files(cache)) - {path}
        assert size < 0.6 * whole.stat().st_size
        assert 0 < float((first - exact).abs().max()) < 0.1
        assert torch.equal(logits(backbone, half.see(backbone.model, prefix)), first)

    def test_a_broken_file_is_made_anew(
        self, backbone: Backbone, prefix: Prefix, cache: FeatureCache
    ) -> None:
        expected = logits(backbone, cache.see(backbone.model, prefix))
        (path,) = files(cache)
        whole = path.read_bytes()
        path.write_bytes(whole[:100])
        assert torch.equal(logits(backbone, cache.see(backbone.model, prefix)), expected)
        assert path.read_bytes() == whole

    def test_what_was_used_longest_ago_goes_first(
        self, backbone: Backbone, cache: FeatureCache
    ) -> None:
        said = backbone.turn(4)
        seen = [backbone.see(film(seed), said) for seed in range(3)]
        one, two = (self.written(cache, backbone, prefix) for prefix in seen[:2])
        self.used_at(one, 2)
        self.used_at(two, 1)
        cache.budget = one.stat().st_size * 2
        three = self.written(cache, backbone, seen[2])
        assert set(files(cache)) == {one, three}

    def test_a_use_counts(self, backbone: Backbone, prefix: Prefix, cache: FeatureCache) -> None:
        path = self.written(cache, backbone, prefix)
        self.used_at(path, 1)
        cache.see(backbone.model, prefix)
        assert path.stat().st_mtime > 1

    def test_a_video_larger_than_the_budget_is_still_seen(
        self, backbone: Backbone, prefix: Prefix, cache: FeatureCache
    ) -> None:
        cache.budget = 1
        assert cache.see(backbone.model, prefix).features
        assert files(cache) == []

    def test_rows_with_features_are_not_stacked(
        self, backbone: Backbone, prefix: Prefix, cache: FeatureCache
    ) -> None:
        seen = cache.see(backbone.model, prefix)
        rows = [Row(seen, [70]), Row(prefix, [70]), Row(replace(seen), [70]), Row(prefix, [70, 71])]
        batches = collate(rows, pad=0, left=False)
        assert sorted(batch.rows for batch in batches) == [(0,), (1, 3), (2,)]

    @staticmethod
    def written(cache: FeatureCache, backbone: Backbone, prefix: Prefix) -> Path:
        before = set(files(cache))
        cache.see(backbone.model, prefix)
        (path,) = set(files(cache)) - before
        return path

    @staticmethod
    def used_at(path: Path, second: int) -> None:
        os.utime(path, (second, second))
