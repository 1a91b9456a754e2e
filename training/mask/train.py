"""Train the person mask.

    python -m training.mask.train --data DIR --cache CACHE --run RUN --minutes 45

Started again with the same `--run` it goes on where it was; the schedule follows the clock.
"""

import argparse
import time
from collections import deque
from collections.abc import Iterable
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils.data import DataLoader

from ..evaluate import read_pairs
from ..keying import build_cache
from ..train import State, learning_rate, settle_statistics, update_average, write_row
from .data import MaskPictures
from .evaluate import coarse_masks, score, torch_runner
from .network import MaskNet

CURVE = ["minutes", "step", "lr", "loss", "pictures", "iouInput", "iouInputRefined", "iouTarget",
         "iouTargetRefined"]
SETTLING = 30
REFINE = (8, 1e-3, 2)


def outline_of(alpha: Tensor) -> Tensor:
    """1 within about four pixels of the outline, 0 elsewhere; looked for at a quarter of the size."""
    small = F.avg_pool2d(alpha, 4)
    rim = F.max_pool2d(small, 3, 1, 1) + F.max_pool2d(1.0 - small, 3, 1, 1) - 1.0
    return F.interpolate(rim, scale_factor=4.0, mode="nearest")


def mask_loss(logits: Tensor, alpha: Tensor) -> Tensor:
    """Cross entropy, four times as heavy along the outline, and 1 - soft IoU of each picture."""
    weight = 1.0 + 3.0 * outline_of(alpha)
    entropy = F.binary_cross_entropy_with_logits(logits, alpha, reduction="none")
    chance = torch.sigmoid(logits)
    both = (chance * alpha).sum((1, 2, 3))
    either = (chance + alpha - chance * alpha).sum((1, 2, 3))
    return (entropy * weight).sum() / weight.sum() + 0.5 * (1.0 - (both + 50) / (either + 50)).mean()


def train_step(state: State, batch: dict[str, Tensor], bfloat16: bool) -> float:
    """One update; returns the loss."""
    picture = (batch["input"].float() / 255.0).to(memory_format=torch.channels_last)
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bfloat16):
        logits = state.network(picture)
    loss = mask_loss(logits.float(), batch["alpha"].float() / 255.0)
    state.optimiser.zero_grad(set_to_none=True)
    loss.backward()
    norm = nn.utils.clip_grad_norm_(state.network.parameters(), 1.0)
    if torch.isfinite(norm):
        state.optimiser.step()
        update_average(state.average, state.network, state.step)
    state.step += 1
    return float(loss.detach())


def check(
    state: State,
    pairs: list,
    recent: Iterable[Tensor],
    options: argparse.Namespace,
    row: dict[str, float],
) -> None:
    """Settle the statistics on recent pictures, validate, write a row of the curve, keep the best and the last weights."""
    settle_statistics(state.average, (batch.float() / 255.0 for batch in recent))
    masks = coarse_masks(torch_runner(state.average), pairs)
    values = score(masks, pairs, *REFINE)
    row |= {"pictures": len(pairs), **dict(zip(CURVE[5:], values))}
    write_row(options.run / "curve.csv", row, CURVE)
    print(" ".join(f"{k}={v:.5g}" for k, v in row.items()), flush=True)
    figure = -(values[1] + values[3])
    if figure < state.best:
        state.best = figure
        state.save(options.run / "best.pt")
    state.save(options.run / "last.pt")


def train(state: State, loader: DataLoader, pairs: list, options: argparse.Namespace) -> None:
    """The loop, until the time is up."""
    budget, started = options.minutes * 60.0, state.seconds
    next_check = started + options.check * 60.0
    recent: deque[Tensor] = deque(maxlen=SETTLING)
    total, counted, last = 0.0, 0, time.monotonic()
    for batch in loader:
        recent.append(batch["input"])
        rate = learning_rate(options.lr, state.seconds, budget, state.seconds - started)
        for group in state.optimiser.param_groups:
            group["lr"] = rate
        total += train_step(state, batch, options.bfloat16)
        counted += 1
        now = time.monotonic()
        state.seconds += now - last
        last = now
        done = state.seconds >= budget
        if state.seconds < next_check and not done:
            continue
        next_check = state.seconds + options.check * 60.0
        row = {"minutes": state.seconds / 60.0, "step": state.step, "lr": rate}
        check(state, pairs if done else pairs[::3], recent, options, row | {"loss": total / counted})
        total, counted, last = 0.0, 0, time.monotonic()
        if done:
            return


def parse() -> argparse.Namespace:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="portraits/, backgrounds/, val/")
    parser.add_argument("--cache", type=Path, required=True, help="keyed portraits go here")
    parser.add_argument("--run", type=Path, required=True, help="checkpoints and curve go here")
    parser.add_argument("--start", type=Path, help="checkpoint whose averaged weights to start from")
    parser.add_argument("--minutes", type=float, default=45.0)
    parser.add_argument("--check", type=float, default=5.0, help="minutes between validations")
    parser.add_argument("--batch", type=int, default=12)
    parser.add_argument("--lr", type=float, default=2e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
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
    network, average = MaskNet(), MaskNet()
    if options.start:
        saved = torch.load(options.start, map_location="cpu", weights_only=True)
        network.load_state_dict(saved["ema"])
    average.load_state_dict(network.state_dict())
    network = network.to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(network.parameters(), lr=options.lr, weight_decay=1e-3)
    state = State(network, average, optimiser)
    if (options.run / "last.pt").exists():
        state.load(options.run / "last.pt")
    loader = DataLoader(
        MaskPictures(options.cache, options.seed * 1000 + state.step),
        options.batch,
        num_workers=options.workers,
        prefetch_factor=4,
        multiprocessing_context="spawn",
    )
    train(state, loader, read_pairs(options.data / "val"), options)


if __name__ == "__main__":
    main()
