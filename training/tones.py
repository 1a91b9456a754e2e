"""Skin tone of a portrait: the individual typology angle of its skin, and three groups of it.

ITA = atan((L - 50) / b) in degrees on CIE Lab (Chardon, Cretois and Hourseau 1991). Skin is looked
for in the middle of the head by chroma (the range of Chai and Ngan 1999 in Cb and Cr, a little
wider); the median is what counts, so a lock of hair does not.
"""

import cv2
import numpy as np

# Two of Chardon's bounds: very light; light and intermediate; tan, brown and dark.
GROUPS = ("light", "medium", "dark")
BOUNDS = (55.0, 28.0)
LEAST_SKIN = 400


def skin_of(rgb: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Skin pixels (H, W) bool of a portrait uint8 (H, W, 3) with its person mask (H, W)."""
    person = mask >= 128
    planes = cv2.cvtColor(rgb, cv2.COLOR_RGB2YCrCb)
    luma, red, blue = (planes[..., i].astype(np.int32) for i in range(3))
    skin = person & (red >= 133) & (red <= 178) & (blue >= 77) & (blue <= 130) & (luma > 35)
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


def group_of(angle: float) -> str:
    """Name of the tone group."""
    return GROUPS[0] if angle > BOUNDS[0] else GROUPS[1] if angle > BOUNDS[1] else GROUPS[2]
