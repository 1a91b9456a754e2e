"""Convolutions that the light network and the mask network share."""

import torch.nn.functional as F
from torch import Tensor, nn


def convolution(before: int, after: int, kernel: int, stride: int = 1) -> nn.Sequential:
    """Convolution with explicit padding, batch-normalised (Ioffe and Szegedy 2015)."""
    padding = (kernel - stride + 1) // 2
    return nn.Sequential(
        nn.Conv2d(before, after, kernel, stride, padding, bias=False), nn.BatchNorm2d(after)
    )


class Residual(nn.Module):
    """Two 3x3 convolutions added to their input."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = convolution(width, width, 3)
        self.second = convolution(width, width, 3)

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(x + self.second(F.relu(self.first(x))))


class ResidualUNet(nn.Module):
    """Stride-2 levels of residual blocks: (N, widths[0], H, W) -> the same shape.

    H and W are multiples of 2^(len(widths) - 1).
    """

    def __init__(self, widths: tuple[int, ...], middle: int) -> None:
        super().__init__()
        pairs = list(zip(widths[:-1], widths[1:]))
        self.encoders = nn.ModuleList(Residual(w) for w in widths[:-1])
        self.downs = nn.ModuleList(convolution(a, b, 2, 2) for a, b in pairs)
        self.middle = nn.Sequential(*(Residual(widths[-1]) for _ in range(middle)))
        self.ups = nn.ModuleList(convolution(b, a * 4, 1) for a, b in reversed(pairs))
        self.decoders = nn.ModuleList(Residual(w) for w in reversed(widths[:-1]))
        self.shuffle = nn.PixelShuffle(2)

    def forward(self, x: Tensor) -> Tensor:
        skips = []
        for encoder, down in zip(self.encoders, self.downs):
            x = encoder(x)
            skips.append(x)
            x = F.relu(down(x))
        x = self.middle(x)
        for up, decoder in zip(self.ups, self.decoders):
            x = decoder(F.relu(self.shuffle(up(x)) + skips.pop()))
        return x
