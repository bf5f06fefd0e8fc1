"""The mixer: a strip with fader, balance and meter for each track that has sound, and the meter of all of them."""
# ruff: noqa: N802  (events have Qt's names)

from collections.abc import Mapping
from fractions import Fraction
from functools import partial
from math import isnan

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from vgan_studio.service.levels import Level
from vgan_studio.timeline.values import LOUDEST_DB, SILENT_DB, Media, Timeline, Track

from .fader import Fader, Pan
from .meters import FLOOR_DB, Meters
from .parts import label, tool
from .theme import DARK, Theme, icon

_AT_ONCE = 4  # strips that are made in one go; the others follow, so that the window does not stand still


class Mixer(QWidget):
    """Shows the strips of a film's tracks, and emits wishes.

    Attributes:
        gain_wished: the number of a track, and where its fader shall be in dB.
        pan_wished: the number of a track, and its balance.
        switch_wished: the number of a track, and "mute" or "solo".
        sealed: a movement has ended.
        master: the meter of the whole mix.
    """

    gain_wished = Signal(int, float)
    pan_wished = Signal(int, float)
    switch_wished = Signal(int, str)
    sealed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._film = DARK, Timeline(Fraction(25), 2, 2)
        self._known: dict[int, tuple[Track, bool]] = {}
        self.strips: list[Strip] = []
        self.master = Meters(scaled=True)
        self.master.setAccessibleName(self.tr("Level of the sound"))
        self.master.setToolTip(self.tr("Peak and RMS of what is played, in dBFS. Click to clear the lamps."))
        self._empty = label(self.tr("No track has sound yet."), "dim")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()

    def show_timeline(self, timeline: Timeline) -> None:
        """Show the tracks of a film that have sound."""
        self._film = timeline
        if self.isVisible():
            self._refresh()

    def show_levels(self, levels: Mapping[int, Level]) -> None:
        """Show how loud tracks are, by number."""
        for strip in self.strips:
            if strip.number in levels:
                strip.meter.show_level(levels[strip.number])

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        self.master.show_theme(theme)
        for strip in self.strips:
            strip.show_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        """Show what has changed while nobody saw it."""
        super().showEvent(event)
        self._refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the wheel scroll the strips sideways."""
        if isinstance(event, QWheelEvent) and watched is self._room.viewport():
            bar, turned = self._room.horizontalScrollBar(), event.angleDelta()
            bar.setValue(bar.value() - (turned.y() or turned.x()) // 2)
            return True
        return super().eventFilter(watched, event)

    def _refresh(self) -> None:
        film = self._film
        heard = [(number, track) for number, track in enumerate(film.tracks) if self._sounds(number, track)]
        while len(self.strips) > len(heard):
            self.strips.pop().deleteLater()
        for _ in range(min(_AT_ONCE, len(heard) - len(self.strips))):
            self._add()
        for strip, (number, track) in zip(self.strips, heard, strict=False):
            strip.show_track(number, track)
        self._empty.setVisible(not heard)
        self._room.setVisible(bool(heard))
        if len(self.strips) < len(heard):
            QTimer.singleShot(0, self, self._refresh)

    def _sounds(self, number: int, track: Track) -> bool:
        known = self._known.get(number)
        if known is None or known[0] is not track:
            known = self._known[number] = track, sounds(track)
        return known[1]

    def _add(self) -> None:
        strip = Strip()
        strip.show_theme(self._theme)
        strip.gain_wished.connect(self.gain_wished)
        strip.pan_wished.connect(self.pan_wished)
        strip.switch_wished.connect(self.switch_wished)
        strip.sealed.connect(self.sealed)
        self._row.insertWidget(len(self.strips), strip)
        self.strips.append(strip)

    def _lay_out(self) -> None:
        body = QWidget()
        body.setObjectName("panel")
        body.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._row = QHBoxLayout(body)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._row.addStretch(1)
        self._room = QScrollArea()
        self._room.setWidgetResizable(True)
        self._room.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._room.setFrameShape(QFrame.Shape.NoFrame)
        self._room.setWidget(body)
        self._room.viewport().installEventFilter(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._room, 1)
        row.addWidget(self._empty, 1)
        column = QVBoxLayout()
        column.addWidget(_centered(self.tr("Mix")))
        column.addWidget(self.master, 1, Qt.AlignmentFlag.AlignHCenter)
        row.addLayout(column)


class Strip(QFrame):
    """Shows one track: name, balance, fader with its meter, its gain as a number, and two switches.

    Attributes:
        number: of the track.
        gain_wished, pan_wished, switch_wished: see `Mixer`.
        sealed: a movement has ended.
    """

    gain_wished = Signal(int, float)
    pan_wished = Signal(int, float)
    switch_wished = Signal(int, str)
    sealed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("effect")
        self.number = 0
        self._track: Track | None = None
        self._theme = DARK
        self.name = _centered("")
        self.pan, self.fader, self.meter = Pan(), Fader(), Meters()
        self.pan.setToolTip(self.tr("Balance of left and right. Double-click for the middle."))
        self.fader.setToolTip(self.tr("Volume of the track. Double-click for 0 dB; Ctrl moves it finely."))
        self.meter.setToolTip(self.tr("What this track adds, in dBFS. Click to clear the lamps."))
        self.gain = _field()
        self.gain.setToolTip(self.tr("Volume in dB"))
        self.mute, self.solo = tool(self.tr("Mute")), tool(self.tr("Solo: mute all the others"), words="S")
        for button in (self.mute, self.solo):
            button.setCheckable(True)
        self.fader.moved.connect(lambda gain: self.gain_wished.emit(self.number, gain))
        self.pan.moved.connect(lambda pan: self.pan_wished.emit(self.number, pan))
        for control in (self.fader, self.pan):
            control.sealed.connect(self.sealed)
        self.gain.editingFinished.connect(self._type)
        self.mute.clicked.connect(partial(self._switch, "mute"))
        self.solo.clicked.connect(partial(self._switch, "solo"))
        self._lay_out()

    def show_track(self, number: int, track: Track) -> None:
        """Show a track."""
        self.number = number
        if track is not self._track:
            self._track = track
            name = track.name or str(number + 1)
            self.name.setText(self.name.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, 58))
            self.name.setToolTip(name)
            self.setAccessibleName(name)
            for one, words in (
                (self.fader, self.tr("Volume of {0}")), (self.pan, self.tr("Balance of {0}")),
                (self.gain, self.tr("Volume of {0} in dB")), (self.meter, self.tr("Level of {0}")),
            ):  # fmt: skip
                one.setAccessibleName(words.format(name))
            self.fader.show_gain(track.gain_db)
            self.pan.show_pan(track.pan)
            self.gain.setText(gain_words(track.gain_db))
        self.mute.setChecked(track.muted)
        self.mute.setIcon(icon("mute" if track.muted else "sound", self._theme))
        self.solo.setChecked(track.solo)
        self.meter.setEnabled(not track.muted)

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        for part in (self.pan, self.fader, self.meter):
            part.show_theme(theme)
        self.mute.setIcon(icon("mute" if self.mute.isChecked() else "sound", theme))

    def _type(self) -> None:
        """Take what was typed, if it is another gain than the one shown."""
        assert self._track is not None
        wanted = gain_typed(self.gain.text())
        if self.gain.isModified() and wanted is not None:
            self.gain_wished.emit(self.number, wanted)
            self.sealed.emit()
        self.gain.setModified(False)
        self.gain.setText(gain_words(self._track.gain_db))

    def _switch(self, what: str) -> None:
        self.switch_wished.emit(self.number, what)

    def _lay_out(self) -> None:
        upright = QHBoxLayout()
        upright.setSpacing(3)
        upright.addStretch(1)
        upright.addWidget(self.fader)
        upright.addWidget(self.meter)
        upright.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(0)
        buttons.addWidget(self.mute)
        buttons.addWidget(self.solo)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 3, 4, 3)
        column.setSpacing(2)
        column.addWidget(self.name)
        column.addWidget(self.pan)
        column.addLayout(upright, 1)
        column.addWidget(self.gain)
        column.addLayout(buttons)
        self.setFixedWidth(70)


def sounds(track: Track) -> bool:
    """Tell whether a track has a strip: all that are for sound, and those with a clip that has some."""
    return track.kind == "audio" or any(isinstance(one.source, Media) and one.source.channels for one in track.clips)


def gain_words(gain_db: float) -> str:
    """Say a gain as mixers do: to a tenth, and silence as such."""
    return "−∞" if gain_db <= SILENT_DB else f"{gain_db:.1f}"


def gain_typed(words: str) -> float | None:
    """Give the gain that was typed, no louder than a fader goes; None if it is none."""
    words = words.replace("−", "-").replace(",", ".").removesuffix("dB").strip()
    if words.lstrip("-") in ("∞", "inf"):
        return SILENT_DB
    try:
        wanted = float(words)
    except ValueError:
        return None
    if isnan(wanted):
        return None
    return SILENT_DB if wanted < FLOOR_DB else min(LOUDEST_DB, wanted)


def _field() -> QLineEdit:
    made = QLineEdit()
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return made


def _centered(words: str) -> QLabel:
    made = QLabel(words)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made
