"""Training pairs, synthesised without end: scene, two exposures, crops, thumbnail."""

import random
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import torch
from torch.utils.data import IterableDataset, get_worker_info

from .camera import NoiseBank, expose, expose_well
from .network import THUMBNAIL
from .scene import make_canvas, strong_flash, to_bytes, weak_flash

CROPS_PER_CANVAS = 3
SHUFFLE = 48
WELL_LIT_SHARE = 0.08
# Enough not to forget that a well-lit picture stays as it is.
NOMINAL_WELL_LIT_SHARE = 0.03


def shrink_to_thumbnail(rgb: np.ndarray) -> np.ndarray:
    """Whole picture (H, W, 3) -> (128, 128, 3): mean over fractional boxes, aspect ratio squashed.

    Pictures smaller than 128 pixels a side take the same formula (boxes within one pixel
    replicate it); OpenCV's INTER_AREA is that formula only when it shrinks.
    """
    height, width = rgb.shape[:2]
    if height >= THUMBNAIL and width >= THUMBNAIL:
        return cv2.resize(rgb, (THUMBNAIL, THUMBNAIL), interpolation=cv2.INTER_AREA)
    rows, columns = box_weights(height), box_weights(width)
    small = np.einsum("yh,hwc,xw->yxc", rows, rgb.astype(np.float64), columns)
    return small.astype(rgb.dtype) if rgb.dtype != np.uint8 else np.rint(small).astype(np.uint8)


def box_weights(size: int) -> np.ndarray:
    """(128, size) weights of the box filter: overlap of each source pixel with each box."""
    edges = np.arange(THUMBNAIL + 1) * (size / THUMBNAIL)
    pixel = np.arange(size)
    low = np.maximum(edges[:-1, None], pixel[None, :])
    high = np.minimum(edges[1:, None], pixel[None, :] + 1)
    return np.maximum(high - low, 0.0) * (THUMBNAIL / size)


def draw_size(rng: np.random.Generator, crop: int) -> tuple[int, int]:
    """Height and width of a canvas, never below the crop."""
    if rng.random() < 0.6:
        height = int(rng.uniform(600, 860))
        return height, max(int(height * rng.uniform(0.74, 0.86)), crop)
    height = int(rng.uniform(360, 760))
    return max(height, crop), max(int(height * rng.uniform(0.6, 1.35)), crop)


class FlashPairs(IterableDataset):
    """Endless stream of dictionaries of uint8 tensors, channels first.

    `input`, `target` (3, crop, crop), `alpha` (1, crop, crop), `thumbnail` (3, 128, 128) of the
    whole input picture. Every worker draws from its own seed; a shuffle buffer keeps crops of one
    picture apart. `nominal` pairs keep to the recipe's middle: they tell how bright a room is far
    better than the wide ones, and end a training that began wide.
    """

    def __init__(self, cache: Path, crop: int, seed: int, nominal: bool = False) -> None:
        self.cache, self.crop, self.seed, self.nominal = cache, crop, seed, nominal
        self.well_lit_share = NOMINAL_WELL_LIT_SHARE if nominal else WELL_LIT_SHARE

    def pairs(self, rng: np.random.Generator) -> Iterator[tuple[np.ndarray, ...]]:
        """Whole pictures: input, target (H, W, 3) uint8 and alpha (H, W, 1) uint8."""
        portraits = np.load(self.cache / "portraits.npy", mmap_mode="r")
        photos = [np.load(p, mmap_mode="r") for p in sorted(self.cache.glob("background-*.npy"))]
        bank = NoiseBank(int(rng.integers(2**31)))
        while True:
            height, width = draw_size(rng, self.crop)
            canvas = make_canvas(rng, portraits, photos, height, width)
            strong = strong_flash(rng, canvas)
            if rng.random() < self.well_lit_share:
                dark = expose_well(rng, strong)
            else:
                dark = expose(rng, weak_flash(rng, canvas, self.nominal), bank)
            yield dark, to_bytes(strong), np.rint(canvas.alpha * 255.0).astype(np.uint8)

    def crops(self, rng: np.random.Generator) -> Iterator[dict[str, torch.Tensor]]:
        """Random crops of the pictures, in the order they were made."""
        for dark, strong, alpha in self.pairs(rng):
            thumbnail = torch.from_numpy(shrink_to_thumbnail(dark).transpose(2, 0, 1).copy())
            for _ in range(CROPS_PER_CANVAS):
                top = rng.integers(dark.shape[0] - self.crop + 1)
                left = rng.integers(dark.shape[1] - self.crop + 1)
                window = np.s_[top : top + self.crop, left : left + self.crop]
                parts = {"input": dark, "target": strong, "alpha": alpha}
                sample = {
                    name: torch.from_numpy(part[window].transpose(2, 0, 1).copy())
                    for name, part in parts.items()
                }
                yield {**sample, "thumbnail": thumbnail}

    def __iter__(self) -> Iterator[dict[str, torch.Tensor]]:
        cv2.setNumThreads(1)
        worker = get_worker_info()
        seed = self.seed + (worker.id if worker else 0)
        shuffle = random.Random(seed)
        buffer: list[dict[str, torch.Tensor]] = []
        for sample in self.crops(np.random.default_rng(seed)):
            if len(buffer) < SHUFFLE:
                buffer.append(sample)
                continue
            place = shuffle.randrange(SHUFFLE)
            yield buffer[place]
            buffer[place] = sample
