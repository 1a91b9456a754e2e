"""A small residual U-Net that marks people, in the dark as well as in the light.

The picture is squashed to 256x256, so the network sees all of it and may take statistics over it:
it divides by the mean first, since a weak-flash picture is a bright one times a small number.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..blocks import ResidualUNet, convolution

WORKING_SIZE = 256


class MaskNet(nn.Module):
    """forward(input (N, 3, 256, 256) sRGB in [0, 1]) -> logits (N, 1, 256, 256) of the person."""

    def __init__(self, widths: tuple[int, ...] = (16, 32, 48, 72, 104), middle: int = 2) -> None:
        super().__init__()
        self.stem = convolution(3, widths[0], 4, 2)
        self.body = ResidualUNet(widths, middle)
        self.head = nn.Conv2d(widths[0], 4, 3, 1, 1)
        self.shuffle = nn.PixelShuffle(2)

    def forward(self, input: Tensor) -> Tensor:
        mean = input.mean((1, 2, 3), keepdim=True)
        # The root brings dark suits and bright shirts closer together.
        x = F.relu(self.stem((input / (mean + 0.02)).sqrt() - 1.0))
        return self.shuffle(self.head(self.body(x)))


class Masker(nn.Module):
    """MaskNet as it is exported: probabilities in [0, 1]."""

    def __init__(self, network: MaskNet) -> None:
        super().__init__()
        self.network = network

    def forward(self, input: Tensor) -> Tensor:
        return torch.sigmoid(self.network(input))
