"""Subtitles as text: SubRip (.srt) and WebVTT (.vtt), read with mistrust and written plainly.

W3C, "WebVTT: The Web Video Text Tracks Format"; SubRip has no standard, and is read as players do.  Tags are taken out:
what is kept is what people read.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from ..errors import MediaError

MAX_BYTES = 16 << 20
MAX_CUES = 100_000
MAX_LETTERS = 2000  # of a cue

_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,9}))?"
_TIMES = re.compile(rf"[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}(?:[ \t].*)?")
_TAG = re.compile(r"</?(?:b|i|u|s|font|c|v|ruby|rt|lang)(?:[ \t.][^<>\n]{0,300})?>|<\d[\d:.]{0,20}>", re.IGNORECASE)
_OVERRIDE = re.compile(r"\{\\[^{}\n]{0,300}\}")
_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_MOSTLY = 0.97


@dataclass(frozen=True, slots=True)
class Cue:
    """Words and when they are shown: from `start` to `end`, in seconds."""

    start: Fraction
    end: Fraction
    text: str


@dataclass(frozen=True, slots=True)
class Cues:
    """What was read: cues in order of their starts, and sentences on what is not as the file has it."""

    cues: tuple[Cue, ...]
    notes: tuple[str, ...] = ()


def parse(data: bytes, name: str = "The file") -> Cues:
    """Read SubRip or WebVTT.

    Raises:
        MediaError: it is too large, or there is not one cue in it.
    """
    if len(data) > MAX_BYTES:
        raise MediaError(f"{name} is larger than {MAX_BYTES >> 20} MiB; those are no subtitles.")
    text, note = _decoded(data)
    text = _BREAKS.sub("\n", text)
    blocks = list(_blocks(text.split("\n"), web=text.lstrip().startswith("WEBVTT")))
    found = [Cue(start, end, words) for start, end, words in blocks if start < end and words]
    if not found:
        raise MediaError(f"{name} holds no subtitles that this program can read: SubRip and WebVTT are known.")
    lost = len(blocks) - len(found)
    notes = [note] if note else []
    if lost:
        notes.append(f"{lost} captions without words or without a length are left out.")
    if len(found) > MAX_CUES:
        notes.append(f"Only the first {MAX_CUES} captions are taken.")
    return Cues(tuple(sorted(found[:MAX_CUES], key=lambda cue: cue.start)), tuple(notes))


def write_srt(cues: Iterable[Cue]) -> str:
    """Write SubRip; times to the nearest millisecond."""
    spoken = [(cue, _lines(cue.text)) for cue in cues]
    parts = [
        f"{number}\n{_stamp(cue.start, ',')} --> {_stamp(cue.end, ',')}\n{lines}\n"
        for number, (cue, lines) in enumerate(((cue, lines) for cue, lines in spoken if lines), 1)
    ]
    return "\n".join(parts)


def write_vtt(cues: Iterable[Cue]) -> str:
    """Write WebVTT; times to the nearest millisecond."""
    spoken = [(cue, escaped(_lines(cue.text))) for cue in cues]
    parts = [f"{_stamp(cue.start, '.')} --> {_stamp(cue.end, '.')}\n{lines}\n" for cue, lines in spoken if lines]
    return "\n".join(["WEBVTT\n", *parts])


def plain(text: str) -> str:
    """Take tags and control characters out of words, and blanks off the ends of their lines."""
    text = _OVERRIDE.sub("", _TAG.sub("", text))
    kept = "".join(c for c in text if c in "\n\t" or not (ord(c) < 32 or c == "\x7f" or "\ud800" <= c <= "\udfff"))
    return "\n".join(line.strip() for line in kept.split("\n")).strip()[:MAX_LETTERS]


def escaped(text: str) -> str:
    """Write what WebVTT would take for a tag or an entity as one."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _blocks(lines: list[str], *, web: bool) -> Iterator[tuple[Fraction, Fraction, str]]:
    """Give the times and words of each cue: what stands between its line of times and the next one."""
    timed = [
        (number, match) for number, line in enumerate(lines) if "-->" in line and (match := _TIMES.fullmatch(line))
    ]
    ends = [*(number for number, _ in timed[1:]), len(lines)]
    for (number, match), end in zip(timed, ends, strict=False):  # without any times there is one end too many
        words = _until_blank(lines[number + 1 : end]) if web else _without_number(lines[number + 1 : end])
        text = "\n".join(words)
        times = match.groups()
        yield _seconds(times[:4]), _seconds(times[4:]), plain(html.unescape(_TAG.sub("", text)) if web else text)


def _until_blank(lines: list[str]) -> list[str]:
    return lines[: next((number for number, line in enumerate(lines) if not line.strip()), len(lines))]


def _without_number(lines: list[str]) -> list[str]:
    """Take the number of the next cue off, and the blank lines before it; others are part of the words."""
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    if len(lines) > 1 and lines[-1].strip().isdigit() and not lines[-2].strip():
        lines = lines[:-1]
    return [line for line in lines if line.strip()]


def _seconds(parts: tuple[str | None, ...]) -> Fraction:
    hours, minutes, seconds, rest = parts
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return whole + (Fraction(int(rest), 10 ** len(rest)) if rest else Fraction(0))


def _stamp(time: Fraction, point: str) -> str:
    milliseconds = round(time * 1000)
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{rest:03}"


def _lines(text: str) -> str:
    """Leave out blank lines, at which a cue would end, and what would be read as times."""
    lines = [line.rstrip() for line in _BREAKS.sub("\n", text).split("\n")]
    return "\n".join(line.replace("-->", "->") for line in lines if line.strip())


def _decoded(data: bytes) -> tuple[str, str]:
    """Give the text of a file, and a sentence where its encoding had to be guessed."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), ""
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        pass
    chinese = data.decode("gb18030", "replace")
    strange = [character for character in chinese if ord(character) > 127]
    common = sum(_common(character) for character in strange)
    if common >= _MOSTLY * len(strange):
        return chinese, "The file is not in UTF-8; it was read as Chinese (GB 18030)."
    return data.decode("cp1252", "replace"), "The file is not in UTF-8; it was read as Western European (Latin-1)."


def _common(character: str) -> bool:
    """Tell whether a character is of those that Chinese is mostly written with."""
    return bool(character.encode("gb2312", "ignore"))
