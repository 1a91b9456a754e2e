"""The outline of a cut-out, as keys other than ours leave it.

Ours is clean and soft. Photographs are not: an outline is as sharp as the lens made it, and coloured where a
wall or the lens threw colour on it. Networks that know clean keys alone blur every outline and wash it grey.
The shares were set so that outlines of training targets match those of the validation targets: how fast
the room turns into the person, and how blue the rim is (LOG, ninth round).
"""

import cv2
import numpy as np

# Of the cut-outs drawn, this share have another outline.
SHARE = 0.8
# Our alpha from which on a pixel is rather person than room, and how much steeper than needed alpha gets.
THRESHOLDS = (0.18, 0.42)
STEEPER = (1.0, 1.2)
# How much of what the key took off comes back.
SPILL = (0.1, 1.0)


def vary_outline(rng: np.random.Generator, rgba: np.ndarray, photograph: np.ndarray) -> np.ndarray:
    """Sharper, a little wider, and with a rest of the screen's colour.

    rgba: the keyed cut-out, uint8 (H, W, 4); photograph: what it was cut from, uint8 (H, W, 3). Returns
    (H, W, 4); what was no person at all or person alone stays so.
    """
    if rng.random() > SHARE:
        return rgba
    threshold = rng.uniform(*THRESHOLDS)
    slope = 0.5 / threshold * rng.uniform(*STEEPER)
    ramp = (np.arange(256) / 255.0 - threshold) * slope + 0.5
    curve = np.rint(np.clip(ramp, 0.0, 1.0) * 255.0).astype(np.uint8)
    spill = rng.uniform(*SPILL)
    colour = cv2.addWeighted(np.ascontiguousarray(rgba[..., :3]), 1.0 - spill, photograph, spill, 0.0)
    return np.dstack([colour, cv2.LUT(np.ascontiguousarray(rgba[..., 3]), curve)])
