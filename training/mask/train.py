"""Train the person mask.

    python -m training.mask.train --data DIR --cache CACHE --run RUN --minutes 45

Started again with the same `--run` it goes on where it was; the schedule follows the clock.
"""

from collections import deque

import torch
import torch.nn.functional as F
from torch import Tensor

from ..evaluate import read_pairs
from ..loop import State, descend, settle_statistics, train
from ..run import begin, command_line, load, prepare, stream_seed, weights_of
from .data import MaskPictures
from .evaluate import coarse_masks, score, torch_runner
from .network import MaskNet

VALUES = ["pictures", "iouInput", "iouInputRefined", "iouTarget", "iouTargetRefined"]
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


class Mask:
    """The mask network's part of the loop."""

    columns = ["minutes", "step", "lr", "loss", *VALUES]

    def __init__(self, pairs: list, bfloat16: bool) -> None:
        self.pairs, self.bfloat16 = pairs, bfloat16
        self.recent: deque[Tensor] = deque(maxlen=SETTLING)

    def step(self, state: State, batch: dict[str, Tensor]) -> dict[str, float]:
        self.recent.append(batch["input"])
        picture = (batch["input"].float() / 255.0).to(memory_format=torch.channels_last)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.bfloat16):
            logits = state.network(picture)
        loss = mask_loss(logits.float(), batch["alpha"].float() / 255.0)
        descend(state, loss, 1.0)
        return {"loss": float(loss.detach())}

    def check(self, state: State, done: bool) -> tuple[dict[str, float], float]:
        """Most is the refined IoU of inputs and ground truths, after settling the statistics."""
        settle_statistics(state.average, (batch.float() / 255.0 for batch in self.recent))
        pairs = self.pairs if done else self.pairs[::3]
        values = score(coarse_masks(torch_runner(state.average), pairs), pairs, *REFINE)
        return dict(zip(VALUES, [len(pairs), *values])), -(values[1] + values[3])


def main() -> None:
    """Build, resume, train."""
    options = command_line(
        __doc__.splitlines()[0], minutes=45.0, check=5.0, batch=12, lr=2e-3
    ).parse_args()
    prepare(options)
    network = MaskNet()
    if options.start:
        network.load_state_dict(weights_of(options.start))
    state = begin(network, MaskNet(), options)
    stream = MaskPictures(options.cache, stream_seed(state, options))
    task = Mask(read_pairs(options.data / "val"), options.bfloat16)
    train(state, load(stream, options), task, options)


if __name__ == "__main__":
    main()
