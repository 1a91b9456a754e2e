"""How every training begins: its options, the run's folder, a fresh or a stopped run, the batches."""

import argparse
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, IterableDataset

from .keying import build_cache
from .loop import DECAY, LEAST, State


def command_line(description: str, **defaults: float) -> argparse.ArgumentParser:
    """The options of every training; `defaults` are those that differ between them."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--data", type=Path, required=True, help="portraits/, backgrounds/, val/")
    parser.add_argument("--cache", type=Path, required=True, help="keyed portraits go here")
    parser.add_argument("--run", type=Path, required=True, help="checkpoints and curve go here")
    parser.add_argument("--start", type=Path, help="checkpoint whose averaged weights to start from")
    parser.add_argument("--minutes", type=float, help="time budget of the whole run")
    parser.add_argument("--check", type=float, help="minutes between validations")
    parser.add_argument("--batch", type=int)
    parser.add_argument("--lr", type=float)
    parser.add_argument("--least", type=float, default=LEAST, help="what the rate falls to, of --lr")
    parser.add_argument("--decay", type=float, default=DECAY, help="of the averaged weights, a step")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--bfloat16", action="store_true", help="mixed precision (AMX or AVX-512 BF16)")
    parser.set_defaults(**defaults)
    return parser


def prepare(options: argparse.Namespace) -> None:
    """Threads, seed, the run's folder and the cache."""
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    options.run.mkdir(parents=True, exist_ok=True)
    build_cache(options.data, options.cache)


def begin(network: nn.Module, average: nn.Module, options: argparse.Namespace) -> State:
    """A run of this network, whose weights the average takes, or the run that was stopped."""
    average.load_state_dict(network.state_dict())
    network = network.to(memory_format=torch.channels_last)
    trained = [p for p in network.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=options.lr, weight_decay=1e-3)
    state = State(network, average, optimiser, options.decay)
    if (options.run / "last.pt").exists():
        state.load(options.run / "last.pt")
        print(f"going on at step {state.step}, minute {state.seconds / 60:.1f}")
    return state


def stream_seed(state: State, options: argparse.Namespace) -> int:
    """A resumed run must not see the same pictures again."""
    return options.seed * 1000 + state.step


def load(stream: IterableDataset, options: argparse.Namespace) -> DataLoader:
    """Batches made beside the training; spawned, not forked: OpenCV's threads do not survive a fork."""
    return DataLoader(
        stream,
        options.batch,
        num_workers=options.workers,
        prefetch_factor=6,
        multiprocessing_context="spawn",
    )


def weights_of(checkpoint: Path, part: str = "") -> dict[str, Tensor]:
    """The averaged weights of a checkpoint, or of one part of the network in it where it has such a part."""
    weights = torch.load(checkpoint, map_location="cpu", weights_only=True)["ema"]
    prefix = f"{part}."
    own = {name.removeprefix(prefix): value for name, value in weights.items() if name.startswith(prefix)}
    return own or weights
