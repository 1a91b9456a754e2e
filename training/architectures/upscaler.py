"""Sub-pixel convolution: an upscaler that works at the small size and shuffles at the end.

Written from Shi, Caballero, Huszar, Totz, Aitken, Bishop, Rueckert and Wang, "Real-Time Single Image and
Video Super-Resolution Using an Efficient Sub-Pixel Convolutional Neural Network", CVPR 2016; what it
learns is added to the picture enlarged by repetition.
"""

import torch
from torch import Tensor, nn


class Upscaler(nn.Module):
    """Picture [1, 3, height, width] in [0, 1] to [1, 3, scale height, scale width], not clipped."""

    def __init__(self, scale: int = 2, width: int = 16) -> None:
        super().__init__()
        self.scale = scale
        self.first = nn.Conv2d(3, width, 5, padding=2)
        self.second = nn.Conv2d(width, width, 3, padding=1)
        self.last = nn.Conv2d(width, 3 * scale * scale, 3, padding=1)
        self.shuffle = nn.PixelShuffle(scale)

    def forward(self, picture: Tensor) -> Tensor:
        details = self.last(torch.tanh(self.second(torch.tanh(self.first(picture)))))
        return self.shuffle(details + picture.repeat_interleave(self.scale * self.scale, dim=1))
