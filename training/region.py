"""The light network's grid and the pixels of one region of the picture, in both directions.

What the trunk makes is right in its detail; the broad light on it is better known to the light
network, which sees the whole picture and has learnt nothing else. So the trunk's output is averaged over
the cells of the grid, compared there with what the light network asks for, and multiplied by a part of
what is missing, spread smoothly. Averaging and spreading both smooth, so on a person the comparison is made
once more and a part of what is still missing follows. Cells that a tile covers in part compare only what
is covered.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from .light import GRID, LightNet

# The region of a picture that is not cut: top, left, bottom and right as shares of its sides.
WHOLE = torch.tensor([0.0, 0.0, 1.0, 1.0])
# Shares of the missing light that are added, as logits: in the room, and more of it on a person.
TRUST = (2.0, -1.15)
# The share of what a person still misses after that; more is no better (LOG, eighth and ninth round).
AGAIN = 0.85
FLOOR = 0.01


def hats(low: Tensor, high: Tensor, count: int) -> Tensor:
    """Weights of linear interpolation, (N, count, 48): `count` places evenly within [low, high] (N,
    shares of the picture's side) between the centres of the grid's cells, the outermost ones kept on
    beyond theirs."""
    shares = (torch.arange(count) + 0.5) / count
    places = (low[:, None] + (high - low)[:, None] * shares) * GRID - 0.5
    cells = torch.arange(GRID, dtype=torch.float32)
    return F.relu(1.0 - (places.clamp(0.0, GRID - 1.0)[..., None] - cells).abs())


def weights_of(region: Tensor, height: int, width: int) -> tuple[Tensor, Tensor]:
    """Rows (N, 1, height, 48) and columns (N, 1, width, 48) of a region (N, 4), which may reach beyond
    the picture."""
    top, left, bottom, right = region.unbind(1)
    return hats(top, bottom, height)[:, None], hats(left, right, width)[:, None]


def spread(guide: Tensor, region: Tensor, height: int, width: int) -> Tensor:
    """A region's part of the grid, enlarged bilinearly: (N, C, 48, 48) -> (N, C, height, width)."""
    rows, columns = weights_of(region, height, width)
    return rows @ guide @ columns.transpose(2, 3)


def relight(
    input: Tensor, output: Tensor, guide: Tensor, region: Tensor, trust: Tensor
) -> Tensor:
    """The output (N, 3, H, W) with the light that the guide (N, 4, 48, 48) asks for, as far as `trust`
    (2, logits: room, and what a person adds) goes. region: (N, 4), where input and output lie."""
    rows, columns = weights_of(region, *input.shape[2:])
    covered = rows.sum(2)[..., None] @ columns.sum(2)[:, :, None] + FLOOR

    def averaged(picture: Tensor) -> Tensor:
        return rows.transpose(2, 3) @ picture @ columns / covered

    wanted = averaged(input) * torch.exp(guide[:, :3].clamp(-2.0, 3.0))
    wanted = wanted.clamp(0.0, 1.0) + FLOOR
    person = torch.sigmoid(guide[:, 3:])
    for share in (torch.sigmoid(trust[0] + trust[1] * person), AGAIN * person):
        made = averaged(output.clamp(0.0, 1.0)) + FLOOR
        missing = torch.log(wanted / made).clamp(-1.0, 1.0) * share
        output = output * torch.exp(rows @ missing @ columns.transpose(2, 3))
    return output


def grid_macs(height: int, width: int, guide: tuple[int, int]) -> int:
    """Multiply-accumulates of the products with the grid's weights for one picture: the guide spread
    over `guide` cells, three pictures averaged, the missing light spread twice."""
    spreading = LightNet.GUIDE * guide[0] * GRID * (GRID + guide[1])
    covering = GRID * GRID
    averaging = 3 * 3 * GRID * width * (height + GRID)
    return spreading + covering + averaging + 2 * 3 * height * GRID * (GRID + width)
