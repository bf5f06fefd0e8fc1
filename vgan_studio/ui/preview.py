"""The picture at the playhead: when it is asked for, at which size, and what is said about it."""

from collections.abc import Callable, Collection, Mapping
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from vgan_studio.service.gestures import bypassed
from vgan_studio.service.inference import InferenceService, Request, Shown
from vgan_studio.service.playback import Playback
from vgan_studio.timeline.values import Timeline

from .timeline_view import TimelineView
from .viewer import Viewer
from .words import said

_CALM_MS = 120
_WHOLE = -1  # in place of a generation


class Preview(QObject):
    """Keeps viewer, timeline and playback at one frame, and asks for its picture; owned by the GUI thread.

    Attributes:
        moved: the playhead is at another frame.
        shown: a `Shown` that is on the screen now.
        turned: another film than before is shown, the film itself or a source.
        whole: the picture at its full size, as an image, after it was wanted.
        source_moved: the playhead of the source is at another frame.
        scrubbed: the playhead was dragged while nothing plays: the film that is shown, and the frame.
    """

    moved = Signal(int)
    shown = Signal(object)
    turned = Signal()
    whole = Signal(object)
    source_moved = Signal(int)
    scrubbed = Signal(object, int)

    def __init__(
        self, service: InferenceService, playback: Playback, viewer: Viewer, view: TimelineView, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._service, self._playback, self._viewer, self._view = service, playback, viewer, view
        self._timeline = view.timeline
        self._source: Timeline | None = None
        self._source_frame = 0
        self.frame = 0
        self._bypass: Callable[[Timeline], Timeline] | None = None
        self._beside: Callable[[Timeline], Timeline] | None = None
        self._difference = False
        self._generation = 0
        self._seen = 0, -1  # generation and frame of what the viewer shows
        self._whole_wanted = False
        self._calm = QTimer(self)
        self._calm.setInterval(_CALM_MS)
        self._calm.setSingleShot(True)
        self._calm.timeout.connect(self.ask)
        service.ready.connect(self._show)
        service.failed.connect(self._fail)
        playback.moved.connect(self._play)
        playback.changed.connect(self._halted)
        viewer.seek_wished.connect(self.go)
        viewer.canvas.resized.connect(self._calm.start)
        view.seek_wished.connect(self._drag)

    def show_timeline(self, timeline: Timeline) -> None:
        """Show the picture of another timeline, at the same frame."""
        self._timeline = timeline
        if self._source is None:
            self._generation += 1
            self._put_on(timeline)

    @property
    def source(self) -> Timeline | None:
        """The film of a medium that is shown in place of the film."""
        return self._source

    @property
    def film(self) -> Timeline:
        """What is shown: the film, or the source."""
        return self._source or self._timeline

    @property
    def place(self) -> int:
        """The frame of what is shown."""
        return self.frame if self._source is None else self._source_frame

    def show_source(self, source: Timeline | None, frame: int = 0) -> None:
        """Show another film in place of the film, such as a medium's, with a playhead of its own; None goes back."""
        self._playback.stop()
        self._source, self._source_frame = source, frame
        self._generation += 1
        self._playback.seek(self.place)
        self._viewer.show_frame(self.place)
        self._put_on(self.film)
        self.turned.emit()

    def change_source(self, source: Timeline) -> None:
        """Take another version of the source, which looks the same."""
        self._source = source

    def go(self, frame: int) -> None:
        """Go to a frame of what is shown."""
        if self._source is None:
            self.seek(frame)
            return
        frame = max(0, min(frame, self._source.duration - 1))
        self._playback.seek(frame)
        self._go(frame)
        self.ask(draft=self._playback.speed != 0)

    def show_bypassed(self, which: str, heavy: Collection[str]) -> None:
        """Show the film without its effects ("bypass"), without the `heavy` ones ("bypass_gan"), or as it is ("")."""
        off = {"bypass": None, "bypass_gan": heavy}
        self._bypass = partial(bypassed, effects=off[which]) if which else None
        self._generation += 1
        self.ask()

    def show_beside(self, beside: Callable[[Timeline], Timeline] | None, *, difference: bool = False) -> None:
        """Ask for the picture of another version of the film, too; `difference` for what tells them apart."""
        self._beside, self._difference = beside, difference
        self._generation += 1
        self.ask()

    def seek(self, frame: int) -> None:
        """Go to a frame of the film, and show that."""
        if self._source is not None:
            self.show_source(None)
        self._playback.seek(frame)
        self._go(max(0, frame))
        self.ask(draft=self._playback.speed != 0)

    def carry(self, frame: int) -> None:
        """Go to a frame of the film, and go on showing the source where that is shown."""
        if self._source is None:
            self.seek(frame)
            return
        self._stand(frame)

    def scrub(self, frame: int) -> None:
        """Go to a frame of what is shown, to which its playhead is dragged."""
        self.go(frame)
        if not self._playback.speed:
            self.scrubbed.emit(self.film, self.place)

    def step(self, frames: int) -> None:
        """Stand still, and go some frames on or back."""
        self._playback.stop()
        self.go(self.place + frames)

    def step_second(self, step: int) -> None:
        """Stand still, and go a second on or back."""
        self.step(step * round(self.film.rate))

    def step_cut(self, step: int) -> None:
        """Stand still, and go to the next cut or the one before."""
        film, place = self.film, self.place
        cuts = {edge for track in film.tracks for clip in track.clips for edge in (clip.start, clip.end)}
        cuts |= {0, *(marker.frame for marker in film.markers), *((self._source.range or ()) if self._source else ())}
        beyond = [cut for cut in cuts if (cut - place) * step > 0]
        if beyond:
            self.step((min(beyond) if step > 0 else max(beyond)) - place)

    def ask(self, *, draft: bool = False) -> None:
        """Ask for the picture at the playhead."""
        if self._whole_wanted:  # or this would take its place
            self._ask(self.film.width, self.film.height, _WHOLE, draft=False)
            return
        size = self._viewer.canvas.wanted
        self._ask(size.width(), size.height(), self._generation, draft=draft)

    def want_whole(self) -> None:
        """Ask for the picture at the playhead at the size of the film: `whole` tells it."""
        self._whole_wanted = True
        self.ask()

    def want_no_whole(self) -> None:
        """Ask for it no longer."""
        if self._whole_wanted:
            self._whole_wanted = False
            self.ask()

    def _drag(self, frame: int) -> None:
        """Go to a frame of the film, to which its playhead is dragged."""
        if self._source is not None:
            self.show_source(None)
        self.scrub(frame)

    def _ask(self, width: int, height: int, generation: int, *, draft: bool) -> None:
        timeline, beside = self.film, None
        if self._source is None:
            timeline = timeline if self._bypass is None else self._bypass(timeline)
            beside = None if self._beside is None or draft else self._beside(self._timeline)
        self._service.request(Request(timeline, self.place, width, height, draft, generation, beside, self._difference))

    def _put_on(self, film: Timeline) -> None:
        self._playback.show(film)
        self._viewer.show_film(film.rate, film.duration, film.width, film.height)
        self.ask()

    def _play(self, frame: int) -> None:
        self._go(frame, follow=True)
        self.ask(draft=True)

    def _halted(self, speed: int) -> None:
        if not speed:
            self._viewer.show_figures("")
            self.ask()

    def _go(self, frame: int, *, follow: bool = False) -> None:
        self._viewer.show_frame(frame)
        if self._source is not None:
            self._source_frame = frame
            self.source_moved.emit(frame)
            return
        self._stand(frame, follow=follow)

    def _stand(self, frame: int, *, follow: bool = False) -> None:
        self.frame = frame
        self._view.show_frame(frame, follow=follow)
        self.moved.emit(frame)

    def _show(self, shown: Shown) -> None:
        if shown.generation == _WHOLE and shown.final and self._whole_wanted:
            self._whole_wanted = False
            self.whole.emit(shown.image)
            self.ask()
        if shown.generation != self._generation:  # of a film that has been changed since
            return
        self._playback.shown(shown.frame)
        playing = self._playback.speed != 0
        mark = self.tr("Proxy") if shown.proxy and playing else ""
        if shown.lacking:
            names = ", ".join(map(said, shown.lacking))
            mark = self.tr("Without {0}").format(names) if playing else self.tr("Computing {0} …").format(names)
            if shown.paused:
                mark = self.tr("Paused: without {0}").format(names)
        if shown.reduced:
            mark = self.tr("{0} at reduced size, computing …").format(", ".join(map(said, shown.reduced)))
        if shown.absent:
            mark = self.tr("The original picture: {0} is not here").format(", ".join(shown.absent))
        if shown.spoilt:
            mark = self.tr("{0} is damaged here: the picture is mended, or the one before").format(
                ", ".join(shown.spoilt)
            )
        if self._bypass is not None and self._source is None:
            mark = self.tr("Effects are bypassed")
        self._viewer.canvas.show_image(shown.image, mark)
        self._seen = shown.generation, shown.frame
        self.shown.emit(shown)
        if playing:
            pace = self._playback.pace
            words = self.tr("{0:.1f} fps").format(pace.rate) if pace.rate else ""
            words += "  ·  " + self.tr("{0} dropped").format(pace.dropped) if pace.dropped else ""
            speed = f"{self._playback.speed}×  " if self._playback.speed != 1 else ""
            self._viewer.show_figures(speed + words)

    def _fail(self, frame: int, sentence: str) -> None:
        if frame == self.place or self._playback.speed:
            stale = self._seen != (self._generation, frame)
            self._viewer.canvas.show_sentence(said(sentence), stale=stale)


def heavy_ids(effects: Mapping[str, object]) -> list[str]:
    """Give the ids of the effects that ask a network."""
    return [id for id, effect in effects.items() if getattr(effect, "heavy", False)]
