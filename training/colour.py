"""sRGB bytes and linear light."""

import cv2
import numpy as np

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
