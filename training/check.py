"""Self-test of the recipe, on pictures it makes itself: `python -m training.check`."""

import tempfile
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F

from .camera import BANK, NoiseBank, expose, sharpened
from .colour import to_bytes
from .compose import make_lamps
from .data import box_weights, shrink_to_thumbnail
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
from .keying import key_blue_screen
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
from .scene import Canvas, mixed_white, strong_flash, weak_flash
from .tones import LEAST_SKIN, retone, skin_like


def random_network(seed: int) -> FlashNet:
    """A network with every part doing something (fresh ones have silent heads)."""
    torch.manual_seed(seed)
    network = FlashNet().eval()
    for head in (network.gain, network.offset, *network.guides):
        torch.nn.init.normal_(head.weight, std=0.05)
    return network


def check_keying() -> None:
    """A grey disc before blue is cut out: alpha, colour and edge."""
    y, x = np.mgrid[:200, :160]
    inside = np.clip(60.5 - np.hypot(x - 80, y - 100), 0.0, 1.0)[..., None]
    picture = inside * [150, 140, 130] + (1 - inside) * [60, 90, 220]
    soft = cv2.GaussianBlur((inside[..., 0] * 255).astype(np.uint8), (0, 0), 3)
    rgba = key_blue_screen(np.rint(picture).astype(np.uint8), soft).astype(float)
    assert np.abs(rgba[..., 3] / 255 - inside[..., 0]).max() < 0.25
    assert np.abs(rgba[..., 3] / 255 - inside[..., 0]).mean() < 0.005
    edge = (inside[..., 0] > 0.5) & (inside[..., 0] < 1)
    assert (rgba[..., 2] - rgba[..., 0])[edge].max() < 12, "blue spill on the edge"


def check_thumbnail() -> None:
    """The box formula equals OpenCV's INTER_AREA when shrinking and keeps the mean otherwise."""
    rng = np.random.default_rng(0)
    picture = rng.random((301, 517, 3), np.float32)
    boxes = np.einsum("yh,hwc,xw->yxc", box_weights(301), picture, box_weights(517))
    assert np.abs(shrink_to_thumbnail(picture) - boxes).max() < 1e-5
    small = rng.random((96, 200, 3), np.float32)
    assert np.abs(shrink_to_thumbnail(small).mean() - small.mean()) < 1e-5
    assert np.allclose(box_weights(64)[::2], box_weights(64)[1::2]), "64 pixels replicate"


def check_light() -> None:
    """Weak flash is darker than strong, and the camera keeps the picture's size and type."""
    rng = np.random.default_rng(1)
    person = rng.random((160, 128, 3), np.float32)
    canvas = Canvas(person, person[::-1].copy(), np.ones((160, 128, 1), np.float32))
    strong = to_bytes(strong_flash(rng, canvas))
    weak = expose(rng, weak_flash(rng, canvas), NoiseBank(1))
    assert weak.shape == strong.shape and weak.dtype == np.uint8
    assert weak.mean() < strong.mean()


def check_darkness() -> None:
    """Inputs go down to a fiftieth of the target, and lamps shine in both."""
    rng = np.random.default_rng(8)
    grey = np.full((24, 20, 3), 0.5, np.float32)
    plain = Canvas(grey, grey, np.ones((24, 20, 1), np.float32))
    shares = [weak_flash(rng, plain).mean() / strong_flash(rng, plain).mean() for _ in range(800)]
    assert min(shares) < 1 / 45 and 0.08 < np.median(shares) < 0.25
    lamps = make_lamps(rng, 120, 100)
    assert lamps.max() > 0.25 and np.median(lamps) < 0.1
    black = np.zeros((120, 100, 3), np.float32)
    lit = Canvas(black, black, np.zeros((120, 100, 1), np.float32), lamps)
    assert np.allclose(strong_flash(rng, lit), lamps, atol=1e-6)
    assert 0.05 < weak_flash(rng, lit).sum() / lamps.sum() < 0.8
    ends = mixed_white(rng, np.array([1.4, 1.0, 0.6], np.float32), 40, 40)
    assert np.ptp(ends[..., 2] / ends[..., 0]) > 0.05, "two colours of light"


def check_retone() -> None:
    """Skin gets darker and redder, and what is no skin stays."""
    rgb = np.full((80, 80, 3), (40, 60, 120), np.uint8)
    rgb[:, :40] = (215, 165, 140)
    assert skin_like(rgb).sum() >= LEAST_SKIN and not skin_like(rgb)[:, 40:].any()
    darker = retone(rgb, -0.8)
    assert np.array_equal(darker[:, 50:], rgb[:, 50:])
    red, green, blue = darker[40, 10] / rgb[40, 10]
    assert 0.6 < green < 0.75 and red > green > blue
    assert np.array_equal(retone(rgb, 0.0)[::9], rgb[::9])


def check_camera() -> None:
    """Large pictures get as much noise as small ones; sharpening steepens an edge."""
    rng, bank = np.random.default_rng(9), NoiseBank(2)
    for size in ((64, 48), (BANK + 200, 40)):
        noise = bank.draw(rng, *size)
        assert noise.shape == (*size, 3) and abs(noise.std() - 1.0) < 0.1
    edge = cv2.GaussianBlur(np.repeat([[60] * 20 + [160] * 20], 40, 0).astype(np.uint8), (0, 0), 2.0)
    rgb = cv2.merge([edge] * 3)
    steep = sharpened(rng, rgb)
    assert steep.shape == rgb.shape and np.ptp(steep) > np.ptp(rgb)


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
    network.light.head.weight.data.zero_()
    picture, thumbnail = torch.rand(1, 3, 64, 64), torch.rand(1, 3, 128, 128)
    network.gain.bias.data.fill_(-4.0)
    moved = []
    for gain in (0.0, 0.8):
        network.light.head.bias.data[:3] = gain
        with torch.no_grad():
            output = Restorer(network).eval()(picture, thumbnail, WHOLE)
            moved.append(float((output - picture).abs().mean()))
    assert moved[1] > 0.3 and abs(moved[0] / moved[1] - LEAST_SHARE) < 0.05


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
        check_keying,
        check_thumbnail,
        check_light,
        check_darkness,
        check_retone,
        check_camera,
        check_losses,
        check_metrics,
        check_tiles,
        check_guide,
        check_need,
        check_mask,
        check_export,
    ):
        check()
        print(f"ok {check.__name__}", flush=True)


if __name__ == "__main__":
    main()
