import shutil
from pathlib import Path

import pytest

from tests.scorer.fixtures import MakeClip, TinyModel, make_clip, shared_videos, tiny_model
from tests.training import world as walls
from tests.training.world import World

__all__ = ["make_clip", "shared_videos", "tiny_model"]


@pytest.fixture(scope="session")
def media(tmp_path_factory: pytest.TempPathFactory, make_clip: MakeClip) -> Path:
    """The clips of `write_snapshot`."""
    root = tmp_path_factory.mktemp("media")
    walls.film(make_clip, lambda sha: root / sha[:2] / sha / "web.mp4")
    return root


@pytest.fixture
def world(tmp_path: Path, media: Path, tiny_model: TinyModel) -> World:
    """A project of its own, whose clips and models are everybody's."""
    models = tiny_model("smolvlm").parent
    return World(tmp_path, walls.write_snapshot(tmp_path / "snapshot"), media, models)


@pytest.fixture
def broken(world: World, tmp_path: Path) -> World:
    """The same project, but the file of one training video is not a video."""
    media = Path(shutil.copytree(world.media, tmp_path / "media"))
    (media / walls.sha(1)[:2] / walls.sha(1) / "web.mp4").write_bytes(b"not a video")
    return World(world.root, world.snapshot, media, world.models)
