"""The light network: reads off a coarse picture how it is lit, and what light it lacks.

Most of a plain U-Net's error was one of light, low in frequency: the falloff of the flash, uneven
shading, and how bright the room should be. That can be learnt at 48x48, where a step costs next to
nothing. What it finds (a gain per channel, the person) is handed to the trunk.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .blocks import ResidualUNet, convolution

GRID = 48
THUMBNAIL = 128
# Ranks of the convolutions of the two deepest levels, by width.
RANKS = {80: 32, 112: 48}


def view(thumbnail: Tensor) -> Tensor:
    """(N, 3, 128, 128) -> (N, 3, 48, 48), what the light network looks at."""
    return F.interpolate(F.avg_pool2d(thumbnail, 2), size=(GRID, GRID), mode="bilinear")


class LightNet(nn.Module):
    """forward(thumbnail (N, 3, 128, 128), sRGB in [0, 1], of the whole picture).

    Returns the guide, (N, 4, 48, 48): the logarithm of the gain of each channel in sRGB, and the
    logit of the person. Nothing else, so that either network can be trained further alone.
    """

    GUIDE = 4

    def __init__(self, widths: tuple[int, ...] = (40, 56, 80, 112), middle: int = 2) -> None:
        super().__init__()
        self.stem = convolution(4, widths[0], 3)
        # The finer grain of the thumbnail, as one code.
        self.whole = convolution(4, widths[0], 4, 2)
        self.body = ResidualUNet(widths, middle, RANKS)
        self.head = nn.Conv2d(widths[0], 4, 3, 1, 1)
        nn.init.normal_(self.head.weight, std=0.01)
        # exp(0.8) = 2.2, the lift an average weak-flash picture needs.
        self.head.bias.data.copy_(torch.tensor([0.8, 0.8, 0.8, 0.0]))

    def forward(self, thumbnail: Tensor) -> Tensor:
        level = thumbnail.mean((1, 2, 3), keepdim=True) + 0.02
        # How dark the picture is, as a plane; the pictures themselves are divided by it.
        plane = torch.log(level) + 1.5
        small = (view(thumbnail) / level).sqrt() - 1.0
        small = torch.cat([small, plane.expand(-1, 1, GRID, GRID)], 1)
        wide = plane.expand(-1, 1, THUMBNAIL, THUMBNAIL)
        picture = torch.cat([(thumbnail / level).sqrt() - 1.0, wide], 1)
        context = F.relu(self.whole(picture)).mean((2, 3), keepdim=True)
        return self.head(self.body(F.relu(self.stem(small) + context)))


def mirrored_guide(light: nn.Module, thumbnail: Tensor) -> Tensor:
    """The mean of the guides of a picture and of its mirror image, (N, 4, 48, 48): a tenth of a Delta E
    better than one alone, for one more run at 48x48."""
    guide, other = light(torch.cat([thumbnail, thumbnail.flip(3)])).chunk(2)
    return (guide + other.flip(3)) * 0.5


def lit(thumbnail: Tensor, guide: Tensor) -> Tensor:
    """The picture as the light network would have it: (N, 3, 48, 48), not clamped."""
    return view(thumbnail) * torch.exp(guide[:, :3].clamp(-2.0, 3.0))


def need(guide: Tensor) -> Tensor:
    """How much light the person lacks, or where there is none the picture: the mean logarithm of
    the gain, (N, 1, 1, 1). About 0 for a well-lit picture, .6 and more under a weak flash."""
    person = torch.sigmoid(guide[:, 3:]) + 0.02
    gain = guide[:, :3].mean(1, keepdim=True) * person
    return gain.mean((1, 2, 3), keepdim=True) / person.mean((1, 2, 3), keepdim=True)
