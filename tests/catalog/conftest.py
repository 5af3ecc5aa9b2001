"""Real clips, clips made on the spot, and a data directory for each test."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from annotation_site.catalog import media
from annotation_site.common.paths import DataDirectory

PICTURE = ("-f", "lavfi", "-i")
SMALL = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")

MakeClip = Callable[..., Path]


@pytest.fixture(autouse=True)
def data(settings, tmp_path) -> DataDirectory:
    settings.DATA = DataDirectory(tmp_path / "data")
    return settings.DATA


def ffmpeg(*arguments: str | Path) -> None:
    command = [media.ffmpeg_program(), "-nostdin", "-loglevel", "error", "-y", *arguments]
    subprocess.run(command, check=True)


@pytest.fixture(scope="session")
def make_clip(tmp_path_factory) -> MakeClip:
    """`make_clip("a.mp4", size="320x240", seconds=2, fps=25, more=(...))`: a test picture."""
    made: dict[tuple[object, ...], Path] = {}

    def make(
        name: str = "clip.mp4",
        *,
        size: str = "160x120",
        seconds: float = 2,
        fps: str = "25",
        more: tuple[str, ...] = (),
        coding: tuple[str, ...] = SMALL,
    ) -> Path:
        asked = (name, size, seconds, fps, more, coding)
        if asked not in made:
            source = f"testsrc2=size={size}:rate={fps}:duration={seconds}"
            made[asked] = tmp_path_factory.mktemp("clip") / name
            ffmpeg(*PICTURE, source, *more, *coding, made[asked])
        return made[asked]

    return make


@pytest.fixture
def clip(make_clip) -> Path:
    return make_clip()
