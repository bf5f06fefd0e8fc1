"""What can lie over the picture in the viewer: each paints, and may take the mouse."""

from typing import Protocol

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter


class Overlay(Protocol):
    """Something over the picture; all places are in the canvas's points, `place` is where the picture lies."""

    def paint(self, painter: QPainter, place: QRectF) -> None:
        """Paint it."""

    def press(self, point: QPointF, place: QRectF) -> bool:
        """Take a press of the left button, if it is meant for this; tell whether it was."""

    def move(self, point: QPointF, place: QRectF) -> bool:
        """Follow the pointer; tell whether this holds on to something."""

    def release(self) -> None:
        """Let go."""
