"""Draws scenes: the same clip for people at 640 x 360 and for models at a thumbnail's size."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from training.miniature import materials
from training.miniature.materials import Field
from training.miniature.world import ASPECT, FRAMES, Facts, Layout, Scene

Frames = NDArray[np.uint8]

RADIUS: Final = {"small": 0.38, "big": 0.62}
TRAVEL: Final = {
    "left": (-1.5, 0.0),
    "right": (1.5, 0.0),
    "up": (0.0, -0.85),
    "down": (0.0, 0.85),
    "still": (0.0, 0.0),
}
PAN: Final = {"pan left": -0.85, "pan right": 0.85}
ZOOM: Final = {"zoom in": 1.8, "zoom out": 1 / 1.8}
NEARER: Final = 1.1
"""How much faster than the wall the object passes under a pan, as it floats before it."""

CELL: Final = 0.6
SPRITE_REACH: Final = 1.75
"""Half the side of an object's sprite in its half extents: room for its shadow."""


@dataclass(frozen=True, slots=True)
class View:
    """What the camera sees at one moment: the middle and half the height of its window."""

    x: float
    y: float
    half_height: float


def moments(count: int) -> tuple[float, ...]:
    """When `count` frames spread from the first to the last are shown, as shares of the clip."""
    return tuple((i * (FRAMES - 1) // max(count - 1, 1) + 0.5) / FRAMES for i in range(count))


def every_moment() -> tuple[float, ...]:
    return tuple((i + 0.5) / FRAMES for i in range(FRAMES))


def render(scene: Scene, *, width: int, height: int, at: Sequence[float]) -> Frames:
    """The frames (T, height, width, 3) at the given shares of the clip.

    The picture always shows the whole 16:9 window; other proportions squeeze it, as a model's
    image processor does.
    """
    canvas = _Canvas.of(scene, width=width, height=height, at=at)
    sprite = _Sprite.of(scene, width=width, height=height, at=at)
    glow = _glow(width=width, height=height)
    return np.stack([_frame(scene, moment, canvas, sprite, glow) for moment in at])


# --- The camera and the object on their ways --------------------------------------------------


def _eased(moment: float) -> float:
    """From -1/2 to 1/2, setting off and arriving gently, never standing."""
    smooth = moment * moment * (3 - 2 * moment)
    return 0.45 * moment + 0.55 * smooth - 0.5


def _view(camera: str, moment: float) -> View:
    way = _eased(moment)
    return View(
        x=PAN.get(camera, 0.0) * way, y=0.0, half_height=float(ZOOM.get(camera, 1.0) ** -way)
    )


def _object_at(scene: Scene, moment: float) -> tuple[float, float]:
    way = _eased(moment)
    dx, dy = TRAVEL[scene.facts.motion]
    view = _view(scene.facts.camera, moment)
    x0, y0 = scene.layout.start
    return x0 + dx * way - (NEARER - 1) * view.x, y0 + dy * way


# --- The wall ---------------------------------------------------------------------------------


def _supersampling(height: int) -> float:
    """Thumbnails are drawn threefold and averaged; large pictures have smooth edges anyway."""
    return 2.0 if height < 128 else 1.25  # noqa: PLR2004


@dataclass(frozen=True, slots=True)
class _Canvas:
    """All of the wall that the camera will see, to be cropped frame by frame."""

    image: Image.Image
    left: float
    top: float
    per_x: float
    per_y: float
    size: tuple[int, int]

    @classmethod
    def of(cls, scene: Scene, *, width: int, height: int, at: Sequence[float]) -> "_Canvas":
        views = [_view(scene.facts.camera, moment) for moment in at]
        finest = min(view.half_height for view in views)
        per_x = width / (2 * ASPECT) * _supersampling(height) / finest**0.5
        per_y = height / 2 * _supersampling(height) / finest**0.5
        margin = 3 / per_x
        left = min(view.x - view.half_height * ASPECT for view in views) - margin
        right = max(view.x + view.half_height * ASPECT for view in views) + margin
        top = -max(view.half_height for view in views) - 3 / per_y
        columns = (
            left + (np.arange(int((right - left) * per_x) + 1, dtype=np.float32) + 0.5) / per_x
        )
        rows = top + (np.arange(int(-2 * top * per_y) + 1, dtype=np.float32) + 0.5) / per_y
        x, y = np.meshgrid(columns, rows)
        wall = _wall(scene.facts, scene.layout, x, y, edge=2.0 / min(per_x * ASPECT, per_y))
        return cls(_image(wall), left, top, per_x, per_y, (width, height))

    def seen(self, view: View) -> Image.Image:
        x0 = (view.x - view.half_height * ASPECT - self.left) * self.per_x
        y0 = (view.y - view.half_height - self.top) * self.per_y
        box = (
            x0,
            y0,
            x0 + 2 * view.half_height * ASPECT * self.per_x,
            y0 + 2 * view.half_height * self.per_y,
        )
        return self.image.resize(self.size, Image.Resampling.BILINEAR, box=box)


def _wall(facts: Facts, layout: Layout, x: Field, y: Field, *, edge: float) -> Field:
    cell = CELL * layout.grain
    u, v = x / cell + 7 * layout.phase[0], y / cell + 7 * layout.phase[1]
    relief = materials.PATTERNS[facts.texture](u, v, edge / cell)
    low, high = (np.array(c, np.float32) / 255 for c in materials.PLACE_COLOURS[facts.place])
    colour = low + (high - low) * relief.tone_HW[..., None]
    lit = relief.shade_HW * _pool(layout, x, y)
    return np.asarray(colour * lit[..., None], np.float32)


def _pool(layout: Layout, x: Field, y: Field) -> Field:
    """A pool of lamplight on the wall, which pans leave behind and zooms swell."""
    across, down = (x - layout.light) / 1.25, (y + 0.25) / 0.95
    return np.asarray(0.7 + 0.4 * np.exp(-(across**2 + down**2)), np.float32)


def _image(colour_HW3: Field) -> Image.Image:
    return Image.fromarray((np.clip(colour_HW3, 0, 1) * 255 + 0.5).astype(np.uint8))


# --- The object -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sprite:
    """The object and its shadow on a clear ground, drawn once at the finest scale needed."""

    thing: Image.Image
    shadow: Image.Image
    reach: float

    @classmethod
    def of(cls, scene: Scene, *, width: int, height: int, at: Sequence[float]) -> "_Sprite":
        facts, layout = scene.facts, scene.layout
        radius = RADIUS[facts.size] * layout.scale
        finest = min(_view(facts.camera, moment).half_height for moment in at)
        half_x = width / (2 * ASPECT) * _supersampling(height) / finest * radius * SPRITE_REACH
        half_y = height / 2 * _supersampling(height) / finest * radius * SPRITE_REACH
        x, y = np.meshgrid(_symmetric(half_x), _symmetric(half_y))
        x, y = x * SPRITE_REACH, y * SPRITE_REACH
        edge = 2.0 * SPRITE_REACH / min(half_x, half_y)
        tilt = layout.tilt if facts.shape == "star" else 0.25 * layout.tilt
        cos, sin = np.cos(tilt), np.sin(tilt)
        form = materials.FORMS[facts.shape]
        solid = form(
            (cos * x - sin * y).astype(np.float32), (sin * x + cos * y).astype(np.float32), edge
        )
        colour = materials.lit(solid, materials.OBJECT_COLOURS[facts.colour])
        cover = _image(solid.cover_HW)
        thing = _image(colour)
        thing.putalpha(cover)
        return cls(thing, _shadow(cover), radius * SPRITE_REACH)

    def paste_on(self, picture: Image.Image, *, x: float, y: float, view: View) -> None:
        """Draw shadow and thing with their middle at world x, y; to a fraction of a pixel."""
        width, height = picture.size
        per_x, per_y = width / (2 * ASPECT * view.half_height), height / (2 * view.half_height)
        left = width / 2 + (x - view.x - self.reach) * per_x
        top = height / 2 + (y - view.y - self.reach) * per_y
        span_x, span_y = 2 * self.reach * per_x, 2 * self.reach * per_y
        x0, y0 = int(np.ceil(left)), int(np.ceil(top))
        columns, rows = int(left + span_x) - x0, int(top + span_y) - y0
        scale_x, scale_y = self.thing.width / span_x, self.thing.height / span_y
        box = (
            (x0 - left) * scale_x,
            (y0 - top) * scale_y,
            (x0 - left + columns) * scale_x,
            (y0 - top + rows) * scale_y,
        )
        for layer in (self.shadow, self.thing):
            fitted = layer.resize((columns, rows), Image.Resampling.BILINEAR, box=box)
            picture.paste(fitted, (x0, y0), fitted)


def _symmetric(half: float) -> Field:
    count = max(2 * int(half), 2)
    return ((np.arange(count, dtype=np.float32) + 0.5) / count * 2 - 1).astype(np.float32)


def _shadow(cover: Image.Image) -> Image.Image:
    """The object's outline fallen on the wall: shifted down right and blurred."""
    shift_x, shift_y = round(cover.width * 0.075), round(cover.height * 0.1)
    fallen = Image.new("L", cover.size, 0)
    fallen.paste(cover, (shift_x, shift_y))
    fallen = fallen.filter(ImageFilter.GaussianBlur((cover.width * 0.045, cover.height * 0.045)))
    shadow = Image.new("RGB", cover.size, (14, 16, 34))
    shadow.putalpha(fallen.point([round(level * 0.5) for level in range(256)]))
    return shadow


# --- The finished picture ---------------------------------------------------------------------


def _frame(
    scene: Scene, moment: float, canvas: _Canvas, sprite: _Sprite, glow_HW1: Field
) -> Frames:
    view = _view(scene.facts.camera, moment)
    picture = canvas.seen(view)
    x, y = _object_at(scene, moment)
    sprite.paste_on(picture, x=x, y=y, view=view)
    shown = np.asarray(picture, np.float32) * glow_HW1
    return np.asarray(np.clip(shown + 0.5, 0, 255), np.uint8)


def _glow(*, width: int, height: int) -> Field:
    """The lens: a little darker in the corners, as a factor per pixel."""
    x = (np.arange(width, dtype=np.float32) + 0.5) / width
    y = (np.arange(height, dtype=np.float32) + 0.5) / height
    x, y = np.meshgrid(x, y)
    corner = ((x - 0.5) / 0.5) ** 2 + ((y - 0.5) / 0.5) ** 2
    return np.asarray((1.02 - 0.1 * corner)[..., None], np.float32)
