"""Where a dragged thing comes to rest: the nearest cut, marker or the playhead, if that is near enough."""

from bisect import bisect_left
from collections.abc import Collection, Iterable

from vgan_studio.timeline.values import Timeline


def points(timeline: Timeline, playhead: int, without: Collection[int] = ()) -> list[int]:
    """Give the frames that attract, in order: ends of clips other than `without`, markers, the range, the playhead."""
    found = {0, playhead}
    for track in timeline.tracks:
        for clip in track.clips:
            if clip.id not in without:
                found |= {clip.start, clip.end}
    found |= {marker.frame for marker in timeline.markers}
    found |= set(timeline.range or ())
    return sorted(found)


def snap(edges: Iterable[int], attract: list[int], reach: int) -> tuple[int, int] | None:
    """Say how far things must move so that one of their edges meets what attracts it.

    Args:
        edges: frames of the edges, where the pointer has them.
        attract: sorted frames.
        reach: the most that it may be, in frames.

    Returns:
        The least move and the frame that is met; None where nothing is within reach.
    """
    best: tuple[int, int] | None = None
    for edge in edges:
        index = bisect_left(attract, edge)
        for point in attract[max(0, index - 1) : index + 1]:
            if abs(point - edge) <= reach and (best is None or abs(point - edge) < abs(best[0])):
                best = point - edge, point
    return best
