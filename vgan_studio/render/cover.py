"""Which frames of a film the cache answers: what a network would have to be asked for, frame by frame, and cheaply."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from threading import Lock

from vgan_studio.errors import VganError
from vgan_studio.timeline.curve import Curve
from vgan_studio.timeline.lookup import clip_at, source_time, takeover_at
from vgan_studio.timeline.values import Clip, Media, Timeline

from .cache import Cache
from .models import refuse_absent
from .node import Call, Node, effect_of, inputs, kept
from .plan import plan

_MOST = 200_000  # frames that are remembered

Tops = tuple[tuple[str, str], ...]  # key and effect of each part that the cache may answer
Sign = tuple[object, ...]


class State(IntEnum):
    """What is so of a frame.

    live: no network is asked.  waiting: one will be.  computing: it is at it.  cached: it was.  stale: it was, before
    the effect was changed.  failed: it gave nothing.
    """

    LIVE = 0
    WAITING = 1
    COMPUTING = 2
    CACHED = 3
    STALE = 4
    FAILED = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """What the state of a frame hangs on: what it asks of networks, its source pictures, and why it cannot be told."""

    tops: Tops
    source: Sign
    fault: str = ""


class Cover:
    """Says of frames what the cache holds; any thread may ask.

    What a frame needs is worked out once for each picture that it shows, not for each timeline: so a cut, a move or
    an undo costs nothing.

    Args:
        keys: see `Renderer.keys`.
    """

    def __init__(self, keys: Callable[..., dict[int, str]], cache: Cache) -> None:
        self._keys, self._cache = keys, cache
        self._lock = Lock()
        self._tops: dict[Sign, Tops] = {}
        self._names: dict[Clip, int] = {}
        self._clips: dict[int, tuple[Clip, int, bool]] = {}
        self._shown: dict[Sign, Tops] = {}  # what was seen in the cache, by source picture
        self.failed: dict[str, str] = {}

    def tops(self, timeline: Timeline, frame: int) -> Tops:
        """Give what a frame asks of networks, without what lies below that.

        Raises:
            VganError: it cannot be told, for instance because a model is not here.
        """
        sign = self._sign(timeline, frame)
        with self._lock:
            found = self._tops.get(sign)
        if found is None:
            if sign[3:]:
                refuse_absent(timeline, frame)
            found = self._find(plan(timeline, frame)) if sign[3:] else ()
            with self._lock:
                if len(self._tops) >= _MOST:
                    self._tops.clear()
                self._tops[sign] = found
        return found

    def renew(self) -> None:
        """Work out anew what frames need: the models that are here are others now."""
        with self._lock:
            self._tops.clear()

    def entry(self, timeline: Timeline, frame: int) -> Entry | None:
        """Give what the state of a frame hangs on; None where no network is asked."""
        try:
            tops = self.tops(timeline, frame)
        except VganError as error:
            return Entry((), (), str(error))
        return Entry(tops, self._source(timeline, frame)) if tops else None

    def state(self, timeline: Timeline, frame: int) -> State:
        """Say what is so of a frame now."""
        return self.state_of(self.entry(timeline, frame))

    def state_of(self, entry: Entry | None) -> State:
        """Say what is so now of a frame with this entry; cheap enough to be asked again and again."""
        if entry is None:
            return State.LIVE
        if entry.fault:
            return State.FAILED
        left = [key for key, _ in entry.tops if not self._cache.has(key)]
        if not left:
            self._shown[entry.source] = entry.tops
            return State.CACHED
        if any(key in self._cache.claims for key in left):
            return State.COMPUTING
        if any(key in self.failed for key in left):
            return State.FAILED
        before = self._shown.get(entry.source)
        return State.STALE if before is not None and before != entry.tops else State.WAITING

    def missing(self, timeline: Timeline, frame: int) -> bool:
        """Tell whether a network would have to be asked for a frame.

        Raises:
            VganError: as `tops`.
        """
        return bool(self.left(timeline, frame))

    def left(self, timeline: Timeline, frame: int) -> tuple[str, ...]:
        """Give the keys of what networks would have to be asked for.

        Raises:
            VganError: as `tops`.
        """
        return tuple(key for key, _ in self.tops(timeline, frame) if not self._cache.has(key))

    def keys(self, timeline: Timeline, frames: Sequence[int]) -> set[str]:
        """Give the keys that some frames use; those that cannot be told are left out."""
        found: set[str] = set()
        for frame in frames:
            try:
                found.update(key for key, _ in self.tops(timeline, frame))
            except VganError:
                continue
        return found

    def _find(self, node: Node) -> Tops:
        keys = self._keys(node)
        found: dict[str, str] = {}
        path: list[Node] = [node]
        seen: set[int] = set()
        while path:
            part = path.pop()
            if id(part) in seen:
                continue
            seen.add(id(part))
            if isinstance(part, Call) and kept(part):
                found[keys[id(part)]] = effect_of(part).id
            else:
                path.extend(inputs(part))
        return tuple(sorted(found.items()))

    def _sign(self, timeline: Timeline, frame: int) -> Sign:
        """Give a value that is the same for frames that need the same; it is short where no effect is at work."""
        layers: list[object] = []
        for track in timeline.tracks:
            if track.kind != "video" or track.hidden:
                continue
            turn = takeover_at(track, frame)
            if turn is not None:
                layers.append((turn.transition, frame - turn.incoming.start))
                layers += [self._layer(one, frame, timeline.rate) for one in (turn.outgoing, turn.incoming) if one]
            else:
                clip = clip_at(track, frame)
                if clip is not None and (clip.effects or not isinstance(clip.source, Media)):
                    layers.append(self._layer(clip, frame, timeline.rate))
        return (timeline.width, timeline.height, timeline.rate, *layers)

    def _layer(self, clip: Clip, frame: int, rate: Fraction) -> object:
        with self._lock:
            known = self._clips.get(id(clip))
            if known is None or known[0] is not clip:
                known = self._enter(clip)
        place = frame - clip.start if known[2] else 0
        return known[1], source_time(clip, frame, rate), place

    def _enter(self, clip: Clip) -> tuple[Clip, int, bool]:
        if len(self._clips) >= _MOST:
            self._clips.clear()
        plain = Clip(0, 0, 1, clip.source, speed=clip.speed, effects=clip.effects)
        moving = any(isinstance(value, Curve) for call in clip.effects for _, value in call.params)
        moving = moving or (not isinstance(clip.source, Media) and _moves(clip))
        found = clip, self._names.setdefault(plain, len(self._names)), moving
        self._clips[id(clip)] = found
        return found

    def _source(self, timeline: Timeline, frame: int) -> Sign:
        """Name the source pictures of a frame, whatever effects they have."""
        shown: list[object] = []
        for track in timeline.tracks:
            clip = None if track.kind != "video" or track.hidden else clip_at(track, frame)
            if clip is not None:
                source = clip.source.fingerprint if isinstance(clip.source, Media) else clip.source.id
                shown.append((source, source_time(clip, frame, timeline.rate)))
        return tuple(shown)


def _moves(clip: Clip) -> bool:
    assert not isinstance(clip.source, Media)
    return any(isinstance(value, Curve) for _, value in clip.source.params)
