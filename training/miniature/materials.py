"""The look of things: papery backdrops and softly lit objects, from formulas at any resolution.

Shape suffixes: H rows, W columns. Lengths are in half heights of the picture, y points down.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.floating[Any]]
Colour = tuple[int, int, int]

OBJECT_COLOURS: Final[dict[str, Colour]] = {
    "red": (218, 62, 58),
    "yellow": (246, 196, 60),
    "green": (104, 178, 76),
    "blue": (52, 122, 224),
    "purple": (134, 76, 186),
    "white": (246, 242, 234),
}
PLACE_COLOURS: Final[dict[str, tuple[Colour, Colour]]] = {
    "navy": ((30, 40, 78), (62, 80, 134)),
    "teal": ((30, 98, 102), (84, 158, 154)),
    "sandy": ((206, 174, 126), (240, 222, 186)),
    "rosy": ((188, 112, 124), (234, 178, 180)),
}
"""The low and the high tone of each place."""

LIGHT: Final = np.array([-0.48, -0.62, 0.62], np.float32)


def step(distance: Field, soft: float) -> Field:
    """1 well inside (negative distance), 0 well outside, with an edge `soft` wide."""
    t = np.clip(0.5 - distance / soft, 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)


# --- Backdrops: a tone between the two colours of the place, and a shade ----------------------


@dataclass(frozen=True, slots=True)
class Relief:
    """What a pattern makes of a wall: tone 0 low to 1 high, shade 0 black to 1 fully lit."""

    tone_HW: Field
    shade_HW: Field


Pattern = Callable[[Field, Field, float], Relief]
"""From x and y in units of the pattern's cell, and the width of a soft edge in them."""


def stripes(x: Field, y: Field, edge: float) -> Relief:
    """Slanting folds of paper, each lit on its upper side."""
    u = (x + 0.55 * y) / 1.35
    across = u - np.floor(u)
    front = step(np.abs(across - 0.5) - 0.25, edge)
    fold = np.minimum(np.abs(across - 0.25), np.abs(across - 0.75))
    return Relief(0.05 + 0.85 * front, 1 - 0.22 * np.exp(-fold * 14) * (1 - front))


def dots(x: Field, y: Field, edge: float) -> Relief:
    """Discs of paper in a honeycomb, a little above the wall."""
    disc = _nearest_centre(x, y) - 0.31
    shadow = step(_nearest_centre(x - 0.07, y - 0.1) - 0.31, 0.3)
    inside = step(disc, edge)
    return Relief(0.85 * inside, 1 - 0.34 * shadow * (1 - inside))


def _nearest_centre(x: Field, y: Field) -> Field:
    rows = 0.866
    distances = []
    for half in (0.0, 0.5):
        dx = x - half - np.round(x - half)
        v = y / rows - 2 * half
        dy = (v - 2 * np.round(v / 2)) * rows
        distances.append(np.hypot(dx, dy))
    return np.asarray(np.minimum(*distances), np.float32)


def tiles(x: Field, y: Field, edge: float) -> Relief:
    """Rounded tiles in two tones with a groove between them, each catching light at its top."""
    x, y = x / 0.86, y / 0.86
    odd = np.mod(np.floor(x) + np.floor(y), 2)
    dx, dy = x - np.floor(x) - 0.5, y - np.floor(y) - 0.5
    corner = np.hypot(np.maximum(np.abs(dx) - 0.37, 0), np.maximum(np.abs(dy) - 0.37, 0)) - 0.1
    inside = step(np.asarray(corner, np.float32), edge)
    tone = 0.0 + inside * (0.56 + 0.38 * odd)
    return Relief(tone.astype(np.float32), 1 - 0.16 * (1 - inside) - 0.1 * (dy + 0.5) * inside)


def waves(x: Field, y: Field, edge: float) -> Relief:
    """Layers of cut paper, each casting a shadow on the one behind."""
    height, swell = 0.8, 0.26
    guess = np.floor(y / height)
    layer = np.full_like(y, -9e9)
    gap = np.full_like(y, 9e9)
    for offset in (-1, 0, 1, 2):
        index = guess + offset
        crest = index * height + swell * np.sin(2.1 * x + 2.4 * np.mod(index, 2))
        below = y - crest
        layer = np.where(below >= 0, np.maximum(layer, index), layer)
        gap = np.where(below < 0, np.minimum(gap, -below), gap)
    tone = np.take(np.array([0.4, 0.95, 0.55, 0.8], np.float32), np.mod(layer, 4).astype(np.intp))
    # The edge of the layer in front, softened here because the tone jumps at it.
    rim = np.exp(-gap / (0.6 * edge))
    return Relief(tone.astype(np.float32), 1 - 0.26 * np.exp(-gap / 0.16) - 0.06 * rim)


PATTERNS: Final[dict[str, Pattern]] = {
    "stripes": stripes,
    "dots": dots,
    "tiles": tiles,
    "waves": waves,
}


# --- Objects: how much of a pixel they cover, and which way their surface looks ---------------


@dataclass(frozen=True, slots=True)
class Solid:
    cover_HW: Field
    normal_HW3: Field


Form = Callable[[Field, Field, float], Solid]
"""From x and y in units of the object's half extent, and the width of a soft edge in them."""


def ball(x: Field, y: Field, edge: float) -> Solid:
    return _rounded(np.hypot(x, y) - 1, x, y, edge)


def ring(x: Field, y: Field, edge: float) -> Solid:
    middle, thick = 0.74, 0.28
    radius = np.maximum(np.hypot(x, y), 1e-6)
    lean = (radius - middle) / thick
    distance = np.abs(radius - middle) - thick
    return _rounded(distance, x / radius * lean, y / radius * lean, edge)


def pillar(x: Field, y: Field, edge: float) -> Solid:
    """A column seen slightly from above."""
    half_width, half_height, lid = 0.44, 1.16, 0.15
    across = np.clip(x / half_width, -1, 1)
    bulge = lid * np.sqrt(1 - across**2)
    side = np.abs(x) - half_width
    ends = np.maximum(y - (half_height - lid + bulge), -(y + half_height - lid) - bulge)
    body = _rounded(np.maximum(side, ends), across * 0.96, np.zeros_like(y) + 0.1, edge)
    top = np.hypot(x / half_width, (y + half_height - lid) / lid) - 1
    on_top = step(top * lid, edge)[..., None]
    facing_up = np.array([0.0, -0.55, 0.83], np.float32)
    return Solid(body.cover_HW, body.normal_HW3 * (1 - on_top) + facing_up * on_top)


def star(x: Field, y: Field, edge: float) -> Solid:
    """Five rounded points around a swollen middle."""
    angle = np.arctan2(x, -y)
    fifth = 2 * np.pi / 5
    bend = np.abs(np.mod(angle + fifth / 2, fifth) - fifth / 2)
    radius = np.hypot(x, y)
    along, aside = radius * np.cos(bend), radius * np.sin(bend)
    tip, waist, round_by = 1.22, 0.42, 0.06
    # The straight edge from the tip to the notch between two points.
    notch = np.array([np.cos(fifth / 2), np.sin(fifth / 2)]) * waist
    run = np.array([notch[0] - tip, notch[1]])
    share = np.clip(((along - tip) * run[0] + aside * run[1]) / (run @ run), 0, 1)
    off = np.hypot(along - tip - share * run[0], aside - share * run[1])
    outside = np.sign(aside * run[0] - (along - tip) * run[1])
    distance = (-outside * off).astype(np.float32) - round_by
    swell = np.clip(-distance / 0.42, 0, 1)
    steep = 0.75 * (1 - swell)
    safe = np.maximum(radius, 1e-6)
    # Facets: each half of a point leans to its own side.
    lean = np.sign(np.mod(angle + fifth / 2, fifth) - fifth / 2) * 0.34
    nx = x / safe * steep + np.cos(angle) * lean
    ny = y / safe * steep + np.sin(angle) * lean
    return _rounded(distance, nx, ny, edge)


def _rounded(distance: Field, nx: Field, ny: Field, edge: float) -> Solid:
    nz = np.sqrt(np.clip(1 - nx**2 - ny**2, 0.02, 1))
    normal = np.stack([nx, ny, nz], axis=-1)
    normal = normal / np.linalg.norm(normal, axis=-1, keepdims=True)
    return Solid(step(np.asarray(distance, np.float32), edge), normal.astype(np.float32))


FORMS: Final[dict[str, Form]] = {"ball": ball, "ring": ring, "pillar": pillar, "star": star}


def lit(solid: Solid, colour: Colour) -> Field:
    """The object's colour under a soft lamp from the upper left, with some light from the wall."""
    light = LIGHT / np.linalg.norm(LIGHT)
    facing = solid.normal_HW3 @ light
    diffuse = np.clip(facing * 0.5 + 0.5, 0, 1)
    half = light + np.array([0, 0, 1], np.float32)
    gloss = np.clip(solid.normal_HW3 @ (half / np.linalg.norm(half)), 0, 1) ** 48
    base = np.array(colour, np.float32) / 255
    shaded = base * (0.42 + 0.68 * diffuse[..., None] ** 1.3)
    bounce = 0.05 * np.clip(solid.normal_HW3[..., 1:2], 0, 1)
    return np.asarray(np.clip(shaded + bounce + 0.34 * gloss[..., None], 0, 1), np.float32)
