"""The second opinion on the light: another network that answers what the light network answers.

Two networks that learnt apart err apart, and the mean of their guides errs less than either. This one
sees the thumbnail at 64x64, where a face has features, and has no batch normalisation, whose statistics
alone move the level of a picture.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .light import GRID, THUMBNAIL


class ScaledResidual(nn.Module):
    """Two 3x3 convolutions, added by a learned scale in place of normalisation."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(width, width, 3, 1, 1)
        self.second = nn.Conv2d(width, width, 3, 1, 1)
        self.strength = nn.Parameter(torch.full((1, width, 1, 1), 0.3))

    def forward(self, x: Tensor) -> Tensor:
        return x + self.second(F.relu(self.first(x))) * self.strength


class SecondLight(nn.Module):
    """forward(thumbnail (N, 3, 128, 128), sRGB in [0, 1], of the whole picture).

    Returns a guide as `LightNet` does, (N, 4, 48, 48). Widths are multiples of 4: ONNX Runtime 1.30 computes
    some others wrongly on WebGPU (docs/export.md).
    """

    def __init__(self, widths: tuple[int, ...] = (20, 32, 56, 100)) -> None:
        super().__init__()
        pairs = list(zip(widths[:-1], widths[1:]))
        self.stem = nn.Conv2d(4, widths[0], 4, 2, 1)
        self.encoders = nn.ModuleList(ScaledResidual(w) for w in widths[:-1])
        self.downs = nn.ModuleList(nn.Conv2d(a, b, 2, 2) for a, b in pairs)
        self.middle = nn.Sequential(ScaledResidual(widths[-1]), ScaledResidual(widths[-1]))
        self.whole = nn.Conv2d(widths[-1], widths[-1], 1)
        self.ups = nn.ModuleList(nn.Conv2d(b, a * 4, 1) for a, b in reversed(pairs))
        self.decoders = nn.ModuleList(ScaledResidual(w) for w in reversed(widths[:-1]))
        self.shuffle = nn.PixelShuffle(2)
        self.head = nn.Conv2d(widths[0], 4, 3, 1, 1)
        nn.init.normal_(self.head.weight, std=0.01)
        # exp(0.8) = 2.2, the lift an average weak-flash picture needs.
        self.head.bias.data.copy_(torch.tensor([0.8, 0.8, 0.8, 0.0]))

    def forward(self, thumbnail: Tensor) -> Tensor:
        level = thumbnail.mean((1, 2, 3), keepdim=True) + 0.02
        # How dark the picture is, as a plane; the picture itself is divided by it.
        plane = (torch.log(level) + 1.5).expand(-1, 1, THUMBNAIL, THUMBNAIL)
        x = self.stem(torch.cat([(thumbnail / level).sqrt() - 1.0, plane], 1))
        skips = []
        for encoder, down in zip(self.encoders, self.downs):
            x = encoder(x)
            skips.append(x)
            x = F.relu(down(x))
        x = self.middle(x)
        x = x + self.whole(x.mean((2, 3), keepdim=True))
        for up, decoder in zip(self.ups, self.decoders):
            x = decoder(self.shuffle(up(x)) + skips.pop())
        return F.interpolate(self.head(F.relu(x)), size=(GRID, GRID), mode="bilinear")
