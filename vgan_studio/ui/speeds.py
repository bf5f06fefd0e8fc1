"""How quick each effect is on this machine: learned while it is used, remembered for the next start."""

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from .stage import Stage

_KEY = "render/speeds"
_NEWS = 0.25  # a speed that differs by less is not written down again


class Speeds(QObject):
    """Shows in the inspector what is known of the device at work, and remembers what it learns; lives with it."""

    def __init__(self, window: "Stage") -> None:
        super().__init__(window.inspector)
        self._window = window
        self._written: dict[str, float] | None = None  # of this device; None before it is known
        window.inference.state.connect(self._begin)
        window.inference.measured.connect(self._learn)
        self._begin()

    @property
    def _device(self) -> str:
        tools = self._window.inference.tools_now
        return tools.engine.describe() if tools is not None else ""

    def _begin(self, *_: str) -> None:
        """Show what was learned before, as soon as it is known which device is at work."""
        if self._written is None and self._device:
            self._written = self._read().get(self._device, {})
            self._window.inspector.show_speeds({**self._written, **self._window.inspector.speeds})

    def _learn(self, speeds: dict[str, float]) -> None:
        known = self._written or {}
        news = {id for id, one in speeds.items() if abs(one - known.get(id, 0.0)) > _NEWS * one}
        if news and self._device:
            self._written = {**known, **speeds}
            everything = {**self._read(), self._device: self._written}
            self._window.settings.setValue(_KEY, json.dumps(everything))

    def _read(self) -> dict[str, dict[str, float]]:
        """Give what is known by device; what is damaged is forgotten."""
        try:
            found = json.loads(str(self._window.settings.value(_KEY, "{}")))
            return {str(device): {str(id): float(one) for id, one in some.items()} for device, some in found.items()}
        except (ValueError, TypeError, AttributeError, RecursionError):
            return {}
