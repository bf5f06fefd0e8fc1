"""Learning in the window: a clip's own noise is learnt in the background, and its effect then asks the new model."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from vgan_studio.errors import EditError
from vgan_studio.service.learning import MINUTES, Learnt, free_name, learning
from vgan_studio.service.models import Known
from vgan_studio.timeline.effects import set_param
from vgan_studio.timeline.lookup import clip_by_id
from vgan_studio.timeline.values import Media

from .stage import Stage
from .words import said


class Learning(QObject):
    """Lets a model learn from a clip; owned by the GUI thread.

    Attributes:
        minutes, steps: the budget; steps count where they are given.

    Args:
        known: gives the models that are here.
        renew: reads them anew, and then does something.
    """

    def __init__(
        self, window: Stage, known: Callable[[], tuple[Known, ...]], renew: Callable[[Callable[[], object]], object]
    ) -> None:
        assert isinstance(window, QWidget)
        super().__init__(window)
        self._window, self._known, self._renew = window, known, renew
        self.minutes: float = MINUTES
        self.steps: int | None = None
        self._names: set[str] = set()
        window.inspector.learn_wished.connect(self.learn)

    def learn(self, clip_id: int, index: int, param: str, task: str) -> None:
        """Learn the noise of a clip's film, and let the effect ask the model that comes of it."""
        window = self._window
        try:
            clip = clip_by_id(window.document.timeline, clip_id)
        except EditError:
            return
        if not isinstance(clip.source, Media) or not clip.source.duration:
            window.tell(self.tr("Only from a film can noise be learnt."), bad=True)
            return
        film, effect = Path(clip.source.path), clip.effects[index].id
        name = free_name(film, {one.name for one in self._known()} | self._names)
        self._names.add(name)
        job = window.jobs.make(
            self.tr("Learn the noise of {0}").format(film.name),
            learning(film, name, task, minutes=self.minutes, steps=self.steps),
        )
        job.done.connect(lambda learnt: self._renew(lambda: self._use(learnt, clip_id, index, effect, param)))
        job.failed.connect(lambda sentence: window.tell(said(sentence), bad=True))
        job.cancelled.connect(lambda: window.tell(self.tr("Cancelled.")))
        window.tell(self.tr("It takes about a minute, in the background; see Jobs."))
        job.start()

    def _use(self, learnt: object, clip_id: int, index: int, effect: str, param: str) -> None:
        """Let the effect that it was learnt for ask the new model, if it is still there: as one step."""
        assert isinstance(learnt, Learnt)
        window = self._window
        told = self.tr("{0} was learnt. {1}").format(learnt.model, said(learnt.words))
        try:
            calls = clip_by_id(window.document.timeline, clip_id).effects
        except EditError:
            calls = ()
        places = [place for place, call in enumerate(calls) if call.id == effect]
        if not places:
            window.tell(self.tr("{0} Choose it as the model of an effect.").format(told))
            return
        place = index if index in places else places[0]
        window.document.do(self.tr("Learn the clip's noise"), set_param, clip_id, place, param, learnt.model)
        window.tell(told)
