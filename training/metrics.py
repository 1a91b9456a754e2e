"""The four numbers of the validation table, as the RAIM 2026 Track 3 scoring program takes them."""

import cv2
import numpy as np

NAMES = ("psnr", "psnrPerson", "ssim", "deltaEPerson")


def psnr(a: np.ndarray, b: np.ndarray, where: np.ndarray | None = None) -> float:
    """Peak signal-to-noise ratio of uint8 RGB in dB, over the pixels `where` is true."""
    square = (a.astype(np.float64) - b.astype(np.float64)) ** 2
    error = square.mean() if where is None else square[where].mean()
    return 100.0 if error == 0 else float(20.0 * np.log10(255.0 / np.sqrt(error)))


def ssim(a: np.ndarray, b: np.ndarray) -> float:
    """SSIM of luma in [0, 1]: 5x5 binomial window, zero padding, mean of the full map."""
    weights = np.array([0.299, 0.587, 0.114]) / 255.0
    kernel = np.array([1.0, 4.0, 6.0, 4.0, 1.0]) / 16.0

    def blur(x: np.ndarray) -> np.ndarray:
        return cv2.sepFilter2D(x, cv2.CV_64F, kernel, kernel, borderType=cv2.BORDER_CONSTANT)

    x, y = a.astype(np.float64) @ weights, b.astype(np.float64) @ weights
    mean_x, mean_y = blur(x), blur(y)
    variance_x, variance_y = blur(x * x) - mean_x**2, blur(y * y) - mean_y**2
    covariance = blur(x * y) - mean_x * mean_y
    top = (2 * mean_x * mean_y + 1e-4) * (2 * covariance + 9e-4)
    return float((top / ((mean_x**2 + mean_y**2 + 1e-4) * (variance_x + variance_y + 9e-4))).mean())


def delta_e(a: np.ndarray, b: np.ndarray, where: np.ndarray) -> float:
    """Mean Euclidean distance of OpenCV 8-bit Lab over `where` (not CIE76: L is x2.55)."""
    lab_a = cv2.cvtColor(a, cv2.COLOR_RGB2Lab).astype(np.float64)
    lab_b = cv2.cvtColor(b, cv2.COLOR_RGB2Lab).astype(np.float64)
    return float(np.sqrt(((lab_a - lab_b) ** 2).sum(2))[where].mean())


def measure(output: np.ndarray, target: np.ndarray, mask: np.ndarray) -> list[float]:
    """[PSNR, PSNR on the person, SSIM, Delta E on the person]; mask uint8, person >= 128."""
    person = mask >= 128
    return [
        psnr(output, target),
        psnr(output, target, person),
        ssim(output, target),
        delta_e(output, target, person),
    ]
