"""Illumination estimation: divides a picture by the light it estimates, after SCI.

Written from Ma, Ma, Liu, Fan and Luo, "Toward Fast, Flexible, and Robust Low-Light Image Enhancement",
CVPR 2022: the one stage that is left after training.
"""

import torch
from torch import Tensor, nn


class IlluminationNet(nn.Module):
    """Picture [1, 3, height, width] in [0, 1] to one of the same shape in [0, 1], any size.

    Residual convolutions estimate what the light has more than the picture; the picture is divided by
    their sum.
    """

    def __init__(self, width: int = 3, blocks: int = 1) -> None:
        super().__init__()
        self.first = nn.Conv2d(3, width, 3, padding=1)
        self.blocks = nn.ModuleList(nn.Conv2d(width, width, 3, padding=1) for _ in range(blocks))
        self.last = nn.Conv2d(width, 3, 3, padding=1)

    def forward(self, picture: Tensor) -> Tensor:
        x = torch.relu(self.first(picture))
        for block in self.blocks:
            x = x + torch.relu(block(x))
        light = (torch.sigmoid(self.last(x)) + picture).clamp(1e-4, 1)
        return (picture / light).clamp(0, 1)
