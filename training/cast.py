"""The keyed portraits, drawn so that skin tones come in fairer proportion than they were shot."""

from pathlib import Path

import numpy as np

from .disguise import disguise
from .outline import vary_outline
from .tones import GROUPS, depth_of, group_of, retone, typology_angle

# Of the people drawn for the dark group, this share are others with darker skin, and how deep.
RETONED_SHARE = 0.5
DEPTHS = (-2.6, -1.6)


class Cast:
    """People to place: each tone group has the same share, however few portraits it has.

    disguised: whether half of them look like others.
    """

    def __init__(self, cache: Path, disguised: bool = False) -> None:
        self.disguised = disguised
        self.portraits = np.load(cache / "portraits.npy", mmap_mode="r")
        self.photographs = np.load(cache / "photographs.npy", mmap_mode="r")
        groups = []
        for rgba in self.portraits:
            angle = typology_angle(rgba[..., :3], rgba[..., 3])
            groups.append(GROUPS.index(group_of(angle)) if angle is not None else 1)
        counts = np.bincount(groups, minlength=len(GROUPS))
        weights = 1.0 / counts[groups]
        self.groups = groups
        self.bounds = np.cumsum(weights / weights.sum())

    def draw(self, rng: np.random.Generator) -> np.ndarray:
        """One cut-out, uint8 (H, W, 4)."""
        person = self.person(rng)
        return disguise(rng, person) if self.disguised else person

    def cut_out(self, rng: np.random.Generator, place: int) -> np.ndarray:
        """A portrait's cut-out, with one outline or another."""
        return vary_outline(rng, self.portraits[place], self.photographs[place])

    def person(self, rng: np.random.Generator) -> np.ndarray:
        """Somebody of one of the tone groups. There are few portraits of dark-skinned people, and fewer of
        very dark ones, so that half of those drawn are anyone's with the skin darkened, mostly to where
        portraits are fewest."""
        place = min(np.searchsorted(self.bounds, rng.random()), len(self.portraits) - 1)
        if self.groups[place] != GROUPS.index("dark") or rng.random() > RETONED_SHARE:
            return self.cut_out(rng, place)
        rgba = self.cut_out(rng, int(rng.integers(len(self.portraits)))).copy()
        depth = depth_of(rgba[..., :3].copy(), rgba[..., 3])
        if depth is not None:
            shift = np.clip(rng.uniform(*DEPTHS) - depth, -1.6, 0.1)
            rgba[..., :3] = retone(rgba[..., :3].copy(), shift)
        return rgba


def load_rooms(cache: Path) -> list[np.ndarray]:
    """Photographs that become the room, memory-mapped uint8 (H, W, 3)."""
    return [np.load(path, mmap_mode="r") for path in sorted(cache.glob("background-*.npy"))]
