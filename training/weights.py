"""Strip a checkpoint to what is published: averaged weights and progress, resumable by `--start`.

Kernels are kept at half precision, everything else (biases, scales, statistics) in full.

    python -m training.weights --from RUN/best.pt --to training/weights/flash-s.pt
"""

import argparse
from pathlib import Path

import torch


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--from", dest="source", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    options = parser.parse_args()
    saved = torch.load(options.source, map_location="cpu", weights_only=True)
    options.to.parent.mkdir(parents=True, exist_ok=True)
    kept = {
        name: value.half() if value.ndim > 1 and value.is_floating_point() else value
        for name, value in saved["ema"].items()
    }
    torch.save({"ema": kept, "progress": saved["progress"]}, options.to)
    print(f"{options.to}: {options.to.stat().st_size} bytes, step {saved['progress'][0]}")


if __name__ == "__main__":
    main()
