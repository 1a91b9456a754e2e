"""Scenes: a keyed portrait before a blurred room, under a strong and under a weak flash.

Everything here is linear light, float32, RGB, one canvas of (H, W, 3).
"""

from dataclasses import dataclass

import cv2
import numpy as np

from .cast import Cast

_BYTES = np.arange(256, dtype=np.float64) / 255.0
TO_LINEAR = np.where(
    _BYTES <= 0.04045, _BYTES / 12.92, ((_BYTES + 0.055) / 1.055) ** 2.4
).astype(np.float32)
# Indexed by the square root of linear light: fine where sRGB is steep.
_ROOTS = (np.arange(4096, dtype=np.float64) / 4095.0) ** 2
_TO_BYTES = np.rint(
    255.0
    * np.where(_ROOTS <= 0.0031308, 12.92 * _ROOTS, 1.055 * _ROOTS ** (1 / 2.4) - 0.055)
).astype(np.uint8)


def to_bytes(linear: np.ndarray) -> np.ndarray:
    """Linear light (clipped to [0, 1]) -> sRGB uint8, right to one level."""
    root = cv2.sqrt(np.clip(linear, 0.0, 1.0))
    return np.take(_TO_BYTES, (root * 4095.0 + 0.5).astype(np.intp))


def smooth_field(
    rng: np.random.Generator,
    height: int,
    width: int,
    sigma: float,
    cells: tuple[int, int] = (4, 4),
) -> np.ndarray:
    """Random smooth multiplicative shading, (H, W, 1): log-normal on a grid of `cells`, cubic."""
    coarse = np.exp(sigma * rng.standard_normal(cells)).astype(np.float32)
    field = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.maximum(field, 0.05)[..., None]


def falloff(rng: np.random.Generator, height: int, width: int) -> np.ndarray:
    """Inverse-square-like decay from a point near the face, (H, W, 1), 1 at the centre."""
    centre_x = rng.uniform(0.32, 0.68) * width
    centre_y = rng.uniform(0.15, 0.55) * height
    reach = rng.uniform(0.35, 0.85) * max(height, width)
    x = ((np.arange(width, dtype=np.float32) - centre_x) / reach) ** 2
    y = ((np.arange(height, dtype=np.float32) - centre_y) / reach) ** 2
    return (1.0 / (1.0 + x[None, :] + y[:, None]))[..., None]


@dataclass(frozen=True)
class Canvas:
    """A composed scene before it is lit: person and room in linear light, and person's alpha."""

    person: np.ndarray
    room: np.ndarray
    alpha: np.ndarray


def place_person(
    rng: np.random.Generator, rgba: np.ndarray, height: int, width: int
) -> tuple[np.ndarray, np.ndarray]:
    """Warp a cut-out onto the canvas: (linear colour (H, W, 3), alpha (H, W, 1))."""
    source_h, source_w = rgba.shape[:2]
    zoom = 1.0 + 0.6 * rng.random() ** 4
    scale = max(height / source_h, width / source_w) * zoom
    spare_x = source_w * scale - width
    # The cut-out's lower edge must stay below the picture's, or the chest would float.
    spare_y = source_h * scale - height
    left, top = spare_x * rng.uniform(0.2, 0.8), spare_y * rng.random() ** 2
    matrix = np.array([[scale, 0.0, -left], [0.0, scale, -top]], np.float32)
    if rng.random() < 0.5:
        matrix[0] = [-scale, 0.0, source_w * scale - left]
    kernel = cv2.INTER_CUBIC if rng.random() < 0.7 else cv2.INTER_LINEAR
    if scale < 0.8:
        kernel = cv2.INTER_AREA
    warped = cv2.warpAffine(rgba, matrix, (width, height), flags=kernel, borderMode=cv2.BORDER_REPLICATE)
    colour = cv2.LUT(np.ascontiguousarray(warped[..., :3]), TO_LINEAR)
    return colour, warped[..., 3:].astype(np.float32) / 255.0


def make_room(
    rng: np.random.Generator, photos: list[np.ndarray], height: int, width: int
) -> np.ndarray:
    """A blurred crop of a photograph, now and then a plain wall: linear (H, W, 3)."""
    half_h, half_w = (height + 1) // 2, (width + 1) // 2
    if rng.random() < 0.15:
        colour = rng.uniform(0.03, 0.8) * rng.uniform(0.75, 1.25, 3).astype(np.float32)
        wall = smooth_field(rng, half_h, half_w, 0.3) * colour
        return cv2.resize(np.clip(wall, 0.0, 1.0).astype(np.float32), (width, height))
    photo = photos[rng.integers(len(photos))]
    size_h, size_w = photo.shape[:2]
    crop = rng.uniform(0.4, 1.0) * min(size_h / height, size_w / width)
    crop_h, crop_w = max(int(height * crop), 8), max(int(width * crop), 8)
    top = rng.integers(size_h - crop_h + 1)
    left = rng.integers(size_w - crop_w + 1)
    patch = photo[top : top + crop_h, left : left + crop_w]
    if rng.random() < 0.5:
        patch = patch[:, ::-1]
    small = cv2.resize(patch, (half_w, half_h), interpolation=cv2.INTER_AREA)
    room = cv2.LUT(small, TO_LINEAR)
    sigma = np.exp(rng.uniform(np.log(0.4), np.log(9.0))) * height / 816.0
    room = cv2.GaussianBlur(room, (0, 0), max(sigma, 0.3))
    room = room * rng.uniform(0.88, 1.14, 3).astype(np.float32)
    return cv2.resize(room, (width, height), interpolation=cv2.INTER_LINEAR)


def make_canvas(
    rng: np.random.Generator,
    cast: Cast,
    photos: list[np.ndarray],
    height: int,
    width: int,
) -> Canvas:
    """A random person before a random room; three in a hundred have no person."""
    room = make_room(rng, photos, height, width)
    if rng.random() < 0.03:
        empty = np.zeros((height, width, 1), np.float32)
        return Canvas(room, room, empty)
    person, alpha = place_person(rng, cast.draw(rng), height, width)
    return Canvas(person, room, alpha)


def strong_flash(rng: np.random.Generator, canvas: Canvas) -> np.ndarray:
    """The target: soft strong flash on the person, room at .35 to .8 exposure. Linear light."""
    height, width = canvas.alpha.shape[:2]
    light = rng.uniform(0.96, 1.06) * smooth_field(rng, height, width, 0.03)
    room = canvas.room * rng.uniform(0.35, 0.8)
    return room + canvas.alpha * (canvas.person * light - room)


def weak_flash(rng: np.random.Generator, canvas: Canvas) -> np.ndarray:
    """The same scene under a weak flash and dim warm ambient light. Linear light, before gain.

    One scene in twenty is darker and one brighter than the challenge's.
    """
    height, width = canvas.alpha.shape[:2]
    draw = rng.random()
    if draw < 0.90:
        flash, ambient = rng.uniform(0.05, 0.21), rng.uniform(0.015, 0.065)
    elif draw < 0.95:
        flash, ambient = rng.uniform(0.015, 0.06), rng.uniform(0.006, 0.03)
    else:
        flash, ambient = rng.uniform(0.15, 0.6), rng.uniform(0.03, 0.25)
    warm = np.array([rng.uniform(1.0, 1.4), 1.0, rng.uniform(0.55, 1.0)], np.float32)
    tint = rng.uniform(0.96, 1.04, 3).astype(np.float32)
    # Uneven shading over all light there is, about six cells wide; the room has a broader one too.
    cells = (int(rng.integers(6, 10)), int(rng.integers(5, 8)))
    shade = smooth_field(rng, height, width, rng.uniform(0.14, 0.22), cells)
    behind_shade = smooth_field(rng, height, width, rng.uniform(0.05, 0.35), (3, 3))
    direct = falloff(rng, height, width) * flash
    glow = ambient * warm
    front = canvas.person * (direct * tint + glow)
    behind = canvas.room * (0.12 * direct * tint + glow * rng.uniform(0.5, 0.9)) * behind_shade
    return (behind + canvas.alpha * (front - behind)) * shade
