"""What the window knows of models: which are here, which a film lacks, and how others come."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from vgan_studio.errors import EditError
from vgan_studio.service.jobs import Job
from vgan_studio.service.models import Known, Verified, Wish, listing, removing, taking_in, verifying
from vgan_studio.timeline.lookup import clip_by_id

from .banner import Banner
from .files import Files
from .learning import Learning
from .models_dialog import ModelsDialog, found
from .stage import Stage
from .timecode import timecode
from .timeline_page import name_of
from .words import said

if TYPE_CHECKING:
    from vgan_studio.render.models import Missing

_MOST_NAMED = 3  # models, and places of each, in one sentence


class Place(Stage, Protocol):
    """A window with films as files, and a line above the picture."""

    files: Files
    banner: Banner


class Modelling(QObject):
    """Keeps the list of models, and says what a film lacks; owned by the GUI thread.

    Attributes:
        known: the models that are here, as they were found last.
        learning: lets models learn from clips.
        faults: what is wrong with those that were verified, by name; "" where nothing is.
    """

    def __init__(self, window: Place) -> None:
        assert isinstance(window, QWidget)
        super().__init__(window)
        self._window = window
        self.known: tuple[Known, ...] = ()
        self.faults: dict[str, str] = {}
        self.dialog: ModelsDialog | None = None
        self._lacked: tuple[Missing, ...] = ()
        self.learning = Learning(window, lambda: self.known, self.look)
        window.inference.described.connect(self._described)
        window.files.lacked.connect(self._lack)
        window.inspector.models_wished.connect(self.show)
        if window.effects:
            self.look()

    def deeds(self) -> dict[str, Callable[[], object]]:
        """Give what the actions do."""
        return {"models": self.show}

    def look(self, then: Callable[[], object] | None = None) -> None:
        """Read the cards of all models anew, in the background."""
        job = self._window.jobs.make(self.tr("Read the models"), listing())
        job.done.connect(self._know)
        if then is not None:
            job.done.connect(lambda _: then())
        job.failed.connect(lambda sentence: self._window.tell(said(sentence), bad=True))
        job.start()

    def show(self, name: str = "") -> None:
        """Show the dialog of models."""
        if self.dialog is None:
            self.dialog = ModelsDialog(self._window.inspector)  # goes with it when another language is spoken
            self.dialog.import_wished.connect(self.take_in)
            self.dialog.verify_wished.connect(self.verify)
            self.dialog.remove_wished.connect(self.remove)
            self.dialog.destroyed.connect(self._closed)
        self.dialog.show_models(self.known, self.faults)
        self.dialog.choose(name)
        if self.dialog.isVisible():
            self.dialog.raise_()
        self.dialog.show()
        self.look()

    def ask_import(self) -> None:
        """Ask for a file with weights."""
        self.show()
        if self.dialog is not None:
            self.dialog.ask_import()

    def take_in(self, wish: Wish) -> None:
        """Take a model in from elsewhere, in the background."""
        job = self._window.jobs.make(self.tr("Import {0}").format(wish.file.name), taking_in(wish))
        job.progress.connect(self._wait)
        job.done.connect(self._taken)
        self._begin(job, self.tr("{0} is being looked at …").format(wish.file.name))

    def verify(self, models: Sequence[Known]) -> None:
        """Read models whole, and see whether they are what their cards say."""
        job = self._window.jobs.make(self.tr("Verify models"), verifying(models))
        job.progress.connect(self._far)
        job.done.connect(self._verified)
        self._begin(job, self.tr("Reading the models …"))

    def remove(self, name: str) -> None:
        """Delete a model of the user's own."""
        job = self._window.jobs.make(self.tr("Remove {0}").format(name), removing(name))
        job.done.connect(lambda _: self._renew(self.tr("{0} was removed.").format(name)))
        self._begin(job, "")

    def _described(self, effects: object) -> None:
        del effects
        self.look()

    def _begin(self, job: Job, words: str) -> None:
        if self.dialog is not None:
            self.dialog.follow(job, words)
        job.failed.connect(lambda sentence: self._end(said(sentence), bad=True))
        job.cancelled.connect(lambda: self._end(self.tr("Cancelled.")))
        job.start()

    def _end(self, words: str, *, bad: bool = False) -> None:
        if self.dialog is not None:
            self.dialog.follow(None)
            self.dialog.say(words, bad=bad)
        else:
            self._window.tell(words, bad=bad)

    def _wait(self, step: object) -> None:
        seconds = getattr(step, "seconds", None)
        if self.dialog is not None and seconds is not None:
            self.dialog.say(self.tr("It is being looked at in a process of its own, {0:.0f} s …").format(seconds))

    def _taken(self, model: object) -> None:
        assert isinstance(model, Known)
        self._renew(found(model), model.name)

    def _far(self, step: object) -> None:
        if isinstance(step, Verified):
            self.faults |= dict(step.faults)
            if self.dialog is not None:
                self.dialog.show_far(step.done, step.total)

    def _verified(self, step: object) -> None:
        assert isinstance(step, Verified)
        bad = [said(fault) for _, fault in step.faults if fault]
        right = self.tr("All {0} models are what their cards say.").format(step.total)
        self._end("\n".join(bad) if bad else right, bad=bool(bad))
        if self.dialog is not None:
            self.dialog.show_models(self.known, self.faults)

    def _renew(self, words: str, name: str = "") -> None:
        """Say what came of it, and let everything see the models that are here now."""

        def then() -> None:
            self._end(words)
            if self.dialog is not None and name:
                self.dialog.choose(name)

        self.look(then)

    def _know(self, known: object) -> None:
        assert isinstance(known, tuple)
        before, self.known = self.known, known
        now = {one.name: one.digest for one in self.known}
        was = {one.name: one.digest for one in before}
        self.faults = {name: fault for name, fault in self.faults.items() if now.get(name) == was.get(name)}
        self._window.inspector.show_models(self.known)
        if self.dialog is not None:
            self.dialog.show_models(self.known, self.faults)
        if before and now != was:
            self._see()

    def _see(self) -> None:
        """Let pictures and bar be of the models that are here now."""
        window = self._window
        tools = window.inference.tools_now
        if tools is not None:
            tools.cover.renew()
        window.inference.queue.retry()
        window.watch.renew()
        window.preview.ask()
        here = {one.name for one in self.known}
        if self._lacked and all(one.model in here for one in self._lacked if not one.changed):
            self._lacked = ()
            window.banner.hide()

    def _lack(self, lacked: "Sequence[Missing]") -> None:
        """Say which models a film that was opened lacks, and what for."""
        self._lacked = tuple(lacked)
        if not lacked:
            self._window.banner.hide()  # what it says is of the film before
            return
        absent = [one for one in lacked if not one.changed]
        words = [self._named(name, lacked) for name in dict.fromkeys(one.model for one in lacked)]
        if len(words) > _MOST_NAMED:
            words[_MOST_NAMED:] = [self.tr("{0} more models are missing.").format(len(words) - _MOST_NAMED)]
        if absent:
            words.append(self.tr("The original picture is shown there."))
        offers: list[tuple[str, Callable[[], object]]] = [(self.tr("Import …"), self.ask_import)] if absent else []
        offers += [(self.tr("Models …"), self.show), (self.tr("Close"), bool)]
        self._window.banner.say(" ".join(words), *offers, about="models")

    def _named(self, name: str, lacked: "Sequence[Missing]") -> str:
        film = self._window.document.timeline
        mine = [one for one in lacked if one.model == name]
        places = []
        for one in mine[:_MOST_NAMED]:
            try:
                clip = clip_by_id(film, one.clip)
            except EditError:
                continue
            places.append(f"{_title(one.effect)}, {name_of(clip)} {timecode(clip.start, film.rate)}")
        if len(mine) > _MOST_NAMED:
            places.append("…")
        sentence = self.tr("The model {0} is another one than the film was made with ({1}).")
        if not mine[0].changed:
            sentence = self.tr("The model {0} is not here ({1}).")
        return sentence.format(name, "; ".join(places))

    def _closed(self) -> None:
        self.dialog = None


def _title(id: str) -> str:
    from vgan_studio.effects.spec import find

    return said(find(id).title)
