"""What computing costs, in words: for the render panel and the export dialog."""

from PySide6.QtCore import QCoreApplication

from vgan_studio.service.cost import Cost, duration, size


def cost_words(cost: Cost) -> str:
    """Say what it costs to have networks compute frames: time, room in the cache and whether it is there, memory."""
    if not cost.frames:
        return QCoreApplication.translate("Cost", "All of it is ready.")
    fits = QCoreApplication.translate("Cost", "fits")
    if not cost.fits:
        fits = QCoreApplication.translate("Cost", "does not fit: {0} free").format(size(cost.room_bytes))
    words = QCoreApplication.translate("Cost", "{0} frames: about {1}, {2} cache, {3}. {4} more memory, {5} each.")
    each = f"{cost.seconds_each:.2f} s"
    memory = size(cost.memory_bytes)
    return words.format(cost.frames, duration(cost.seconds), size(cost.disk_bytes), fits, memory, each)
