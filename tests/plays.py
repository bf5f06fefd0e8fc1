"""A second, plain reading of what a timeline plays, for the laws to compare with."""

from fractions import Fraction

from vgan_studio.timeline.curve import Curve
from vgan_studio.timeline.values import EffectCall

HALF = Fraction(1, 2)
EASED = {
    "linear": lambda share: share,
    "in": lambda share: share**2,
    "out": lambda share: 1 - (1 - share) ** 2,
    "both": lambda share: 3 * share**2 - 2 * share**3,
}


def plays(timeline, track, frame):
    """What a track plays at a frame: two sources and how they mix, one, or nothing."""
    for index, clip in enumerate(track.clips):
        turn = clip.transition
        if turn and clip.start - turn.before <= frame < clip.start + turn.after:
            before = track.clips[index - 1] if index else None
            outgoing = before if before and before.end == clip.start else None
            progress = (frame - (clip.start - turn.before) + HALF) / (turn.before + turn.after)
            return (
                _shown(timeline, outgoing, frame),
                _shown(timeline, clip, frame),
                EASED[turn.ease](progress),
                _called(turn.effect, frame - clip.start),
            )
    return next((_shown(timeline, clip, frame) for clip in track.clips if clip.start <= frame < clip.end), None)


def film(timeline, frames=None):
    """What every track plays at every frame."""
    frames = range(timeline.duration + 2) if frames is None else frames
    return [[plays(timeline, track, frame) for frame in frames] for track in timeline.tracks]


def _shown(timeline, clip, frame):
    if clip is None:
        return None
    at = frame - clip.start
    source = _called(clip.source, at) if isinstance(clip.source, EffectCall) else clip.source
    gain = clip.gain_db.at(at) if isinstance(clip.gain_db, Curve) else clip.gain_db
    rise = _ramp(clip.fade_in, at)
    fall = 1 - _ramp(clip.fade_out, at) if clip.fade_out else 1
    time = clip.source_in + (at + HALF) * clip.speed / timeline.rate
    effects = tuple(_called(call, at) for call in clip.effects if call.enabled)
    return source, time, effects, clip.muted or (gain, rise, fall)


def _called(call, at):
    return call.id, tuple((name, v.at(at) if isinstance(v, Curve) else v) for name, v in call.params)


def _ramp(fade, at):
    return min(Fraction(1), max(Fraction(0), (at + HALF - fade.at) / fade.duration)) if fade else 1
