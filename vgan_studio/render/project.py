"""Project files and the files they name: found, checked by content, and never taken on trust.

A project may come from a stranger.  A path in it is used only where its content is what the project was made with
(by fingerprint), or where it lies in the project's own folder or in one that the user names.
"""

import logging
import os
import shlex
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from vgan_studio.effects.spec import File, registry
from vgan_studio.errors import MediaError, ProjectError
from vgan_studio.media.fingerprint import fingerprint
from vgan_studio.media.probe import probe
from vgan_studio.timeline import otio
from vgan_studio.timeline.bin import relink, relink_paths
from vgan_studio.timeline.values import Clip, EffectCall, Media, Timeline

from .models import with_record

log = logging.getLogger(__name__)

_MOST_FILES = 10_000  # looked at in search of moved media


def with_files(timeline: Timeline, places: Sequence[Path], *, barred: list[str] | None = None) -> Timeline:
    """Make the paths that effects read absolute, seen from the first place, which is the project's own folder.

    Nothing is opened.  A file in none of the places has, unlike media, no fingerprint to be known by: the project is
    refused, or the effect is switched off until somebody switches it on.

    Args:
        barred: takes a sentence of each effect that is switched off; without it the project is refused.

    Raises:
        ProjectError: there is such a file, and it is to be refused.
    """
    return _with_calls(timeline, lambda call: _allowed(call, places, barred))


def find_media(media: Media, places: Sequence[Path]) -> Media | None:
    """Give a media with the path where its content is; None if it is nowhere.

    Looked at are its own path, its name in each of the places, and all of its kind below the places from the second on.
    """
    for path in _candidates(media, places):
        try:
            if not media.known:
                return probe(path).media()
            if fingerprint(path) == media.fingerprint:
                return replace(media, path=str(path))
        except MediaError as error:
            log.info("Not %s: %s", path, error)
    return None


def found_media(timeline: Timeline, places: Sequence[Path]) -> Timeline:
    """Give a timeline with the paths where its media are.

    Raises:
        ProjectError: media are nowhere; the sentence names them.
    """
    found = {media.fingerprint: find_media(media, places) for media in timeline.media}
    missing = [Path(media.path).name for media in timeline.media if found[media.fingerprint] is None]
    if missing:
        raise ProjectError(f"Media are missing: {', '.join(missing)}. Say where they may be with --media DIR.")
    return relink(timeline, {name: media for name, media in found.items() if media is not None})


def _candidates(media: Media, places: Sequence[Path]) -> Iterator[Path]:
    """Give the files that a media may be, the likeliest first."""
    path = Path(media.path)
    if path.is_file() and (media.known or below(path, places)):
        yield path
    for folder in places:
        same = folder / path.name
        if same != path and same.is_file():
            yield same
    for folder in places[1:]:
        yield from _below_by_suffix(folder, path.suffix)


def _below_by_suffix(folder: Path, suffix: str) -> Iterator[Path]:
    for number, path in enumerate(folder.rglob(f"*{suffix}")):
        if number == _MOST_FILES:
            log.warning("%s holds too many files to look at them all.", folder)
            return
        if path.is_file():
            yield path


def save_project(timeline: Timeline, path: Path) -> None:
    """Save a project; media in its folder or below are named relative to it, so that the folder can be moved.

    The digests of the models that it asks for are noted in it.

    Raises:
        ProjectError: it cannot be written.
    """
    own = path.absolute().parent

    def shorter(name: str) -> str:
        place = Path(name).absolute()
        return place.relative_to(own).as_posix() if place.is_relative_to(own) else str(place)

    otio.save(with_record(relink_paths(timeline, shorter)), path)


def below(path: Path, places: Sequence[Path]) -> bool:
    """Tell whether a path leads into one of the folders, links followed."""
    real = Path(os.path.realpath(path))
    return any(real.is_relative_to(os.path.realpath(place)) for place in places)


def _allowed(call: EffectCall, places: Sequence[Path], barred: list[str] | None) -> EffectCall:
    params = dict(call.params)
    effect = registry().get(call.id) if any(isinstance(value, str) for value in params.values()) else None
    for name, value in call.params:
        if effect is None or not isinstance(effect.params.get(name), File) or not isinstance(value, str) or not value:
            continue
        params[name] = str(places[0] / value)
        if below(places[0] / value, places):
            continue
        sentence = f"{call.id} in the project reads {value}, which is outside of its folder"
        if barred is None:
            folder = shlex.quote(str(Path(os.path.realpath(places[0] / value)).parent))
            raise ProjectError(
                f"{sentence}. If you trust the project, allow the folder with --media {folder}, or copy the file "
                "beside the project and choose it there."
            )
        if call.enabled:
            barred.append(f"{sentence}; it is switched off until you switch it on.")
            log.warning("%s", barred[-1])
        call = replace(call, enabled=False)
    return replace(call, params=tuple(params.items()))


def _with_calls(timeline: Timeline, change: Callable[[EffectCall], EffectCall]) -> Timeline:
    """Change every call of an effect in a timeline."""

    def changed(clip: Clip) -> Clip:
        source = change(clip.source) if isinstance(clip.source, EffectCall) else clip.source
        turn = clip.transition and replace(clip.transition, effect=change(clip.transition.effect))
        return replace(clip, source=source, transition=turn, effects=tuple(map(change, clip.effects)))

    tracks = (replace(track, clips=tuple(map(changed, track.clips))) for track in timeline.tracks)
    return replace(timeline, tracks=tuple(tracks))
