"""Files that a project of a stranger may name: those in its folder, and in folders that the user names."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from vgan_studio.effects.spec import File, registry
from vgan_studio.errors import ProjectError
from vgan_studio.timeline.values import Clip, EffectCall, Timeline


def with_files(timeline: Timeline, places: Sequence[Path]) -> Timeline:
    """Make the paths that effects read absolute, seen from the first place, which is the project's own folder.

    Nothing is opened.

    Raises:
        ProjectError: one lies in none of the places: unlike media, such a file has no fingerprint to be known by.
    """
    return _with_calls(timeline, lambda call: _allowed(call, places))


def below(path: Path, places: Sequence[Path]) -> bool:
    """Tell whether a path leads into one of the folders, links followed."""
    real = Path(os.path.realpath(path))
    return any(real.is_relative_to(os.path.realpath(place)) for place in places)


def _allowed(call: EffectCall, places: Sequence[Path]) -> EffectCall:
    params = dict(call.params)
    effect = registry().get(call.id) if any(isinstance(value, str) for value in params.values()) else None
    for name, value in call.params:
        if effect is None or not isinstance(effect.params.get(name), File) or not isinstance(value, str) or not value:
            continue
        params[name] = str(places[0] / value)
        if not below(places[0] / value, places):
            raise ProjectError(
                f"{call.id} in the project reads {value}, which is outside of its folder; "
                "put it there, or name its folder."
            )
    return replace(call, params=tuple(params.items()))


def _with_calls(timeline: Timeline, change: Callable[[EffectCall], EffectCall]) -> Timeline:
    """Change every call of an effect in a timeline."""

    def changed(clip: Clip) -> Clip:
        source = change(clip.source) if isinstance(clip.source, EffectCall) else clip.source
        turn = clip.transition and replace(clip.transition, effect=change(clip.transition.effect))
        return replace(clip, source=source, transition=turn, effects=tuple(map(change, clip.effects)))

    tracks = (replace(track, clips=tuple(map(changed, track.clips))) for track in timeline.tracks)
    return replace(timeline, tracks=tuple(tracks))
