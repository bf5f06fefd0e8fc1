"""The models that a film asks for: which they are, which are missing, and the film without those."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from vgan_studio.effects.spec import Weights, registry
from vgan_studio.errors import ModelError
from vgan_studio.timeline.lookup import clip_at, takeover_at
from vgan_studio.timeline.values import Clip, EffectCall, Timeline

from .asset import model_digest

RECORD = "vgan_studio_models"  # in a project's metadata: name of a model -> its digest when the project was saved
_FAMILY = "gan."  # of the effects that ask networks


@dataclass(frozen=True, slots=True)
class Missing:
    """A model that an effect asks for and that is not here, or is another one now.

    Attributes:
        clip: id of the clip that the effect is on.
        effect: id of the effect.
        model: its name.
        changed: a model of that name is here, but not the one that the project was made with.
    """

    clip: int
    effect: str
    model: str
    changed: bool = False

    def __str__(self) -> str:
        """Say it, for people."""
        state = "is another one than the project was made with" if self.changed else "is not here"
        return f"{self.model} (for {self.effect} on clip {self.clip}) {state}"


def missing_models(timeline: Timeline) -> tuple[Missing, ...]:
    """Give the models that the switched-on effects of a film name and that are not here, or that have changed."""
    known = recorded_models(timeline)
    found = []
    for clip, call in _calls(timeline):
        for name, by_name in _asked(call):
            now = model_digest(name)
            if (by_name and not now) or (now and known.get(name, now) != now):
                found.append(Missing(clip.id, call.id, name, changed=bool(now)))
    return tuple(dict.fromkeys(found))


def without_missing(timeline: Timeline) -> Timeline:
    """Give a film as it can be shown: effects whose models are not here are left out; those that changed stay.

    For showing only; the film that is saved keeps them.
    """

    def there(call: EffectCall) -> bool:
        return all(model_digest(name) for name, by_name in _asked(call) if by_name)

    return _with_calls(timeline, lambda call: replace(call, enabled=call.enabled and there(call)))


def absent_at(timeline: Timeline, frame: int) -> tuple[str, ...]:
    """Name the models that the effects on the clips at a frame ask for by name and that are not here."""
    found: list[str] = []
    for track in timeline.tracks:
        if track.kind != "video" or track.hidden:
            continue
        turn = takeover_at(track, frame)
        clips = (turn.outgoing, turn.incoming) if turn is not None else (clip_at(track, frame),)
        for call in (call for clip in clips if clip is not None for call in clip.effects if call.enabled):
            found += [name for name, by_name in _asked(call) if by_name and not model_digest(name)]
    return tuple(dict.fromkeys(found))


def refuse_absent(timeline: Timeline, frame: int) -> None:
    """Raise a ModelError if a frame cannot be what its effects say, as a model of theirs is not here."""
    absent = absent_at(timeline, frame)
    if absent:
        raise ModelError(f"There is no model {absent[0]!r} here, for which an effect asks.")


def with_record(timeline: Timeline) -> Timeline:
    """Note in a film, for its project file, the digest of every model that it asks for."""
    names = {name for _, call in _calls(timeline) for name, _ in _asked(call)}
    record = recorded_models(timeline)
    record = {name: digest for name in sorted(names) if (digest := model_digest(name) or record.get(name, ""))}
    others = tuple(pair for pair in timeline.metadata if pair[0] != RECORD)
    mine = ((RECORD, json.dumps(record, sort_keys=True)),) if record else ()
    return replace(timeline, metadata=tuple(sorted((*others, *mine))))


def recorded_models(timeline: Timeline) -> dict[str, str]:
    """Give the digests of models that a project noted when it was saved."""
    try:
        record = json.loads(dict(timeline.metadata).get(RECORD, "{}"))
    except ValueError:
        return {}
    pairs = record.items() if isinstance(record, dict) else ()
    return {name: digest for name, digest in pairs if isinstance(digest, str)}


def _calls(timeline: Timeline) -> Iterator[tuple[Clip, EffectCall]]:
    for clip in (clip for track in timeline.tracks for clip in track.clips):
        own = [clip.source] if isinstance(clip.source, EffectCall) else []
        turn = [clip.transition.effect] if clip.transition else []
        yield from ((clip, call) for call in (*own, *clip.effects, *turn) if call.enabled)


def _asked(call: EffectCall) -> Iterator[tuple[str, bool]]:
    """Give the models that a call asks for, and whether by name: the others are ours, or the effect does without."""
    if not call.id.startswith(_FAMILY):  # torch is not waited for where no network is asked
        return
    effect, given = registry().get(call.id), dict(call.params)
    if effect is None:
        return
    whole = {name: given.get(name, param.default) for name, param in effect.params.items()}
    for name, param in effect.params.items():
        value = whole[name]
        if isinstance(param, Weights) and isinstance(value, str):
            yield param.named(value, whole), bool(value)


def _with_calls(timeline: Timeline, change: Callable[[EffectCall], EffectCall]) -> Timeline:
    """Change the effects on all clips; those that are the clip itself stay: without them there is nothing to show."""

    def changed(clip: Clip) -> Clip:
        return replace(clip, effects=tuple(map(change, clip.effects)))

    tracks = (replace(track, clips=tuple(map(changed, track.clips))) for track in timeline.tracks)
    return replace(timeline, tracks=tuple(tracks))
