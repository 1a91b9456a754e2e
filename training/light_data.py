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
from .colour import to_bytes
from .compose import make_canvas
from .data import draw_size, shrink_to_thumbnail, shuffled, worker_generator
from .light import view
from .scene import strong_flash, weak_flash

# The shorter side of the small picture that stands for the whole one: above the thumbnail's, whose
# sharpness is then that of any large picture's.
SHORTER_SIDE = 164
LIGHTINGS = 4
WELL_LIT_SHARE = 0.1


def thumbnail_of(picture: np.ndarray) -> torch.Tensor:
    """uint8 (H, W, C) -> (C, 128, 128) float32 in [0, 1]."""
    small = shrink_to_thumbnail(picture)
    planes = small.reshape(*small.shape[:2], -1).transpose(2, 0, 1)
    return torch.from_numpy(planes.copy()).float() / 255.0


class LightPictures(IterableDataset):
    """Endless stream of float32 in [0, 1]: `thumbnail` (3, 128, 128) of the input, `target`
    (3, 48, 48) and `alpha` (1, 48, 48).

    disguised: whether half of the people look like others.
    """

    def __init__(self, cache: Path, seed: int, disguised: bool) -> None:
        self.cache, self.seed, self.disguised = cache, seed, disguised

    def samples(self, rng: np.random.Generator) -> Iterator[dict[str, torch.Tensor]]:
        """Pictures in the order they were made."""
        cast, photos = Cast(self.cache, self.disguised), load_rooms(self.cache)
        bank = NoiseBank(int(rng.integers(2**31)))
        while True:
            size = draw_size(rng, 320)
            shrink = min(size) / SHORTER_SIDE
            height, width = (round(side / shrink) for side in size)
            canvas = make_canvas(rng, cast, photos, height, width)
            alpha = np.rint(canvas.alpha * 255.0).astype(np.uint8)
            for _ in range(LIGHTINGS):
                strong = strong_flash(rng, canvas)
                if rng.random() < WELL_LIT_SHARE:
                    dark = expose_well(rng, strong)
                else:
                    dark = photograph(rng, weak_flash(rng, canvas), bank, shrink)
                sample = {
                    "thumbnail": thumbnail_of(dark),
                    "target": view(thumbnail_of(to_bytes(strong))[None])[0],
                    "alpha": view(thumbnail_of(alpha)[None])[0],
                }
                yield sample
                # A step costs less than a picture.
                yield {name: part.flip(2) for name, part in sample.items()}

    def __iter__(self) -> Iterator[dict[str, torch.Tensor]]:
        rng = worker_generator(self.seed)
        torch.set_num_threads(1)
        yield from shuffled(self.samples(rng), random.Random(int(rng.integers(2**31))))
