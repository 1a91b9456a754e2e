"""Train the restoration network on synthesised weak-flash / strong-flash pairs.

    python -m training.train --data DIR --cache DIR --run DIR --minutes 95

The schedule follows the clock, not the step count: progress is elapsed time over budget, so a run
ends annealed at the planned time however busy the machine is. A run that was stopped goes on where
it was when it is started again with the same `--run`.
"""

from pathlib import Path

import torch
from torch import Tensor

from .data import FlashPairs
from .evaluate import read_pairs, score, torch_runner
from .loop import State, descend, train
from .losses import total_loss
from .network import GUIDED_STRIDE, FlashNet, count_macs, count_parameters
from .region import relight, spread
from .run import begin, command_line, load, prepare, stream_seed, weights_of

VALUES = ["pictures", "psnr", "psnrPerson", "ssim_val", "deltaEPerson"]


class Trunk:
    """The trunk's part of the loop."""

    columns = ["minutes", "step", "lr", "loss", "pixel", "colour", "ssim", "gradient", "tone", *VALUES]

    def __init__(self, pairs: list, bfloat16: bool) -> None:
        self.pairs, self.bfloat16 = pairs, bfloat16
        # The best weights are chosen on the same few pictures throughout; the end counts them all.
        self.few = pairs[:: max(len(pairs) // 10, 1)]

    def step(self, state: State, batch: dict[str, Tensor]) -> dict[str, float]:
        """One update of the trunk. The light networks stay as they are: they have learnt from far more
        pictures than come by here."""
        bytes_ = ("input", "target", "alpha", "thumbnail")
        real = {name: batch[name].float() / 255.0 for name in bytes_}
        dark = real["input"].to(memory_format=torch.channels_last)
        half = torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.bfloat16)
        with torch.no_grad():
            with half:
                whole = state.average.eval().guide(real["thumbnail"]).float()
            cells = dark.shape[2] // GUIDED_STRIDE
            guide = spread(whole, batch["region"], cells, cells)
        with half:
            output = state.network(dark, real["thumbnail"], guide)
        output = relight(dark, output.float(), whole, batch["region"], state.network.trust)
        loss, parts = total_loss(output, real["target"], real["alpha"])
        descend(state, loss, 0.5)
        return {"loss": float(loss.detach()), **parts}

    def check(self, state: State, done: bool) -> tuple[dict[str, float], float]:
        """Least is Delta E less PSNR."""
        run = torch_runner(state.average)
        values = score(run, self.few)
        figure = values[3] - values[1]
        if done:
            values = score(run, self.pairs)
        count = len(self.pairs if done else self.few)
        return dict(zip(VALUES, [count, *values])), figure


def main() -> None:
    """Build, resume, train."""
    parser = command_line(
        __doc__.splitlines()[0], minutes=95.0, check=8.0, batch=4, lr=1.2e-3, threads=2
    )
    parser.add_argument("--light", type=Path, help="checkpoint of training.train_light")
    parser.add_argument("--second", type=Path, help="checkpoint of training.train_light --second")
    parser.add_argument("--crop", type=int, default=288)
    options = parser.parse_args()
    prepare(options)
    network = FlashNet()
    if options.start:
        # Weights from before the light networks lack their part.
        network.load_state_dict(weights_of(options.start), strict=False)
    for part, checkpoint in ((network.light, options.light), (network.second, options.second)):
        if checkpoint:
            part.load_state_dict(weights_of(checkpoint))
        part.requires_grad_(False)
    print(f"{count_parameters(network)} parameters, {count_macs(network) / 1e9:.2f}e9 MACs at 720p")
    state = begin(network, FlashNet(), options)
    stream = FlashPairs(options.cache, options.crop, stream_seed(state, options))
    task = Trunk(read_pairs(options.data / "val"), options.bfloat16)
    train(state, load(stream, options), task, options)


if __name__ == "__main__":
    main()
