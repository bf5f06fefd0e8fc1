"""What the timeline says, after a moment, of what is below the pointer: switches, markers, keys, and edges of clips."""

from PySide6.QtCore import QCoreApplication

from .timeline_gestures import Zone
from .timeline_headers import switch_at
from .timeline_lanes import tip_at
from .timeline_page import Page
from .timeline_ruler import marker_at


def tip(page: Page, zone: Zone, x: float, y: float) -> str:
    """Say what is at a place; "" where there is nothing to say.

    Args:
        zone: what a press there would take hold of.
    """
    marker = marker_at(page.scale, page.timeline, x, y)
    if marker is not None:
        held = page.timeline.markers[marker]
        return "\n".join(words for words in (held.name, held.note) if words)
    switch = switch_at(page.scale, page.timeline, x, y)
    if switch is not None:
        return _switches()[switch[1]]
    if zone in ("turn_before", "turn_after"):
        return QCoreApplication.translate("TimelineView", "Drag: the transition takes longer or shorter")
    return tip_at(page, x, y) or (_edge() if zone in ("head", "tail") else "")


def _switches() -> dict[str, str]:
    return {
        "hide": QCoreApplication.translate("TimelineView", "Hide"),
        "mute": QCoreApplication.translate("TimelineView", "Mute"),
        "lock": QCoreApplication.translate("TimelineView", "Lock"),
        "solo": QCoreApplication.translate("TimelineView", "Solo: mute all the others"),
    }


def _edge() -> str:
    lines = (
        QCoreApplication.translate("TimelineView", "Drag: trim"),
        QCoreApplication.translate("TimelineView", "Shift: the later clips follow"),
        QCoreApplication.translate("TimelineView", "Alt: the cut moves"),
        QCoreApplication.translate("TimelineView", "Alt+Shift: the speed changes"),
        QCoreApplication.translate("TimelineView", "Ctrl+Shift: the picture is frozen"),
    )
    return "\n".join(lines)
