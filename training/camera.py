"""The camera: optical blur, gain, noise, sRGB, JPEG."""

import cv2
import numpy as np

from .colour import to_bytes

BANK = 1536
LARGEST = 1100
# Variance of the shot noise per unit of light, and deviation of the read noise.
USUAL_GRAIN = ((6e-4, 1.4e-3), (2.2e-3, 4.5e-3))
STRONG_GRAIN = ((1e-3, 3e-3), (3e-3, 7e-3))
ANY_GRAIN = ((6e-5, 2.5e-3), (4e-4, 6e-3))
GRAINS, GRAIN_SHARES = (USUAL_GRAIN, STRONG_GRAIN, ANY_GRAIN), (0.6, 0.2, 0.2)
# Noise that is correlated over a pixel falls so with the side of the means that are taken.
LEFT_BY_MEANS = 1.6
# JPEG at full resolution of colour: it keeps the coloured grain that the usual half resolution smooths.
FULL_COLOUR_SHARE = 0.3


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
        """A view of `size` (H, W); above 1100 pixels a side a copy that repeats itself."""
        top, left = rng.integers(BANK - LARGEST, size=2)
        if max(size) > LARGEST:
            rows, columns = (np.arange(side) + start for side, start in zip(size, (top, left)))
            return field[np.ix_(rows % BANK, columns % BANK)]
        return field[top : top + size[0], left : left + size[1]]

    def draw(self, rng: np.random.Generator, height: int, width: int) -> np.ndarray:
        """(H, W, 3) of unit variance, a random share of it correlated; three in ten mostly coarse."""
        size, share, other = (height, width), rng.uniform(0.1, 0.5), self.correlated
        if rng.random() < 0.3:
            share, other = rng.uniform(0.2, 0.8), self.coarse
        white, tied = self.cut(rng, self.white, size), self.cut(rng, other, size)
        return cv2.addWeighted(white, np.sqrt(1.0 - share), tied, np.sqrt(share), 0.0)


def jpeg(rgb: np.ndarray, quality: int, full_colour: bool = False) -> np.ndarray:
    """Encode and decode once, colour at half the resolution or in full; uint8 RGB (H, W, 3)."""
    options = [cv2.IMWRITE_JPEG_QUALITY, quality]
    if full_colour:
        options += [cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444]
    _, data = cv2.imencode(".jpg", cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), options)
    return cv2.cvtColor(cv2.imdecode(data, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)


def blurred(rng: np.random.Generator, light: np.ndarray, shrink: float) -> np.ndarray:
    """Optical blur; six pictures in a hundred moved by up to 12 of 816 pixels, five out of focus."""
    unit, draw = light.shape[0] / 816.0, rng.random()
    if draw < 0.06:
        half, turn = rng.uniform(1.0, 6.0) * unit, rng.uniform(0.0, np.pi)
        side = int(np.ceil(half)) * 2 + 1
        y, x = np.mgrid[:side, :side] - side // 2
        along, across = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
        line = np.clip(half + 0.5 - np.abs(along), 0, 1) * np.clip(1.0 - np.abs(across), 0, 1)
        light = cv2.filter2D(light, -1, line / line.sum())
    sigma = rng.uniform(1.1, 2.6) * unit if 0.06 < draw < 0.11 else rng.uniform(0.45, 1.35) / shrink
    return cv2.GaussianBlur(light, (0, 0), max(sigma, 0.05))


def sharpened(rng: np.random.Generator, picture: np.ndarray) -> np.ndarray:
    """As phones do it: grain smoothed away in part, then an unsharp mask; uint8 (H, W, 3)."""
    smooth = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.5, 1.2))
    wide = cv2.GaussianBlur(smooth, (0, 0), rng.uniform(1.0, 2.5))
    amount = rng.uniform(0.3, 1.5)
    return cv2.addWeighted(smooth, 1.0 + amount, wide, -amount, 0.0)


def photograph(
    rng: np.random.Generator, light: np.ndarray, bank: NoiseBank, shrink: float = 1.0
) -> np.ndarray:
    """Dim linear light (H, W, 3) -> uint8 RGB: blur, gain 1 to 2.2, noise, sRGB, in
    eight of a hundred a phone's sharpening, JPEG.

    A picture that stands for one `shrink` times as large has that much less blur, and less noise.
    """
    height, width = light.shape[:2]
    signal = np.maximum(blurred(rng, light, shrink) * rng.uniform(1.0, 2.2), 0.0)
    # Mostly the challenge's grain, measured in the flat parts of its inputs; else more, or any.
    grains = GRAINS[rng.choice(len(GRAINS), p=GRAIN_SHARES)]
    shot, read = (np.exp(rng.uniform(*np.log(bounds))) for bounds in grains)
    deviation = np.sqrt(signal * np.float32(shot) + np.float32(read * read))
    grain = np.float32(min(LEFT_BY_MEANS / shrink, 1.0))
    noisy = signal + deviation * grain * bank.draw(rng, height, width)
    picture = to_bytes(noisy)
    if rng.random() < 0.08:
        picture = sharpened(rng, picture)
    return jpeg(picture, int(rng.integers(88, 98)), rng.random() < FULL_COLOUR_SHARE)


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
