"""Films and media as files: new, open, save, take in, find again, recover."""

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from vgan_studio.service import gestures
from vgan_studio.service.document import Document, empty_film
from vgan_studio.service.exporting import cleaning
from vgan_studio.service.importing import Found, absent, importing, looking
from vgan_studio.service.jobs import Job, Jobs
from vgan_studio.service.losses import Losses
from vgan_studio.service.project import Opened, Searched, opening, relinking
from vgan_studio.service.recovery import Offer, forget
from vgan_studio.timeline.bin import exchange_media, relink
from vgan_studio.timeline.values import FolderPath, Media, Timeline

from .relink import Relink

_RECENT = 8
_SUBTITLES = (".srt", ".vtt")

Notes = dict[str, tuple[str, tuple[str, ...]]]


class Files(QObject):
    """Asks for files and lets jobs read and write them; owned by the GUI thread.

    Attributes:
        told: a sentence for the user; True if it is bad news.
        noted: what is known of media, by fingerprint.
        lost: the media that are missing.
        lacked: the `render.models.Missing` that a film asks for and that are not here, or are others now.
        subtitles_found: paths of subtitles that are among what is taken in, and the `merge` key of the media's step.
        unread: files of an import that cannot be read: their sentences, and how many files there were.
        shaped: the film, which has taken the size and rate of its first clip.
    """

    told = Signal(str, bool)
    noted = Signal(object)
    lost = Signal(object)
    lacked = Signal(object)
    shaped = Signal(object)
    unread = Signal(object, int)
    subtitles_found = Signal(object, str)

    def __init__(self, document: Document, jobs: Jobs, settings: QSettings, window: QWidget) -> None:
        super().__init__(window)
        self._document, self._jobs, self._settings, self._window = document, jobs, settings, window
        self._notes: Notes = {}
        self._missing: tuple[Media, ...] = ()
        self._gone = set[tuple[str, str]]()  # fingerprints, and where their files are no longer
        self._imports = 0
        self._shelf: FolderPath = ()
        document.opened.connect(self._opened)
        document.saved.connect(self._saved)
        losses = Losses(self)
        document.changed.connect(losses.follow)
        document.changed.connect(self._count)
        losses.lost.connect(self._lose)
        losses.touched.connect(self._look_again)

    @property
    def recent(self) -> list[Path]:
        """The films that were open lately and are still there."""
        names = self._settings.value("recent", [])
        names = [names] if isinstance(names, str) else names if isinstance(names, list) else []
        return [Path(name) for name in names if Path(name).is_file()]

    @property
    def notes(self) -> Notes:
        """What is known of media, by fingerprint."""
        return dict(self._notes)

    @property
    def missing(self) -> int:
        """How many media of the film are missing."""
        return len(self._missing)

    @property
    def name(self) -> str:
        """The film's name."""
        return self._document.path.stem if self._document.path else self.tr("Untitled")

    def new(self) -> None:
        """Begin another film."""
        self.when_saved(self._begin)

    def ask_open(self) -> None:
        """Ask for a film and open it."""
        pattern = self.tr("Films (*.otio)")
        name, _ = QFileDialog.getOpenFileName(self._window, self.tr("Open film"), self._folder(), pattern)
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """Open a film."""
        self.when_saved(lambda: self._document.open(path))

    def save(self) -> None:
        """Save the film; ask where if it has no file yet."""
        if self._document.path is None:
            self.ask_save()
        else:
            self._document.save(self._document.path)

    def ask_save(self) -> Job | None:
        """Ask for a file and save the film there; None if the user would rather not."""
        proposal = str(Path(self._folder()) / f"{self.name}.otio")
        pattern = self.tr("Films (*.otio)")
        name, _ = QFileDialog.getSaveFileName(self._window, self.tr("Save film"), proposal, pattern)
        if not name:
            return None
        return self._document.save(Path(name) if Path(name).suffix else Path(f"{name}.otio"))

    def when_saved(self, then: Callable[[], object]) -> None:
        """Do something once nothing can be lost by it: ask whether to save, save, and go on; or let it be."""
        if not self._document.dirty:
            then()
            return
        buttons = QMessageBox.StandardButton
        words = self.tr("Save the changes to {0}?").format(self.name)
        box = QMessageBox(QMessageBox.Icon.Question, self.tr("Save"), words, parent=self._window)
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        answer = box.exec()
        if answer == buttons.Discard:
            then()
        elif answer == buttons.Save:
            job = self._document.save(self._document.path) if self._document.path else self.ask_save()
            if job is not None:
                job.done.connect(lambda _: then())

    def ask_media(self) -> None:
        """Ask for media and take them in."""
        names, _ = QFileDialog.getOpenFileNames(self._window, self.tr("Import media"), self._folder())
        if names:
            self.take_in([Path(name) for name in names])

    def take_in(self, paths: Sequence[Path], place: tuple[int | None, int] | None = None) -> None:
        """Take media in, in the background, as one step; then put them on a track at a frame, if that is wished.

        A film among them is opened, and nothing else; subtitles become tracks, once the film has its rate.
        """
        films = [path for path in paths if path.suffix.lower() == ".otio"]
        if films:
            self.open(films[0])
            return
        words = [path for path in paths if path.suffix.lower() in _SUBTITLES]
        paths = [path for path in paths if path not in words]
        if not paths:
            self.subtitles_found.emit(words, "")
            return
        self._imports += 1
        merge, found, unread, shelf = f"import {self._imports}", list[Media](), list[str](), self._shelf
        job = self._jobs.make(self.tr("Import media"), importing(paths))
        job.progress.connect(lambda one: self._found(one, merge, found, unread, shelf))
        job.done.connect(lambda _: self._all_found(merge, found, place))
        job.done.connect(lambda _: self.unread.emit(unread, len(found) + len(unread)) if len(unread) > 1 else None)
        job.failed.connect(lambda sentence: self.told.emit(sentence, True))
        for ended in (job.done, job.failed) if words else ():
            ended.connect(lambda _: self.subtitles_found.emit(words, merge if found else ""))
        job.start()

    def take_into(self, folder: FolderPath) -> None:
        """Put the media that are taken in from now on into a folder of the bin."""
        self._shelf = folder

    def ask_folder(self) -> None:
        """Look which media are missing, show them, and look for them where the user says."""
        self._miss(self._ask_folder)

    def come_back(self, state: Qt.ApplicationState) -> None:
        """Look which media are missing: a folder that was renamed meanwhile is told by no watch on a file."""
        if state == Qt.ApplicationState.ApplicationActive and self._document.timeline.media:
            self._miss(lambda: None)

    def _ask_folder(self) -> None:
        if not self._missing:
            self.told.emit(self.tr("No media are missing."), False)
            return
        dialog = Relink(self._missing, self._folder(), self._window)
        dialog.folder_wished.connect(lambda folder: self.look_in(folder, dialog))
        dialog.file_wished.connect(lambda name, path: self.exchange(name, path, dialog))
        self._document.refused.connect(dialog.show_refused)
        dialog.open()

    def look_in(self, folder: Path, dialog: Relink | None = None) -> None:
        """Look for missing media in a folder and below, in the background."""
        job = self._jobs.make(self.tr("Find media"), relinking(self._missing, folder))
        job.done.connect(self._searched)
        if dialog is not None:
            job.done.connect(lambda searched: dialog.show_searched(searched.found, searched.alike))
        job.failed.connect(lambda sentence: self.told.emit(sentence, True))
        job.start()

    def exchange(self, fingerprint: str, path: Path, dialog: Relink | None = None) -> None:
        """Let a file take the place of a medium, in the background: the same one found again, or another."""
        job = self._jobs.make(self.tr("Find media"), importing([path]))
        job.done.connect(lambda found: self._exchanged(fingerprint, found, dialog))
        job.start()

    def clean_up(self) -> None:
        """Remove what a crash left half written, in the background."""
        job = self._jobs.make(self.tr("Clean up"), cleaning())
        job.done.connect(self._cleaned)
        job.start()

    def offer(self, offers: Sequence[Offer]) -> None:
        """Offer what a crash left behind; what is skipped is not offered again."""
        for offer in offers:
            name = offer.project.name if offer.project else self.tr("A film without a name")
            when = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(offer.seconds))
            words = self.tr("The program ended unexpectedly. {0} was kept as it was at {1}.").format(name, when)
            box = QMessageBox(QMessageBox.Icon.Information, self.tr("Recover"), words, parent=self._window)
            recover = box.addButton(self.tr("Recover"), QMessageBox.ButtonRole.AcceptRole)
            skip = box.addButton(self.tr("Skip"), QMessageBox.ButtonRole.RejectRole)
            box.exec()
            if box.clickedButton() is recover:
                self._recover(offer)
                return
            if box.clickedButton() is skip:  # and not because the program ends
                forget(offer)

    def _cleaned(self, removed: object) -> None:
        names = [path.name for path in removed if isinstance(path, Path)] if isinstance(removed, tuple) else []
        if names:
            self.told.emit(self.tr("What a crash left half written was removed: {0}.").format(", ".join(names)), False)

    def _recover(self, offer: Offer) -> None:
        job = self._jobs.make(self.tr("Recover"), opening(offer.version, ours=True))
        job.done.connect(lambda opened: self._recovered(opened, offer))
        job.failed.connect(lambda sentence: self.told.emit(sentence, True))
        job.start()

    def _recovered(self, opened: Opened, offer: Offer) -> None:
        self._document.start(opened.timeline, offer.project, saved=False)
        self._opened(Opened(opened.timeline, offer.project or opened.path, opened.missing, opened.models))
        forget(offer)

    def _begin(self) -> None:
        self._notes = {}
        self._document.start(empty_film())
        self.noted.emit({})
        self.lacked.emit(())
        self._lack(())

    def _opened(self, opened: Opened) -> None:
        self.lacked.emit(opened.models)
        self._lack(opened.missing)
        if opened.missing:
            self._tell_missing()
        if len(opened.barred) > 1:
            words = self.tr("{0} effects read files outside of the film's folder; "
                            "they are switched off until you switch them on.")  # fmt: skip
            self.told.emit(words.format(len(opened.barred)), True)
        elif opened.barred:
            self.told.emit(opened.barred[0], True)
        self._remember(opened.path)
        gone = {one.fingerprint for one in opened.missing}
        there = [one for one in opened.timeline.media if one.known and one.fingerprint not in gone]
        job = self._jobs.make(self.tr("Look at media"), looking(there))
        job.progress.connect(self._looked)
        job.start(Job.Priority.LowestPriority)

    def _lose(self, media: Media, words: str = "") -> None:
        """Take note that a file has gone away, or has become another one, while the film is open."""
        if media.fingerprint not in {one.fingerprint for one in self._missing}:
            self._lack((*self._missing, media))
            if len(self._missing) > 1 and not words:
                return self._tell_missing()
            words = words or self.tr("{0} is no longer there; look for it with File, Find missing media.")
            self.told.emit(words.format(Path(media.path).name), True)

    def _look_again(self, touched: Sequence[Media]) -> None:
        """Look, in the background, whether files that were written to are still those that were taken in."""
        job = self._jobs.make(self.tr("Look at media"), looking(touched))
        job.progress.connect(lambda found: self._looked_again(touched, found))
        job.start()

    def _miss(self, then: Callable[[], None]) -> None:
        """Look, in the background, which media are no longer where they were; and go on."""
        there = [one for one in self._document.timeline.media if one not in self._missing]
        job = self._jobs.make(self.tr("Look at media"), absent(there))
        job.done.connect(self._missed)
        job.done.connect(lambda _: then())
        job.start()

    def _missed(self, lost: tuple[Media, ...]) -> None:
        if lost:  # of some a watch may have told meanwhile
            self._lack((*self._missing, *(one for one in lost if one not in self._missing)))
            self._tell_missing()

    def _tell_missing(self) -> None:
        words = self.tr("{0} media are missing; look for them with File, Find missing media.")
        one = self.tr("{0} is missing; look for it with File, Find missing media.")
        first, *more = self._missing
        self.told.emit(words.format(1 + len(more)) if more else one.format(Path(first.path).name), True)

    def _looked_again(self, touched: Sequence[Media], found: Sequence[Found]) -> None:
        now = {str(one.path): one.media.fingerprint if one.media else "" for one in found}
        for media in touched:
            if now.get(media.path, media.fingerprint) != media.fingerprint:
                self._lose(media, self.tr("{0} is another file now than when it was taken in; "
                                          "look for the old one with File, Find missing media."))  # fmt: skip

    def _looked(self, found: list[Found]) -> None:
        for one in found:
            if one.media is not None:
                self._notes[one.media.fingerprint] = one.words, one.sentences
        self.noted.emit(dict(self._notes))

    def _saved(self, path: Path) -> None:
        self.told.emit(self.tr("Saved {0}.").format(path.name), False)
        self._remember(path)

    def _remember(self, path: Path) -> None:
        if path == self._document.path:
            names = [str(path.absolute()), *(str(one) for one in self.recent if one != path.absolute())]
            self._settings.setValue("recent", names[:_RECENT])
            self._settings.setValue("folder", str(path.absolute().parent))

    def _found(self, found: Found, merge: str, media: list[Media], unread: list[str], shelf: FolderPath) -> None:
        if found.media is None:
            unread.append(found.sentences[0])
            self.told.emit(found.sentences[0], True)
            return
        media.append(found.media)
        self._notes[found.media.fingerprint] = found.words, found.sentences
        before = _shape(self._document.timeline)
        self._document.drag(merge, self.tr("Import media"), gestures.add_all, [found.media], shelf)
        if _shape(self._document.timeline) != before:
            self.shaped.emit(self._document.timeline)
        self.noted.emit(dict(self._notes))
        self._settings.setValue("folder", str(found.path.absolute().parent))

    def _all_found(self, merge: str, media: list[Media], place: tuple[int | None, int] | None) -> None:
        if media and place is not None:
            track, frame = place
            self._document.drag(merge, self.tr("Place media"), gestures.place, media, track, frame)

    def _searched(self, searched: Searched) -> None:
        self._find(searched.found, self.tr("Find media"), relink, searched.found)
        words = self.tr("Found: {0}; still missing: {1}.").format(len(searched.found), len(self._missing))
        self.told.emit(words, bool(self._missing))

    def _exchanged(self, fingerprint: str, found: Found, dialog: Relink | None) -> None:
        media = found.media
        if media is None:
            self._refused(found.sentences[0], dialog)
        elif media.fingerprint == fingerprint:
            self._searched(Searched({fingerprint: media}, {}))
        elif not self._find({fingerprint: media}, self.tr("Exchange media"), exchange_media, fingerprint, media):
            return
        else:
            words = self.tr("{0} takes the place of the missing file; its content differs.")
            self.told.emit(words.format(found.path.name), False)
        if media is not None and dialog is not None:
            dialog.show_searched({fingerprint: media}, {})

    def _find(self, found: Mapping[str, Media], label: str, edit: Callable[..., Timeline], *wishes: object) -> bool:
        """Take note of where media are in one step, and look at them; False if the edit is refused."""
        if not found or not self._document.do(label, edit, *wishes):
            return False
        self._gone -= {(name, media.path) for name, media in found.items()}
        self._count(self._document.timeline)
        job = self._jobs.make(self.tr("Look at media"), looking(list(found.values())))
        job.progress.connect(self._looked)
        job.start(Job.Priority.LowestPriority)
        return True

    def _lack(self, missing: Sequence[Media]) -> None:
        """Take note of which media are missing now."""
        self._gone = {(media.fingerprint, media.path) for media in missing}
        self._missing = tuple(missing)
        self.lost.emit(self._missing)

    def _count(self, timeline: Timeline) -> None:
        """Say which media are missing in another version of the film, such as after undo."""
        missing = (
            tuple(one for one in timeline.media if (one.fingerprint, one.path) in self._gone) if self._gone else ()
        )
        if missing != self._missing:
            self._missing = missing
            self.lost.emit(missing)

    def _refused(self, sentence: str, dialog: Relink | None) -> None:
        self.told.emit(sentence, True)
        if dialog is not None:
            dialog.show_refused(sentence)

    def _folder(self) -> str:
        return str(self._settings.value("folder", str(Path.home())))


def _shape(film: Timeline) -> tuple[object, ...]:
    return film.width, film.height, film.rate
