"""The whole training: both light networks, trunk, person mask, one after the other.

    python -m training.recipe --data DIR

It goes on from the published weights, or with `--fresh` begins from nothing. Started again it goes on
where it was. `training.publish` makes of it what ships.
"""

import argparse
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import torch

WORK = Path("training-run")
WEIGHTS = Path("training/weights")


@dataclass(frozen=True)
class Stage:
    """One run: its folder's name, its program, its part of the time and its own options."""

    name: str
    module: str
    share: float
    options: tuple[str, ...]


def stages(work: Path, published: Path | None) -> tuple[Stage, ...]:
    """In their order; the trunk learns with the guides of the light networks that came before it.

    published: folder of the weights to go on from, or None. What has learnt goes on at a lower rate.
    """

    def going_on(weights: str, rate: float) -> tuple[str, ...]:
        return () if published is None else ("--start", str(published / weights), "--lr", str(rate))

    light, second = (str(work / name / "best.pt") for name in ("light", "second"))
    # The light network learns people by heart where its rate falls; a long average of weights that move
    # does better.
    steady = ("--lr", "2.5e-3", "--least", "1", "--decay", "0.9996")
    guides = ("--light", light, "--second", second)
    lights, trunk = going_on("flash-s.pt", 5e-4), going_on("flash-s.pt", 6e-4)
    return (
        Stage("light", "training.train_light", 0.3, ("--batch", "24", *steady, *lights)),
        Stage("second", "training.train_light", 0.2, ("--batch", "24", "--second", *lights)),
        Stage("trunk", "training.train", 0.38, (*guides, *trunk)),
        Stage("mask", "training.mask.train", 0.12, going_on("person-mask.pt", 5e-4)),
    )


def minutes_done(run: Path) -> float:
    """Minutes that a run has had."""
    checkpoint = run / "last.pt"
    if not checkpoint.exists():
        return 0.0
    progress = torch.load(checkpoint, map_location="cpu", weights_only=True)["progress"]
    return progress[1] / 60.0


def command(stage: Stage, options: argparse.Namespace) -> list[str]:
    """What runs the stage."""
    minutes = options.minutes * stage.share
    line = [sys.executable, "-m", stage.module, "--data", str(options.data)]
    line += ["--cache", str(options.work / "cache"), "--run", str(options.work / stage.name)]
    line += ["--minutes", str(minutes), "--check", str(min(options.check, minutes))]
    line += ["--threads", str(options.threads), *stage.options]
    return line + (["--bfloat16"] if options.bfloat16 else [])


def main() -> None:
    """Run the stages that are not done."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="portraits/, backgrounds/, val/")
    parser.add_argument("--work", type=Path, default=WORK, help="cache, checkpoints and curves go here")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="the published weights")
    parser.add_argument("--fresh", action="store_true", help="begin from nothing, not from them")
    parser.add_argument("--minutes", type=float, default=360.0, help="of all four together")
    parser.add_argument("--check", type=float, default=8.0, help="minutes between validations")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--bfloat16", action="store_true", help="mixed precision (AMX or AVX-512 BF16)")
    options = parser.parse_args()
    for stage in stages(options.work, None if options.fresh else options.weights):
        if minutes_done(options.work / stage.name) >= options.minutes * stage.share:
            print(f"{stage.name}: done", flush=True)
            continue
        print(f"{stage.name}: {options.minutes * stage.share:.1f} minutes", flush=True)
        subprocess.run(command(stage, options), check=True)


if __name__ == "__main__":
    main()
