"""Makes of a finished training what ships: weights, ONNX files, manifest, scores and card.

    python -m training.publish --data DIR

Without a finished training in `--work` it publishes anew from the weights in `training/weights`.
"""

import argparse
import subprocess
import sys
from pathlib import Path

import torch

from .recipe import WEIGHTS, WORK

TITLES = {"light": "Light network", "second": "Second light network", "trunk": "Trunk"}
DATA_NOTE = (
    "363 public-domain official portraits of members of the U.S. Congress, keyed from their blue "
    "screen and placed before 27 free photographs. It has not seen real flash pairs or real "
    "phone pictures."
)


def steps_of(checkpoint: Path) -> int:
    """How many steps a checkpoint has behind it."""
    return torch.load(checkpoint, map_location="cpu", weights_only=True)["progress"][0]


def run(module: str, *options: str | Path) -> None:
    """One program of the recipe; raises where it fails."""
    subprocess.run([sys.executable, "-m", module, *map(str, options)], check=True)


def publish(options: argparse.Namespace, name: str, best: Path, exporter: str, note: str) -> None:
    """Take over a run's best weights where there are any, export them, write their entry."""
    weights = options.weights / f"{name}.pt"
    if best.exists():
        run("training.weights", "--from", best, "--to", weights)
    val = options.data / "val"
    run(exporter, "--weights", weights, "--val", val, "--models", options.models, "--note", note)


def main() -> None:
    """Publish the restoration network, then the person mask."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="portraits/, backgrounds/, val/")
    parser.add_argument("--work", type=Path, default=WORK, help="where training.recipe ran")
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--models", type=Path, default=Path("public/models"))
    parser.add_argument("--note", help="how Flash S was trained, where the runs do not tell it all")
    parser.add_argument("--mask-note", help="the same of the person mask")
    options = parser.parse_args()
    runs = {name: options.work / name / "best.pt" for name in ("light", "second", "trunk", "mask")}
    told = [f"{title}: {steps_of(runs[name])} steps in the last run." for name, title in TITLES.items()
            if runs[name].exists()]
    note = options.note or " ".join([*told, DATA_NOTE])
    publish(options, "flash-s", runs["trunk"], "training.export", note)
    publish(options, "person-mask", runs["mask"], "training.mask.export", options.mask_note or DATA_NOTE)
    run("training.evaluate", "--val", options.data / "val", "--model",
        options.models / "flash-s.onnx", "--tones", "--well-lit")


if __name__ == "__main__":
    main()
