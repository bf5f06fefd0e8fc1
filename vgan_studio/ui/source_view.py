"""The source view: a medium of the bin in the viewer, with a range of its own that goes into the film."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QDrag, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QVBoxLayout

from vgan_studio.service.source import Part, append_part, part_of, place_part, source_film
from vgan_studio.timeline.values import Timeline

from .drops import part_mime
from .overlays import Overlay
from .source_bar import SourceBar, SourceLine
from .stage import Stage
from .theme import Theme
from .timecode import timecode

if TYPE_CHECKING:
    from .media_bin import MediaBin

_PUTS = ("insert", "overwrite", "append")


class SourceStage(Stage, Protocol):
    """A window with a bin."""

    media_bin: "MediaBin"
    theme: Theme


class SourceView(QObject):
    """Shows a medium in the viewer in place of the film; owned by the GUI thread.

    Attributes:
        bar, line: its widgets, in the viewer.
        above: overlays that stay over a medium.
    """

    def __init__(self, window: SourceStage) -> None:
        assert isinstance(window, QObject)
        super().__init__(window)
        self._window = window
        self._film: Timeline | None = None
        self._known: dict[str, tuple[Timeline, int]] = {}  # what was marked in each medium, and where one was
        self.above: tuple[Overlay, ...] = ()
        self._overlays: tuple[Overlay, ...] | None = None
        self._drag = SourceDrag(self)
        self._drag.dragged.connect(self._carry)
        self.line = SourceLine()
        self.bar: SourceBar
        self.line.seek_wished.connect(window.preview.scrub)
        window.preview.turned.connect(self._turn)
        window.preview.source_moved.connect(self.line.show_frame)
        window.document.changed.connect(self._follow)
        window.document.opened.connect(lambda _: self.close())
        window.timeline_view.part_wished.connect(self.place)

    def deeds(self) -> dict[str, Callable[[], object]]:
        """Give what the actions do."""
        return {"source": self.switch}

    def lay_out(self) -> None:
        """Put the widgets into the viewer, once there are actions."""
        window = self._window
        self.bar = SourceBar([window.actions_[name] for name in _PUTS])
        self.bar.turned.connect(lambda on: self.switch(on=on))
        self.bar.closed.connect(self.close)
        column = window.viewer.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(0, self.bar)
        column.insertWidget(2, self.line)
        window.media_bin.open_wished.connect(self.open)
        self.show_theme(window.theme)

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self.bar.show_theme(theme)
        self.line.show_theme(theme)

    @property
    def on(self) -> bool:
        """The medium is seen now."""
        return self._window.preview.source is not None

    @property
    def part(self) -> Part | None:
        """The marked part of the medium that is seen now."""
        return part_of(self._film) if self._film is not None and self.on else None

    def open(self, fingerprint: str) -> None:
        """Show a medium of the bin."""
        document = self._window.document.timeline
        media = next((one for one in document.media if one.fingerprint == fingerprint), None)
        if media is None:
            return
        self._remember()
        film, frame = self._known.get(fingerprint, (source_film(media, document), 0))
        self._film = film
        self._window.preview.show_source(film, frame)

    def switch(self, *, on: bool | None = None) -> None:
        """Show the medium, or the film; without a medium, the one that is chosen in the bin."""
        on = not self.on if on is None else on
        if not on:
            self._remember()
            self._window.preview.show_source(None)
        elif self._film is not None:
            self.open(self._film.media[0].fingerprint)
        elif self._window.media_bin.chosen:
            self.open(self._window.media_bin.chosen[0])
        else:
            self._window.tell(self.tr("Select media in the bin first."), bad=True)

    def close(self) -> None:
        """Forget the medium, and show the film."""
        self._remember()
        self._film = None
        if self.on:
            self._window.preview.show_source(None)
        self._show()

    def first(self, do: Callable[[str], bool], what: str, other: Callable[[], object]) -> Callable[[], None]:
        """Give what does one thing while a medium is seen, and else another."""

        def deed() -> None:
            if not do(what):
                other()

        return deed

    def mark(self, which: str) -> bool:
        """Mark "in" or "out" at the playhead of the medium, or "none"; False if it is not seen."""
        film, frame = self._film, self._window.preview.place
        if film is None or not self.on:
            return False
        start, end = film.range or (0, film.duration)
        if which == "in":
            span = frame, end if end > frame else film.duration
        else:
            span = start if start <= frame else 0, frame + 1
        self._film = replace(film, range=None if which == "none" else span)
        self._window.preview.change_source(self._film)
        self._remember()
        self._show()
        return True

    def put(self, how: str) -> bool:
        """Put the marked part into the film: "insert", "overwrite" or "append"; False if the medium is not seen.

        What is inserted or laid over carries the playhead of the film to its end, so that the next part follows it.
        """
        part, window = self.part, self._window
        if part is None:
            return False
        if how == "append":
            window.document.do(self.tr("Append"), append_part, part)
        else:
            frame = window.preview.frame
            if self.place(part, window.editing.target, frame, how == "insert"):
                window.preview.carry(frame + part.frames(window.document.timeline.rate))
        return True

    def place(self, part: Part, track: int | None, frame: int, insert: bool) -> bool:
        """Put a part of a medium somewhere; False if that was refused."""
        name = self.tr("Insert") if insert else self.tr("Overwrite")
        return self._window.document.do(name, place_part, part, track, frame, insert)

    def _remember(self) -> None:
        if self._film is not None and self.on:
            self._known[self._film.media[0].fingerprint] = self._film, self._window.preview.place

    def _turn(self) -> None:
        """Let nothing lie over a medium but what it is dragged by."""
        canvas = self._window.viewer.canvas
        if self.on and self._overlays is None:
            self._overlays = tuple(canvas.overlays)
            canvas.overlays = (self._drag, *self.above)
            canvas.unsetCursor()
        elif not self.on and self._overlays is not None:
            canvas.overlays, self._overlays = self._overlays, None
        self._show()

    def _show(self) -> None:
        film = self._film
        self.line.setVisible(self.on)
        if film is None:
            self.bar.hide()
            return
        start, end = film.range or (0, film.duration)
        words, length = f"{timecode(start, film.rate)} – {timecode(end, film.rate)}", timecode(end - start, film.rate)
        self.bar.show_source(Path(film.media[0].path).name, words, length, on=self.on)
        self.line.show_source(film.duration, film.range)
        self.line.show_frame(self._window.preview.place)
        self._drag.words = "" if film.media[0].width else self.tr("Sound without pictures")

    def _follow(self, timeline: Timeline) -> None:
        """Forget media that are no more in the bin."""
        there = {one.fingerprint for one in timeline.media}
        self._known = {name: held for name, held in self._known.items() if name in there}
        if self._film is not None and self._film.media[0].fingerprint not in there:
            self.close()

    def _carry(self) -> None:
        """Let the marked part be dragged to the timeline."""
        part = self.part
        if part is None:
            return
        canvas = self._window.viewer.canvas
        drag = QDrag(canvas)
        drag.setMimeData(part_mime(part))
        image = canvas.image
        if not image.isNull():
            drag.setPixmap(_small(canvas.grab(), 120))
        drag.exec(Qt.DropAction.CopyAction)


class SourceDrag(QObject):
    """The overlay of a medium: it is dragged by its picture.

    Attributes:
        dragged: the pointer goes away with it.
        words: what is said in place of a picture.
    """

    dragged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._start: QPointF | None = None
        self.words = ""

    def paint(self, painter: QPainter, place: QRectF) -> None:
        """Say what there is where there are no pictures."""
        if self.words:
            painter.setPen(QColor("white"))
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), self.words)

    def press(self, point: QPointF, place: QRectF) -> bool:
        """Take the press, on the picture."""
        self._start = point if place.contains(point) else None
        return self._start is not None

    def move(self, point: QPointF, place: QRectF) -> bool:
        """Begin to drag once the pointer has gone some way."""
        del place
        if self._start is None:
            return False
        if (point - self._start).manhattanLength() >= QApplication.startDragDistance():
            self._start = None
            self.dragged.emit()
        return True

    def release(self) -> None:
        """Let go."""
        self._start = None


def _small(pixmap: QPixmap, height: int) -> QPixmap:
    return pixmap.scaledToHeight(height, Qt.TransformationMode.SmoothTransformation)
