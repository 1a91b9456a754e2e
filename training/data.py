"""Training pairs, synthesised without end: scene, two exposures, crops, thumbnail."""

import random
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import torch
from torch.utils.data import IterableDataset, get_worker_info

from .camera import NoiseBank, expose, expose_well
from .cast import Cast, load_rooms
from .colour import to_bytes
from .compose import make_canvas
from .light import THUMBNAIL
from .network import GUIDED_STRIDE
from .scene import strong_flash, weak_flash

CROPS_PER_CANVAS = 3
SHUFFLE = 48
WELL_LIT_SHARE = 0.08


def shrink_to_thumbnail(rgb: np.ndarray) -> np.ndarray:
    """Whole picture (H, W, 3) -> (128, 128, 3): mean over fractional boxes, aspect ratio squashed.

    Pictures smaller than 128 pixels a side take the same formula (boxes within one pixel
    replicate it); OpenCV's INTER_AREA is that formula only when it shrinks.
    """
    height, width = rgb.shape[:2]
    if height >= THUMBNAIL and width >= THUMBNAIL:
        return cv2.resize(rgb, (THUMBNAIL, THUMBNAIL), interpolation=cv2.INTER_AREA)
    rows, columns = box_weights(height), box_weights(width)
    small = np.einsum("hwc,xw->hxc", rgb.astype(np.float64), columns, optimize=True)
    small = np.einsum("yh,hxc->yxc", rows, small, optimize=True)
    return small.astype(rgb.dtype) if rgb.dtype != np.uint8 else np.rint(small).astype(np.uint8)


def box_weights(size: int) -> np.ndarray:
    """(128, size) weights of the box filter: overlap of each source pixel with each box."""
    edges = np.arange(THUMBNAIL + 1) * (size / THUMBNAIL)
    pixel = np.arange(size)
    low = np.maximum(edges[:-1, None], pixel[None, :])
    high = np.minimum(edges[1:, None], pixel[None, :] + 1)
    return np.maximum(high - low, 0.0) * (THUMBNAIL / size)


def worker_generator(seed: int) -> np.random.Generator:
    """Random numbers of this loader process; OpenCV keeps to one thread in it."""
    cv2.setNumThreads(1)
    worker = get_worker_info()
    return np.random.default_rng(seed + (worker.id if worker else 0))


def shuffled(samples: Iterator[dict], shuffle: random.Random) -> Iterator[dict]:
    """The samples through a buffer, which keeps those of one picture apart."""
    buffer: list[dict] = []
    for sample in samples:
        if len(buffer) < SHUFFLE:
            buffer.append(sample)
            continue
        place = shuffle.randrange(SHUFFLE)
        yield buffer[place]
        buffer[place] = sample


def draw_size(rng: np.random.Generator, least: int) -> tuple[int, int]:
    """Height and width of a canvas, multiples of 16, never below `least`: mostly 816 pixels high, now
    and then from 256 to 2048."""
    height = rng.uniform(600, 860)
    width = height * rng.uniform(0.74, 0.86)
    if rng.random() < 0.3:
        height = rng.uniform(360, 760)
        width = height * rng.uniform(0.6, 1.35)
    draw = rng.random()
    if draw < 0.05:
        height, width = rng.uniform(256, 420, 2)
    elif draw < 0.07:
        height = rng.uniform(1100, 2048)
        width = height * rng.uniform(0.6, 0.9)
    return tuple(max(int(side) // 16 * 16, least) for side in (height, width))


class FlashPairs(IterableDataset):
    """Endless stream of dictionaries of uint8 tensors, channels first.

    `input`, `target` (3, crop, crop), `alpha` (1, crop, crop), `thumbnail` (3, 128, 128) of the
    whole input picture; and `region` (4), float32, the crop's top, left, bottom and right as shares of
    the picture. Every worker draws from its own seed; a shuffle buffer keeps crops of one picture
    apart.
    """

    def __init__(self, cache: Path, crop: int, seed: int) -> None:
        self.cache, self.crop, self.seed = cache, crop, seed

    def pairs(self, rng: np.random.Generator) -> Iterator[tuple[np.ndarray, ...]]:
        """Whole pictures: input, target (H, W, 3) uint8 and alpha (H, W, 1) uint8."""
        cast, photos = Cast(self.cache), load_rooms(self.cache)
        bank = NoiseBank(int(rng.integers(2**31)))
        while True:
            height, width = draw_size(rng, self.crop)
            canvas = make_canvas(rng, cast, photos, height, width)
            strong = strong_flash(rng, canvas)
            if rng.random() < WELL_LIT_SHARE:
                dark = expose_well(rng, strong)
            else:
                dark = expose(rng, weak_flash(rng, canvas), bank)
            yield dark, to_bytes(strong), np.rint(canvas.alpha * 255.0).astype(np.uint8)

    def crops(self, rng: np.random.Generator) -> Iterator[dict[str, torch.Tensor]]:
        """Random crops of the pictures, in the order they were made."""
        for dark, strong, alpha in self.pairs(rng):
            height, width = dark.shape[:2]
            thumbnail = torch.from_numpy(shrink_to_thumbnail(dark).transpose(2, 0, 1).copy())
            for _ in range(CROPS_PER_CANVAS):
                # On the cells of the guided level.
                top, left = (
                    int(rng.integers((side - self.crop) // GUIDED_STRIDE + 1)) * GUIDED_STRIDE
                    for side in (height, width)
                )
                bottom, right = top + self.crop, left + self.crop
                region = torch.tensor([top / height, left / width, bottom / height, right / width])
                window = np.s_[top : top + self.crop, left : left + self.crop]
                parts = {"input": dark, "target": strong, "alpha": alpha}
                sample = {
                    name: torch.from_numpy(part[window].transpose(2, 0, 1).copy())
                    for name, part in parts.items()
                }
                yield {**sample, "thumbnail": thumbnail, "region": region}

    def __iter__(self) -> Iterator[dict[str, torch.Tensor]]:
        rng = worker_generator(self.seed)
        torch.set_num_threads(1)
        yield from shuffled(self.crops(rng), random.Random(int(rng.integers(2**31))))
