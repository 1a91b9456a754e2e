"""Exports learned metrics as ONNX files that Loupe and its command line take.

    python tools/export_metrics.py lpips --out DIR [--alexnet alexnet-owt-7be5be79.pth --heads alex.pth]
    python tools/export_metrics.py dists --out DIR

Writes NAME.onnx, with what it takes and gives inside (docs/export.md), after ONNX Runtime has been seen to
agree with PyTorch on pictures of odd sizes; writes nothing otherwise.
"""
import argparse
import hashlib
import pathlib
import sys

import numpy as np
import onnxruntime
import torch
from torch import nn

import contract
from graph import export_graph

SIZES = [(45, 61), (64, 64), (131, 97)]
TOLERANCE = 1e-5


class Lpips(nn.Module):
    """LPIPS v0.1 with AlexNet from its two weight files (Zhang et al., CVPR 2018)."""

    def __init__(self, alexnet, heads):
        super().__init__()
        conv = lambda index, *shape, **rest: self.filled(nn.Conv2d(*shape, **rest), alexnet, f"features.{index}")
        pool = nn.MaxPool2d(3, 2)
        self.layers = nn.ModuleList([
            nn.Sequential(conv(0, 3, 64, 11, stride=4, padding=2), nn.ReLU()),
            nn.Sequential(pool, conv(3, 64, 192, 5, padding=2), nn.ReLU()),
            nn.Sequential(pool, conv(6, 192, 384, 3, padding=1), nn.ReLU()),
            nn.Sequential(conv(8, 384, 256, 3, padding=1), nn.ReLU()),
            nn.Sequential(conv(10, 256, 256, 3, padding=1), nn.ReLU()),
        ])  # fmt: skip
        self.heads = nn.ParameterList([heads[f"lin{layer}.model.1.weight"].float() for layer in range(5)])
        self.register_buffer("shift", torch.tensor([-0.030, -0.088, -0.188])[None, :, None, None])
        self.register_buffer("scale", torch.tensor([0.458, 0.448, 0.450])[None, :, None, None])

    @staticmethod
    def filled(layer, weights, name):
        layer.load_state_dict({part: weights[f"{name}.{part}"].float() for part in ("weight", "bias")})
        return layer

    def forward(self, output, reference):
        a, b = ((2 * picture - 1 - self.shift) / self.scale for picture in (output, reference))
        unit = lambda x: x / (torch.sqrt(torch.sum(x**2, 1, keepdim=True)) + 1e-10)
        total = 0
        for layer, head in zip(self.layers, self.heads):
            a, b = layer(a), layer(b)
            total = total + nn.functional.conv2d((unit(a) - unit(b)) ** 2, head).mean()
        return total.reshape(1)


class OneValue(nn.Module):
    """A metric of two pictures in [0, 1] as a tensor of one value."""

    def __init__(self, metric, **options):
        super().__init__()
        self.metric, self.options = metric, options

    def forward(self, output, reference):
        return self.metric(output, reference, **self.options).reshape(1)


def load_lpips(alexnet, heads):
    if alexnet and heads:
        read = lambda file: torch.load(file, map_location="cpu", weights_only=True)
        return Lpips(read(alexnet), read(heads))
    if alexnet or heads:
        sys.exit("Give both weight files, --alexnet and --heads, or neither and install the package lpips.")
    try:
        import lpips
    except ImportError:
        sys.exit("Install the package lpips, or give --alexnet and --heads.")
    return OneValue(lpips.LPIPS(net="alex", version="0.1"), normalize=True)


def load_dists():
    try:
        from DISTS_pytorch import DISTS
    except ImportError:
        sys.exit("Install the package dists-pytorch, which brings the weights of DISTS.")
    return OneValue(DISTS())


METRICS = {
    "lpips": {
        "title": "LPIPS v0.1 (AlexNet)",
        "minSide": 31,
        "crop": {"region": "person", "pad": 8},
        "source": "Zhang, Isola, Efros, Shechtman and Wang, CVPR 2018",
    },
    "dists": {
        "title": "DISTS",
        "minSide": 16,
        "crop": {"region": "whole"},
        "source": "Ding, Ma, Wang and Simoncelli, IEEE TPAMI 44(5), 2022",
    },
}


def contract_of(name):
    """What the file says about itself."""
    metric = {key: value for key, value in METRICS[name].items() if key != "title"}
    return {
        "version": contract.VERSION,
        "task": "metric",
        "title": METRICS[name]["title"],
        "input": {"name": "output", "layout": "NCHW", "channels": "RGB", "range": [0, 1], "sizeMultiple": 1},
        "metric": {
            "id": name,
            "kind": "full-reference",
            "direction": "lower-is-better",
            "unit": "",
            "range": [0, None],
            "resize": None,
            "inputs": ["output", "reference"],
            "output": "scalar",
            **metric,
        },
    }


def largest_difference(model, file):
    """Between PyTorch and ONNX Runtime, over pictures of several sizes."""
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    random = np.random.default_rng(1)
    differences = []
    for height, width in SIZES:
        pictures = random.random((2, 1, 3, height, width), dtype=np.float32)
        pictures[1] = pictures[0] * 0.8 + pictures[1] * 0.2
        with torch.no_grad():
            wanted = model(*torch.from_numpy(pictures)).item()
        value = session.run(None, {"output": pictures[0], "reference": pictures[1]})[0]
        differences.append(abs(value.item() - wanted))
        print(f"{width}x{height}: PyTorch {wanted:.7f}, ONNX Runtime {value.item():.7f}")
    return max(differences)


def export(name, model, folder):
    file = folder / f"{name}.onnx"
    draft = folder / f"{name}.draft.onnx"
    examples = {side: torch.rand(1, 3, 64, 96) for side in ("output", "reference")}
    try:
        export_graph(model, examples, {name: "fixed"}, draft)
        contract.write(draft, contract_of(name))
        difference = largest_difference(model, draft)
        if not difference <= TOLERANCE:
            sys.exit(f"ONNX Runtime and PyTorch differ by {difference:.1e}: nothing was written.")
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    content = file.read_bytes()
    print(f"{file}: {len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("metric", choices=METRICS)
    parser.add_argument("--out", type=pathlib.Path, required=True, metavar="DIR")
    parser.add_argument("--alexnet", metavar="FILE", help="torchvision's AlexNet weights (lpips)")
    parser.add_argument("--heads", metavar="FILE", help="LPIPS' linear heads, weights/v0.1/alex.pth (lpips)")
    options = parser.parse_args()
    model = load_lpips(options.alexnet, options.heads) if options.metric == "lpips" else load_dists()
    options.out.mkdir(parents=True, exist_ok=True)
    export(options.metric, model, options.out)


if __name__ == "__main__":
    main()
