"""The demo's cut: a few media become a timeline that shows what the program can do."""

from collections.abc import Sequence
from fractions import Fraction

from vgan_studio.timeline.curve import Curve, Key
from vgan_studio.timeline.values import Clip, EffectCall, Fade, Media, Timeline, Track, Transition, Value

_LONGEST_S = 4
_OVERLAP = Fraction(1, 2)  # seconds
_MOST_CLIPS = 8
_LARGEST = (1920, 1080)


def cut(media: Sequence[Media], title: str) -> Timeline:
    """Cut media into a film: a title, a slow zoom, an upscaled clip, slow motion with a grade, and dissolves.

    Args:
        media: with pictures, at least one; few are shown again, many are left out from the ninth on.

    Returns:
        A timeline of the first one's rate and shape, at most 1920×1080.
    """
    chosen = [media[i % len(media)] for i in range(max(3, min(len(media), _MOST_CLIPS)))]
    rate = media[0].rate or Fraction(24)
    width, height = _canvas(media[0])
    clips: list[Clip] = []
    start = 0
    for number, source in enumerate(chosen):
        clip = _dressed(_clip(number + 1, start, source, rate, slow=number == 2), number, clips, rate)
        clips.append(clip)
        start = clip.end
    tracks = (
        Track("video", tuple(clips), "Film"),
        Track("video", (_title(len(clips) + 1, clips[0], title, rate),), "Title"),
    )
    used = tuple(dict.fromkeys(chosen))
    return Timeline(rate, width, height, tracks=tracks, media=used, next_id=len(clips) + 2)


def upscaled(timeline: Timeline) -> int:
    """Give a frame in the middle of the clip that is upscaled."""
    clip = timeline.tracks[0].clips[1]
    return clip.start + clip.duration // 2


def _canvas(media: Media) -> tuple[int, int]:
    """Give width and height: the media's shape in square pixels, within the largest, even."""
    width, height = media.width * media.sample_aspect, Fraction(media.height)
    small = min(Fraction(1), *(Fraction(most) / side for most, side in zip(_LARGEST, (width, height), strict=True)))
    return max(2, round(width * small / 2) * 2), max(2, round(height * small / 2) * 2)


def _clip(id: int, start: int, source: Media, rate: Fraction, *, slow: bool) -> Clip:
    """Give the middle of a media, with half a second left over at both ends where there is so much."""
    speed = Fraction(1, 2) if slow and not source.still else Fraction(1)
    if source.still:
        return Clip(id, start, round(3 * rate), source)
    spare = min(_OVERLAP * speed, source.duration / 4)
    seconds = min(Fraction(_LONGEST_S), (source.duration - 2 * spare) / speed)
    return Clip(id, start, max(1, int(seconds * rate)), source, spare, speed)


def _dressed(clip: Clip, number: int, before: Sequence[Clip], rate: Fraction) -> Clip:
    """Add the effects that the clip of this number shows, its transition and the ends of its sound."""
    effects: tuple[EffectCall, ...] = ()
    if number == 0:
        effects = (_zoom(clip),)
    elif number == 1:
        effects = (_call("gan.upscale"),) if _small(clip) else ()
        effects = (*effects, _call("filter.sharpen", amount=0.15))
    elif number == 2:
        effects = (_call("color.exposure", stops=Curve((Key(0, -0.2, "ease"), Key(clip.duration, 0.35)))),
                   _call("color.saturation", saturation=1.25), _call("color.vignette", amount=0.35))  # fmt: skip
    half = min(int(_OVERLAP * rate / 2), *(one.duration // 3 for one in (clip, *before[-1:])))
    fade = min(round(rate), clip.duration)
    return Clip(
        clip.id, clip.start, clip.duration, clip.source, clip.source_in, clip.speed, effects,
        Transition(half, half, _call("core.wipe", angle=20.0, softness=0.3) if number == 2 else _call("core.dissolve"))
        if number and half else None,
        fade_in=Fade(0, fade) if number == 0 else None, fade_out=Fade(clip.duration - fade, fade),
    )  # fmt: skip


def _small(clip: Clip) -> bool:
    return isinstance(clip.source, Media) and max(clip.source.width, clip.source.height) <= _LARGEST[1]


def _zoom(clip: Clip) -> EffectCall:
    return _call("geometry.transform", scale=Curve((Key(0, 1.0, "ease"), Key(clip.duration, 1.12))))


def _title(id: int, under: Clip, words: str, rate: Fraction) -> Clip:
    start = min(round(rate / 2), under.duration // 4)
    duration = max(1, min(round(rate * Fraction(5, 2)), under.duration - 2 * start))
    end = duration - 1
    ramp = max(1, min(round(rate / 2), duration // 3))
    fall = max(ramp + 1, end - ramp)
    visible = (Key(0, 0.0, "ease"), Key(ramp, 1.0), Key(fall, 1.0, "ease"), Key(max(fall + 1, end), 0.0))
    fade = _call("geometry.opacity", opacity=Curve(visible))
    return Clip(id, start, duration, _call("core.title", text=words), effects=(fade,))


def _call(id: str, **params: Value | Curve) -> EffectCall:
    return EffectCall(id, tuple(sorted(params.items())))
