"""What edits of subtitles are made of: captions found, cut, pushed, and carried along by ripples of the film.

A ripple is an edit that closes or opens room for all later clips of a track.  Captions go with the film's talk, which
lies on the lowest video track (of a film of sound alone, on the first track): a ripple there carries the captions of
all tracks of subtitles that are not locked; a ripple of any other track leaves them where they are.
"""

from bisect import bisect_right
from dataclasses import replace
from operator import attrgetter

from vgan_studio.errors import EditError

from .check import MAX_FRAME
from .values import Caption, SubtitleTrack, Timeline

Captions = tuple[Caption, ...]

_START = attrgetter("start")


def caption_index(captions: Captions, frame: int) -> int:
    """Give the index of the last caption that starts at or before the frame, or -1, by bisection."""
    return bisect_right(captions, frame, key=_START) - 1


def caption_at(captions: Captions, frame: int) -> Caption | None:
    """Give the caption that is shown at the frame, or None."""
    index = caption_index(captions, frame)
    return captions[index] if index >= 0 and frame < captions[index].end else None


def words_at(timeline: Timeline, frame: int) -> tuple[tuple[SubtitleTrack, Caption, str], ...]:
    """Give what is shown at a frame, track by track: the track, its caption, and its words.

    Tracks of one look that follow each other are one: the first of them, its caption, and the words of all.
    """
    found: list[tuple[SubtitleTrack, Caption, str]] = []
    for track in timeline.subtitles:
        caption = None if track.hidden else caption_at(track.captions, frame)
        if caption is None or not caption.text.strip():
            continue
        if found and found[-1][0].look == track.look:
            first, one, text = found.pop()
            found.append((first, one, f"{text}\n{caption.text.strip()}"))
        else:
            found.append((track, caption, caption.text.strip()))
    return tuple(found)


def leading_track(timeline: Timeline) -> int | None:
    """Give the number of the track whose ripples carry the captions; None where there are no tracks."""
    video = (number for number, track in enumerate(timeline.tracks) if track.kind == "video")
    return next(video, 0 if timeline.tracks else None)


def rippled(timeline: Timeline, track: int, frame: int, frames: int) -> Timeline:
    """Carry the captions along where a track ripples: `frames` of room are made at `frame`, or taken out before it.

    aaabbb..cc      -3 at 6                         aaabbb          2 at 4
    aaa..cc                                         aaab..bb

    Where nothing of the track lies after the frame nothing moves: what is appended leaves the captions alone.
    """
    if track != leading_track(timeline) or not frames or not timeline.subtitles:
        return timeline
    clips = timeline.tracks[track].clips
    if not clips or clips[-1].end <= frame:
        return timeline
    held = (one if one.locked else replace(one, captions=_pushed(one.captions, frame, frames))
            for one in timeline.subtitles)  # fmt: skip
    return replace(timeline, subtitles=tuple(held))


def stretched(timeline: Timeline, track: int, start: int, old_end: int, new_end: int) -> Timeline:
    """Carry the captions along where a clip in [start, old_end) ends at `new_end` instead, and the later ones follow.

    aa..bb          from 0 to 6 becomes 0 to 3
    a.b

    Those that no frame is left for go.
    """
    if track != leading_track(timeline) or old_end == new_end or not timeline.subtitles:
        return timeline

    def there(frame: int) -> int:
        if frame <= start:
            return frame
        if frame >= old_end:
            return frame + new_end - old_end
        return start + round((frame - start) * (new_end - start) / (old_end - start))

    def carried(captions: Captions) -> Captions:
        places = ((one, there(one.start), there(one.end)) for one in captions)
        return _bounded(tuple(Caption(low, high - low, one.text) for one, low, high in places if low < high))

    held = (one if one.locked else replace(one, captions=carried(one.captions)) for one in timeline.subtitles)
    return replace(timeline, subtitles=tuple(held))


def within(timeline: Timeline, start: int, end: int) -> tuple[SubtitleTrack, ...]:
    """Give what is shown of the subtitles in [start, end), counted from `start`: what an export of them writes."""
    shown = (track for track in timeline.subtitles if not track.hidden)
    return tuple(replace(track, captions=_cut(track.captions, start, end)) for track in shown)


def _cut(captions: Captions, start: int, end: int) -> Captions:
    inside = (one for one in captions if one.start < end and start < one.end)
    places = ((max(one.start, start), min(one.end, end), one.text) for one in inside)
    return tuple(Caption(low - start, high - low, text) for low, high, text in places)


def _pushed(captions: Captions, frame: int, frames: int) -> Captions:
    first = max(0, caption_index(captions, frame + min(frames, 0)))  # what lies before stays as it is
    made: list[Caption] = list(captions[:first])
    for one in captions[first:]:
        if frames > 0:
            made += _opened(one, frame, frames)
        else:
            low, high = (_closed(place, frame, frames) for place in (one.start, one.end))
            made += [Caption(low, high - low, one.text)] if low < high else []
    return _bounded(tuple(made))


def _opened(one: Caption, frame: int, frames: int) -> tuple[Caption, ...]:
    if one.end <= frame:
        return (one,)
    if one.start >= frame:
        return (Caption(one.start + frames, one.duration, one.text),)
    return Caption(one.start, frame - one.start, one.text), Caption(frame + frames, one.end - frame, one.text)


def _closed(place: int, frame: int, frames: int) -> int:
    return place if place <= frame + frames else max(place, frame) + frames


def _bounded(captions: Captions) -> Captions:
    if captions and captions[-1].end > MAX_FRAME:
        raise EditError("A caption would lie before the first frame or beyond the longest film.")
    return captions
