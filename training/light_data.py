"""Training pictures of the light network: whole pictures at a quarter of their size, each person
and room lit in several ways, and their mirror images."""

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch.utils.data import IterableDataset

from .camera import NoiseBank, expose_well, photograph
from .cast import Cast, load_rooms
from .data import draw_size, shrink_to_thumbnail, shuffled, worker_generator
from .light import POOL, coarse
from .scene import make_canvas, strong_flash, to_bytes, weak_flash

SHRINK = 4
# Of noise that is correlated over a pixel, this much is left after means of 4x4.
GRAIN = 0.4
LIGHTINGS = 3
WELL_LIT_SHARE = 0.1
TILE_SHARE = 0.15


def to_coarse(picture: np.ndarray) -> torch.Tensor:
    """uint8 (H, W, C), a quarter of its size -> (C, 48, 48) float32 in [0, 1]."""
    planes = torch.from_numpy(np.ascontiguousarray(picture.transpose(2, 0, 1)))
    return coarse(planes[None].float() / 255.0, POOL // SHRINK)[0]


def window_of(rng: np.random.Generator, height: int, width: int) -> tuple[slice, slice]:
    """The whole picture, or now and then a tile of it; sides multiples of 4."""
    if rng.random() > TILE_SHARE:
        return np.s_[:height, :width]
    rows, columns = (int(n * rng.uniform(0.5, 1.0)) // 4 * 4 for n in (height, width))
    top, left = rng.integers(height - rows + 1), rng.integers(width - columns + 1)
    return np.s_[top : top + rows, left : left + columns]


class LightPictures(IterableDataset):
    """Endless stream of float32 in [0, 1]: `input`, `target` (3, 48, 48), `alpha` (1, 48, 48) and
    `thumbnail` (3, 128, 128)."""

    def __init__(self, cache: Path, seed: int) -> None:
        self.cache, self.seed = cache, seed

    def samples(self, rng: np.random.Generator) -> Iterator[dict[str, torch.Tensor]]:
        """Pictures in the order they were made."""
        cast, photos = Cast(self.cache), load_rooms(self.cache)
        bank = NoiseBank(int(rng.integers(2**31)))
        while True:
            height, width = (side // SHRINK for side in draw_size(rng, 320))
            canvas = make_canvas(rng, cast, photos, height, width)
            alpha = np.rint(canvas.alpha * 255.0).astype(np.uint8)
            for _ in range(LIGHTINGS):
                strong = strong_flash(rng, canvas)
                if rng.random() < WELL_LIT_SHARE:
                    dark = expose_well(rng, strong)
                else:
                    dark = photograph(rng, weak_flash(rng, canvas), bank, GRAIN)
                window = window_of(rng, height, width)
                small = shrink_to_thumbnail(dark).transpose(2, 0, 1).copy()
                sample = {
                    "input": to_coarse(dark[window]),
                    "target": to_coarse(to_bytes(strong[window])),
                    "alpha": to_coarse(alpha[window]),
                    "thumbnail": torch.from_numpy(small).float() / 255.0,
                }
                yield sample
                # A step costs less than a picture.
                yield {name: part.flip(2) for name, part in sample.items()}

    def __iter__(self) -> Iterator[dict[str, torch.Tensor]]:
        rng = worker_generator(self.seed)
        torch.set_num_threads(1)
        yield from shuffled(self.samples(rng), random.Random(int(rng.integers(2**31))))
