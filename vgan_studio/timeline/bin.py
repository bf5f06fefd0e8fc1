"""Edits of the media that lie in the bin and of what clips show of them."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from vgan_studio.errors import EditError

from .check import media_faults
from .pieces import open_clip, refuse, with_clip
from .values import Clip, Folder, Media, Timeline, Track


def add_media(timeline: Timeline, media: Media) -> Timeline:
    """Put a medium into the bin; one that is there already (by its fingerprint) stays as it is."""
    refuse(media_faults(media))
    return binned(timeline, media)[0]


def remove_media(timeline: Timeline, fingerprint: str) -> Timeline:
    """Take a medium that no clip shows out of the bin."""
    _media(timeline, fingerprint)
    if any(_shows(clip, fingerprint) for track in timeline.tracks for clip in track.clips):
        raise EditError("This medium is used by clips. Take them away first.")
    media = tuple(media for media in timeline.media if media.fingerprint != fingerprint)
    folders = tuple(
        replace(one, media=tuple(name for name in one.media if name != fingerprint)) for one in timeline.folders
    )
    return replace(timeline, media=media, folders=folders)


def replace_media(timeline: Timeline, clip_id: int, media: Media) -> Timeline:
    """Let a clip show another medium at the same source times; its place, speed and effects stay.

    Beyond the end of a shorter medium its last picture is held.
    """
    clip = open_clip(timeline, clip_id)[2]
    timeline = add_media(timeline, media)
    return with_clip(timeline, replace(clip, source=binned(timeline, media)[1]))


def exchange_media(timeline: Timeline, fingerprint: str, media: Media) -> Timeline:
    """Let all clips of a medium, on locked tracks too, show another one at the same source times; it leaves the bin.

    Beyond the end of a shorter medium its last picture is held.

    Raises:
        EditError: it is not in the bin, or the other one lacks pictures or sound that a track shows of it.
    """
    refuse(media_faults(media))
    _media(timeline, fingerprint)
    kinds = {track.kind for track in timeline.tracks if any(_shows(clip, fingerprint) for clip in track.clips)}
    if ("video" in kinds and not media.width) or ("audio" in kinds and not media.channels):
        raise EditError("The other file lacks the pictures or the sound of this medium.")
    return _exchanged(timeline, {fingerprint: binned(timeline, media)[1]})


def relink(timeline: Timeline, found: Mapping[str, Media]) -> Timeline:
    """Say where media are now: `found` gives for fingerprints of the bin what was found for them.

    A medium that was known keeps all but its path, and must be found with its own fingerprint.  One that was not
    (`Media.known`) becomes what was found.  No picture changes, so clips on locked tracks follow, too.

    Raises:
        EditError: a fingerprint that is not in the bin, or a file with another content (`replace_media` is for those).
    """
    new: dict[str, Media] = {}
    for fingerprint, media in found.items():
        refuse(media_faults(media))
        known = _media(timeline, fingerprint)
        if known.known and media.fingerprint != fingerprint:
            raise EditError(f"{media.path} is not the file that was {known.path}: its content differs.")
        new[fingerprint] = replace(known, path=media.path) if known.known else media
    return _exchanged(timeline, new)


def relink_paths(timeline: Timeline, where: Callable[[str], str]) -> Timeline:
    """Rename the paths of all media, as when a folder has moved.  Nothing is opened."""
    return _exchanged(timeline, {media.fingerprint: replace(media, path=where(media.path)) for media in timeline.media})


def binned(timeline: Timeline, media: Media) -> tuple[Timeline, Media]:
    """Put a medium into the bin, if it is not there, and give it as the bin knows it."""
    for known in timeline.media:
        if known.fingerprint == media.fingerprint:
            return timeline, known
    return replace(timeline, media=(*timeline.media, media)), media


def _exchanged(timeline: Timeline, new: Mapping[str, Media]) -> Timeline:
    media = (new.get(media.fingerprint, media) for media in timeline.media)
    bin = {medium.fingerprint: medium for medium in media}  # two unknown ones may turn out to be one
    clip_media = {old: bin[medium.fingerprint] for old, medium in new.items()}
    tracks = tuple(_track_exchanged(track, clip_media) for track in timeline.tracks)
    return replace(timeline, media=tuple(bin.values()), tracks=tracks, folders=_folders_exchanged(timeline, clip_media))


def _folders_exchanged(timeline: Timeline, new: Mapping[str, Media]) -> tuple[Folder, ...]:
    """Let folders hold what their media have become; one that lay in several stays in the first."""
    folders, known = [], set[str]()
    for folder in timeline.folders:
        held = {new[name].fingerprint if name in new else name for name in folder.media} - known
        known |= held
        folders.append(replace(folder, media=tuple(sorted(held))))
    return tuple(folders)


def _track_exchanged(track: Track, new: Mapping[str, Media]) -> Track:
    if not any(isinstance(clip.source, Media) and clip.source.fingerprint in new for clip in track.clips):
        return track
    return replace(track, clips=tuple(_clip_exchanged(clip, new) for clip in track.clips))


def _clip_exchanged(clip: Clip, new: Mapping[str, Media]) -> Clip:
    if isinstance(clip.source, Media) and clip.source.fingerprint in new:
        return replace(clip, source=new[clip.source.fingerprint])
    return clip


def _shows(clip: Clip, fingerprint: str) -> bool:
    return isinstance(clip.source, Media) and clip.source.fingerprint == fingerprint


def _media(timeline: Timeline, fingerprint: str) -> Media:
    for media in timeline.media:
        if media.fingerprint == fingerprint:
            return media
    raise EditError("This medium is not in the bin.")
