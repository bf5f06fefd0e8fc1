"""Edits of subtitles.

Tracks of subtitles are counted from 0 among themselves, captions by their place on their track.  Every edit raises
EditError where it cannot be made: no such track or caption, a locked track, no room.  In the drawings each letter is
a frame of a caption and each dot a frame without words.  What ripples of the film do is said in captions.py.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from vgan_studio.errors import EditError

from .captions import Captions, caption_at, caption_index
from .check import MAX_CAPTIONS, MAX_SUBTITLES, subtitle_faults
from .pieces import refuse
from .values import Caption, EffectCall, SubtitleTrack, Timeline


def add_subtitles(timeline: Timeline, track: SubtitleTrack, index: int | None = None) -> Timeline:
    """Put a track of subtitles, empty or out of a file, before the one at an index, or after the last one."""
    tracks = timeline.subtitles
    index = len(tracks) if index is None else index
    if not 0 <= index <= len(tracks):
        raise EditError("There is no such place for a track.")
    return _with_tracks(timeline, (*tracks[:index], track, *tracks[index:]))


def remove_subtitles(timeline: Timeline, track: int) -> Timeline:
    """Take a track of subtitles away with all its captions."""
    _open(timeline, track)
    return replace(timeline, subtitles=(*timeline.subtitles[:track], *timeline.subtitles[track + 1 :]))


def describe_subtitles(timeline: Timeline, track: int, name: str, language: str) -> Timeline:
    """Give a track of subtitles a name and a language."""
    return _with(timeline, track, replace(_open(timeline, track), name=name, language=language))


def set_look(timeline: Timeline, track: int, look: EffectCall) -> Timeline:
    """Let the words of a track be drawn in another way."""
    return _with(timeline, track, replace(_open(timeline, track), look=look))


def hide_subtitles(timeline: Timeline, track: int, hidden: bool = True) -> Timeline:
    """Take the words of a track out of the film, or put them back; of a locked one, too."""
    return _with(timeline, track, replace(_track(timeline, track), hidden=hidden))


def lock_subtitles(timeline: Timeline, track: int, locked: bool = True) -> Timeline:
    """Let a track take no more edits, or let it take them again."""
    return _with(timeline, track, replace(_track(timeline, track), locked=locked))


def add_caption(timeline: Timeline, track: int, frame: int, duration: int, text: str = "") -> Timeline:
    """Put a caption at a frame; it ends where the next one begins.

    ..bb...cc       add xxxx at 4
    ..bbxxxcc
    """
    captions = _open(timeline, track).captions
    if caption_at(captions, frame) is not None:
        raise EditError("There is a caption at this frame already.")
    later = caption_index(captions, frame) + 1
    room = captions[later].start - frame if later < len(captions) else duration
    new = Caption(frame, min(duration, room), text)
    return _with_captions(timeline, track, (*captions[:later], new, *captions[later:]), new)


def remove_captions(timeline: Timeline, track: int, indices: Iterable[int]) -> Timeline:
    """Take captions away.

    aa.bbcc         remove b
    aa...cc
    """
    captions, gone = _open(timeline, track).captions, set(indices)
    for index in gone:
        _caption(timeline, track, index)
    return _with_captions(timeline, track, tuple(one for index, one in enumerate(captions) if index not in gone))


def set_text(timeline: Timeline, track: int, index: int, text: str) -> Timeline:
    """Give a caption other words."""
    return _exchanged(timeline, track, index, replace(_caption(timeline, track, index), text=text))


def set_times(timeline: Timeline, track: int, index: int, start: int, end: int) -> Timeline:
    """Let a caption be shown in [start, end): moved or trimmed; it may change places with others.

    aabb....cc      b to 5 and 8
    aa...bbbcc
    """
    one = _caption(timeline, track, index)
    others = _track(timeline, track).captions
    others = (*others[:index], *others[index + 1 :])
    if not 0 <= start < end:
        raise EditError("A caption begins in the film and has at least one frame.")
    place = caption_index(others, start) + 1
    if any(other.start < end and start < other.end for other in others[max(0, place - 1) : place + 1]):
        raise EditError("There is another caption there.")
    moved = Caption(start, end - start, one.text)
    return _with_captions(timeline, track, (*others[:place], moved, *others[place:]), moved)


def split_caption(timeline: Timeline, track: int, index: int, frame: int) -> Timeline:
    """Cut a caption in two; its words are parted where as much of them has been read.

    aaaaaa          split at 4
    aaaabb
    """
    one = _caption(timeline, track, index)
    if not one.start < frame < one.end:
        raise EditError("A caption can be split only between its first and its last frame.")
    first, second = parted(one.text, (frame - one.start) / one.duration)
    return _exchanged(
        timeline, track, index, Caption(one.start, frame - one.start, first), Caption(frame, one.end - frame, second)
    )


def merge_captions(timeline: Timeline, track: int, index: int) -> Timeline:
    """Join a caption with the one after it, over the gap between them; its words come on a line of their own.

    aa..bb          merge a
    aaaaaa
    """
    one = _caption(timeline, track, index)
    captions = _track(timeline, track).captions
    if index + 1 >= len(captions):
        raise EditError("There is no caption after this one.")
    after = captions[index + 1]
    text = "\n".join(text for text in (one.text, after.text) if text)
    merged = Caption(one.start, after.end - one.start, text)
    return _with_captions(timeline, track, (*captions[:index], merged, *captions[index + 2 :]), merged)


def shift_captions(timeline: Timeline, track: int, frames: int) -> Timeline:
    """Show all captions of a track so many frames later, or earlier if negative.

    ..aa.bb         shift by -1
    .aa.bb
    """
    captions = _open(timeline, track).captions
    if captions and captions[0].start + frames < 0:
        raise EditError("A caption would lie before the first frame or beyond the longest film.")
    shifted = tuple(Caption(one.start + frames, one.duration, one.text) for one in captions)
    return _with_captions(timeline, track, shifted, *shifted[-1:])


def parted(text: str, share: float) -> tuple[str, str]:
    """Part words at the place nearest to a share of them: at a space or a line's end, or between CJK characters.

    Where there is no such place both parts have all of them.
    """
    places = [i for i in range(1, len(text)) if text[i].isspace() or (_wide(text[i - 1]) and _wide(text[i]))]
    places = [i for i in places if text[:i].strip() and text[i:].strip()]
    if not places:
        return text, text
    place = min(places, key=lambda i: abs(i - share * len(text)))
    return text[:place].strip(), text[place:].strip()


def _wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in ("W", "F")


def _track(timeline: Timeline, number: int) -> SubtitleTrack:
    if not 0 <= number < len(timeline.subtitles):
        raise EditError(f"There are no subtitles {number + 1}.")
    return timeline.subtitles[number]


def _open(timeline: Timeline, number: int) -> SubtitleTrack:
    track = _track(timeline, number)
    if track.locked:
        raise EditError(f"Track {track.name or number + 1} is locked. Unlock it first.")
    return track


def _caption(timeline: Timeline, number: int, index: int) -> Caption:
    captions = _open(timeline, number).captions
    if not 0 <= index < len(captions):
        raise EditError(f"There is no caption {index + 1}.")
    return captions[index]


def _exchanged(timeline: Timeline, track: int, index: int, *captions: Caption) -> Timeline:
    held = _track(timeline, track).captions
    return _with_captions(timeline, track, (*held[:index], *captions, *held[index + 1 :]), *captions)


def _with_captions(timeline: Timeline, number: int, captions: Captions, *new: Caption) -> Timeline:
    """Give a track other captions in order, of which those that are `new` have not been looked at before."""
    track = _open(timeline, number)
    if len(captions) > MAX_CAPTIONS:
        raise EditError(f"There are more than {MAX_CAPTIONS} captions on a track.")
    refuse(subtitle_faults(replace(track, captions=new)))
    tracks = timeline.subtitles
    changed = replace(track, captions=captions)
    return replace(timeline, subtitles=(*tracks[:number], changed, *tracks[number + 1 :]))


def _with(timeline: Timeline, number: int, track: SubtitleTrack) -> Timeline:
    return _with_tracks(timeline, (*timeline.subtitles[:number], track, *timeline.subtitles[number + 1 :]), track)


def _with_tracks(timeline: Timeline, tracks: tuple[SubtitleTrack, ...], *changed: SubtitleTrack) -> Timeline:
    if len(tracks) > MAX_SUBTITLES:
        raise EditError("There is no such place for a track.")
    for track in changed or tracks:
        refuse(subtitle_faults(track))
    return replace(timeline, subtitles=tracks)
