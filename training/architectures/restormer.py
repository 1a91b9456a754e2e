"""Restormer: an encoder-decoder of transformer blocks that attend across channels.

Written from Zamir, Arora, Khan, Hayat, Khan and Yang, "Restormer: Efficient Transformer for
High-Resolution Image Restoration", CVPR 2022.

The defaults are the size that low-light challenges hand out as their baseline: dim 16, blocks 2-2-2-2,
heads 1-2-4-8, expansion 2.66 and normalisation without bias. With two refinement blocks that makes
1,176,694 parameters, the 1.18 M stated there (none: 1.15 M, one: 1.16 M, the paper's four: 1.21 M).
"""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class BiasFreeLayerNorm(nn.Module):
    """Each pixel's channels divided by their standard deviation; nothing is subtracted or added."""

    def __init__(self, dim: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(dim))

    def forward(self, x: Tensor) -> Tensor:
        centred = x - x.mean(1, keepdim=True)
        variance = (centred * centred).mean(1, keepdim=True)
        return x / torch.sqrt(variance + 1e-5) * self.weight.view(1, -1, 1, 1)


class ChannelAttention(nn.Module):
    """Multi-Dconv head transposed attention (MDTA): a channels x channels map for every head.

    Queries and keys are unit vectors over all pixels, so the map depends on the whole input: a picture
    restored in tiles differs a little from one restored in one piece.
    """

    def __init__(self, dim: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.temperature = nn.Parameter(torch.ones(heads, 1, 1))
        self.qkv = nn.Conv2d(dim, dim * 3, 1, bias=False)
        self.qkv_dwconv = nn.Conv2d(dim * 3, dim * 3, 3, padding=1, groups=dim * 3, bias=False)
        self.project_out = nn.Conv2d(dim, dim, 1, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        height, width = x.shape[2:]
        channels = self.project_out.out_channels
        split = (1, self.heads, channels // self.heads, -1)
        q, k, v = (part.reshape(split) for part in self.qkv_dwconv(self.qkv(x)).split(channels, dim=1))
        q, k = F.normalize(q, dim=-1), F.normalize(k, dim=-1)
        attention = (q @ k.transpose(-2, -1) * self.temperature).softmax(dim=-1)
        return self.project_out((attention @ v).reshape(1, channels, height, width))


class GatedFeedForward(nn.Module):
    """Gated-Dconv feed-forward network (GDFN): one half, through GELU, gates the other."""

    def __init__(self, dim: int, expansion: float) -> None:
        super().__init__()
        self.hidden = int(dim * expansion)
        width = self.hidden * 2
        self.project_in = nn.Conv2d(dim, width, 1, bias=False)
        self.dwconv = nn.Conv2d(width, width, 3, padding=1, groups=width, bias=False)
        self.project_out = nn.Conv2d(self.hidden, dim, 1, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        gate, value = self.dwconv(self.project_in(x)).split(self.hidden, dim=1)
        return self.project_out(F.gelu(gate) * value)


class TransformerBlock(nn.Module):
    """Channel attention and gated feed-forward, each normalised before and added to its input."""

    def __init__(self, dim: int, heads: int, expansion: float) -> None:
        super().__init__()
        self.norm1 = BiasFreeLayerNorm(dim)
        self.attn = ChannelAttention(dim, heads)
        self.norm2 = BiasFreeLayerNorm(dim)
        self.ffn = GatedFeedForward(dim, expansion)

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.attn(self.norm1(x))
        return x + self.ffn(self.norm2(x))


def downsample(dim: int) -> nn.Sequential:
    """Half the size, twice the channels."""
    return nn.Sequential(nn.Conv2d(dim, dim // 2, 3, padding=1, bias=False), nn.PixelUnshuffle(2))


def upsample(dim: int) -> nn.Sequential:
    """Twice the size, half the channels."""
    return nn.Sequential(nn.Conv2d(dim, dim * 2, 3, padding=1, bias=False), nn.PixelShuffle(2))


class Restormer(nn.Module):
    """Picture [1, 3, height, width] in [0, 1] to one of the same shape, not clipped.

    Height and width must be multiples of 8.

    :param dim: channels of the first level; every level below has twice as many
    :param blocks: transformer blocks of the four levels
    :param heads: attention heads of the four levels
    :param expansion: width of the feed-forward part in channels
    :param refinement: blocks at full size after the decoder
    """

    def __init__(
        self,
        dim: int = 16,
        blocks: Sequence[int] = (2, 2, 2, 2),
        heads: Sequence[int] = (1, 2, 4, 8),
        expansion: float = 2.66,
        refinement: int = 2,
    ) -> None:
        super().__init__()
        widths = [dim, dim * 2, dim * 4, dim * 8]

        def stage(width: int, level: int, count: int) -> nn.Sequential:
            return nn.Sequential(*(TransformerBlock(width, heads[level], expansion) for _ in range(count)))

        self.patch_embed = nn.Conv2d(3, dim, 3, padding=1, bias=False)
        self.encoders = nn.ModuleList(stage(widths[i], i, blocks[i]) for i in range(3))
        self.downs = nn.ModuleList(downsample(widths[i]) for i in range(3))
        self.latent = stage(widths[3], 3, blocks[3])
        self.ups = nn.ModuleList(upsample(widths[i + 1]) for i in range(3))
        # The first level keeps the joined channels, so only the lower two narrow them.
        self.reduces = nn.ModuleList(nn.Conv2d(widths[i] * 2, widths[i], 1, bias=False) for i in (1, 2))
        self.decoders = nn.ModuleList(stage(max(widths[i], dim * 2), i, blocks[i]) for i in range(3))
        self.refinement = stage(dim * 2, 0, refinement)
        self.output = nn.Conv2d(dim * 2, 3, 3, padding=1, bias=False)

    def forward(self, picture: Tensor) -> Tensor:
        x, skips = self.patch_embed(picture), []
        for encoder, down in zip(self.encoders, self.downs):
            skips.append(encoder(x))
            x = down(skips[-1])
        x = self.latent(x)
        for level in (2, 1, 0):
            x = torch.cat([self.ups[level](x), skips[level]], dim=1)
            if level > 0:
                x = self.reduces[level - 1](x)
            x = self.decoders[level](x)
        return self.output(self.refinement(x)) + picture
