"""Weights out of the checkpoints that training programs leave behind."""

import pathlib
import pickle
import re
import sys

import torch
from torch import Tensor, nn

# Where the common frameworks keep the weights, the averaged ones first.
NESTS = ("params_ema", "ema", "params", "state_dict", "model_state_dict", "model", "generator", "net_g", "net")
PREFIXES = ("module.", "_orig_mod.", "model.", "net.", "generator.")
SHOWN = 5


def some(names: list[str]) -> str:
    """The first few of many names."""
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def tensors_in(value: object) -> dict[str, Tensor]:
    """The tensors of a state dict; empty where it is none."""
    if not isinstance(value, dict):
        return {}
    return {name: part for name, part in value.items() if isinstance(name, str) and isinstance(part, Tensor)}


def read_weights(file: pathlib.Path, nest: str | None) -> dict[str, Tensor]:
    """The state dict in a file, read as data only: nothing in it is executed.

    :param nest: the key it lies under; None looks under the usual ones
    """
    try:
        content = torch.load(file, map_location="cpu", weights_only=True)
    except OSError as error:
        sys.exit(f"{file} cannot be read: {error.strerror}.")
    except pickle.UnpicklingError as error:
        found = re.search(r"GLOBAL (\S+)", str(error))
        what = f"holds {found[1]}, which would be executed" if found else "is not a PyTorch checkpoint"
        sys.exit(f"{file} {what}; only tensors are read. Save the state_dict alone.")
    except Exception as error:  # The unpickler trips over a broken file in any way there is.
        sys.exit(f"{file} is not a whole PyTorch checkpoint ({type(error).__name__}: {error}).")
    content = content if isinstance(content, dict) else {}
    names = [nest] if nest else NESTS
    place = next((name for name in names if tensors_in(content.get(name))), None)
    weights = tensors_in(content if place is None and nest is None else content.get(place))
    if not weights:
        held = some([str(key) for key in content]) or "nothing by name"
        sys.exit(f"{file} has no tensors under {nest or 'any usual key'}. It has: {held}. Name one with --key.")
    print(f"{file.name}: {len(weights)} tensors" + (f" under {place!r}" if place else ""))
    return weights


def without_prefix(weights: dict[str, Tensor], wanted: set[str]) -> dict[str, Tensor]:
    """Takes wrappers' prefixes off as long as that makes more names fit."""
    while True:
        fitting = len(wanted.intersection(weights))
        for prefix in PREFIXES:
            shorter = {name.removeprefix(prefix): value for name, value in weights.items()}
            if len(shorter) == len(weights) and shorter.keys() != weights.keys():
                if prefix == "module." or len(wanted.intersection(shorter)) > fitting:
                    weights = shorter
                    break
        else:
            return weights


def fill(network: nn.Module, weights: dict[str, Tensor]) -> None:
    """Loads weights into a network; every name and shape must fit, or a sentence says which does not."""
    own = network.state_dict()
    weights = without_prefix(weights, set(own))
    missing = [name for name in own if name not in weights]
    unexpected = [name for name in weights if name not in own]
    other = [
        f"{name} {tuple(weights[name].shape)} instead of {tuple(value.shape)}"
        for name, value in own.items()
        if name in weights and weights[name].shape != value.shape
    ]
    problems = []
    if missing:
        problems.append(f"{len(missing)} missing: {some(missing)}.")
    if unexpected:
        problems.append(f"{len(unexpected)} unexpected: {some(unexpected)}.")
    if other:
        problems.append(f"{len(other)} of another shape: {some(other)}.")
    if problems:
        head = f"The checkpoint does not fit {type(network).__name__}: are --class and --args those of the training?"
        sys.exit("\n".join([head, *problems]))
    network.load_state_dict(weights)
