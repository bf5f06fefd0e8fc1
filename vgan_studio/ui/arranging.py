"""What is done to tracks, markers, the marked range and the film as a whole."""

from fractions import Fraction

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from vgan_studio.service import gestures
from vgan_studio.service.document import Document
from vgan_studio.timeline import marks, tracks
from vgan_studio.timeline.values import Marker, Timeline

from .questions import FilmQuestion, MarkerQuestion, NameQuestion


class Arranging(QObject):
    """Makes edits of what is wished for on headers and ruler; owned by the GUI thread."""

    def __init__(self, document: Document, window: QWidget) -> None:
        super().__init__(window)
        self._document, self._window = document, window
        self.frame = 0

    @property
    def _film(self) -> Timeline:
        return self._document.timeline

    def add_track(self, kind: str) -> None:
        """Add a track above the others of its kind, or below for sound."""
        same = [number for number, track in enumerate(self._film.tracks) if track.kind == kind]
        index = same[-1] + 1 if same else len(self._film.tracks)
        if kind == "video":
            self._document.do(self.tr("Add track"), tracks.add_track, "video", f"V{len(same) + 1}", index)
        else:
            self._document.do(self.tr("Add track"), tracks.add_track, "audio", f"A{len(same) + 1}", index)

    def switch(self, track: int, what: str) -> None:
        """Hide, mute or lock a track or mute all the others, or undo that."""
        held = self._film.tracks[track]
        if what == "hide":
            self._document.do(self.tr("Hide track"), tracks.hide_track, track, not held.hidden)
        elif what == "mute":
            self._document.do(self.tr("Mute track"), tracks.mute_track, track, not held.muted)
        elif what == "solo":
            self._document.do(self.tr("Solo"), tracks.solo_track, track, not held.solo)
        else:
            self._document.do(self.tr("Lock track"), tracks.lock_track, track, not held.locked)

    def set_fader(self, track: int, gain_db: float) -> None:
        """Put the fader of a track somewhere; while it is held it is one step."""
        words = self.tr("Volume of {0}").format(self._film.tracks[track].name or track + 1)
        self._document.drag(f"fader {track}", words, tracks.set_gain, track, gain_db)

    def set_pan(self, track: int, pan: float) -> None:
        """Turn the balance of a track; while it is held it is one step."""
        words = self.tr("Balance of {0}").format(self._film.tracks[track].name or track + 1)
        self._document.drag(f"pan {track}", words, tracks.set_pan, track, pan)

    def remove_track(self, track: int) -> None:
        """Take a track away with all its clips."""
        self._document.do(self.tr("Remove track"), tracks.remove_track, track)

    def move_track(self, track: int, to: int) -> None:
        """Put a track at another place in the stack."""
        self._document.do(self.tr("Move track"), tracks.move_track, track, to)

    def rename_track(self, track: int, name: str) -> None:
        """Give a track a name."""
        self._document.do(self.tr("Rename track"), tracks.rename_track, track, name)

    def ask_name(self, track: int) -> None:
        """Ask for the name of a track."""
        asked = NameQuestion(self.tr("Name of the track"), self._film.tracks[track].name, self._window)
        asked.answered.connect(lambda name: self.rename_track(track, name))
        asked.open()

    def ask_film(self) -> None:
        """Ask for the size, the rate and the sample rate of the film."""
        asked = FilmQuestion(self._film, self._window)
        asked.answered.connect(self.set_film)
        asked.open()

    def set_film(self, width: int, height: int, rate: Fraction, sample_rate: int) -> None:
        """Give the film another size and rate."""
        self._document.do(self.tr("Film settings"), gestures.set_film, width, height, rate, sample_rate)

    def mark_in(self) -> None:
        """Let the marked range begin at the playhead."""
        end = self._film.range[1] if self._film.range else max(self._film.duration, self.frame + 1)
        end = end if end > self.frame else max(self._film.duration, self.frame + 1)
        self._document.do(self.tr("Mark in"), marks.set_range, self.frame, end)

    def mark_out(self) -> None:
        """Let the marked range end with the frame at the playhead."""
        start = self._film.range[0] if self._film.range and self._film.range[0] <= self.frame else 0
        self._document.do(self.tr("Mark out"), marks.set_range, start, self.frame + 1)

    def mark_none(self) -> None:
        """Mark no range."""
        self._document.do(self.tr("Clear in and out"), marks.clear_range)

    def marker(self) -> None:
        """Set a marker at the playhead, or take the one there away."""
        for index, one in enumerate(self._film.markers):
            if one.frame == self.frame:
                self._document.do(self.tr("Remove marker"), marks.remove_marker, index)
                return
        self._document.do(self.tr("Set marker"), marks.add_marker, Marker(self.frame))

    def ask_marker(self, index: int | None = None) -> None:
        """Ask for the name, colour and note of a marker; without an index of the one at the playhead."""
        if index is None:
            there = [number for number, one in enumerate(self._film.markers) if one.frame == self.frame]
            if not there:
                self.marker()
                there = [number for number, one in enumerate(self._film.markers) if one.frame == self.frame]
            index = there[0]
        place = index
        asked = MarkerQuestion(self._film.markers[place], self._window)
        asked.answered.connect(lambda marker: self._change_marker(place, marker))
        asked.removed.connect(lambda: self.remove_marker(place))
        asked.open()

    def _change_marker(self, index: int, marker: Marker) -> None:
        self._document.do(self.tr("Change marker"), marks.change_marker, index, marker)

    def move_marker(self, index: int, frame: int) -> None:
        """Put a marker elsewhere."""
        self._document.do(self.tr("Move marker"), marks.move_marker, index, frame)

    def remove_marker(self, index: int) -> None:
        """Take a marker away."""
        self._document.do(self.tr("Remove marker"), marks.remove_marker, index)
