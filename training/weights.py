"""Strip checkpoints to what is published: averaged weights and progress, resumable by `--start`.

Kernels are kept at half precision, everything else (biases, scales, statistics) in full. Of several
checkpoints of one run the mean is taken; `--light` and `--second` put other light networks in.

    python -m training.weights --from RUN/best.pt --to training/weights/flash-s.pt
"""

import argparse
from pathlib import Path

import torch
from torch import Tensor


def mean_of(parts: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of weights of one architecture, entry by entry, in float32; counts stay whole."""
    return {
        name: torch.stack([part[name].float() for part in parts]).mean(0).to(
            torch.float32 if value.is_floating_point() else value.dtype
        )
        for name, value in parts[0].items()
    }


def averaged(paths: list[Path]) -> tuple[dict[str, Tensor], list]:
    """Mean weights of checkpoints, and the progress of the last."""
    saved = [torch.load(path, map_location="cpu", weights_only=True) for path in paths]
    return mean_of([checkpoint["ema"] for checkpoint in saved]), saved[-1]["progress"]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--from", dest="sources", type=Path, nargs="+", required=True)
    parser.add_argument("--light", type=Path, nargs="+", help="checkpoints of training.train_light")
    parser.add_argument("--second", type=Path, nargs="+", help="the same, with --second")
    parser.add_argument("--to", type=Path, required=True)
    options = parser.parse_args()
    weights, progress = averaged(options.sources)
    for part, sources in (("light", options.light), ("second", options.second)):
        if sources:
            weights |= {f"{part}.{name}": value for name, value in averaged(sources)[0].items()}
    options.to.parent.mkdir(parents=True, exist_ok=True)
    kept = {
        name: value.half() if value.ndim > 1 and value.is_floating_point() else value
        for name, value in weights.items()
    }
    torch.save({"ema": kept, "progress": progress}, options.to)
    print(f"{options.to}: {options.to.stat().st_size} bytes, step {progress[0]}")


if __name__ == "__main__":
    main()
