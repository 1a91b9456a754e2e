"""The camera: optical blur, gain, noise, sRGB, JPEG."""

import cv2
import numpy as np

from .scene import to_bytes

BANK = 1536
LARGEST = 1100
# Variance of the shot noise per unit of light, and deviation of the read noise.
USUAL_GRAIN = ((6e-4, 1.4e-3), (2.2e-3, 4.5e-3))
ANY_GRAIN = ((6e-5, 2.5e-3), (4e-4, 6e-3))


def _unit(field: np.ndarray, sigma: float) -> np.ndarray:
    """Blur a noise field and bring it back to unit variance."""
    blurred = cv2.GaussianBlur(field, (0, 0), sigma)
    return (blurred / blurred.std()).astype(np.float32)


class NoiseBank:
    """Unit-variance noise fields, cut at random places: white, correlated over one pixel, and
    coarse as after demosaicing and in-camera denoising."""

    def __init__(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        shape = (BANK, BANK, 3)
        self.white = rng.standard_normal(shape, np.float32)
        self.correlated = _unit(rng.standard_normal(shape, np.float32), 1.0)
        self.coarse = _unit(rng.standard_normal(shape, np.float32), 2.0)

    def cut(self, rng: np.random.Generator, field: np.ndarray, size: tuple[int, int]) -> np.ndarray:
        """A view of `size` (H, W). Raises ValueError above 1100 pixels a side."""
        if max(size) > LARGEST:
            raise ValueError(f"a canvas of {size} is too large for the noise bank")
        top, left = rng.integers(BANK - LARGEST, size=2)
        return field[top : top + size[0], left : left + size[1]]

    def draw(self, rng: np.random.Generator, height: int, width: int) -> np.ndarray:
        """(H, W, 3) of unit variance, a random share of it correlated; three in ten mostly coarse."""
        size, share, other = (height, width), rng.uniform(0.1, 0.5), self.correlated
        if rng.random() < 0.3:
            share, other = rng.uniform(0.2, 0.8), self.coarse
        white, tied = self.cut(rng, self.white, size), self.cut(rng, other, size)
        return cv2.addWeighted(white, np.sqrt(1.0 - share), tied, np.sqrt(share), 0.0)


def jpeg(rgb: np.ndarray, quality: int) -> np.ndarray:
    """Encode and decode once; uint8 RGB (H, W, 3)."""
    options = [cv2.IMWRITE_JPEG_QUALITY, quality]
    _, data = cv2.imencode(".jpg", cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), options)
    return cv2.cvtColor(cv2.imdecode(data, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)


def photograph(
    rng: np.random.Generator, light: np.ndarray, bank: NoiseBank, grain: float = 1.0
) -> np.ndarray:
    """Dim linear light (H, W, 3) -> uint8 RGB: blur, gain 1 to 2.2, noise, sRGB, JPEG.

    `grain` scales the noise: less of it is left in a picture that stands for a larger one.
    """
    height, width = light.shape[:2]
    sharp = cv2.GaussianBlur(light, (0, 0), rng.uniform(0.3, 1.1))
    signal = np.maximum(sharp * rng.uniform(1.0, 2.2), 0.0)
    # Mostly the challenge's grain, measured in the flat parts of its inputs; else less or more.
    grains = USUAL_GRAIN if rng.random() < 0.7 else ANY_GRAIN
    shot, read = (np.exp(rng.uniform(*np.log(bounds))) for bounds in grains)
    deviation = np.sqrt(signal * np.float32(shot) + np.float32(read * read))
    noisy = signal + deviation * np.float32(grain) * bank.draw(rng, height, width)
    return jpeg(to_bytes(noisy), int(rng.integers(88, 98)))


def expose(rng: np.random.Generator, light: np.ndarray, bank: NoiseBank) -> np.ndarray:
    """Photograph a dim scene; one in eight pictures is small and enlarged, grain and all."""
    if rng.random() > 0.12:
        return photograph(rng, light, bank)
    factor = rng.uniform(0.4, 0.75)
    small = cv2.resize(light, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    size = (light.shape[1], light.shape[0])
    kernel = cv2.INTER_CUBIC if rng.random() < 0.5 else cv2.INTER_LINEAR
    return cv2.resize(photograph(rng, small, bank), size, interpolation=kernel)


def expose_well(rng: np.random.Generator, light: np.ndarray) -> np.ndarray:
    """Photograph a well-lit scene: JPEG only."""
    return jpeg(to_bytes(light), int(rng.integers(92, 99)))
