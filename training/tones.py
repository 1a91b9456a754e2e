"""Skin tone of a portrait: the individual typology angle of its skin, and three groups of it.

ITA = atan((L - 50) / b) in degrees on CIE Lab (Chardon, Cretois and Hourseau 1991). Skin is looked
for in the middle of the head by chroma (the range of Chai and Ngan 1999 in Cb and Cr, a little
wider); the median is what counts, so a lock of hair does not.
"""

import cv2
import numpy as np

from .colour import TO_LINEAR, to_bytes

# Two of Chardon's bounds: very light; light and intermediate; tan, brown and dark.
GROUPS = ("light", "medium", "dark")
BOUNDS = (55.0, 28.0)
LEAST_SKIN = 400
# From light to dark skin red, green and blue light fall together: slopes of the logarithm of the
# median skin of 363 portraits, in linear light, against that of green.
DARKENING = (0.62, 1.0, 1.31)


def skin_like(rgb: np.ndarray) -> np.ndarray:
    """Where an uint8 picture (H, W, 3) has the chroma of skin, (H, W) bool."""
    low, high = (36, 133, 77), (255, 178, 130)
    return cv2.inRange(cv2.cvtColor(rgb, cv2.COLOR_RGB2YCrCb), low, high) > 0


def skin_of(rgb: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Skin pixels (H, W) bool of a portrait uint8 (H, W, 3) with its person mask (H, W)."""
    person = mask >= 128
    skin = person & skin_like(rgb)
    rows = np.flatnonzero(person.any(1))
    if not len(rows):
        return skin
    # The face: below the hair, above the collar, between the ears.
    tall = rows[-1] - rows[0]
    top, bottom = rows[0] + tall // 5, rows[0] + tall * 11 // 20
    middle = int(np.median(np.nonzero(person[top:bottom])[1]))
    face = np.zeros_like(skin)
    reach = tall // 7
    face[top:bottom, max(middle - reach, 0) : middle + reach] = True
    return skin & face


def typology_angle(rgb: np.ndarray, mask: np.ndarray) -> float | None:
    """ITA in degrees of the median skin pixel, or None where too little skin is found."""
    skin = skin_of(rgb, mask)
    if skin.sum() < LEAST_SKIN:
        return None
    lab = cv2.cvtColor(rgb.astype(np.float32) / 255.0, cv2.COLOR_RGB2Lab)[skin]
    light, _, blue = np.median(lab, axis=0)
    return float(np.degrees(np.arctan2(light - 50.0, blue)))


def depth_of(rgb: np.ndarray, mask: np.ndarray) -> float | None:
    """Logarithm of the median skin's green in linear light, or None where too little skin is found."""
    skin = skin_of(rgb, mask)
    if skin.sum() < LEAST_SKIN:
        return None
    return float(np.log(TO_LINEAR[int(np.median(rgb[..., 1][skin]))]))


def retone(rgb: np.ndarray, shift: float) -> np.ndarray:
    """A portrait uint8 (H, W, 3) whose skin is `shift` lighter in the logarithm of linear green, red
    and blue with it as far as they go together from one person's skin to another's."""
    gains = np.exp(shift * np.array(DARKENING))
    curves = np.stack([to_bytes(TO_LINEAR * gain) for gain in gains], 1)[:, None]
    skin = cv2.GaussianBlur(skin_like(rgb).astype(np.float32), (0, 0), 1.5)[..., None]
    return np.rint(rgb + skin * (cv2.LUT(rgb, curves).astype(np.float32) - rgb)).astype(np.uint8)


def group_of(angle: float) -> str:
    """Name of the tone group."""
    return GROUPS[0] if angle > BOUNDS[0] else GROUPS[1] if angle > BOUNDS[1] else GROUPS[2]
