"""Self-test of the recipe, on pictures it makes itself: `python -m training.check`."""

import argparse
import csv
import tempfile
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F

from .check_pictures import PICTURE_CHECKS
from .evaluate import (
    ramp,
    restore,
    restore_tiled,
    run_padded,
    thumbnail_of,
    tile_starts,
    torch_runner,
)
from .export import TOLERANCE, export_onnx, largest_difference
from .loop import State, descend, train
from .losses import lab, total_loss
from .mask.evaluate import overlap
from .mask.export import export_onnx as export_mask
from .mask.export import largest_difference as mask_difference
from .mask.guided import refine
from .mask.network import MaskNet
from .metrics import measure
from .light import GRID, LightNet, need
from .network import (
    GUIDED_STRIDE,
    LEAST_SHARE,
    Block,
    FlashNet,
    Restorer,
)
from .region import WHOLE, spread


def random_network(seed: int) -> FlashNet:
    """A network with every part doing something (fresh ones have silent heads)."""
    torch.manual_seed(seed)
    network = FlashNet().eval()
    for head in (network.gain, network.offset, *network.guides):
        torch.nn.init.normal_(head.weight, std=0.05)
    return network


def check_losses() -> None:
    """Lab is OpenCV's; losses vanish on equal pictures and have a gradient outside [0, 1]."""
    pixels = torch.tensor([[255, 0, 0], [200, 150, 120], [40, 90, 60]]) / 255.0
    values = lab(pixels.T.reshape(1, 3, 1, 3))[0, :, 0].T + torch.tensor([0.0, 128.0, 128.0])
    bytes_ = np.rint(pixels.numpy() * 255).astype(np.uint8)[None]
    expected = cv2.cvtColor(bytes_, cv2.COLOR_RGB2Lab)[0]
    assert np.abs(values.numpy() - expected).max() < 1.0
    picture = torch.rand(1, 3, 32, 32)
    alpha = torch.ones(1, 1, 32, 32)
    assert float(total_loss(picture, picture, alpha)[0]) < 0.02
    far = (picture + 2.0).requires_grad_()
    total_loss(far, picture, alpha)[0].backward()
    assert far.grad is not None and bool((far.grad != 0).all())


def check_metrics() -> None:
    """Equal pictures, and a known error."""
    picture = np.full((40, 30, 3), 100, np.uint8)
    mask = np.full((40, 30), 255, np.uint8)
    same = measure(picture, picture, mask)
    assert same[:2] == [100.0, 100.0] and same[3] == 0.0 and abs(same[2] - 1.0) < 1e-9
    shifted = measure(picture + 10, picture, mask)
    assert abs(shifted[0] - 20 * np.log10(25.5)) < 1e-9


def check_tiles() -> None:
    """Tiles cover every pixel; a far pixel does not change the trunk's tile; tiles agree."""
    for length, size, overlap in ((300, 128, 32), (1000, 256, 64), (100, 128, 32)):
        total = np.zeros(length)
        for start in tile_starts(length, size, overlap):
            part = min(size, length)
            total[start : start + part] += ramp(start, part, length, overlap)
        assert total.min() > 0.4
    network = random_network(2)
    thumbnail, guide = torch.rand(1, 3, 128, 128), torch.rand(1, LightNet.GUIDE, 8, 96)
    picture = torch.rand(1, 3, 64, 768)
    other = picture.clone()
    other[..., :32] = 0.0
    with torch.no_grad():
        gap = (network(picture, thumbnail, guide) - network(other, thumbnail, guide)).abs()
    assert float(gap[..., 720:].max()) == 0.0, "the trunk must not see the whole picture"
    rgb = cv2.resize(np.random.default_rng(3).integers(0, 255, (12, 16, 3), np.uint8), (640, 480))
    run = torch_runner(network)
    whole = restore(run, rgb).astype(int)
    for size in (320, 256):
        assert np.abs(restore_tiled(run, rgb, size, 64) - whole).mean() < 0.5
    astray = run_padded(run, rgb[:256, :320], thumbnail_of(rgb)) * 255.0
    assert np.abs(astray - whole[:256, :320]).max() > 2.0, "a tile must say where it lies"


def check_guide() -> None:
    """The whole guide is what bilinear resizing gives, a crop's part of it is cut out of that, and
    what lies beyond the picture has its edge's guide."""
    guide = torch.rand(2, 4, GRID, GRID)
    whole = spread(guide, WHOLE.expand(2, 4), 40, 60)
    assert torch.allclose(whole, F.interpolate(guide, size=(40, 60), mode="bilinear"), atol=1e-5)
    region = torch.tensor([[8 / 40, 1 / 60, 20 / 40, 13 / 60], [0.0, 0.5, 1.5, 1.0]])
    part = spread(guide, region, 12, 12)
    assert torch.allclose(part[0], whole[0, :, 8:20, 1:13], atol=1e-5)
    assert torch.equal(part[1, :, 8:], part[1, :, 8:9].expand(-1, 4, -1))


def check_need() -> None:
    """The same gain everywhere is the need; a well-lit picture hardly moves, a dim one does."""
    guide = torch.cat([torch.full((1, 3, 48, 48), 0.7), torch.randn(1, 1, 48, 48)], 1)
    assert abs(float(need(guide)) - 0.7) < 1e-5
    network = random_network(6)
    for light in (network.light, network.second):
        light.head.weight.data.zero_()
    picture, thumbnail = torch.rand(1, 3, 64, 64), torch.rand(1, 3, 128, 128)
    network.gain.bias.data.fill_(-8.0)
    moved = []
    for gain in (0.0, 0.8):
        for light in (network.light, network.second):
            light.head.bias.data[:3] = gain
        with torch.no_grad():
            output = Restorer(network).eval()(picture, thumbnail, WHOLE)
            moved.append(float((output - picture).abs().mean()))
    assert moved[1] > 0.3 and abs(moved[0] / moved[1] - LEAST_SHARE) < 0.05


class Halving:
    """A task whose figure is the weight itself, which goes down to 0."""

    columns = ["minutes", "step", "lr", "loss", "weight"]

    def step(self, state: State, batch: torch.Tensor) -> dict[str, float]:
        loss = (state.network(batch) ** 2).mean()
        descend(state, loss, 1.0)
        return {"loss": float(loss.detach())}

    def check(self, state: State, _done: bool) -> tuple[dict[str, float], float]:
        weight = abs(float(state.average.weight))
        return {"weight": weight}, weight


def check_loop() -> None:
    """A run ends with the time, keeps its curve and its best weights, and goes on where it was."""
    with tempfile.TemporaryDirectory() as folder:
        run = Path(folder)
        options = argparse.Namespace(minutes=0.02, check=0.005, lr=0.05, least=0.01, run=run)
        network, average = torch.nn.Linear(1, 1, False), torch.nn.Linear(1, 1, False)
        network.weight.data.fill_(2.0)
        average.load_state_dict(network.state_dict())
        state = State(network, average, torch.optim.AdamW(network.parameters()))
        endless = iter(lambda: torch.ones(4, 1), None)
        train(state, endless, Halving(), options)
        rows = list(csv.DictReader((run / "curve.csv").open()))
        assert len(rows) >= 3 and float(rows[-1]["weight"]) < float(rows[0]["weight"]) < 2.0
        assert float(rows[-1]["lr"]) < 0.05 * float(rows[0]["lr"]) + 1e-3
        again = State(network, average, torch.optim.AdamW(network.parameters()))
        again.load(run / "last.pt")
        assert (again.step, again.best) == (state.step, state.best) and again.seconds >= 1.2


def check_mask() -> None:
    """The guided filter moves a mask to the outline; ONNX Runtime agrees with PyTorch."""
    rgb = np.full((160, 120, 3), 20, np.uint8)
    rgb[40:, 30:90] = 80
    truth = (rgb[..., 0] > 50).astype(np.float32)
    aside, outline = cv2.GaussianBlur(np.roll(truth, 2, 1), (0, 0), 3.0), np.uint8(truth * 255)
    assert overlap(aside, outline) < 0.95 < 0.99 < overlap(refine(rgb, aside, 8, 1e-3, 2), outline)
    torch.manual_seed(5)
    network = MaskNet().eval()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mask.onnx"
        export_mask(network, path)
        assert mask_difference(network, path) < TOLERANCE


def check_export() -> None:
    """Folding keeps the output; ONNX Runtime agrees with PyTorch."""
    network = random_network(4)
    picture, thumbnail = torch.rand(1, 3, 64, 64), torch.rand(1, 3, 128, 128)
    restorer = Restorer(network).eval()
    with torch.no_grad():
        before = restorer(picture, thumbnail, WHOLE)
        for module in network.modules():
            if isinstance(module, Block):
                module.fold()
        assert float((restorer(picture, thumbnail, WHOLE) - before).abs().max()) < 1e-5
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.onnx"
        export_onnx(network, path)
        assert largest_difference(network, path) < TOLERANCE


def main() -> None:
    """Run every check; an assertion stops the program."""
    torch.set_num_threads(2)
    for check in (
        *PICTURE_CHECKS,
        check_losses,
        check_metrics,
        check_tiles,
        check_guide,
        check_need,
        check_loop,
        check_mask,
        check_export,
    ):
        check()
        print(f"ok {check.__name__}", flush=True)


if __name__ == "__main__":
    main()
