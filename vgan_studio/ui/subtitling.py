"""Subtitles in the window: panel, lane and files, and their connections with the edits of the document."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from vgan_studio.service import subtitles as spoken
from vgan_studio.timeline import subtitles as edits
from vgan_studio.timeline.values import CAPTION_LOOK, SubtitleTrack, Timeline, Value

from .caption_hand import CaptionHand
from .files import Files
from .layouts import Layouts
from .stage import Stage
from .subtitles_panel import SubtitlesPanel
from .words import named, said

if TYPE_CHECKING:
    from vgan_studio.effects.spec import Effect


class Place(Stage, Protocol):
    """A window with files and docks."""

    files: Files
    layouts: Layouts


class Subtitling(QObject):
    """Connects the window's timeline, its panel of subtitles and the edits of them; owned by the GUI thread.

    Attributes:
        panel: to be put into a dock.
        hand: what the mouse does on the timeline.
    """

    def __init__(self, window: Place) -> None:
        assert isinstance(window, QWidget)
        super().__init__(window)
        self._window = window
        self._chosen = -1
        self.panel, self.hand = SubtitlesPanel(), CaptionHand(window.timeline_view)
        panel, hand = self.panel, self.hand
        for name, deed in (("add", self.add), ("split", self.split), ("merge", self.merge), ("remove", self.remove),
                           ("import", self.ask_import), ("export", self.ask_export)):  # fmt: skip
            panel.buttons[name].clicked.connect(deed)
        panel.chosen.connect(self._choose)
        panel.text_wished.connect(lambda index, words: self._set_text(panel.track, index, words))
        panel.time_wished.connect(lambda index, start, end: self._set_times(panel.track, index, start, end))
        panel.described.connect(self._describe)
        panel.look.wished.connect(self._dress)
        panel.look.sealed.connect(window.document.seal)
        panel.look.pick_wished.connect(window.inspector.pick_wished)
        panel.seek_wished.connect(window.preview.seek)
        hand.chosen.connect(self._choose)
        hand.text_wished.connect(self._set_text)
        hand.time_wished.connect(self._set_times)
        hand.add_wished.connect(self._add_at)
        hand.switch_wished.connect(self._switch)
        hand.rename_wished.connect(lambda track: self.show_panel())
        hand.menu_wished.connect(lambda place, track, index: self.menu(track, index).exec(place))
        window.timeline_view.selected.connect(self._clips_chosen)
        window.preview.moved.connect(panel.show_frame)
        window.document.changed.connect(self._show)
        window.files.subtitles_found.connect(self.read)
        self._show(window.document.timeline)

    def show_effects(self, effects: Mapping[str, object]) -> None:
        """Take the descriptions of the effects: one of them draws the words."""
        title = effects.get(CAPTION_LOOK.id)
        if title is not None:
            self.panel.look.show_effect(cast("Effect", title))
            self.panel.show_look()

    def deeds(self) -> dict[str, Callable[[], object]]:
        """Give what the actions do."""
        return {
            "subtitles": self.show_panel, "caption_add": self.add, "caption_split": self.split,
            "caption_merge": self.merge, "subtitles_import": self.ask_import, "subtitles_export": self.ask_export,
        }  # fmt: skip

    def show_panel(self) -> None:
        """Show the panel, in front of others."""
        dock = self._window.layouts.docks["subtitles"]
        dock.show()
        dock.raise_()

    def add(self) -> None:
        """Put a caption at the playhead, and let its words be typed."""
        self._add_at(self.panel.track, self._window.preview.frame)

    def split(self) -> None:
        """Cut the caption at the playhead in two."""
        frame = self._window.preview.frame
        self._do(self.tr("Split caption"), lambda film: edits.split_caption(
            film, self.panel.track, spoken.spoken_at(film, self.panel.track, frame), frame
        ))  # fmt: skip

    def merge(self) -> None:
        """Join the selected caption, or the one at the playhead, with the next one."""
        track, chosen, frame = self.panel.track, self._chosen, self._window.preview.frame

        def merged(film: Timeline) -> Timeline:
            index = chosen if chosen >= 0 else spoken.spoken_at(film, track, frame)
            return edits.merge_captions(film, track, index)

        self._do(self.tr("Merge captions"), merged)

    def remove(self) -> bool:
        """Take the selected captions away; False if there are none."""
        rows = self.panel.rows or ([self._chosen] if self._chosen >= 0 else [])
        if not rows:
            return False
        self._do(self.tr("Remove captions"), edits.remove_captions, self.panel.track, rows)
        self._choose(self.panel.track, -1)
        return True

    def chosen(self) -> bool:
        """Tell whether a caption is selected, for the keys that take away what is."""
        return self._chosen >= 0

    def ask_import(self) -> None:
        """Ask for files of subtitles, or films with them, and read them."""
        pattern = self.tr("Subtitles (*.srt *.vtt)") + ";;" + self.tr("Films with subtitles (*)")
        names, _ = QFileDialog.getOpenFileNames(
            self._window.viewer, self.tr("Import subtitles"), str(self._folder()), pattern
        )
        if names:
            self.read([Path(name) for name in names])

    def read(self, paths: Sequence[Path], merge: str = "") -> None:
        """Read files of subtitles in the background; each becomes a track, in one step with media of that key."""
        window = self._window
        job = window.jobs.make(self.tr("Import subtitles"), spoken.reading(paths, window.document.timeline.rate))
        job.done.connect(lambda read: self._take(read, merge))
        job.failed.connect(lambda sentence: window.tell(said(sentence), bad=True))
        job.start()

    def ask_export(self) -> None:
        """Ask for a name, and write the track that is shown there."""
        track = self._track
        if track is None:
            self._window.tell(self.tr("There are no subtitles to export."), bad=True)
            return
        name = ".".join(filter(None, (self._window.files.name, track.language, "srt")))
        chosen, _ = QFileDialog.getSaveFileName(
            self._window.viewer,
            self.tr("Export subtitles"),
            str(self._folder() / name),
            "SubRip (*.srt);;WebVTT (*.vtt)",
        )
        if chosen:
            path = Path(chosen)
            self.write(path if path.suffix.lower() in (".srt", ".vtt") else path.with_name(path.name + ".srt"))

    def write(self, path: Path) -> None:
        """Write the track that is shown, in the background."""
        window, track = self._window, self._track
        if track is None:
            return
        steps = spoken.writing(path, track.captions, window.document.timeline.rate)
        job = window.jobs.make(self.tr("Export subtitles"), steps)
        job.done.connect(lambda _: window.tell(self.tr("{0} was saved.").format(path.name)))
        job.failed.connect(lambda sentence: window.tell(said(sentence), bad=True))
        job.start()

    def menu(self, track: int, index: int) -> QMenu:
        """Make the menu of a caption, or with -1 of its track."""
        window, menu = self._window, QMenu(self._window.viewer)
        film = window.document.timeline
        if index >= 0:
            menu.addAction(self.tr("Edit the words"), lambda: self.hand.edit((track, index)))
            for name in ("caption_split", "caption_merge"):
                menu.addAction(window.actions_[name])
            menu.addAction(self.tr("Remove"), self.remove)
            menu.addSeparator()
        menu.addAction(window.actions_["caption_add"])
        second = round(film.rate)
        shifts = menu.addMenu(self.tr("Shift all captions"))
        for words, frames in ((self.tr("A frame earlier"), -1), (self.tr("A frame later"), 1),
                              (self.tr("A second earlier"), -second), (self.tr("A second later"), second),
                              (self.tr("So that the first begins at the playhead"), None)):  # fmt: skip
            shifts.addAction(words, partial(self.shift, track, frames))
        menu.addSeparator()
        for name in ("subtitles", "subtitles_import", "subtitles_export"):
            menu.addAction(window.actions_[name])
        menu.addAction(
            self.tr("Remove these subtitles"),
            lambda: self._do(self.tr("Remove subtitles"), edits.remove_subtitles, track),
        )
        return menu

    def shift(self, track: int, frames: int | None) -> None:
        """Show all captions of a track later; with None so that the first one begins at the playhead."""
        frame = self._window.preview.frame

        def shifted(film: Timeline) -> Timeline:
            captions = film.subtitles[track].captions
            by = frame - captions[0].start if frames is None and captions else frames or 0
            return edits.shift_captions(film, track, by)

        self._do(self.tr("Shift captions"), shifted)

    @property
    def _track(self) -> SubtitleTrack | None:
        tracks = self._window.document.timeline.subtitles
        return tracks[self.panel.track] if self.panel.track < len(tracks) else None

    def _folder(self) -> Path:
        path = self._window.document.path
        return path.parent if path else Path.home()

    def _do(self, label: str, edit: Callable[..., Timeline], *args: object) -> bool:
        return self._window.document.do(label, edit, *args)

    def _add_at(self, track: int, frame: int) -> None:
        if self._do(self.tr("Add caption"), spoken.speak, track, frame, self.tr("Subtitles")):
            track = min(track, len(self._window.document.timeline.subtitles) - 1)
            index = spoken.spoken_at(self._window.document.timeline, track, frame)
            self._choose(track, index)
            self.hand.edit((track, index))

    def _set_text(self, track: int, index: int, words: str) -> None:
        self._do(self.tr("Set words"), edits.set_text, track, index, words)

    def _set_times(self, track: int, index: int, start: int, end: int) -> None:
        if self._do(self.tr("Move caption"), edits.set_times, track, index, start, end):
            self._choose(track, spoken.spoken_at(self._window.document.timeline, track, start))

    def _describe(self, name: str, language: str) -> None:
        self._do(self.tr("Describe subtitles"), edits.describe_subtitles, self.panel.track, name, language)

    def _dress(self, name: str, value: Value | None) -> None:
        track = self.panel.track
        label = self.tr("Look of subtitles: {0}").format(named(name).lower())
        self._window.document.drag(f"subtitles {track} {name}", label, spoken.dress, track, name, value)

    def _switch(self, track: int, switch: str) -> None:
        held = self._window.document.timeline.subtitles[track]
        if switch == "hide":
            self._do(self.tr("Hide subtitles"), edits.hide_subtitles, track, not held.hidden)
        else:
            self._do(self.tr("Lock subtitles"), edits.lock_subtitles, track, not held.locked)

    def _choose(self, track: int, index: int) -> None:
        """Select a caption in panel and lane alike; clips are selected no longer."""
        self._chosen = index
        self.panel.choose(track, index)
        view = self._window.timeline_view
        view.put(caption=(track, index) if index >= 0 else None)
        if index >= 0:
            view.select(())

    def _clips_chosen(self, ids: frozenset[int]) -> None:
        if ids and self._chosen >= 0:
            self._choose(self.panel.track, -1)

    def _show(self, film: Timeline) -> None:
        self.panel.show_timeline(film)
        track = self._track
        if track is None or self._chosen >= len(track.captions):
            self._choose(self.panel.track, -1)

    def _take(self, read: object, merge: str) -> None:
        assert isinstance(read, tuple)
        tracks = [track for one in read for track in one.tracks]
        notes = [said(note) for one in read for note in one.notes]
        label = self.tr("Import media and subtitles") if merge else self.tr("Import subtitles")
        if not self._window.document.drag(merge, label, spoken.take, tracks):
            return
        self._choose(len(self._window.document.timeline.subtitles) - len(tracks), -1)
        self.show_panel()
        count = sum(len(track.captions) for track in tracks)
        self._window.tell(" ".join((self.tr("{0} captions were read.").format(count), *notes)), bad=bool(notes))
