"""Frames as people read and type them."""

import re
from fractions import Fraction


def timecode(frame: int, rate: Fraction) -> str:
    """Write a frame as HH:MM:SS:FF; of fractional rates, frames are counted at the next whole one."""
    whole = max(1, -(-rate.numerator // rate.denominator))
    seconds, frames = divmod(max(0, frame), whole)
    digits = len(str(whole - 1))
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}:{frames:0{max(2, digits)}d}"


def place(frame: int, rate: Fraction, units: str) -> str:
    """Write a frame as time code, as its number ("frames"), or as seconds ("seconds")."""
    if units == "frames":
        return str(frame)
    return f"{float(frame / rate):.2f} s" if units == "seconds" else timecode(frame, rate)


def frame_of(text: str, rate: Fraction) -> int | None:
    """Read what `timecode` writes, parts of it counted from the right, or `12.5s`; None if it is neither."""
    text = text.strip()
    if re.fullmatch(r"\d+(\.\d+)?s", text):
        return round(Fraction(text[:-1]) * rate)
    if not re.fullmatch(r"\d+(:\d+){0,3}", text):
        return None
    whole = max(1, -(-rate.numerator // rate.denominator))
    parts = [0, 0, 0, *map(int, text.split(":"))][-4:]
    return ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * whole + parts[3]
