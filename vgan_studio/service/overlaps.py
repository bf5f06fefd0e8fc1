"""A clip that is moved over the end of a neighbour dissolves with it, over as many frames as they share."""

from vgan_studio.errors import EditError
from vgan_studio.timeline import edit, trim
from vgan_studio.timeline.effects import remove_transition, set_transition
from vgan_studio.timeline.lookup import clip_by_id, locate
from vgan_studio.timeline.values import Clip, EffectCall, Timeline, Transition


def move(timeline: Timeline, clip_id: int, frames: int, tracks: int, effect: EffectCall) -> Timeline:
    """Move a clip by so many frames and tracks; what it then shares with a neighbour becomes a transition.

    aaaa..bbbb      move b by -3
    aaaxbbb

    It takes over in the middle of what is shared.  Where it lies over all of another clip, or another over all of it,
    or where there is a transition already, it is put over what is there, as ever.
    """
    number, _ = locate(timeline, clip_id)
    clip = clip_by_id(timeline, clip_id)
    there, start = number + tracks, clip.start + frames
    if not 0 <= there < len(timeline.tracks):
        raise EditError("There is no track there.")
    try:
        return _shared(timeline, clip, there, start, effect)
    except EditError:
        return edit.move(timeline, clip_id, there, start)


def _shared(timeline: Timeline, clip: Clip, there: int, start: int, effect: EffectCall) -> Timeline:
    end = start + clip.duration
    others = [one for one in timeline.tracks[there].clips if one.id != clip.id and one.start < end and start < one.end]
    before = next((one for one in others if one.start < start and one.end < end), None)
    after = next((one for one in others if start < one.start and end < one.end), None)
    if not others or len(others) > (before is not None) + (after is not None):
        raise EditError("Nothing is shared with a neighbour.")
    head, tail = start, end
    if before is not None:
        head = start + (before.end - start) // 2
        timeline = trim.trim_tail(timeline, before.id, head)
        if clip.transition is not None:
            timeline = remove_transition(timeline, clip.id)
    if after is not None:
        if after.transition is not None:
            raise EditError("There is a transition already.")
        tail = after.start + (end - after.start) // 2
        timeline = trim.trim_head(timeline, after.id, tail)
    timeline = trim.trim_head(timeline, clip.id, clip.start + head - start)
    timeline = trim.trim_tail(timeline, clip.id, clip.end - end + tail)
    timeline = edit.move(timeline, clip.id, there, head)
    if before is not None:
        timeline = set_transition(timeline, clip.id, Transition(head - start, before.end - head, effect))
    if after is not None:
        timeline = set_transition(timeline, after.id, Transition(tail - after.start, end - tail, effect))
    return timeline
