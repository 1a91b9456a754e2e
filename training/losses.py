"""Training losses: what the challenge measures, in differentiable form."""

import torch
import torch.nn.functional as F
from torch import Tensor

_TO_XYZ = torch.tensor(
    [
        [0.412453, 0.357580, 0.180423],
        [0.212671, 0.715160, 0.072169],
        [0.019334, 0.119193, 0.950227],
    ]
)
_WHITE = torch.tensor([0.950456, 1.0, 1.088754])
_LUMA = torch.tensor([0.299, 0.587, 0.114]).view(1, 3, 1, 1)
_BINOMIAL = torch.tensor([1.0, 4.0, 6.0, 4.0, 1.0]) / 16.0


def lab(srgb: Tensor) -> Tensor:
    """sRGB (N, 3, H, W) -> Lab as OpenCV's 8 bit has it: L x 2.55, a and b without their offset."""
    x = srgb.clamp(0.0, 1.0)
    linear = torch.where(x <= 0.04045, x / 12.92, ((x + 0.055) / 1.055).clamp_min(1e-4) ** 2.4)
    xyz = torch.einsum("ij,njhw->nihw", _TO_XYZ / _WHITE[:, None], linear)
    root = torch.where(
        xyz > 216 / 24389, xyz.clamp_min(216 / 24389) ** (1 / 3), xyz * (841 / 108) + 16 / 116
    )
    fx, fy, fz = root.unbind(1)
    return torch.stack([2.55 * (116.0 * fy - 16.0), 500.0 * (fx - fy), 200.0 * (fy - fz)], 1)


def colour_error(output: Tensor, target: Tensor, person: Tensor) -> Tensor:
    """Mean Delta E (OpenCV 8-bit scale), the person counting twice."""
    square = ((lab(output) - lab(target)) ** 2).sum(1, keepdim=True)
    weight = 1.0 + person
    return ((square + 0.25).sqrt() * weight).sum() / weight.sum()


def luma(srgb: Tensor) -> Tensor:
    """BT.601 luma (N, 1, H, W)."""
    return (srgb * _LUMA).sum(1, keepdim=True)


def _window(x: Tensor) -> Tensor:
    kernel = _BINOMIAL.view(1, 1, 1, 5)
    return F.conv2d(F.conv2d(x, kernel), kernel.transpose(2, 3))


def ssim_loss(output: Tensor, target: Tensor) -> Tensor:
    """1 - mean SSIM on luma with the 5x5 binomial window (valid region)."""
    a, b = luma(output), luma(target)
    mean_a, mean_b, square_a, square_b, product = _window(
        torch.cat([a, b, a * a, b * b, a * b])
    ).chunk(5)
    variance = square_a - mean_a**2 + square_b - mean_b**2
    covariance = product - mean_a * mean_b
    light = (2 * mean_a * mean_b + 1e-4) / (mean_a**2 + mean_b**2 + 1e-4)
    texture = (2 * covariance + 9e-4) / (variance.clamp_min(0.0) + 9e-4)
    return 1.0 - (light * texture).mean()


def gradient_loss(output: Tensor, target: Tensor) -> Tensor:
    """L1 of the horizontal and vertical differences."""
    error = output - target
    return error.diff(dim=3).abs().mean() + error.diff(dim=2).abs().mean()


def tone_loss(output: Tensor, target: Tensor) -> Tensor:
    """L1 after averaging over 16x16 pixels: brightness and colour without texture."""
    return F.avg_pool2d(output - target, 16).abs().mean()


def highest(plane: Tensor) -> Tensor:
    """The highest value among 9x9 neighbours, rows and columns apart, which is four times as fast."""
    return F.max_pool2d(F.max_pool2d(plane, (9, 1), 1, (4, 0)), (1, 9), 1, (0, 4))


def total_loss(output: Tensor, target: Tensor, alpha: Tensor) -> tuple[Tensor, dict[str, float]]:
    """Weighted sum and its parts.

    Args:
        output: (N, 3, H, W), not clamped.
        target: (N, 3, H, W) in [0, 1].
        alpha: (N, 1, H, W) in [0, 1], 1 on the person.
    """
    error = ((output - target) ** 2 + 1e-5).sqrt()
    # The room counts twice: with the person ahead here too, rooms came out 20 levels too dark, since
    # where the two cannot be told apart the network took the person's side.
    # Along the outline, where a dark rim is easily seen, one more.
    outline = highest(alpha) + highest(-alpha)
    weight = 2.0 - alpha + outline
    pixel = (error * weight).mean() / weight.mean()
    # The dear losses look at less, to leave the time to the network: colour at half size, texture
    # in one random window of a quarter of the area.
    half = [F.avg_pool2d(x, 2) for x in (output, target, alpha)]
    height, width = output.shape[2] // 2, output.shape[3] // 2
    top, left = (int(torch.randint(n + 1, ())) for n in (height, width))
    window = [x[..., top : top + height, left : left + width] for x in (output, target)]
    parts = {
        "pixel": pixel,
        "colour": colour_error(*half) * 0.006,
        "ssim": ssim_loss(*window) * 0.4,
        "gradient": gradient_loss(*window) * 0.8,
        "tone": tone_loss(output, target) * 0.3,
    }
    return sum(parts.values()), {name: float(part.detach()) for name, part in parts.items()}
