"""What the three trainings share: a run that follows the clock, keeps its best weights and its curve,
and goes on where it was when it is started again."""

import argparse
import csv
import math
import signal
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader

WARM_UP_MINUTES = 1.0
# How far back the averaged weights reach, and how low the rate ends, unless a training says otherwise.
DECAY = 0.998
LEAST = 0.01


@dataclass
class State:
    """All that a run needs to go on."""

    network: nn.Module
    average: nn.Module
    optimiser: torch.optim.Optimizer
    decay: float = DECAY
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


class Task(Protocol):
    """What one training does in the loop."""

    columns: list[str]

    def step(self, state: State, batch: dict[str, Tensor]) -> dict[str, float]:
        """One update; the loss and what else of it goes into the curve."""

    def check(self, state: State, done: bool) -> tuple[dict[str, float], float]:
        """Validate the averaged weights: what goes into the curve, and the figure that is least for the
        best ones."""


def learning_rate(
    peak: float, seconds: float, budget: float, since_start: float, least: float = LEAST
) -> float:
    """Short linear warm-up after every (re)start, half a cosine down to `least` of the peak."""
    warm = min(1.0, (since_start + 1.0) / (WARM_UP_MINUTES * 60.0))
    progress = min(seconds / budget, 1.0)
    return peak * warm * (least + (1.0 - least) * 0.5 * (1.0 + math.cos(math.pi * progress)))


def update_average(state: State) -> None:
    """Moving average of the weights over the last ninth of the run (polynomial-decay averaging, Shamir
    and Zhang 2013), at most as far back as an exponential one with the run's decay."""
    decay = min(state.decay, (1.0 + state.step) / (10.0 + state.step))
    with torch.no_grad():
        for slow, fast in zip(state.average.parameters(), state.network.parameters()):
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


def descend(state: State, loss: Tensor, longest: float) -> None:
    """One update along the loss, its gradient no longer than `longest`; left out where that is not
    finite."""
    state.optimiser.zero_grad(set_to_none=True)
    loss.backward()
    norm = nn.utils.clip_grad_norm_(state.network.parameters(), longest)
    if torch.isfinite(norm):
        state.optimiser.step()
        update_average(state)
    state.step += 1


def write_row(path: Path, row: dict[str, float], columns: list[str]) -> None:
    """Append to the curve, with a header when the file is new."""
    fresh = not path.exists()
    with path.open("a", newline="") as file:
        writer = csv.DictWriter(file, columns)
        if fresh:
            writer.writeheader()
        writer.writerow({k: f"{v:.5g}" for k, v in row.items()})
    print(" ".join(f"{k}={v:.5g}" for k, v in row.items()), flush=True)


def train(state: State, loader: DataLoader, task: Task, options: argparse.Namespace) -> None:
    """The loop, until the time is up or the program is asked to end (SIGTERM)."""
    budget, started = options.minutes * 60.0, state.seconds
    next_check = started + options.check * 60.0
    stopped: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _frame: stopped.append(number))
    sums: dict[str, float] = {}
    counted, last = 0, time.monotonic()
    for batch in loader:
        since = state.seconds - started
        rate = learning_rate(options.lr, state.seconds, budget, since, options.least)
        for group in state.optimiser.param_groups:
            group["lr"] = rate
        for name, value in task.step(state, batch).items():
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
        row = {"minutes": state.seconds / 60.0, "step": state.step, "lr": rate}
        row |= {name: value / counted for name, value in sums.items()}
        values, figure = task.check(state, done)
        write_row(options.run / "curve.csv", row | values, task.columns)
        if figure < state.best:
            state.best = figure
            state.save(options.run / "best.pt")
        state.save(options.run / "last.pt")
        sums, counted, last = {}, 0, time.monotonic()
        if done:
            return
