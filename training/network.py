"""The restoration network: a U-Net of gated depth-wise blocks steered by a thumbnail and by the
light network.

Three inputs make tiling possible without changing the look: the trunk sees the tile, the
thumbnail (the whole picture squashed to 128x128) tells every tile the same global story, and the
region says where in the picture the tile lies. Nothing in the trunk takes statistics over the tile. The
light network (`light.py`) sees the thumbnail too, at 48x48. Feature-wise modulation after FiLM (Perez et al. 2018);
gated depth-wise blocks after NAFNet (Chen et al. 2022), with a sigmoid gate, because the plain
product gate diverged, and with a learned residual scale in place of normalisation.
"""

import copy

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .light import THUMBNAIL, LightNet, mirrored_guide, need
from .region import TRUST, WHOLE, grid_macs, relight, spread
from .second import SecondLight

SIZE_MULTIPLE = 16
MAX_GAIN = 8.0
MARGIN = 16
# The trunk's levels that take the light network's guide, and how many pixels one cell is there.
GUIDED_LEVEL = 2
GUIDED_STRIDE = 8
# The first light network's part in how much light a person lacks as a whole: it has learnt that of
# few people, whom it knows, the second one of people in disguise.
LEVEL_SHARE = 0.2
# Below the one need a picture gets the least share of its restoration, which shows in no picture;
# above the other it is restored in full.
LEAST_NEED = 0.1
FULL_NEED = 0.35
LEAST_SHARE = 0.15


class ThumbnailEncoder(nn.Module):
    """Small CNN: thumbnail (N, 3, 128, 128) in [0, 1] -> code (N, code, 1, 1)."""

    def __init__(self, code: int) -> None:
        super().__init__()
        widths = [3, 24, 40, 64, 64]
        layers: list[nn.Module] = []
        for before, after in zip(widths[:-1], widths[1:]):
            layers += [nn.Conv2d(before, after, 4, 2, 1), nn.ReLU()]
        self.features = nn.Sequential(*layers)
        self.mix = nn.Sequential(nn.Conv2d(widths[-1], code, 1), nn.ReLU())

    def forward(self, thumbnail: Tensor) -> Tensor:
        features = self.features(thumbnail * 4.0 - 1.0)
        return self.mix(features.mean((2, 3), keepdim=True))


class Block(nn.Module):
    """Depth-wise square, FiLM, gated point-wise pair, added to the input by a learned scale."""

    def __init__(self, width: int, code: int, kernel: int) -> None:
        super().__init__()
        self.depthwise = nn.Conv2d(width, width, kernel, 1, kernel // 2, groups=width)
        self.scale = nn.Conv2d(code, width, 1)
        self.shift = nn.Conv2d(code, width, 1)
        self.value = nn.Conv2d(width, width, 1)
        self.gate = nn.Conv2d(width, width, 1)
        self.out = nn.Conv2d(width, width, 1)
        self.strength = nn.Parameter(torch.full((1, width, 1, 1), 0.3))
        for film in (self.scale, self.shift):
            nn.init.normal_(film.weight, std=0.01)
            nn.init.zeros_(film.bias)

    def forward(self, x: Tensor, code: Tensor) -> Tensor:
        # Both bounded: scale in (0, 2), shift in (-1, 1).
        scale = torch.sigmoid(self.scale(code)) * 2.0
        shift = torch.sigmoid(self.shift(code)) * 2.0 - 1.0
        y = self.depthwise(x) * scale + shift
        y = self.value(y) * torch.sigmoid(self.gate(y))
        if self.strength is None:
            return x + self.out(y)
        return x + F.conv2d(y, *self.scaled_out(self.strength.view(-1)))

    def scaled_out(self, scale: Tensor) -> tuple[Tensor, Tensor]:
        """The last convolution's weight and bias times the residual scale, which is cheaper than
        scaling its output."""
        return self.out.weight * scale.view(-1, 1, 1, 1), self.out.bias * scale

    def fold(self) -> None:
        """Move the residual scale into the last convolution: one operator less when exported."""
        if self.strength is None:
            return
        with torch.no_grad():
            weight, bias = self.scaled_out(self.strength.view(-1))
            self.out.weight.copy_(weight)
            self.out.bias.copy_(bias)
        self.strength = None


class Stage(nn.Module):
    """Blocks of one width in a row."""

    def __init__(self, width: int, code: int, depth: int, kernel: int) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(Block(width, code, kernel) for _ in range(depth))

    def forward(self, x: Tensor, code: Tensor) -> Tensor:
        for block in self.blocks:
            x = block(x, code)
        return x


class Up(nn.Module):
    """Point-wise convolution, then depth-to-space: (N, C, H, W) -> (N, out, 2H, 2W)."""

    def __init__(self, before: int, after: int) -> None:
        super().__init__()
        self.project = nn.Conv2d(before, after * 4, 1)
        self.shuffle = nn.PixelShuffle(2)

    def forward(self, x: Tensor) -> Tensor:
        return self.shuffle(self.project(x))


class FlashNet(nn.Module):
    """Weak-flash portrait -> strong-flash portrait.

    forward(input, thumbnail, guide): float32 RGB in [0, 1], input (N, 3, H, W) with H and W
    multiples of 16, thumbnail (N, 3, 128, 128), guide (N, 4, H / 8, W / 8) from the light networks.
    Returns (N, 3, H, W), not clamped, so that the loss has a gradient outside [0, 1]; `Restorer`
    joins the parts and clamps.
    The output is (input + offset) x gain for each pixel and channel, gain in (0, 8): the offset
    takes the noise away at the scale it has in the input, the gain lifts what is left (two to four
    in sRGB) and keeps the texture that a sum would have to rebuild.
    """

    def __init__(
        self,
        widths: tuple[int, ...] = (32, 64, 96, 128),
        depths: tuple[int, ...] = (2, 2, 2, 3),
        kernels: tuple[int, ...] = (3, 3, 5, 5),
        code: int = 32,
    ) -> None:
        super().__init__()
        self.thumbnail = ThumbnailEncoder(code)
        self.light = LightNet()
        self.second = SecondLight()
        # Silent at first, so that a trunk trained without them starts from where it was.
        self.guides = nn.ModuleList(
            nn.Conv2d(LightNet.GUIDE, w, 1) for w in (widths[GUIDED_LEVEL], widths[-1], widths[GUIDED_LEVEL])
        )
        for guide in self.guides:
            nn.init.zeros_(guide.weight)
            nn.init.zeros_(guide.bias)
        self.trust = nn.Parameter(torch.tensor(TRUST))
        # The same as pixel-unshuffle and a convolution over 12 channels, in one plain operator.
        self.stem = nn.Conv2d(3, widths[0], 4, 2, 1)
        pairs = list(zip(widths[:-1], widths[1:]))
        levels = list(zip(widths[:-1], depths, kernels))
        self.encoders = nn.ModuleList(Stage(w, code, d, k) for w, d, k in levels)
        self.downs = nn.ModuleList(nn.Conv2d(a, b, 2, 2) for a, b in pairs)
        self.middle = Stage(widths[-1], code, depths[-1], kernels[-1])
        self.ups = nn.ModuleList(Up(b, a) for a, b in reversed(pairs))
        self.decoders = nn.ModuleList(Stage(w, code, d, k) for w, d, k in reversed(levels))
        self.gain = nn.Conv2d(widths[0], 12, 3, 1, 1)
        self.offset = nn.Conv2d(widths[0], 12, 3, 1, 1)
        self.shuffle = nn.PixelShuffle(2)
        for head in (self.gain, self.offset):
            nn.init.normal_(head.weight, std=0.01)
            nn.init.zeros_(head.bias)
        # sigmoid(-0.95) x 8 = 2.2, the lift an average weak-flash picture needs.
        nn.init.constant_(self.gain.bias, -0.95)

    def guide(self, thumbnail: Tensor) -> Tensor:
        """What both light networks say of a picture and of its mirror image, on average, but how much light
        the person lacks as a whole mostly from the second: thumbnail (N, 3, 128, 128) -> (N, 4, 48, 48)."""
        first, second = mirrored_guide(self.light, thumbnail), mirrored_guide(self.second, thumbnail)
        excess = (need(first) - need(second)) * (0.5 - LEVEL_SHARE)
        gain, person = ((first + second) * 0.5).split([3, 1], 1)
        return torch.cat([gain - excess, person], 1)

    def forward(self, input: Tensor, thumbnail: Tensor, guide: Tensor) -> Tensor:
        code = self.thumbnail(thumbnail)
        into, across, out = self.guides
        x = self.stem(input)
        skips = []
        for level, (encoder, down) in enumerate(zip(self.encoders, self.downs)):
            x = encoder(x + into(guide) if level == GUIDED_LEVEL else x, code)
            skips.append(x)
            x = down(x)
        x = self.middle(x + across(F.avg_pool2d(guide, 2)), code)
        for up, decoder in zip(self.ups, self.decoders):
            x = up(x) + skips.pop()
            x = decoder(x + out(guide) if len(skips) == GUIDED_LEVEL else x, code)
        gain = torch.sigmoid(self.gain(x)) * MAX_GAIN
        return (input + self.shuffle(self.offset(x))) * self.shuffle(gain)


class Restorer(nn.Module):
    """FlashNet as it is evaluated and exported: light networks first, reflected margin around the
    picture and around the guide, output clamped to [0, 1].

    forward(input (1, 3, H, W), thumbnail (1, 3, 128, 128), region (4)): `region` is where in the whole
    picture the input lies, see `spread`. What is well lit by the light network's judgement comes back
    nearly as it was.
    """

    def __init__(self, network: FlashNet) -> None:
        super().__init__()
        self.network = network

    def forward(self, input: Tensor, thumbnail: Tensor, region: Tensor) -> Tensor:
        guide = self.network.guide(thumbnail)
        share = ((need(guide) - LEAST_NEED) / (FULL_NEED - LEAST_NEED)).clamp(LEAST_SHARE, 1.0)
        height, width = (side // GUIDED_STRIDE for side in input.shape[2:])
        wide, near = (
            F.pad(x, (margin, margin, margin, margin), mode="reflect")
            for x, margin in (
                (input, MARGIN),
                (spread(guide, region[None], height, width), MARGIN // GUIDED_STRIDE),
            )
        )
        output = self.network(wide, thumbnail, near)[..., MARGIN:-MARGIN, MARGIN:-MARGIN]
        output = relight(input, output, guide, region[None], self.network.trust)
        return (input + (output - input) * share).clamp(0.0, 1.0)


def count_parameters(network: nn.Module) -> int:
    """Number of trained values."""
    return sum(p.numel() for p in network.parameters())


def convolution_macs(network: nn.Module, *inputs: Tensor) -> int:
    """Multiply-accumulates of all convolutions of one run."""
    total = 0

    def hook(module: nn.Conv2d, _inputs: tuple[Tensor, ...], output: Tensor) -> None:
        nonlocal total
        total += module.weight[0].numel() * output.numel()

    plain = copy.deepcopy(network).eval()
    for module in plain.modules():
        if isinstance(module, nn.Conv2d):
            module.register_forward_hook(hook)
    with torch.no_grad():
        plain(*inputs)
    return total


def count_macs(network: FlashNet, height: int = 720, width: int = 1280) -> int:
    """Multiply-accumulates for one whole picture of that size: all convolutions, margin included, and
    the products with the light network's grid."""
    plain = copy.deepcopy(network)
    for module in plain.modules():
        if isinstance(module, Block):
            module.fold()
    inputs = torch.zeros(1, 3, height, width), torch.zeros(1, 3, THUMBNAIL, THUMBNAIL)
    guide = height // GUIDED_STRIDE, width // GUIDED_STRIDE
    return convolution_macs(Restorer(plain), *inputs, WHOLE) + grid_macs(height, width, guide)
