"""Blue-screen keying: studio portraits before a blue screen become RGBA cut-outs.

The soft person masks that come with the portraits are too coarse for hair, so they serve as a
trimap only; inside the band between sure person and sure screen, alpha is the projection of the
pixel on the line between the local screen colour and the local person colour (the classic
difference matte). Where person and screen look alike (blue suits) the soft mask decides.
"""

from pathlib import Path

import cv2
import numpy as np

ERODE = 9
DILATE = 31
LONGEST_BACKGROUND = 1400


def _local_mean(image: np.ndarray, weight: np.ndarray, sigma: float) -> np.ndarray:
    """Gaussian mean of `image` (H, W, 3) over the pixels where `weight` (H, W) is positive."""
    total = cv2.GaussianBlur(image * weight[..., None], (0, 0), sigma)
    norm = cv2.GaussianBlur(weight, (0, 0), sigma)
    everywhere = (image * weight[..., None]).sum((0, 1)) / max(float(weight.sum()), 1.0)
    filled = total / np.maximum(norm, 1e-6)[..., None]
    known = np.clip(norm * 200.0, 0.0, 1.0)[..., None]
    return (filled * known + everywhere * (1.0 - known)).astype(np.float32)


def _disc(size: int) -> np.ndarray:
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))


def key_blue_screen(rgb: np.ndarray, soft_mask: np.ndarray) -> np.ndarray:
    """Cut a portrait out of its blue screen.

    Args:
        rgb: uint8 (H, W, 3), the portrait.
        soft_mask: uint8 (H, W), 255 on the person.

    Returns:
        uint8 (H, W, 4): straight (not premultiplied) colour without blue spill, and alpha.
    """
    image = rgb.astype(np.float32) / 255.0
    mask = cv2.GaussianBlur(soft_mask.astype(np.float32) / 255.0, (0, 0), 1.0)
    person = (cv2.erode(mask, _disc(ERODE)) > 0.9).astype(np.float32)
    screen = (cv2.dilate(mask, _disc(DILATE)) < 0.1).astype(np.float32)
    behind = _local_mean(image, screen, 14.0)
    front = _local_mean(image, person, 7.0)

    line = front - behind
    length = (line**2).sum(2)
    matte = ((image - behind) * line).sum(2) / np.maximum(length, 1e-4)
    matte = np.clip((matte - 0.08) / 0.84, 0.0, 1.0)
    trust = length / (length + 0.03)
    alpha = trust * matte + (1.0 - trust) * mask
    # Flyaway hair ends within the band; the outer rim of the band is faded so that it has no edge.
    reach = np.clip(cv2.GaussianBlur(cv2.dilate(mask, _disc(DILATE - 10)), (0, 0), 3.0), 0.0, 1.0)
    alpha = np.where(person > 0, 1.0, np.where(screen > 0, 0.0, alpha * reach))

    colour = (image - (1.0 - alpha)[..., None] * behind) / np.maximum(alpha, 0.15)[..., None]
    colour = np.clip(colour, 0.0, 1.0)
    limit = np.maximum(colour[..., 0], colour[..., 1])
    # Spill shows as more blue than the person next to it has; a blue suit may keep its blue.
    own_blue = np.clip(front[..., 2] - np.maximum(front[..., 0], front[..., 1]), 0.0, 1.0)
    excess = np.maximum(colour[..., 2] - limit - own_blue * 1.3, 0.0)
    near_edge = 1.0 - cv2.erode(person, _disc(7))
    colour[..., 2] -= excess * np.clip(near_edge, 0.0, 1.0)
    rgba = np.dstack([colour, alpha])
    return np.rint(rgba * 255.0).astype(np.uint8)


def _read_rgb(path: Path) -> np.ndarray:
    image = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if image is None:
        raise FileNotFoundError(f"not a readable image: {path}")
    return cv2.cvtColor(image, cv2.COLOR_BGR2RGB)


def _shrink(image: np.ndarray, longest: int) -> np.ndarray:
    factor = longest / max(image.shape[:2])
    if factor >= 1.0:
        return image
    return cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)


def build_cache(data: Path, cache: Path) -> None:
    """Key every portrait and shrink every background once; files in `cache` are memory-mapped.

    Writes `portraits.npy` (N, H, W, 4), `photographs.npy` (N, H, W, 3), what they were cut from, and one
    `background-NNN.npy` for each background.
    Does nothing when the cache is complete (`complete` is written last).
    """
    if (cache / "complete").exists():
        return
    cache.mkdir(parents=True, exist_ok=True)
    cut_outs, photographs = [], []
    for path in sorted((data / "portraits" / "gt").iterdir()):
        mask = cv2.imread(str(data / "portraits" / "mask_personmask" / f"{path.stem}.png"), 0)
        if mask is None:
            raise FileNotFoundError(f"no person mask for {path.name}")
        photographs.append(_read_rgb(path))
        cut_outs.append(key_blue_screen(photographs[-1], mask))
    np.save(cache / "portraits.npy", np.stack(cut_outs))
    np.save(cache / "photographs.npy", np.stack(photographs))
    for index, path in enumerate(sorted((data / "backgrounds").glob("*.jpg"))):
        np.save(cache / f"background-{index:03d}.npy", _shrink(_read_rgb(path), LONGEST_BACKGROUND))
    (cache / "complete").touch()
