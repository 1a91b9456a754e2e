"""The part of the self-test that is about how training pictures are made."""

import cv2
import numpy as np

from .camera import BANK, NoiseBank, expose, photograph, sharpened
from .colour import to_bytes
from .compose import make_lamps
from .data import box_weights, shrink_to_thumbnail
from .disguise import disguise
from .keying import key_blue_screen
from .outline import vary_outline
from .scene import Canvas, cloudy_field, mixed_white, strong_flash, weak_flash
from .tones import LEAST_SKIN, retone, skin_like


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


def check_disguise() -> None:
    """About half of the people come out changed, none beyond knowing; the source stays as it is."""
    rgba = np.zeros((100, 80, 4), np.uint8)
    rgba[20:, 20:60] = (215, 165, 140, 255)
    rgba[60:, 10:70] = (40, 60, 120, 255)
    rng, before, changed = np.random.default_rng(11), rgba.copy(), 0
    for _ in range(60):
        other = disguise(rng, rgba)
        assert other.shape == rgba.shape and other.dtype == np.uint8
        assert 0.75 < other[..., 3].sum() / rgba[..., 3].sum() < 1.3
        changed += not np.array_equal(other, rgba)
    assert np.array_equal(rgba, before) and 15 < changed < 45


def check_outline() -> None:
    """Outlines get steeper, wider and bluer; the person and the room beside them stay as they were."""
    rng = np.random.default_rng(9)
    alpha = np.clip(np.arange(-20.0, 40.0) * 12.0, 0.0, 255.0).astype(np.uint8)
    cut_out = np.tile(np.array([150, 140, 130, 0], np.uint8), (8, alpha.size, 1))
    cut_out[..., 3] = alpha
    share = cut_out[..., 3:] / 255.0
    photograph = np.rint(share * cut_out[..., :3] + (1 - share) * [60, 90, 220]).astype(np.uint8)
    varied = [vary_outline(rng, cut_out, photograph) for _ in range(60)]
    others = np.stack([v for v in varied if v is not cut_out]).astype(float)
    assert 0.6 < len(others) / len(varied) < 0.95
    assert np.array_equal(np.unique(others[:, :, alpha == 0, 3]), [0])
    person = alpha == 255
    assert np.all(others[:, :, person] == cut_out[:, person])
    rim = (alpha > 20) & (alpha < 235)
    assert np.all(others[..., 3].sum((1, 2)) > cut_out[..., 3].astype(float).sum())
    assert np.all(others[:, :, rim, 2].mean((1, 2)) > cut_out[:, rim, 2].mean() + 2.0)


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


def check_small_camera() -> None:
    """A small picture that stands for a large one is as sharp as the large one made small."""
    rng, bank = np.random.default_rng(12), NoiseBank(3)
    light = np.repeat(np.repeat(rng.uniform(0.05, 0.4, (40, 40, 3)).astype(np.float32), 4, 0), 4, 1)
    small = cv2.resize(light, (40, 40), interpolation=cv2.INTER_AREA)

    def contrast(made: list[np.ndarray]) -> float:
        return float(np.median([picture.std() / picture.mean() for picture in made]))

    large = [photograph(rng, light, bank) for _ in range(60)]
    shrunk = [cv2.resize(picture, (40, 40), interpolation=cv2.INTER_AREA) for picture in large]
    stand_in, as_large = ([photograph(rng, small, bank, by) for _ in range(60)] for by in (4.0, 1.0))
    assert abs(contrast(stand_in) / contrast(shrunk) - 1.0) < 0.1
    assert contrast(as_large) / contrast(shrunk) < 0.85, "blurred as if it were large"


def check_clouds() -> None:
    """Shading without a grid has the deviation that was asked for, at any size."""
    rng = np.random.default_rng(13)
    for height, width in ((816, 656), (120, 160), (33, 40)):
        logs = [np.log(cloudy_field(rng, height, width, 0.2, 0.06)) for _ in range(12)]
        assert logs[0].shape == (height, width, 1) and 0.16 < np.std(logs) < 0.24


PICTURE_CHECKS = (
    check_keying,
    check_thumbnail,
    check_light,
    check_darkness,
    check_retone,
    check_disguise,
    check_outline,
    check_camera,
    check_small_camera,
    check_clouds,
)
