"""Train one of the light networks alone, at 48x48, before it joins the trunk.

    python -m training.train_light --data DIR --cache CACHE --run RUN --minutes 40 [--second]

Started again with the same `--run` it goes on where it was; the schedule follows the clock.
"""

from collections import deque
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .evaluate import read_pairs
from .light import LightNet, lit, mirrored_guide, view
from .light_data import LightPictures, thumbnail_of
from .loop import State, descend, settle_statistics, train
from .losses import lab
from .run import begin, command_line, load, prepare, stream_seed, weights_of
from .second import SecondLight

SETTLING = 30
VALUES = ["deltaEPerson", "deltaEPersonGains", "deltaERoom"]


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
    """Mean Delta E at 48x48, with the mirror image's guide averaged in: of the person, of the person
    after the best single gain in sRGB (what is left is uneven light and colour), of the room."""
    rows = []
    for pair in pairs:
        with torch.no_grad():
            guide = mirrored_guide(network, pair["thumbnail"])
        output = lit(pair["thumbnail"], guide).clamp(0.0, 1.0)
        person, target = pair["alpha"] > 0.5, pair["target"]
        gain = float((output * target * person).sum() / (output * output * person).sum())

        def error(picture: Tensor, where: Tensor) -> float:
            apart = ((lab(picture) - lab(target)) ** 2).sum(1, keepdim=True).sqrt()
            return float(apart[where].mean())

        rows.append([error(output, person), error(output * gain, person), error(output, ~person)])
    return np.mean(rows, axis=0).tolist()


class Light:
    """The light network's part of the loop."""

    columns = ["minutes", "step", "lr", "loss", *VALUES]

    def __init__(self, pairs: list[dict[str, Tensor]], bfloat16: bool) -> None:
        self.pairs, self.bfloat16 = pairs, bfloat16
        self.recent: deque[Tensor] = deque(maxlen=SETTLING)

    def step(self, state: State, batch: dict[str, Tensor]) -> dict[str, float]:
        self.recent.append(batch["thumbnail"])
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.bfloat16):
            guide = state.network(batch["thumbnail"])
        loss = light_loss(guide.float(), batch)
        descend(state, loss, 1.0)
        return {"loss": float(loss.detach())}

    def check(self, state: State, _done: bool) -> tuple[dict[str, float], float]:
        """Least is Delta E of the person and half of the room's, after settling the statistics."""
        settle_statistics(state.average, self.recent)
        values = judge(state.average, self.pairs)
        return dict(zip(VALUES, values)), values[0] + 0.5 * values[2]


def main() -> None:
    """Build, resume, train."""
    parser = command_line(
        __doc__.splitlines()[0], minutes=40.0, check=3.0, batch=16, lr=2e-3
    )
    parser.add_argument("--second", action="store_true", help="the second one, on people in disguise")
    options = parser.parse_args()
    prepare(options)
    kind = SecondLight if options.second else LightNet
    network = kind()
    if options.start:
        part = "second" if options.second else "light"
        network.load_state_dict(weights_of(options.start, part))
    state = begin(network, kind(), options)
    stream = LightPictures(options.cache, stream_seed(state, options), options.second)
    task = Light(small_pairs(options.data / "val"), options.bfloat16)
    train(state, load(stream, options), task, options)


if __name__ == "__main__":
    main()
