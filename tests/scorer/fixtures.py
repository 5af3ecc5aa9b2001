"""One thread, no network, tiny models saved once a run, and clips made by the real ffmpeg."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import imageio_ffmpeg
import pytest

os.environ["HF_HUB_OFFLINE"] = "1"  # before transformers is first imported

import torch

from tests.scorer import tiny_models

torch.set_num_threads(1)  # two threads on a busy machine are many times slower

MakeClip = Callable[..., Path]
TinyModel = Callable[[str], Path]


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> TinyModel:
    """Builds a tiny random model by name; the same directory each time."""
    root = tmp_path_factory.mktemp("models")

    def build(name: str) -> Path:
        directory = root / name
        return directory if directory.is_dir() else tiny_models.save(name, directory)

    return build


@pytest.fixture(scope="session")
def make_clip() -> MakeClip:
    """Films one of ffmpeg's test sources."""

    def make(path: Path, source: str, *options: str) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        ffmpeg = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-loglevel", "error", "-y"]
        subprocess.run([*ffmpeg, "-f", "lavfi", "-i", source, *options, str(path)], check=True)
        return path

    return make


@pytest.fixture(scope="session")
def shared_videos(shared_data: Path) -> Path:
    """Real clips, where this machine has them."""
    return shared_data / "videos"
