"""Light-enhancement curves: a network that bends every pixel's tone, after Zero-DCE.

Written from Guo, Li, Guo, Loy, Hou, Kwong and Cong, "Zero-Reference Deep Curve Estimation for Low-Light
Image Enhancement", CVPR 2020.
"""

import torch
from torch import Tensor, nn


class CurveNet(nn.Module):
    """Picture [1, 3, height, width] in [0, 1] to one of the same shape in [0, 1], any size.

    Seven convolutions with mirrored skips give a curve parameter per pixel, channel and iteration;
    every iteration maps x to x + a x (1 - x). Width 32 and eight iterations are the paper's.
    """

    def __init__(self, width: int = 32, iterations: int = 8) -> None:
        super().__init__()
        self.iterations = iterations
        channels = [(3, width), (width, width), (width, width), (width, width)]
        channels += [(width * 2, width), (width * 2, width), (width * 2, iterations * 3)]
        self.convs = nn.ModuleList(nn.Conv2d(a, b, 3, padding=1) for a, b in channels)

    def forward(self, picture: Tensor) -> Tensor:
        skips, x = [], picture
        for conv in self.convs[:4]:
            x = torch.relu(conv(x))
            skips.append(x)
        x = torch.relu(self.convs[4](torch.cat([skips[2], x], dim=1)))
        x = torch.relu(self.convs[5](torch.cat([skips[1], x], dim=1)))
        curves = torch.tanh(self.convs[6](torch.cat([skips[0], x], dim=1)))
        for curve in curves.split(3, dim=1):
            picture = picture + curve * picture * (1 - picture)
        return picture
