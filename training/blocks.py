"""Convolutions that the light network and the mask network share."""

import torch.nn.functional as F
from torch import Tensor, nn


def convolution(before: int, after: int, kernel: int, stride: int = 1) -> nn.Sequential:
    """Convolution with explicit padding, batch-normalised (Ioffe and Szegedy 2015)."""
    padding = (kernel - stride + 1) // 2
    return nn.Sequential(
        nn.Conv2d(before, after, kernel, stride, padding, bias=False), nn.BatchNorm2d(after)
    )


def low_rank(width: int, rank: int) -> nn.Sequential:
    """A 3x3 convolution whose answers lie in a space of `rank` dimensions, batch-normalised: for a
    deep level about half the weights at next to no loss (LOG, eighth round)."""
    narrow = nn.Conv2d(width, rank, 3, 1, 1, bias=False)
    return nn.Sequential(narrow, *convolution(rank, width, 1))


class Residual(nn.Module):
    """Two 3x3 convolutions added to their input, of full rank unless told otherwise."""

    def __init__(self, width: int, rank: int | None = None) -> None:
        super().__init__()
        self.first, self.second = (
            low_rank(width, rank) if rank else convolution(width, width, 3) for _ in range(2)
        )

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(x + self.second(F.relu(self.first(x))))


class ResidualUNet(nn.Module):
    """Stride-2 levels of residual blocks: (N, widths[0], H, W) -> the same shape.

    H and W are multiples of 2^(len(widths) - 1). ranks: of the convolutions of a level, by its width.
    """

    def __init__(
        self, widths: tuple[int, ...], middle: int, ranks: dict[int, int] | None = None
    ) -> None:
        super().__init__()

        def residual(width: int) -> Residual:
            return Residual(width, (ranks or {}).get(width))

        pairs = list(zip(widths[:-1], widths[1:]))
        self.encoders = nn.ModuleList(residual(w) for w in widths[:-1])
        self.downs = nn.ModuleList(convolution(a, b, 2, 2) for a, b in pairs)
        self.middle = nn.Sequential(*(residual(widths[-1]) for _ in range(middle)))
        self.ups = nn.ModuleList(convolution(b, a * 4, 1) for a, b in reversed(pairs))
        self.decoders = nn.ModuleList(residual(w) for w in reversed(widths[:-1]))
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
