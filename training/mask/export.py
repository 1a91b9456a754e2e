"""Export the person mask to ONNX, check it against PyTorch and write it into the manifest.

    python -m training.mask.export --weights training/weights/person-mask.pt --val DIR \\
      --models public/models

The entry goes into the manifest's `masks`, apart from the restoration models.
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import torch

from ..evaluate import read_pairs
from ..network import convolution_macs, count_parameters
from .evaluate import coarse_masks, onnx_runner, score, torch_runner
from .network import WORKING_SIZE, Masker, MaskNet

OPSET = 17
TOLERANCE = 1e-4
FILE = "person-mask.onnx"


def load(weights: Path) -> MaskNet:
    """The averaged weights of a checkpoint."""
    network = MaskNet()
    network.load_state_dict(torch.load(weights, map_location="cpu", weights_only=True)["ema"])
    return network.eval()


def export_onnx(network: MaskNet, path: Path) -> None:
    """Write the graph, of fixed size, batch normalisation folded; checked by the ONNX checker."""
    torch.onnx.export(
        Masker(network).eval(),
        (torch.rand(1, 3, WORKING_SIZE, WORKING_SIZE),),
        str(path),
        opset_version=OPSET,
        input_names=["input"],
        output_names=["mask"],
        dynamo=False,
    )
    model = onnx.load(path)
    for node in model.graph.node:
        node.doc_string = ""
    del model.metadata_props[:]
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)


def largest_difference(network: MaskNet, path: Path) -> float:
    """Largest absolute difference of ONNX Runtime (CPU) and PyTorch, bright and dark."""
    rng = np.random.default_rng(7)
    expected, actual = torch_runner(network), onnx_runner(path)
    pictures = [rng.random((1, 3, WORKING_SIZE, WORKING_SIZE), np.float32) for _ in range(2)]
    pairs = [(expected(x), actual(x)) for x in (pictures[0], pictures[1] * np.float32(0.05))]
    return max(float(np.abs(a - b).max()) for a, b in pairs)


def describe(path: Path, network: MaskNet, options: argparse.Namespace) -> dict:
    """The mask's manifest entry, with scores measured now on the file itself."""
    refine = {"radius": options.radius, "eps": options.eps, "subsample": options.subsample}
    pairs = read_pairs(options.val)
    values = score(coarse_masks(onnx_runner(path), pairs), pairs, **refine)
    names = ("iouInputCoarse", "iouInput", "iouTargetCoarse", "iouTarget")
    data = path.read_bytes()
    size = [WORKING_SIZE, WORKING_SIZE]
    flags = " ".join(f"--{name} {value}" for name, value in refine.items())
    return {
        "id": "person-mask",
        "title": "Person mask",
        "file": path.name,
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "licence": "MIT",
        "opset": OPSET,
        "parameters": count_parameters(network),
        "macs": convolution_macs(Masker(network), torch.zeros(1, 3, *size)),
        "input": {"name": "input", "layout": "NCHW", "channels": "RGB", "range": [0, 1], "size": size},
        "output": {"name": "mask", "range": [0, 1]},
        "refine": {**refine, "guide": "0.5 * sqrt(luma / (mean luma + 0.02))"},
        "training": options.note,
        "scores": {
            "set": f"val, {len(pairs)} pairs; mean intersection over union at threshold 1/2",
            **{name: round(value, 4) for name, value in zip(names, values)},
            "command": "python -m training.mask.evaluate --val DIR "
            f"--model public/models/{path.name} {flags}",
        },
    }


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--val", type=Path, required=True)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--radius", type=int, default=8)
    parser.add_argument("--eps", type=float, default=1e-3)
    parser.add_argument("--subsample", type=int, default=2)
    parser.add_argument("--note", required=True, help="how it was trained, a sentence or two")
    options = parser.parse_args()
    torch.set_num_threads(2)
    network = load(options.weights)
    path = options.models / FILE
    draft = path.with_suffix(".draft.onnx")
    export_onnx(network, draft)
    worst = largest_difference(network, draft)
    if worst > TOLERANCE:
        draft.unlink()
        raise SystemExit(f"ONNX Runtime and PyTorch differ by {worst:.1e}: nothing written")
    draft.replace(path)
    entry = describe(path, network, options)
    manifest = json.loads((options.models / "manifest.json").read_text())
    manifest["masks"] = [entry]
    (options.models / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    print(json.dumps(entry["scores"], indent=2))


if __name__ == "__main__":
    main()
