"""The camera: optical blur, gain, noise, sRGB, JPEG."""

import cv2
import numpy as np

from .scene import to_bytes

BANK = 1536
LARGEST = 1100


class NoiseBank:
    """Unit-variance noise fields, white and correlated, cut at random places: cheap to draw."""

    def __init__(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        self.white = rng.standard_normal((BANK, BANK, 3), np.float32)
        blurred = cv2.GaussianBlur(rng.standard_normal((BANK, BANK, 3), np.float32), (0, 0), 1.0)
        self.correlated = (blurred / blurred.std()).astype(np.float32)

    def draw(self, rng: np.random.Generator, height: int, width: int, share: float) -> np.ndarray:
        """(H, W, 3) of unit variance; `share` in [0, 1] of the variance is correlated.

        Raises ValueError for canvases above 1100 pixels a side.
        """
        if max(height, width) > LARGEST:
            raise ValueError(f"canvas of {height}x{width} is too large for the noise bank")
        views = []
        for field in (self.white, self.correlated):
            top, left = rng.integers(BANK - LARGEST, size=2)
            views.append(field[top : top + height, left : left + width])
        return cv2.addWeighted(views[0], np.sqrt(1.0 - share), views[1], np.sqrt(share), 0.0)


def jpeg(rgb: np.ndarray, quality: int) -> np.ndarray:
    """Encode and decode once; uint8 RGB (H, W, 3)."""
    options = [cv2.IMWRITE_JPEG_QUALITY, quality]
    _, data = cv2.imencode(".jpg", cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), options)
    return cv2.cvtColor(cv2.imdecode(data, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)


def expose(rng: np.random.Generator, light: np.ndarray, bank: NoiseBank) -> np.ndarray:
    """Photograph dim linear light (H, W, 3): blur, gain 1 to 2.2, noise, sRGB, JPEG. uint8 RGB."""
    height, width = light.shape[:2]
    sharp = cv2.GaussianBlur(light, (0, 0), rng.uniform(0.3, 1.1))
    signal = np.maximum(sharp * rng.uniform(1.0, 2.2), 0.0)
    shot = np.exp(rng.uniform(np.log(6e-5), np.log(9e-4)))
    read = np.exp(rng.uniform(np.log(4e-4), np.log(4e-3)))
    deviation = np.sqrt(signal * np.float32(shot) + np.float32(read * read))
    noisy = signal + deviation * bank.draw(rng, height, width, rng.uniform(0.1, 0.7))
    return jpeg(to_bytes(noisy), int(rng.integers(88, 98)))


def expose_well(rng: np.random.Generator, light: np.ndarray) -> np.ndarray:
    """Photograph a well-lit scene: JPEG only."""
    return jpeg(to_bytes(light), int(rng.integers(92, 99)))
