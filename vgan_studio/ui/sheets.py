"""The dialogs of the window: export, keys, palette, help, tour and what the program is."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from vgan_studio import __version__
from vgan_studio.timeline.values import Media, Timeline

from .exporting import Exporting
from .help import Help
from .keys_dialog import KeysDialog
from .palette import Palette
from .tour import Tour
from .versions import ask_version
from .words import said

if TYPE_CHECKING:
    from .main_window import MainWindow

_SHOWN = 6  # of files that were not taken in


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
        Exporting(window, film)

    def versions(self) -> None:
        """Show the film as it was after each of the last edits."""
        ask_version(self._window, self._window.recovery.versions())

    def may_stop(self) -> bool:
        """Ask whether films that are being written may be given up, if there are any."""
        count = len(self._window.jobs.line)
        if not count:
            return True
        words = self.tr("{0} films are being written or wait for it. Give them up?").format(count)
        box = QMessageBox(QMessageBox.Icon.Question, self.tr("Export"), words, parent=self._window)
        give_up = box.addButton(self.tr("Give up"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(self.tr("Go on writing"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        return box.clickedButton() is give_up

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
        """Show the help beside the window."""
        app = QApplication.instance()
        language = str(app.property("language") or "en") if app is not None else "en"
        Help(language, self._window.actions_, self._window).show()

    def tour(self) -> None:
        """Show what is where, in five steps."""
        window = self._window
        window.lay_out("edit")
        window.layouts.docks["bin"].raise_()
        steps = (
            (window.media_bin, self.tr("Your media"), self.tr(
                "Drop films, pictures and sound here. Drag them onto the timeline; a double click shows one by itself."
            )),
            (window.stage, self.tr("The picture"), self.tr(
                "Space plays, J K L play backwards, stop and play faster, the arrows step by frames."
            )),
            (window.timeline_view, self.tr("The timeline"), self.tr(
                "Drag clips and their edges. Ctrl+K cuts at the playhead, Q and W trim to it; "
                "Shift+Delete closes the gap."
            )),
            (window.inspector, self.tr("The inspector"), self.tr(
                "What can be set on the selected clip: effects, each with keys over time. Networks run on this machine."
            )),
            (window.layout_buttons, self.tr("Layouts, and everything else"), self.tr(
                "Four layouts for four kinds of work. Ctrl+Shift+P finds any action by a few letters; F1 is help."
            )),
        )  # fmt: skip
        Tour(window, steps, window.theme).begin()

    def demo(self) -> None:
        """Make the demo film and open it."""
        window = self._window
        if window.demo is None:
            window.tell(self.tr("The demo film is not here."), bad=True)
            return
        job = window.jobs.make(self.tr("Make the demo film"), window.demo())
        job.done.connect(window.files.open)
        job.failed.connect(lambda sentence: window.tell(said(sentence), bad=True))
        window.tell(self.tr("The demo film is being made; it opens by itself."))
        job.start()

    def shaped(self, film: Timeline) -> None:
        """Say once that the film has the size and rate of its first clip, and offer others."""
        window = self._window
        facts = self.tr("{0} × {1}, {2} fps").format(film.width, film.height, f"{float(film.rate):.5g}")
        words = self.tr("The film takes {0} from its first clip.").format(facts)
        window.banner.say(words, (self.tr("Other settings …"), window.arranging.ask_film), (self.tr("Keep"), bool))

    def lost(self, media: Sequence[Media]) -> None:
        """Say which media are missing for as long as they are, unless models are, and offer to look for them."""
        banner = self._window.banner
        about = "" if banner.isHidden() else banner.about
        if not media and about == "media":
            banner.hide()
        elif media and about != "models":
            words, one = self.tr("{0} media are missing."), self.tr("{0} is missing.")
            said_so = words.format(len(media)) if media[1:] else one.format(Path(media[0].path).name)
            find = self.tr("Find …"), self._window.files.ask_folder
            banner.say(said_so, find, (self.tr("Close"), bool), about="media")

    def unread(self, sentences: Sequence[str], count: int) -> None:
        """Say which of the files that were to be taken in cannot be read, and why."""
        words = self.tr("{0} of {1} files were not taken in.").format(len(sentences), count)
        box = QMessageBox(QMessageBox.Icon.Warning, self.tr("Import media"), words, parent=self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown = [said(sentence) for sentence in sentences]
        more = [self.tr("and {0} more").format(len(shown) - _SHOWN)] if len(shown) > _SHOWN else []
        box.setInformativeText("\n".join(shown[:_SHOWN] + more))
        if more:
            box.setDetailedText("\n".join(shown))
        box.open()

    def about(self) -> None:
        """Say which program this is."""
        words = self.tr("An open video editor in which GAN effects are live. It sends nothing over a network.")
        licence = self.tr("MIT licence")
        text = f"<b>vgan studio {__version__}</b><p>{words}</p><p>{licence}</p>"
        QMessageBox.about(self._window, self.tr("About vgan studio"), text)
