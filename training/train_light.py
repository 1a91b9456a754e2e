"""Train the light network alone, at 48x48, before it joins the trunk.

    python -m training.train_light --data DIR --cache CACHE --run RUN --minutes 40

Started again with the same `--run` it goes on where it was; the schedule follows the clock.
"""

import argparse
import time
from collections import deque
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils.data import DataLoader

from .evaluate import read_pairs
from .keying import build_cache
from .light import LightNet, lit, view
from .light_data import LightPictures, thumbnail_of
from .losses import lab
from .train import State, learning_rate, settle_statistics, update_average, write_row

SETTLING = 30
CURVE = ["minutes", "step", "lr", "loss", "deltaEPerson", "deltaEPersonGains", "deltaERoom"]


def light_loss(guide: Tensor, batch: dict[str, Tensor]) -> Tensor:
    """Delta E of the lit picture (the person three times), and the person's outline."""
    output = lit(batch["thumbnail"], guide)
    square = ((lab(output) - lab(batch["target"])) ** 2).sum(1, keepdim=True)
    # Beyond white Lab has no gradient.
    excess = (output - output.clamp(0.0, 1.0)).abs().mean()
    weight = 1.0 + 2.0 * batch["alpha"]
    colour = ((square + 1.0).sqrt() * weight).sum() / weight.sum()
    person = F.binary_cross_entropy_with_logits(guide[:, 3:], batch["alpha"])
    return 0.05 * colour + 0.5 * excess + 0.2 * person


def train_step(state: State, batch: dict[str, Tensor], bfloat16: bool) -> float:
    """One update; returns the loss."""
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bfloat16):
        guide = state.network(batch["thumbnail"])
    loss = light_loss(guide.float(), batch)
    state.optimiser.zero_grad(set_to_none=True)
    loss.backward()
    norm = nn.utils.clip_grad_norm_(state.network.parameters(), 1.0)
    if torch.isfinite(norm):
        state.optimiser.step()
        update_average(state.average, state.network, state.step)
    state.step += 1
    return float(loss.detach())


def small_pairs(val: Path) -> list[dict[str, Tensor]]:
    """Validation pairs as the light network sees them, each a batch of one."""
    return [
        {
            "thumbnail": thumbnail_of(dark)[None],
            "target": view(thumbnail_of(bright)[None]),
            "alpha": view(thumbnail_of(mask)[None]),
        }
        for _, dark, bright, mask in read_pairs(val)
    ]


def judge(network: nn.Module, pairs: list[dict[str, Tensor]]) -> list[float]:
    """Mean Delta E at 48x48: of the person, of the person after the best single gain in sRGB (what
    is left is uneven light and colour), of the room."""
    rows = []
    for pair in pairs:
        with torch.no_grad():
            output = lit(pair["thumbnail"], network(pair["thumbnail"])).clamp(0.0, 1.0)
        person, target = pair["alpha"] > 0.5, pair["target"]
        gain = float((output * target * person).sum() / (output * output * person).sum())

        def error(picture: Tensor, where: Tensor) -> float:
            apart = ((lab(picture) - lab(target)) ** 2).sum(1, keepdim=True).sqrt()
            return float(apart[where].mean())

        rows.append([error(output, person), error(output * gain, person), error(output, ~person)])
    return np.mean(rows, axis=0).tolist()


def check(
    state: State,
    pairs: list[dict[str, Tensor]],
    recent: Iterable[Tensor],
    run: Path,
    row: dict[str, float],
) -> None:
    """Settle the statistics on recent thumbnails, validate, write a row of the curve, keep the best and the last weights."""
    settle_statistics(state.average, recent)
    values = judge(state.average, pairs)
    row |= dict(zip(CURVE[4:], values))
    write_row(run / "curve.csv", row, CURVE)
    print(" ".join(f"{k}={v:.5g}" for k, v in row.items()), flush=True)
    if values[0] + 0.5 * values[2] < state.best:
        state.best = values[0] + 0.5 * values[2]
        state.save(run / "best.pt")
    state.save(run / "last.pt")


def train(state: State, loader: DataLoader, pairs: list, options: argparse.Namespace) -> None:
    """The loop, until the time is up."""
    budget, started = options.minutes * 60.0, state.seconds
    next_check = started + options.check * 60.0
    recent: deque[Tensor] = deque(maxlen=SETTLING)
    total, counted, last = 0.0, 0, time.monotonic()
    for batch in loader:
        recent.append(batch["thumbnail"])
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
        check(state, pairs, recent, options.run, row | {"loss": total / counted})
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
    parser.add_argument("--minutes", type=float, default=40.0)
    parser.add_argument("--check", type=float, default=3.0, help="minutes between validations")
    parser.add_argument("--batch", type=int, default=16)
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
    network, average = LightNet(), LightNet()
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
        LightPictures(options.cache, options.seed * 1000 + state.step),
        options.batch,
        num_workers=options.workers,
        prefetch_factor=4,
        multiprocessing_context="spawn",
    )
    train(state, loader, small_pairs(options.data / "val"), options)


if __name__ == "__main__":
    main()
