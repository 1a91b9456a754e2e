"""Intersection over union of the person mask on validation pairs, with and without refinement.

    python -m training.mask.evaluate --val DIR --model public/models/person-mask.onnx

Both the inputs and the ground truths of DIR are masked and compared with DIR/mask_personmask at
threshold 1/2.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import torch

from ..evaluate import read_pairs, to_planes
from .data import squash
from .guided import refine
from .network import Masker, MaskNet

Run = Callable[[np.ndarray], np.ndarray]


def torch_runner(network: MaskNet) -> Run:
    """Runner over float32 arrays (1, 3, 256, 256)."""
    masker = Masker(network).eval()

    def run(image: np.ndarray) -> np.ndarray:
        with torch.no_grad():
            return masker(torch.from_numpy(image)).numpy()

    return run


def onnx_runner(path: Path, threads: int = 2) -> Run:
    """Runner of an exported file on ONNX Runtime's CPU provider."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    return lambda image: session.run(None, {"input": image})[0]


def load_runner(path: Path) -> Run:
    """Runner for a `.pt` checkpoint or an `.onnx` file."""
    if path.suffix == ".onnx":
        return onnx_runner(path)
    network = MaskNet()
    network.load_state_dict(torch.load(path, map_location="cpu", weights_only=True)["ema"])
    return torch_runner(network)


def coarse_mask(run: Run, rgb: np.ndarray) -> np.ndarray:
    """Soft mask (256, 256) of a picture (H, W, 3) uint8; float32 in [0, 1]."""
    return run(to_planes(squash(rgb.astype(np.float32))))[0, 0]


def enlarge(mask: np.ndarray, height: int, width: int) -> np.ndarray:
    """Bilinear, half-pixel centres, to the picture's size."""
    return cv2.resize(mask, (width, height), interpolation=cv2.INTER_LINEAR)


def overlap(mask: np.ndarray, truth: np.ndarray) -> float:
    """Intersection over union of two masks, uint8 or float, at half of their range."""
    a = mask >= (128 if mask.dtype == np.uint8 else 0.5)
    b = truth >= 128
    return float((a & b).sum() / max((a | b).sum(), 1))


def coarse_masks(run: Run, pairs: list) -> list[tuple[np.ndarray, np.ndarray]]:
    """The network's masks of the input and of the ground truth of every pair."""
    return [(coarse_mask(run, dark), coarse_mask(run, bright)) for _, dark, bright, _ in pairs]


def score(
    masks: list[tuple[np.ndarray, np.ndarray]],
    pairs: list,
    radius: int,
    eps: float,
    subsample: int,
) -> list[float]:
    """Mean IoU: inputs enlarged, inputs refined, ground truths enlarged, ground truths refined."""
    rows = []
    for (_, dark, bright, truth), both in zip(pairs, masks):
        row = []
        for rgb, mask in zip((dark, bright), both):
            row.append(overlap(enlarge(mask, *rgb.shape[:2]), truth))
            row.append(overlap(refine(rgb, mask, radius, eps, subsample), truth))
        rows.append(row)
    return np.mean(rows, axis=0).tolist()


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--val", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--radius", type=int, nargs="+", default=[8])
    parser.add_argument("--eps", type=float, nargs="+", default=[1e-3])
    parser.add_argument("--subsample", type=int, default=2, help="the fit is at 1 / subsample")
    options = parser.parse_args()
    torch.set_num_threads(2)
    pairs = read_pairs(options.val)
    masks = coarse_masks(load_runner(options.model), pairs)
    print("radius eps: IoU of inputs enlarged / refined, of ground truths enlarged / refined")
    for radius in options.radius:
        for eps in options.eps:
            values = score(masks, pairs, radius, eps, options.subsample)
            print(f"{radius:4d} {eps:.0e}: " + " ".join(f"{v:.4f}" for v in values), flush=True)


if __name__ == "__main__":
    main()
