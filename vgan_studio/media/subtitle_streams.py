"""Subtitles as streams of the film that is being written: players switch them on and off."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from av.container import OutputContainer
from av.subtitles.subtitle import SubtitleSet

from .subtitle_text import Cue, escaped

# which encoder by the suffix; other containers cannot hold text
STREAMS = {
    ".mp4": "mov_text",
    ".m4v": "mov_text",
    ".mov": "mov_text",
    ".mkv": "subrip",
    ".webm": "webvtt",
}
_CLOCK = Fraction(1, 1000)
# ISO 639-1 to 639-2, which containers hold
_LANGUAGES = {
    "ar": "ara", "bg": "bul", "bn": "ben", "ca": "cat", "cs": "ces", "da": "dan", "de": "deu", "el": "ell",
    "en": "eng", "es": "spa", "et": "est", "fa": "fas", "fi": "fin", "fr": "fra", "he": "heb", "hi": "hin",
    "hr": "hrv", "hu": "hun", "id": "ind", "is": "isl", "it": "ita", "ja": "jpn", "ko": "kor", "lt": "lit",
    "lv": "lav", "ms": "msa", "nb": "nob", "nl": "nld", "no": "nor", "pl": "pol", "pt": "por", "ro": "ron",
    "ru": "rus", "sk": "slk", "sl": "slv", "sr": "srp", "sv": "swe", "ta": "tam", "th": "tha", "tr": "tur",
    "uk": "ukr", "ur": "urd", "vi": "vie", "zh": "zho",
}  # fmt: skip

# their older letters (ISO 639-2/B), which are the only ones that Matroska and QuickTime know
_OLDER = {
    "ces": "cze", "deu": "ger", "ell": "gre", "fas": "per", "fra": "fre", "isl": "ice", "msa": "may", "nld": "dut",
    "ron": "rum", "slk": "slo", "zho": "chi",
}  # fmt: skip
_NOT_IN_QUICKTIME = ("fre",)

# the head of an ASS script, without which FFmpeg's encoders of text refuse to work; none of them writes its style
_HEAD = b"""[Script Info]
ScriptType: v4.00+
PlayResX: 384
PlayResY: 288

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, \
StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,16,&Hffffff,&Hffffff,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


@dataclass(frozen=True, slots=True)
class Subtitles:
    """Cues that become one stream, in order, never overlapping; `language` is a tag of BCP 47 or ""."""

    cues: tuple[Cue, ...]
    language: str = ""
    title: str = ""


def language_code(tag: str, suffix: str = ".mp4") -> str:
    """Give the three letters that a container has for a language; "und" for one that we do not know."""
    first = tag.replace("_", "-").split("-")[0].lower()
    code = _LANGUAGES.get(first, first if len(first) == 3 and first.isascii() and first.isalpha() else "und")
    older = code if suffix in (".mp4", ".m4v") else _OLDER.get(code, code)
    return code if suffix == ".mov" and older in _NOT_IN_QUICKTIME else older


class SubtitleStreams:
    """Writes cues as the pictures go on; owned by one thread.  Its errors are FFmpeg's own.

    Args:
        container: before its header is written.
        suffix: of the name it will have; one of `STREAMS`.
    """

    def __init__(self, container: OutputContainer, suffix: str, wanted: Sequence[Subtitles]) -> None:
        self._container, self._codec, self._suffix = container, STREAMS[suffix], suffix
        self._waiting = [(self._stream(one), list(reversed(one.cues))) for one in wanted]

    def up_to(self, time: Fraction) -> None:
        """Write all that begins before a time, in seconds."""
        for stream, cues in self._waiting:
            while cues and cues[-1].start < time:
                self._write(stream, cues.pop())

    def finish(self) -> None:
        """Write the rest."""
        for stream, cues in self._waiting:
            while cues:
                self._write(stream, cues.pop())

    def _stream(self, wanted: Subtitles) -> Any:
        stream: Any = self._container.add_stream(self._codec)
        stream.codec_context.subtitle_header = _HEAD
        stream.codec_context.time_base = stream.time_base = _CLOCK
        stream.metadata["language"] = language_code(wanted.language, self._suffix)
        if wanted.title:
            stream.metadata["title"] = wanted.title
        return stream

    def _write(self, stream: Any, cue: Cue) -> None:
        start, end = round(cue.start / _CLOCK), round(cue.end / _CLOCK)
        text = escaped(cue.text) if self._codec == "webvtt" else cue.text
        # a word joiner keeps a backslash from being a command of ASS
        words = text.strip().replace("\\", "\\\u2060").replace("\r", "").replace("\n", "\\N")
        if not words or start >= end:
            return
        event = SubtitleSet.create(f"0,0,Default,,0,0,0,,{words}".encode(), 0, end - start, start)
        packet = stream.codec_context.encode_subtitle(event)
        packet.stream, packet.time_base = stream, _CLOCK
        packet.pts = packet.dts = start
        packet.duration = end - start
        self._container.mux(packet)
