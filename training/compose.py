"""Composing: keyed portraits before a blurred room, in linear light, not yet lit."""

from dataclasses import replace

import cv2
import numpy as np

from .cast import Cast
from .colour import TO_LINEAR
from .scene import Canvas, smooth_field


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


def make_lamps(rng: np.random.Generator, height: int, width: int) -> np.ndarray:
    """Light of one to three lamps (discs) and screens (rectangles) in the room, out of focus:
    linear (H, W, 3), white and more at their middle, warm or cold."""
    half_h, half_w = (height + 1) // 2, (width + 1) // 2
    light = np.zeros((half_h, half_w, 3), np.float32)
    for _ in range(int(rng.integers(1, 4))):
        shape = np.zeros((half_h, half_w), np.float32)
        x, y = int(rng.uniform(0, half_w)), int(rng.uniform(0, 0.8) * half_h)
        across, up = (max(int(rng.uniform(0.015, 0.1) * half_h), 1) for _ in range(2))
        if rng.random() < 0.6:
            cv2.ellipse(shape, (x, y), (across, up), 0, 0, 360, 1.0, -1)
        else:
            cv2.rectangle(shape, (x - across, y - up), (x + across, y + up), 1.0, -1)
        shape = cv2.GaussianBlur(shape, (0, 0), max(rng.uniform(0.003, 0.03) * half_h, 0.3))
        halo = cv2.GaussianBlur(shape, (0, 0), 0.06 * half_h) * rng.uniform(0.0, 0.3)
        warmth = rng.uniform(-0.5, 0.5)
        colour = np.exp([warmth, 0.0, -warmth]).astype(np.float32)
        light += (shape + halo)[..., None] * colour * rng.uniform(0.5, 2.0)
    return cv2.resize(light, (width, height), interpolation=cv2.INTER_LINEAR)


def turned(rng: np.random.Generator, rgba: np.ndarray, height: int, width: int) -> tuple:
    """A cut-out, turned by up to 12 degrees, anywhere along the lower edge of the canvas.

    Returns linear colour (H, W, 3) and alpha (H, W, 1). The chest ends below the picture.
    """
    source_h, source_w = rgba.shape[:2]
    scale = height / source_h * rng.uniform(0.45, 1.3)
    matrix = cv2.getRotationMatrix2D((source_w / 2, source_h), rng.normal(0.0, 5.0), scale)
    matrix[0, 2] += rng.uniform(0.1, 0.9) * width - source_w / 2
    matrix[1, 2] += height + rng.uniform(0.02, 0.25) * source_h * scale - source_h
    if rng.random() < 0.5:
        rgba = np.ascontiguousarray(rgba[:, ::-1])
    warped = cv2.warpAffine(rgba, matrix, (width, height), flags=cv2.INTER_AREA)
    colour = cv2.LUT(np.ascontiguousarray(warped[..., :3]), TO_LINEAR)
    return colour, warped[..., 3:].astype(np.float32) / 255.0


def crowd(
    rng: np.random.Generator,
    cast: Cast,
    photos: list[np.ndarray],
    height: int,
    width: int,
) -> Canvas:
    """One to three people along the lower edge, the later ones in front."""
    room = make_room(rng, photos, height, width)
    person, alpha = room, np.zeros((height, width, 1), np.float32)
    for _ in range(rng.choice([1, 2, 3], p=[0.65, 0.25, 0.1])):
        colour, cover = turned(rng, cast.draw(rng), height, width)
        person = person + cover * (colour - person)
        alpha = np.maximum(alpha, cover)
    return Canvas(person, room, alpha)


def make_canvas(
    rng: np.random.Generator,
    cast: Cast,
    photos: list[np.ndarray],
    height: int,
    width: int,
) -> Canvas:
    """A random person before a random room; three pictures in a hundred have no person, six one to
    three people, and lamps or screens shine in eight."""
    lamps = make_lamps(rng, height, width) if rng.random() < 0.08 else None
    if rng.random() < 0.06:
        return replace(crowd(rng, cast, photos, height, width), lamps=lamps)
    room = make_room(rng, photos, height, width)
    if rng.random() < 0.03:
        empty = np.zeros((height, width, 1), np.float32)
        return Canvas(room, room, empty, lamps)
    person, alpha = place_person(rng, cast.draw(rng), height, width)
    return Canvas(person, room, alpha, lamps)
