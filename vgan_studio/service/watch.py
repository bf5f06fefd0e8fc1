"""What the bar above the ruler shows, found out beside the window: the state of each frame that can be seen."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from vgan_studio.timeline.values import Timeline

from .requests import Tools
from .wishing import Wishing

if TYPE_CHECKING:
    from vgan_studio.render.cover import Cover, Entry

MOST = 4096  # frames that are asked at once; where more can be seen, each so-manieth is, and then all the others
_LOOK_S = 0.25
_CALM_S = 1.5  # after an edit, before the whole film is counted
_SLICE = 48  # frames between two breaths, in which the window's thread comes to run
_BREATH_S = 0.002


@dataclass(frozen=True, slots=True)
class Bar:
    """The states of some frames of a film, as the cache answered.

    Attributes:
        timeline: they are states of this one's frames, and of no other's.
        first: the first frame.
        step: from one frame to the next; above 1 where more can be seen than are asked at once.
        states: a `render.cover.State` for each; with a step above 1 that of the one frame at first, and once all of
            them were asked the one of those from there on that most is to be done about.
    """

    timeline: Timeline
    first: int
    step: int
    states: bytes


# of frames that share a place in the bar the one is shown that most is to be done about: failed, computing, ...
_URGENCY = {0: 0, 3: 1, 1: 2, 4: 3, 2: 4, 5: 5}  # by `render.cover.State`


@dataclass(frozen=True, slots=True)
class Use:
    """What a film has in the cache.

    Attributes:
        film_bytes, all_bytes: of this film, and of all films together.
        waiting: frames of the film for which a network has to be asked yet.
        heavy: frames of the film that ask one at all.
        trouble: why the cache is not written to; "" where it is.
    """

    film_bytes: int
    all_bytes: int
    limit_bytes: int
    waiting: int
    heavy: int
    trouble: str = ""


class Watch(Wishing):
    """Looks after the cache in a thread of its own; its methods belong to the GUI thread.

    Attributes:
        seen: a `Bar`, when it differs from the last.
        used: a `Use`, likewise.

    Args:
        tools: gives what computes pictures, if it is there yet.
    """

    seen = Signal(object)
    used = Signal(object)

    def __init__(self, tools: Callable[[], Tools | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._wish: tuple[Timeline, int, int] | None = None
        self._owner, self._keeping = "", False
        self._due = False
        self._changed_at = 0.0
        self._bar: Bar | None = None
        self._use: Use | None = None
        self._entries: list[Entry | None] = []
        self._held: tuple[object, ...] = ()
        self._anew = False
        self._all = _All()

    def show(self, timeline: Timeline, first: int, end: int) -> None:
        """Say which frames can be seen."""
        with self._word:
            if self._wish is None or self._wish[0] is not timeline:
                self._changed_at, self._due = time.monotonic(), True
            self._wish = timeline, first, end
            self._word.notify_all()

    def own(self, owner: str, *, keep: bool) -> None:
        """Say whose film it is, and whether what it uses shall be kept for as long as it does."""
        with self._word:
            self._owner, self._keeping, self._due = owner, keep, True
            self._word.notify_all()

    def look(self) -> None:
        """Look at once: something was computed or cleared."""
        with self._word:
            self._due = self._all.due = True
            self._word.notify_all()

    def renew(self) -> None:
        """Tell the states again, even if they are as they were told last."""
        self._bar = None
        self._anew = True
        self.look()

    def run(self) -> None:
        """Look again and again; called by Qt in the new thread."""
        while not self._ending:
            with self._word:
                wish = self._wish
            tools = self._tools()
            more = False
            if wish is not None and tools is not None:
                more = self._see(tools, wish)
                if self._due and time.monotonic() - self._changed_at > _CALM_S:
                    self._count(tools, wish[0])
            with self._word:
                if not self._ending and self._wish is wish and not more:
                    self._word.wait(_LOOK_S)

    def _see(self, tools: Tools, wish: tuple[Timeline, int, int]) -> bool:
        """Tell the states of the frames that can be seen; True if some of them have not been asked yet."""
        timeline, first, end = wish
        step = max(1, -(-(end - first) // MOST))
        first -= first % step
        frames = range(first, min(end, timeline.duration), step)
        held = (timeline, frames, tools.cover)
        if self._anew:
            self._anew, self._held = False, ()
        if self._held != held:
            self._all = _All()
            if not self._enter(tools.cover, timeline, frames, wish):
                return False
        self._held = held
        states = bytes(tools.cover.state_of(entry) for entry in self._entries)
        more = step > 1 and self._all.advance(tools.cover, timeline, frames)
        bar = Bar(timeline, first, step, self._all.over(states) if step > 1 else states)
        if self._bar is None or bar.timeline is not self._bar.timeline or bar != self._bar:
            self._bar = bar
            self.seen.emit(bar)
        return more

    def _enter(self, cover: "Cover", timeline: Timeline, frames: Sequence[int], wish: object) -> bool:
        """Find out what the states hang on; False if something else is to be seen by now."""
        self._held = ()
        self._entries = []
        for count, frame in enumerate(frames):
            if count % _SLICE == _SLICE - 1:
                time.sleep(_BREATH_S)
                if self._wish is not wish or self._ending:
                    return False
            self._entries.append(cover.entry(timeline, frame))
        return True

    def _count(self, tools: Tools, timeline: Timeline) -> None:
        """Find out what the whole film has in the cache, and keep it if it shall be."""
        keys: set[str] = set()
        heavy = waiting = 0
        for frame in range(timeline.duration):
            if frame % _SLICE == 0:
                time.sleep(_BREATH_S)
                if self._ending or self._wish is None or self._wish[0] is not timeline:
                    return
            entry = tools.cover.entry(timeline, frame)
            if entry is not None and entry.tops:
                heavy += 1
                waiting += any(not tools.cache.has(key) for key, _ in entry.tops)
                keys.update(key for key, _ in entry.tops)
        with self._word:
            owner, keeping, self._due = self._owner, self._keeping, False
        if owner:
            tools.cache.keep(owner, keys if keeping else ())
        cache = tools.cache
        use = Use(cache.size_of(sorted(keys)), cache.size_bytes, cache.limit_bytes, waiting, heavy, cache.trouble)
        if use != self._use:
            self._use = use
            self.used.emit(use)


class _All:
    """What all the frames ask for that share a place in the bar, found out bit by bit; owned by the watch's thread.

    Attributes:
        due: something was computed or cleared since.
    """

    def __init__(self) -> None:
        self.due = True
        self._at = 0
        self._now, self._known = bytearray(), b""

    def advance(self, cover: "Cover", timeline: Timeline, frames: range) -> bool:
        """Ask some more frames; True if there are others."""
        if not self._at and not self.due:
            return False
        if not self._at:
            self.due, self._now = False, bytearray(len(frames))
        end = min(len(frames), self._at + max(1, MOST // frames.step))
        for place in range(self._at, end):
            first = frames[place]
            inside = range(first, min(first + frames.step, timeline.duration))
            found = {cover.state(timeline, frame) for frame in inside}
            self._now[place] = max(found, key=_URGENCY.__getitem__)
            if place % max(1, _SLICE // frames.step) == 0:
                time.sleep(_BREATH_S)
        self._at = end % len(frames)
        if not self._at:
            self._known = bytes(self._now)
        return self._at > 0 or self.due

    def over(self, states: bytes) -> bytes:
        """Put together what was found of all frames and the states of the first of each, which are newer."""
        if len(self._known) != len(states):
            return states
        return bytes(max(pair, key=_URGENCY.__getitem__) for pair in zip(states, self._known, strict=True))
