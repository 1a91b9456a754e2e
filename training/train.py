"""Train the restoration network on synthesised weak-flash / strong-flash pairs.

    python -m training.train --data DIR --cache DIR --run DIR --minutes 95

The schedule follows the clock, not the step count: progress is elapsed time over budget, so a run
ends annealed at the planned time however busy the machine is. A run that was stopped goes on where
it was when it is started again with the same `--run`.
"""

import argparse
import csv
import math
import signal
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader

from .data import FlashPairs
from .evaluate import read_pairs, score, torch_runner
from .keying import build_cache
from .light import mirrored_guide
from .losses import total_loss
from .network import GUIDED_STRIDE, FlashNet, count_macs, count_parameters
from .region import relight, spread

WARM_UP_MINUTES = 1.0
EMA_DECAY = 0.998
CURVE = ["minutes", "step", "lr", "loss", "pixel", "colour", "ssim", "gradient", "tone", "pictures",
         "psnr", "psnrPerson", "ssim_val", "deltaEPerson"]


@dataclass
class State:
    """All that a run needs to go on."""

    network: nn.Module
    average: nn.Module
    optimiser: torch.optim.Optimizer
    step: int = 0
    seconds: float = 0.0
    best: float = math.inf

    def save(self, path: Path) -> None:
        """Write through a temporary file, so that a kill leaves the old checkpoint whole."""
        temporary = path.with_suffix(".tmp")
        torch.save(
            {
                "network": self.network.state_dict(),
                "ema": self.average.state_dict(),
                "optimiser": self.optimiser.state_dict(),
                "progress": [self.step, self.seconds, self.best],
            },
            temporary,
        )
        temporary.replace(path)

    def load(self, path: Path) -> None:
        """Take up a checkpoint written by `save`."""
        saved = torch.load(path, map_location="cpu", weights_only=True)
        self.network.load_state_dict(saved["network"])
        self.average.load_state_dict(saved["ema"])
        self.optimiser.load_state_dict(saved["optimiser"])
        self.step, self.seconds, self.best = saved["progress"]


def learning_rate(peak: float, seconds: float, budget: float, since_start: float) -> float:
    """Short linear warm-up after every (re)start, half a cosine down to a hundredth of the peak."""
    warm = min(1.0, (since_start + 1.0) / (WARM_UP_MINUTES * 60.0))
    progress = min(seconds / budget, 1.0)
    return peak * warm * (0.01 + 0.99 * 0.5 * (1.0 + math.cos(math.pi * progress)))


def update_average(average: nn.Module, network: nn.Module, step: int) -> None:
    """Exponential moving average of the weights; short memory at first."""
    decay = min(EMA_DECAY, (1.0 + step) / (10.0 + step))
    with torch.no_grad():
        for slow, fast in zip(average.parameters(), network.parameters()):
            slow.lerp_(fast, 1.0 - decay)


def settle_statistics(network: nn.Module, batches: Iterable[Tensor]) -> None:
    """Measure the statistics of batch normalisation anew: those gathered while training belong to
    other weights than the averaged ones, which shifted the light network's brightness by 5 levels."""
    norms = [module for module in network.modules() if isinstance(module, nn.BatchNorm2d)]
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None
    network.train()
    with torch.no_grad():
        for batch in batches:
            network(batch)
    network.eval()


def train_step(state: State, batch: dict[str, Tensor], bfloat16: bool) -> dict[str, float]:
    """One update; returns the parts of the loss.

    The light network stays as it is: it has learnt from far more pictures than come by here.
    """
    bytes_ = ("input", "target", "alpha", "thumbnail")
    real = {name: batch[name].float() / 255.0 for name in bytes_}
    dark = real["input"].to(memory_format=torch.channels_last)
    with torch.no_grad():
        whole = mirrored_guide(state.average.eval().light, real["thumbnail"])
        cells = dark.shape[2] // GUIDED_STRIDE
        guide = spread(whole, batch["region"], cells, cells)
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bfloat16):
        output = state.network(dark, real["thumbnail"], guide)
    output = relight(dark, output.float(), whole, batch["region"], state.network.trust)
    loss, parts = total_loss(output, real["target"], real["alpha"])
    state.optimiser.zero_grad(set_to_none=True)
    loss.backward()
    norm = nn.utils.clip_grad_norm_(state.network.parameters(), 0.5)
    if torch.isfinite(norm):
        state.optimiser.step()
        update_average(state.average, state.network, state.step)
    state.step += 1
    return {"loss": float(loss.detach()), **parts}


def judge(state: State, pairs: list, run: Path) -> list[float]:
    """Validate the averaged weights; keep them as `best.pt` if Delta E less PSNR fell."""
    values = score(torch_runner(state.average), pairs)
    figure = values[3] - values[1]
    if figure < state.best:
        state.best = figure
        state.save(run / "best.pt")
    return values


def write_row(path: Path, row: dict[str, float], columns: list[str]) -> None:
    """Append to the curve, with a header when the file is new."""
    fresh = not path.exists()
    with path.open("a", newline="") as file:
        writer = csv.DictWriter(file, columns)
        if fresh:
            writer.writeheader()
        writer.writerow({k: f"{v:.5g}" for k, v in row.items()})


def train(state: State, loader: DataLoader, pairs: list, options: argparse.Namespace) -> None:
    """The loop, until the time is up."""
    budget = options.minutes * 60.0
    started = state.seconds
    next_check = started + options.check * 60.0
    stopped: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _frame: stopped.append(number))
    sums: dict[str, float] = {}
    counted, last = 0, time.monotonic()
    for batch in loader:
        rate = learning_rate(options.lr, state.seconds, budget, state.seconds - started)
        for group in state.optimiser.param_groups:
            group["lr"] = rate
        for name, value in train_step(state, batch, options.bfloat16).items():
            sums[name] = sums.get(name, 0.0) + value
        counted += 1
        now = time.monotonic()
        state.seconds += now - last
        last = now
        if stopped:
            state.save(options.run / "last.pt")
            return
        done = state.seconds >= budget
        if state.seconds < next_check and not done:
            continue
        next_check = state.seconds + options.check * 60.0
        # The best weights are chosen on the same few pictures throughout; the end counts them all.
        chosen = pairs[:: max(len(pairs) // 10, 1)]
        values = judge(state, chosen, options.run)
        if done:
            chosen = pairs
            values = score(torch_runner(state.average), pairs)
        row = {"minutes": state.seconds / 60.0, "step": state.step, "lr": rate}
        row |= {name: value / counted for name, value in sums.items()}
        row |= dict(zip(CURVE[9:], [len(chosen), *values]))
        write_row(options.run / "curve.csv", row, CURVE)
        print(" ".join(f"{k}={v:.4g}" for k, v in row.items()), flush=True)
        sums, counted = {}, 0
        state.save(options.run / "last.pt")
        last = time.monotonic()
        if done:
            return


def parse() -> argparse.Namespace:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="portraits/, backgrounds/, val/")
    parser.add_argument("--cache", type=Path, required=True, help="keyed portraits go here")
    parser.add_argument("--run", type=Path, required=True, help="checkpoints and curve go here")
    parser.add_argument("--start", type=Path, help="checkpoint whose averaged weights to start from")
    parser.add_argument("--light", type=Path, help="checkpoint of training.train_light")
    parser.add_argument("--minutes", type=float, default=95.0, help="time budget of the whole run")
    parser.add_argument("--check", type=float, default=8.0, help="minutes between validations")
    parser.add_argument("--crop", type=int, default=288)
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--lr", type=float, default=1.2e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--bfloat16", action="store_true", help="mixed precision (needs AMX)")
    return parser.parse_args()


def main() -> None:
    """Build, resume, train."""
    options = parse()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    options.run.mkdir(parents=True, exist_ok=True)
    build_cache(options.data, options.cache)
    network, average = FlashNet(), FlashNet()
    if options.start:
        saved = torch.load(options.start, map_location="cpu", weights_only=True)
        # Weights from before the light network lack its part.
        network.load_state_dict(saved["ema"], strict=False)
    if options.light:
        saved = torch.load(options.light, map_location="cpu", weights_only=True)
        network.light.load_state_dict(saved["ema"])
    average.load_state_dict(network.state_dict())
    print(f"{count_parameters(network)} parameters, {count_macs(network) / 1e9:.2f}e9 MACs at 720p")
    network = network.to(memory_format=torch.channels_last)
    network.light.requires_grad_(False)
    trained = [p for p in network.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=options.lr, weight_decay=1e-3)
    state = State(network, average, optimiser)
    if (options.run / "last.pt").exists():
        state.load(options.run / "last.pt")
        print(f"going on at step {state.step}, minute {state.seconds / 60:.1f}")
    # A resumed run must not see the same pictures again.
    stream = FlashPairs(options.cache, options.crop, options.seed * 1000 + state.step)
    # Spawned, not forked: OpenCV's thread pool does not survive a fork.
    loader = DataLoader(
        stream,
        options.batch,
        num_workers=options.workers,
        prefetch_factor=6,
        multiprocessing_context="spawn",
    )
    train(state, loader, read_pairs(options.data / "val"), options)


if __name__ == "__main__":
    main()
