"""The dialogs of the window: export, keys, palette, help, tour and what the program is."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox

from vgan_studio import __version__
from vgan_studio.service.exporting import Order, exporting
from vgan_studio.service.jobs import Job

from .export_dialog import ExportDialog
from .keys_dialog import KeysDialog
from .palette import Palette

if TYPE_CHECKING:
    from .main_window import MainWindow


class Sheets(QObject):
    """Opens dialogs over the window; owned by the GUI thread."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window

    def export(self) -> None:
        """Ask what shall be written, and write it in the background."""
        window = self._window
        film = window.document.timeline
        if not film.duration:
            window.tell(self.tr("There is nothing to export yet."), bad=True)
            return
        window.playback.stop()
        folder = window.document.path.parent if window.document.path else Path.home()
        dialog = ExportDialog(film, folder, window.files.name, window, missing=window.files.missing)

        def job_of(order: Order) -> Job:
            words = self.tr("Export {0}").format(order.path.name)
            return window.jobs.make(words, exporting(film, order, window.inference.tools))

        def begin(order: Order) -> None:
            job = job_of(order)
            dialog.follow(job)
            window.jobs.line_up(job)

        def line_up(order: Order) -> None:
            window.jobs.line_up(job_of(order))
            window.layouts.docks["jobs"].raise_()

        dialog.wished.connect(begin)
        dialog.lined.connect(line_up)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def keys(self) -> None:
        """Show which keys do what, and let them be changed."""
        dialog = KeysDialog(self._window.actions_, self._window.settings, self._window)
        dialog.changed.connect(self._window.bind)
        dialog.open()

    def palette(self) -> None:
        """Show every action, to be found by a few letters."""
        actions = self._window.actions_
        Palette((actions[name] for name in actions), self._window).open()

    def help(self) -> None:
        """Show the help."""

    def tour(self) -> None:
        """Show what is where, in five steps."""

    def demo(self) -> None:
        """Make the demo film and open it."""

    def about(self) -> None:
        """Say which program this is."""
        words = self.tr("An open video editor in which GAN effects are live. It sends nothing over a network.")
        text = f"<b>vgan studio {__version__}</b><p>{words}</p><p>MIT licence</p>"
        QMessageBox.about(self._window, self.tr("About vgan studio"), text)
