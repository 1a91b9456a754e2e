"""Validation table of a checkpoint or an ONNX file.

    python -m training.evaluate --val DIR --model training/weights/flash-s.pt

DIR holds `input/`, `gt/` and `mask_personmask/` with the same stems. Each picture is restored
whole (reflect-padded to the size multiple); `--tiles` restores it in overlapping tiles too and
prints how far the two are apart; `--tones` adds a table by skin tone, `--well-lit` gives the ground
truths as input, which should stay as they are.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import torch

from .data import shrink_to_thumbnail
from .metrics import NAMES, measure, psnr
from .network import SIZE_MULTIPLE, FlashNet, Restorer
from .tones import GROUPS, group_of, typology_angle

Run = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]


def read_rgb(path: Path) -> np.ndarray:
    """uint8 RGB (H, W, 3)."""
    image = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if image is None:
        raise FileNotFoundError(f"not a readable image: {path}")
    return cv2.cvtColor(image, cv2.COLOR_BGR2RGB)


def read_pairs(folder: Path) -> list[tuple[str, np.ndarray, np.ndarray, np.ndarray]]:
    """(stem, input, target, mask) for every picture in `folder`/input."""
    pairs = []
    for path in sorted((folder / "input").iterdir()):
        target = read_rgb(folder / "gt" / path.name)
        mask = cv2.imread(str(folder / "mask_personmask" / f"{path.stem}.png"), 0)
        if mask is None:
            raise FileNotFoundError(f"no person mask for {path.name}")
        size = (target.shape[1], target.shape[0])
        mask = cv2.resize(mask, size, interpolation=cv2.INTER_NEAREST)
        pairs.append((path.stem, read_rgb(path), target, mask))
    return pairs


def torch_runner(network: FlashNet) -> Run:
    """Runner over float32 arrays (1, 3, H, W), (1, 3, 128, 128) and (4)."""
    restorer = Restorer(network).eval()

    def run(*inputs: np.ndarray) -> np.ndarray:
        with torch.no_grad():
            return restorer(*(torch.from_numpy(values) for values in inputs)).numpy()

    return run


def onnx_runner(path: Path, threads: int = 2) -> Run:
    """Runner of an exported file on ONNX Runtime's CPU provider."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    return lambda image, thumbnail, region: session.run(
        None, {"input": image, "thumbnail": thumbnail, "region": region}
    )[0]


def load_runner(path: Path) -> Run:
    """Runner for a `.pt` checkpoint or an `.onnx` file."""
    if path.suffix == ".onnx":
        return onnx_runner(path)
    network = FlashNet()
    network.load_state_dict(torch.load(path, map_location="cpu", weights_only=True)["ema"])
    return torch_runner(network)


def to_planes(rgb: np.ndarray) -> np.ndarray:
    """uint8 or float (H, W, 3) in bytes -> float32 (1, 3, H, W) in [0, 1]."""
    return np.ascontiguousarray(rgb.transpose(2, 0, 1)[None], np.float32) / np.float32(255.0)


def thumbnail_of(rgb: np.ndarray) -> np.ndarray:
    """float32 (1, 3, 128, 128) in [0, 1]; averaged in float, so not rounded to bytes."""
    return to_planes(shrink_to_thumbnail(rgb.astype(np.float32)))


def run_padded(
    run: Run,
    rgb: np.ndarray,
    thumbnail: np.ndarray,
    corner: tuple[int, int] = (0, 0),
    whole: tuple[int, int] | None = None,
) -> np.ndarray:
    """One run over (H, W, 3) uint8, reflect-padded right and below. Float (H, W, 3) in [0, 1].

    corner, whole: (top, left) of a tile, and (height, width) of the picture it was cut from.
    """
    height, width = rgb.shape[:2]
    below, right = -height % SIZE_MULTIPLE, -width % SIZE_MULTIPLE
    padded = cv2.copyMakeBorder(rgb, 0, below, 0, right, cv2.BORDER_REFLECT_101)
    edges = np.array([*corner, corner[0] + padded.shape[0], corner[1] + padded.shape[1]])
    region = (edges / ((whole or (height, width)) * 2)).astype(np.float32)
    output = run(to_planes(padded), thumbnail, region)
    return output[0].transpose(1, 2, 0)[:height, :width]


def restore(run: Run, rgb: np.ndarray) -> np.ndarray:
    """Restore a whole picture in one run; uint8 in, uint8 out."""
    return np.rint(run_padded(run, rgb, thumbnail_of(rgb)) * 255.0).astype(np.uint8)


def tile_starts(length: int, size: int, overlap: int) -> list[int]:
    """First pixels of tiles of `size` that cover `length`, at least `overlap` in common."""
    if length <= size:
        return [0]
    count = -(-(length - overlap) // (size - overlap))
    return [round(i * (length - size) / (count - 1)) for i in range(count)]


def ramp(start: int, size: int, length: int, overlap: int) -> np.ndarray:
    """Blend weight along one side of a tile: falls linearly in the overlap, flat at the border."""
    weight = np.ones(size, np.float32)
    slope = (np.arange(overlap, dtype=np.float32) + 0.5) / overlap
    if start > 0:
        weight[:overlap] = slope
    if start + size < length:
        weight[-overlap:] = slope[::-1]
    return weight


def restore_tiled(run: Run, rgb: np.ndarray, size: int, overlap: int) -> np.ndarray:
    """Restore in blended tiles that share the whole picture's thumbnail; uint8 in, uint8 out."""
    height, width = rgb.shape[:2]
    thumbnail = thumbnail_of(rgb)
    total = np.zeros((height, width, 3), np.float32)
    norm = np.zeros((height, width, 1), np.float32)
    for top in tile_starts(height, size, overlap):
        for left in tile_starts(width, size, overlap):
            part = rgb[top : top + size, left : left + size]
            part_h, part_w = part.shape[:2]
            rows = ramp(top, part_h, height, overlap)
            columns = ramp(left, part_w, width, overlap)
            weight = (rows[:, None] * columns[None, :])[..., None]
            total[top : top + part_h, left : left + part_w] += (
                run_padded(run, part, thumbnail, (top, left), (height, width)) * weight
            )
            norm[top : top + part_h, left : left + part_w] += weight
    return np.rint(total / norm * 255.0).astype(np.uint8)


def percentile_stretch(rgb: np.ndarray) -> np.ndarray:
    """Baseline: ((x - p1) / (p99 - p1))^0.75 over all channels."""
    low, high = np.percentile(rgb, [1, 99])
    stretched = np.clip((rgb.astype(np.float64) - low) / max(high - low, 1.0), 0.0, 1.0)
    return np.rint(stretched**0.75 * 255.0).astype(np.uint8)


def each_score(
    run: Run, pairs: list[tuple[str, np.ndarray, np.ndarray, np.ndarray]]
) -> list[list[float]]:
    """The four numbers of every pair."""
    return [measure(restore(run, dark), target, mask) for _, dark, target, mask in pairs]


def score(run: Run, pairs: list[tuple[str, np.ndarray, np.ndarray, np.ndarray]]) -> list[float]:
    """Means over `pairs` of the four numbers."""
    return np.mean(each_score(run, pairs), axis=0).tolist()


def print_row(name: str, values: list[float]) -> None:
    """One line of the table."""
    print(f"{name:20s} " + " ".join(f"{value:12.4f}" for value in values), flush=True)


def tone_table(
    rows: list[list[float]], pairs: list[tuple[str, np.ndarray, np.ndarray, np.ndarray]]
) -> list[dict]:
    """Mean Delta E and PSNR on the person for each tone group of the ground truths."""
    angles = [typology_angle(target, mask) for _, _, target, mask in pairs]
    groups = [group_of(angle) if angle is not None else None for angle in angles]
    table = []
    for name in GROUPS:
        part = np.array([row for row, group in zip(rows, groups) if group == name])
        if len(part):
            error, person = float(part[:, 3].mean()), float(part[:, 1].mean())
            table.append({"group": name, "images": len(part), "deltaE": round(error, 2),
                          "psnrPerson": round(person, 2)})
    return table


def parse() -> argparse.Namespace:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--val", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--each", action="store_true", help="a row for every picture")
    parser.add_argument("--tones", action="store_true", help="a table by skin tone")
    parser.add_argument("--well-lit", action="store_true", help="restore the ground truths too")
    parser.add_argument("--tiles", type=int, default=0, help="also restore in tiles of this size")
    parser.add_argument("--overlap", type=int, default=64)
    parser.add_argument("--save", type=Path, help="folder for the restored pictures (PNG)")
    return parser.parse_args()


def main() -> None:
    """Restore, measure, print."""
    options = parse()
    torch.set_num_threads(2)
    run, pairs = load_runner(options.model), read_pairs(options.val)
    print(f"{'':20s} " + " ".join(f"{name:>12s}" for name in NAMES))
    rows: dict[str, list[list[float]]] = {}
    apart = []
    for stem, dark, target, mask in pairs:
        output = restore(run, dark)
        if options.save:
            options.save.mkdir(parents=True, exist_ok=True)
            cv2.imwrite(str(options.save / f"{stem}.png"), output[..., ::-1])
        candidates = {"input": dark, "percentile stretch": percentile_stretch(dark), "model": output}
        if options.tiles:
            tiled = restore_tiled(run, dark, options.tiles, options.overlap)
            candidates["model in tiles"] = tiled
            apart.append((psnr(tiled, output), np.abs(tiled.astype(int) - output).max()))
        if options.well_lit:
            candidates["well-lit, restored"] = restore(run, target)
        for name, candidate in candidates.items():
            rows.setdefault(name, []).append(measure(candidate, target, mask))
        if options.each:
            print_row(stem, rows["model"][-1])
    for name, values in rows.items():
        print_row(f"{name} ({len(values)})", np.mean(values, axis=0).tolist())
    if apart:
        decibels, largest = np.array(apart).T
        print(f"tiles against whole: {decibels.mean():.1f} dB mean, {decibels.min():.1f} dB worst, "
              f"largest difference {int(largest.max())} of 255")
    if options.tones:
        for line in tone_table(rows["model"], pairs):
            print(" ".join(f"{name} {value}" for name, value in line.items()))


if __name__ == "__main__":
    main()
