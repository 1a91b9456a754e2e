"""The keyed portraits, drawn so that skin tones come in fairer proportion than they were shot."""

from pathlib import Path

import numpy as np

from .tones import GROUPS, group_of, typology_angle


class Cast:
    """People to place: each tone group has the same share, however few portraits it has."""

    def __init__(self, cache: Path) -> None:
        self.portraits = np.load(cache / "portraits.npy", mmap_mode="r")
        groups = []
        for rgba in self.portraits:
            angle = typology_angle(rgba[..., :3], rgba[..., 3])
            groups.append(GROUPS.index(group_of(angle)) if angle is not None else 1)
        counts = np.bincount(groups, minlength=len(GROUPS))
        weights = 1.0 / counts[groups]
        self.bounds = np.cumsum(weights / weights.sum())

    def draw(self, rng: np.random.Generator) -> np.ndarray:
        """One cut-out, uint8 (H, W, 4)."""
        place = np.searchsorted(self.bounds, rng.random())
        return self.portraits[min(place, len(self.portraits) - 1)]


def load_rooms(cache: Path) -> list[np.ndarray]:
    """Photographs that become the room, memory-mapped uint8 (H, W, 3)."""
    return [np.load(path, mmap_mode="r") for path in sorted(cache.glob("background-*.npy"))]
