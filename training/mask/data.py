"""Training pictures of the person mask, synthesised without end: bright, dim and dark."""

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import torch
from torch.utils.data import IterableDataset

from ..camera import NoiseBank, expose, expose_well
from ..cast import Cast, load_rooms
from ..compose import crowd, make_canvas
from ..data import worker_generator
from ..scene import strong_flash, weak_flash
from .network import WORKING_SIZE

DIM_SHARE = 0.6


def squash(picture: np.ndarray, size: int = WORKING_SIZE) -> np.ndarray:
    """Whole picture (H, W) or (H, W, C) -> (size, size[, C]): box mean when it shrinks."""
    shrinks = min(picture.shape[:2]) >= size
    return cv2.resize(
        picture, (size, size), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    )


def recolour(rng: np.random.Generator, photos: list[np.ndarray]) -> list[np.ndarray]:
    """One photograph with its channels in any order: few rooms must do for many."""
    photo = photos[rng.integers(len(photos))]
    return [photo if rng.random() < 0.5 else photo[..., rng.permutation(3)]]


class MaskPictures(IterableDataset):
    """Endless stream of `input` (3, 256, 256) and `alpha` (1, 256, 256), uint8."""

    def __init__(self, cache: Path, seed: int) -> None:
        self.cache, self.seed = cache, seed

    def picture(
        self,
        rng: np.random.Generator,
        cast: Cast,
        photos: list[np.ndarray],
        bank: NoiseBank,
    ) -> tuple[np.ndarray, np.ndarray]:
        """One picture (H, W, 3) and its alpha (H, W), uint8, before they are squashed."""
        height = int(rng.uniform(WORKING_SIZE, 420))
        aspect = np.exp(rng.uniform(np.log(0.62), np.log(1.5)))
        width = max(int(height * aspect), WORKING_SIZE)
        room = recolour(rng, photos)
        if rng.random() < 0.55:
            width = max(int(height * rng.uniform(0.72, 0.9)), WORKING_SIZE)
            canvas = make_canvas(rng, cast, room, height, width)
        else:
            canvas = crowd(rng, cast, room, height, width)
        if rng.random() < DIM_SHARE:
            light = weak_flash(rng, canvas) * np.float32(np.exp(rng.uniform(-0.9, 0.3)))
            shown = expose(rng, light, bank)
        else:
            cast = np.exp(rng.normal(0.0, 0.08, 3)).astype(np.float32)
            shown = expose_well(rng, strong_flash(rng, canvas) * cast * rng.uniform(0.5, 1.15))
        return shown, np.rint(canvas.alpha[..., 0] * 255.0).astype(np.uint8)

    def __iter__(self) -> Iterator[dict[str, torch.Tensor]]:
        rng = worker_generator(self.seed)
        cast, photos = Cast(self.cache), load_rooms(self.cache)
        bank = NoiseBank(int(rng.integers(2**31)))
        while True:
            shown, alpha = self.picture(rng, cast, photos, bank)
            yield {
                "input": torch.from_numpy(squash(shown).transpose(2, 0, 1).copy()),
                "alpha": torch.from_numpy(squash(alpha)[None].copy()),
            }
