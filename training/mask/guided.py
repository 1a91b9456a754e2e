"""The mask at full size: a fast guided filter (He and Sun 2015) of the coarse mask by the picture.

Twin of what the app does on the GPU. The guide is BT.601 luma over its own mean, so that a dark
picture is filtered as a bright one is.
"""

import cv2
import numpy as np

LUMA = np.array([0.299, 0.587, 0.114], np.float32)


def guide_of(rgb: np.ndarray) -> np.ndarray:
    """Guide (H, W) of a picture (H, W, 3) uint8: root of luma over mean luma, half for the mean."""
    luma = rgb.astype(np.float32) @ LUMA / 255.0
    return 0.5 * np.sqrt(luma / (luma.mean() + 0.02))


def box(x: np.ndarray, radius: int) -> np.ndarray:
    """Mean over a (2 radius + 1)^2 window, which shrinks at the border."""
    size = (2 * radius + 1, 2 * radius + 1)
    total = cv2.boxFilter(x, cv2.CV_32F, size, normalize=False, borderType=cv2.BORDER_CONSTANT)
    count = cv2.boxFilter(
        np.ones_like(x), cv2.CV_32F, size, normalize=False, borderType=cv2.BORDER_CONSTANT
    )
    return total / count


def refine(
    rgb: np.ndarray, mask: np.ndarray, radius: int, eps: float, subsample: int
) -> np.ndarray:
    """Full-size soft mask.

    Args:
        rgb: uint8 (H, W, 3), the picture.
        mask: float32 (h, w) in [0, 1], coarse.
        radius: of the window, in pixels at full size.
        eps: how much of the guide's variance counts as texture.
        subsample: the coefficients are fitted at 1 / subsample of the size.

    Returns:
        float32 (H, W) in [0, 1].
    """
    height, width = rgb.shape[:2]
    guide = guide_of(rgb)
    size = (max(width // subsample, 1), max(height // subsample, 1))
    small = cv2.resize(guide, size, interpolation=cv2.INTER_AREA)
    coarse = cv2.resize(mask, size, interpolation=cv2.INTER_LINEAR)
    reach = max(round(radius / subsample), 1)
    mean_guide, mean_mask = box(small, reach), box(coarse, reach)
    variance = box(small * small, reach) - mean_guide**2
    covariance = box(small * coarse, reach) - mean_guide * mean_mask
    slope = covariance / (variance + eps)
    offset = mean_mask - slope * mean_guide
    slope, offset = (
        cv2.resize(box(x, reach), (width, height), interpolation=cv2.INTER_LINEAR)
        for x in (slope, offset)
    )
    return np.clip(slope * guide + offset, 0.0, 1.0)
