"""What pulling a caption on the timeline makes of it: from frames to frames, without a widget."""

from dataclasses import dataclass
from typing import Literal

from vgan_studio.timeline.captions import Captions, caption_index
from vgan_studio.timeline.values import Timeline

from .snapping import points, snap

Grip = Literal["body", "head", "tail"]
Spot = tuple[int, int]  # the number of a track of subtitles, and the place of a caption on it


@dataclass(frozen=True, slots=True)
class Pull:
    """A caption that is pulled, and where it would be: in [start, end).

    Attributes:
        met: the frame that it snapped to.
        free: nothing else lies there.
    """

    spot: Spot
    grip: Grip
    start: int
    end: int
    met: int | None = None
    free: bool = True


def attracting(timeline: Timeline, playhead: int, without: Spot) -> list[int]:
    """Give the frames that attract a caption, in order: cuts, markers, the playhead and the other captions."""
    found = set(points(timeline, playhead))
    for number, track in enumerate(timeline.subtitles):
        for index, one in enumerate(track.captions):
            if (number, index) != without:
                found |= {one.start, one.end}
    return sorted(found)


def pulled(captions: Captions, spot: Spot, grip: Grip, frames: int, *, attract: list[int], reach: int) -> Pull:
    """Pull a caption, or one of its ends, by so many frames; ends stop at its neighbours."""
    one, index = captions[spot[1]], spot[1]
    edges = {"body": (one.start, one.end), "head": (one.start,), "tail": (one.end,)}[grip]
    met = snap([edge + frames for edge in edges], attract, reach)
    frames += met[0] if met is not None else 0
    caught = met[1] if met is not None else None
    if grip == "body":
        start = max(0, one.start + frames)
        end = start + one.duration
        near = range(max(0, caption_index(captions, start)), caption_index(captions, end) + 1)
        free = not any(place != index and captions[place].start < end and start < captions[place].end for place in near)
        return Pull(spot, grip, start, end, caught, free)
    low = captions[index - 1].end if index else 0
    high = captions[index + 1].start if index + 1 < len(captions) else one.end + max(0, frames)
    if grip == "head":
        return Pull(spot, grip, min(max(one.start + frames, low), one.end - 1), one.end, caught)
    return Pull(spot, grip, one.start, max(min(one.end + frames, high), one.start + 1), caught)
