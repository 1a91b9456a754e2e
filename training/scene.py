"""How a composed scene looks under a strong and under a weak flash.

Everything here is linear light, float32, RGB, one canvas of (H, W, 3).
"""

from dataclasses import dataclass

import cv2
import numpy as np

# How wide the blur of `cloudy_field` is where it is made: wide enough for a smooth enlargement.
CLOUD_PIXELS = 4


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


def cloudy_field(
    rng: np.random.Generator, height: int, width: int, sigma: float, reach: float
) -> np.ndarray:
    """As `smooth_field`, without a grid: log-normal, blurred by `reach` (a share of the height)."""
    scale = CLOUD_PIXELS / (reach * height)
    margin = 3 * CLOUD_PIXELS
    size = [round(side * scale) + 2 * margin for side in (height, width)]
    cloud = cv2.GaussianBlur(rng.standard_normal(size, np.float32), (0, 0), CLOUD_PIXELS)
    # What a wide Gaussian leaves of unit white noise.
    cloud *= 2.0 * np.sqrt(np.pi) * CLOUD_PIXELS
    inner = cloud[margin:-margin, margin:-margin]
    field = np.exp(sigma * cv2.resize(inner, (width, height), interpolation=cv2.INTER_CUBIC))
    return field[..., None]


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
    """A composed scene before it is lit: person and room in linear light, the person's alpha, and the
    light of lamps and screens in the room, in the exposure of the target."""

    person: np.ndarray
    room: np.ndarray
    alpha: np.ndarray
    lamps: np.ndarray | None = None


def mixed_white(
    rng: np.random.Generator, warm: np.ndarray, height: int, width: int
) -> np.ndarray:
    """Ambient light of two colours, (H, W, 3): the warm one goes over into one of a window or screen
    across the picture."""
    cold = np.array([rng.uniform(0.55, 1.0), 1.0, rng.uniform(0.9, 1.6)], np.float32)
    turn, where, steep = rng.uniform(0, 2 * np.pi), rng.uniform(-0.3, 0.3), rng.uniform(3.0, 12.0)
    y, x = np.linspace(-0.5, 0.5, height)[:, None], np.linspace(-0.5, 0.5, width)
    share = 1.0 / (1.0 + np.exp(-steep * (x * np.cos(turn) + y * np.sin(turn) - where)))
    return warm + share[..., None].astype(np.float32) * (cold - warm)


def strong_flash(rng: np.random.Generator, canvas: Canvas) -> np.ndarray:
    """The target: soft strong flash on the person, room at .35 to .8 exposure. Linear light."""
    height, width = canvas.alpha.shape[:2]
    light = rng.uniform(0.96, 1.06) * smooth_field(rng, height, width, 0.03)
    room = canvas.room * rng.uniform(0.35, 0.8)
    if canvas.lamps is not None:
        room = room + canvas.lamps
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
    if rng.random() < 0.5:
        cells = (int(rng.integers(6, 10)), int(rng.integers(5, 8)))
        shade = smooth_field(rng, height, width, rng.uniform(0.14, 0.22), cells)
    else:
        shade = cloudy_field(rng, height, width, rng.uniform(0.13, 0.2), rng.uniform(0.05, 0.08))
    behind_shade = smooth_field(rng, height, width, rng.uniform(0.05, 0.35), (3, 3))
    direct = falloff(rng, height, width) * flash
    glow = ambient * (warm if rng.random() > 0.08 else mixed_white(rng, warm, height, width))
    front = canvas.person * (direct * tint + glow)
    behind = canvas.room * (0.12 * direct * tint + glow * rng.uniform(0.5, 0.9)) * behind_shade
    if canvas.lamps is not None:
        behind = behind + canvas.lamps * rng.uniform(0.15, 0.6)
    light = (behind + canvas.alpha * (front - behind)) * shade
    if rng.random() < 0.08:
        # A camera that took another white for white.
        light = light * rng.uniform(0.85, 1.18, 3).astype(np.float32)
    return light
