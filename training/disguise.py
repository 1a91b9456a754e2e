"""A portrait as somebody else: there are few people, and a network that knows each by heart has learnt
nothing of the next one."""

import cv2
import numpy as np

from .tones import retone, skin_like

# Of the people drawn, this share are disguised.
SHARE = 0.5
# Deviation of the logarithm of the skin's light, and bounds of the gains on clothes and hair.
SKIN = 0.12
CLOTHES = (0.55, 1.6)
TILT = 7.0
STRETCH = 0.08


def dress(rng: np.random.Generator, rgb: np.ndarray) -> np.ndarray:
    """Clothes and hair, whatever has not the chroma of skin, lighter or darker and of another colour."""
    level = np.exp(rng.uniform(*np.log(CLOTHES)))
    gains = level * np.exp(rng.normal(0.0, 0.1, 3))
    other = 1.0 - cv2.GaussianBlur(skin_like(rgb).astype(np.float32), (0, 0), 2.0)[..., None]
    dressed = np.clip(rgb * gains.astype(np.float32), 0.0, 255.0)
    return np.rint(rgb + other * (dressed - rgb)).astype(np.uint8)


def pose(rng: np.random.Generator, rgba: np.ndarray) -> np.ndarray:
    """Tilted about the chest and stretched, a little."""
    height, width = rgba.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height * 0.9), rng.uniform(-TILT, TILT), 1.06)
    wide, tall = np.exp(rng.uniform(-STRETCH, STRETCH, 2))
    turn[0] *= wide
    turn[1] *= tall
    turn[0, 2] += width / 2 * (1.0 - wide)
    turn[1, 2] += height * (1.0 - tall)
    return cv2.warpAffine(rgba, turn, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def disguise(rng: np.random.Generator, rgba: np.ndarray) -> np.ndarray:
    """uint8 (H, W, 4) -> the same shape."""
    if rng.random() > SHARE:
        return rgba
    changed = pose(rng, np.ascontiguousarray(rgba))
    rgb = retone(changed[..., :3].copy(), rng.normal(0.0, SKIN))
    if rng.random() < 0.7:
        rgb = dress(rng, rgb)
    changed[..., :3] = rgb
    return changed
