"""Export from the window: the dialog, what networks will cost, whether the film is signed, and the job."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from vgan_studio.service.cost import Cost, measuring
from vgan_studio.service.exporting import Order, asks_networks, can_sign, exporting, sound_alone
from vgan_studio.service.jobs import Job
from vgan_studio.service.playback import Playback
from vgan_studio.timeline.values import Timeline

from .cost_words import cost_words
from .export_dialog import ExportDialog
from .files import Files
from .preview import heavy_ids
from .stage import Stage
from .words import said

if TYPE_CHECKING:
    from .layouts import Layouts

_CALM_MS = 250


class Place(Stage, Protocol):
    """A window with films as files, playback and docks."""

    files: Files
    playback: Playback
    layouts: "Layouts"


class Exporting(QObject):
    """Asks what shall be written, and has it written in the background; owned by the GUI thread.

    Attributes:
        dialog: the one that is open, or was last.
    """

    def __init__(self, window: Place, film: Timeline) -> None:
        assert isinstance(window, QWidget)
        super().__init__(window)
        self._window, self._film = window, film
        self._heavy = heavy_ids(window.effects)
        folder = window.document.path.parent if window.document.path else Path.home()
        self.dialog = ExportDialog(film, folder, window.files.name, window, missing=window.files.missing)
        self._measuring: Job | None = None
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_CALM_MS)
        self._calm.timeout.connect(self._measure)
        self.dialog.wished.connect(lambda order: self._signed(order, self._begin))
        self.dialog.lined.connect(lambda order: self._signed(order, self._line_up))
        self.dialog.certificate_wished.connect(self._ask_certificate)
        self.dialog.finished.connect(self._leave)
        if asks_networks(film, (0, film.duration), self._heavy):
            self.dialog.show_signing(self._wants_to_sign, possible=can_sign())
            self.dialog.ranged.connect(self._calm.start)
            self._calm.start()
        QTimer.singleShot(0, self.dialog, self.dialog.open)  # after a breath: to make it takes half of a picture's time

    @property
    def _wants_to_sign(self) -> bool:
        return str(self._window.settings.value("credentials/sign", "")) == "yes"

    def _begin(self, order: Order) -> None:
        self._stop_measuring()
        job = self._job_of(order)
        self.dialog.follow(job)
        self._window.jobs.line_up(job)

    def _line_up(self, order: Order) -> None:
        self._window.jobs.line_up(self._job_of(order))
        self._window.layouts.docks["jobs"].raise_()

    def _job_of(self, order: Order) -> Job:
        words = self.tr("Export {0}").format(order.path.name)
        return self._window.jobs.make(words, exporting(self._film, order, self._window.inference.tools))

    def _measure(self) -> None:
        """Find out on the film's own frames what networks will cost in what is to be written."""
        self._stop_measuring()
        order, inference = self.dialog.order, self._window.inference
        if sound_alone(order) or not asks_networks(self._film, order.range, self._heavy):
            self.dialog.show_cost("")
            return
        frames = order.pictures(self._film).frames
        self.dialog.show_cost(self.tr("Measuring what networks cost on this film's own frames …"))
        job = self._window.jobs.make(
            self.tr("Measure what rendering costs"), measuring(self._film, frames, inference.tools)
        )
        job.done.connect(lambda cost: self._know(job, cost))
        job.failed.connect(lambda sentence: self._know(job, sentence))
        self._measuring = job
        job.start()

    def _know(self, job: Job, found: object) -> None:
        if job is not self._measuring:
            return
        self._measuring = None
        if isinstance(found, Cost):
            self.dialog.show_cost(self.tr("Networks: {0}").format(cost_words(found)), bad=not found.fits)
        else:
            self.dialog.show_cost(said(str(found)), bad=True)

    def _stop_measuring(self) -> None:
        """Measure no longer, and say no longer that it is being measured."""
        self._calm.stop()
        job, self._measuring = self._measuring, None
        if job is not None:
            job.cancel()
            self.dialog.show_cost("")

    def _signed(self, order: Order, then: Callable[[Order], None]) -> None:
        """Go on with an order; where it could be signed, ask once whether that is wished."""
        settings = self._window.settings
        if not order.signable(self._film, self._heavy) or not can_sign():
            then(order)
            return
        if str(settings.value("credentials/sign", "")) or self.dialog.signs:
            then(self._with_signature(order, sign=self.dialog.signs))
            return
        words = self.tr(
            "This film holds pictures that networks made. Shall the file say so, signed (content credentials, C2PA)?"
        )
        more = self.tr(
            "A certificate of your own can be chosen under More. Without one, a certificate made here signs: "
            "readers then find the signature valid and the signer unknown. You are asked only once."
        )
        box = QMessageBox(QMessageBox.Icon.Question, self.tr("Content credentials"), words, parent=self.dialog)
        box.setInformativeText(more)
        sign = box.addButton(self.tr("Sign"), QMessageBox.ButtonRole.YesRole)
        plain = box.addButton(self.tr("Do not sign"), QMessageBox.ButtonRole.NoRole)
        leave = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(plain)
        box.setEscapeButton(leave)
        box.exec()
        if box.clickedButton() is leave:  # it is asked again next time
            return
        signs = box.clickedButton() is sign
        self.dialog.show_signing(signs, possible=True)
        then(self._with_signature(order, sign=signs))

    def _with_signature(self, order: Order, *, sign: bool) -> Order:
        settings = self._window.settings
        settings.setValue("credentials/sign", "yes" if sign else "no")
        if not sign:
            return order
        certificate, key = (str(settings.value(f"credentials/{name}", "")) for name in ("certificate", "key"))
        return order.signed(certificate, key)

    def _ask_certificate(self) -> None:
        """Ask for the two files that sign; none goes back to the certificate that is made here."""
        pattern = self.tr("Certificates and keys (*.pem)")
        found = []
        for words in (self.tr("Your certificate, with those above it"), self.tr("Its private key")):
            name, _ = QFileDialog.getOpenFileName(self.dialog, words, str(Path.home()), pattern)
            found.append(name)
            if not name:
                break
        chosen = found if len(found) == 2 and all(found) else ["", ""]
        for name, value in zip(("certificate", "key"), chosen, strict=True):
            self._window.settings.setValue(f"credentials/{name}", value)
        self.dialog.show_certificate(Path(chosen[0]).name)

    def _leave(self) -> None:
        self._stop_measuring()
        self.dialog.deleteLater()
        self.deleteLater()
