"""Pictures as Qt has them, from pixels and back, and the difference of two."""

from typing import Any

from PySide6.QtGui import QImage

_TIMES = 8  # the difference is shown so much stronger


def to_image(pixels: Any) -> QImage:
    """Make an image that owns its bytes of (H, W, 3) uint8."""
    height, width, _ = pixels.shape
    return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def to_array(image: QImage) -> Any:
    """Give the bytes of an image, (H, W, 3) uint8; a copy."""
    import numpy as np

    image = image.convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return lines[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def difference(a: QImage, b: QImage) -> QImage:
    """Give the difference of two images, eight times as strong, around mid grey; the second is brought to the size."""
    import numpy as np

    if a.size() != b.size():
        b = b.scaled(a.size())
    apart = (to_array(a).astype(np.int16) - to_array(b)) * _TIMES + 128
    return to_image(np.ascontiguousarray(apart.clip(0, 255).astype(np.uint8)))
