"""Read the exact picture of any time.

Reading on never seeks.  A jump seeks to the key picture before the target, reads ahead in the packets to learn which
picture it is, and decodes only what that one refers to.  Who stays in a group of pictures (stepping back, scrubbing)
gets it decoded whole and kept.
"""

import logging
import os
import sys
from collections import deque
from collections.abc import Iterator
from fractions import Fraction
from math import floor
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from av import VideoFrame

from ..errors import MediaError
from .decoder import Decoder
from .deinterlace import deinterlace
from .finish import Finish
from .kept import Kept
from .open import VideoPacket, is_still
from .orient import Orientation, orientation_of_photo
from .packets import Group, Packets, is_shown, stamp
from .raw import RawPicture
from .times import presentation_times

log = logging.getLogger(__name__)

KEEP_BYTES = 128 << 20
_ALIKE = 3
_TRIES = 4
_PATIENCE = 24  # packets
_DAMAGED = "Damaged pictures are mended or held"
_REMEMBERED = 2000  # packets whose times are known
_NEAR_S = Fraction(1, 4)
_FAR_S = 10
_UNTIMED_RATE = 25
_BOTTOM_FIRST = {3, 5}  # AV_FIELD_BB, AV_FIELD_BT


class VideoReader:
    """The pictures of one file.  Belongs to the thread that made it; a context manager.

    Times are seconds (Fraction) from the file's own start, which is when its first picture is shown.

    Attributes:
        first: the first picture as the decoder gave it.
        spoilt: the last picture that was asked for is damaged: it is a mended one, or the one before it.
    """

    def __init__(self, path: str | os.PathLike[str], *, threads: int = 0, keep_bytes: int = KEEP_BYTES) -> None:
        """Open a file and decode its first picture.

        Args:
            path: a film, a still, an animation, or a numbered sequence (`shot_%04d.png`, or the folder of one).
            threads: of the decoder; 0 for one per processor.
            keep_bytes: memory for the group of pictures in which somebody steps or scrubs.

        Raises:
            MediaError: it shows no picture that can be decoded.
        """
        self._path = path
        self._threads = threads
        self._notices: dict[str, None] = {}
        self._packets = Packets(path)
        try:
            self._still = is_still(self._packets.container)
            self._unit = self._packets.time_base
            self._kept = Kept(keep_bytes)
            self._last_key: int | None = None
            self._spot: tuple[int, int, VideoFrame] | None = None
            self._origin = self._asked = 0
            self._interlaced = self._untimed = self.spoilt = False
            self._fed_times = deque[int](maxlen=_REMEMBERED)
            self._finish: Finish
            self._start()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the file and the memory back."""
        self._packets.container.close()

    @property
    def origin(self) -> Fraction:
        """When the first picture is shown, in seconds of the file's own clock."""
        return self._origin * self._unit

    @property
    def codec(self) -> str:
        """Name of the decoder."""
        return self._decoder.name

    @property
    def orientation(self) -> Orientation:
        """How the stored pictures are turned."""
        return self._finish.orientation

    @property
    def sample_aspect(self) -> Fraction:
        """Width of a stored pixel over its height, before any rotation."""
        aspect = self._packets.stream.sample_aspect_ratio or self._packets.stream.codec_context.sample_aspect_ratio
        return Fraction(aspect) if aspect else Fraction(1)

    @property
    def field_order(self) -> Literal["top", "bottom"] | None:
        """Which field of interlaced pictures comes first; None for progressive ones."""
        if not self._interlaced:
            return None
        return "bottom" if self._packets.stream.codec_context.field_order in _BOTTOM_FIRST else "top"

    @property
    def notices(self) -> tuple[str, ...]:
        """What was worse than it could be, a sentence each, in the order it was met."""
        return tuple(self._notices)

    def times(self) -> tuple[Fraction, ...]:
        """List when each picture is shown, from 0 up, by reading all packets once more (nothing is decoded)."""
        if self._still:
            return (Fraction(0),)
        return presentation_times(self._path, self._origin, self._unit if self._untimed else None)

    def at(self, time: Fraction) -> RawPicture:
        """Give the picture that is shown at a time: the last one that has begun.

        Before the start that is the first picture, beyond the end the last one, in a hole the one before it.

        Raises:
            MediaError: the file has gone, or no longer holds what it did.
        """
        ticks = self._origin + max(floor(time / self._unit), 0)
        if ticks > self._group_end:
            self._kept.generous = False  # nobody stays in the group any more
        frame = self._woven(ticks) if self._interlaced else self._exact(ticks)
        self._asked = ticks
        self.spoilt = bool(frame.is_corrupt) or self._holds(frame, ticks)
        if self.spoilt:
            self._notice(_DAMAGED, ticks)
        return self._finish(frame)

    def pictures(self, start: Fraction = Fraction(0), stop: Fraction | None = None) -> Iterator[RawPicture]:
        """Read the pictures that begin in [start, stop) in order; without `stop` up to the end."""
        for time in self.times():
            if time >= start and (stop is None or time < stop):
                yield self.at(time)

    def _start(self) -> None:
        """Decode the first picture; its time is the origin."""
        self._open_decoder(strict=self._still)
        self._first_of_all()
        if self._kept.last is None and self._still:
            self._packets.rewind()
            self._open_decoder()
            self._first_of_all()
        if self._kept.last is None:
            raise MediaError(
                f"Cannot read {Path(self._path).name}: none of its pictures can be decoded; "
                "it is damaged, encrypted, or of a kind that FFmpeg does not know."
            )
        self._origin = self._asked = self._kept.time(0)  # a decoder may give several at once
        self.first = first = self._kept.around(0)[1]
        self._interlaced = bool(first.interlaced_frame) and not self._still
        if self._interlaced:
            self._notice("Interlaced pictures are deinterlaced with bwdif")
        photo = orientation_of_photo(self._path) if self._still and self.codec == "mjpeg" else None
        self._finish = Finish(first, self.codec, self._notice, photo)

    def _first_of_all(self) -> None:
        self._begin()
        while self._kept.last is None and self._advance():
            pass

    def _open_decoder(self, *, strict: bool = False) -> None:
        self._decoder = Decoder(self._packets.stream, self._threads, self._damaged, strict=strict)

    def _begin(self, group: Group | None = None, *, runs: bool = True) -> None:
        """Begin a new run of pictures: at the start of the file, or with a group that is then kept whole."""
        self._kept.clear()
        self._kept.generous = group is not None
        self._group_key = group.key if group else None
        self._group_end = sys.maxsize
        self._waiting = deque(group.packets if group else ())
        self._decoder.reset()
        self._ended = False
        self._running = runs
        self._counted = 0
        self._fed = 0
        self._decoding = sys.maxsize
        self._due: dict[int, int] = {}
        self._spot = None

    def _exact(self, ticks: int) -> VideoFrame:
        """Find the picture that is shown at a time stamp: at hand, a little further on, or by a jump."""
        if self._spot is not None and self._spot[0] <= ticks < self._spot[1]:
            return self._spot[2]
        place = self._read_on(ticks) if self._near(ticks) else self._at_hand(ticks)
        return self._jump(ticks) if place is None else self._kept.around(place)[1]

    def _woven(self, ticks: int) -> VideoFrame:
        """Find a picture of interlaced material and make it progressive, the same whichever way it was reached."""
        place = self._read_on(ticks) if self._near(ticks) else self._at_hand(ticks)
        if place is None or (place == 0 and self._kept.time(0) > self._origin):
            lead = max(self._origin, ticks - int(_NEAR_S / self._unit))
            place = self._run(self._packets.group(lead, self._origin), ticks)
        before, frame, after = self._kept.around(place)
        return deinterlace(before or frame, frame, after or frame) if frame.interlaced_frame else frame

    def _holds(self, frame: VideoFrame, ticks: int) -> bool:
        """Tell whether a packet that was decoded should have given a later picture for that time."""
        if self._still or self._untimed or self._interlaced or frame.pts is None:
            return False
        return any(frame.pts < time <= ticks for time in self._fed_times)

    def _at_hand(self, ticks: int) -> int | None:
        place = self._kept.find(ticks)
        if place is None or not (self._kept.followed(place) or self._ended):
            return None
        begun = self._kept.time(place)
        if not self._ended and (self._decoding <= ticks or any(begun < time <= ticks for time in self._due)):
            return None  # one that is shown then may still come
        return place

    def _near(self, ticks: int) -> bool:
        """Reading on is less work than a jump: no key picture is known to lie between."""
        last = self._kept.last
        if not self._running or last is None or ticks < last:
            return False
        if self._still or self._untimed or ticks - last <= _NEAR_S / self._unit:
            return True
        key = self._packets.key_before(ticks)
        return key is not None and key <= last and ticks - last <= _FAR_S / self._unit

    def _read_on(self, ticks: int) -> int | None:
        self._kept.needed = ticks
        while (place := self._at_hand(ticks)) is None and self._advance():
            pass
        return place

    def _advance(self) -> bool:
        """Decode one more packet of the run; False at the end."""
        if self._ended:
            return False
        packet = self._waiting.popleft() if self._waiting else self._packets.next()
        if packet is not None and not self._untimed:
            self._expect(packet)
        for frame in self._decoder.decode(packet):
            self._keep(frame)
        if packet is None:
            self._ended = True
            self._due.clear()
            if self._packets.broken:
                self._notice("The file cannot be read any further than", self._kept.last)
        return True

    def _expect(self, packet: VideoPacket) -> None:
        """Remember which pictures are still inside the decoder: some come out of it in a wrong order."""
        for time in [time for time, count in self._due.items() if self._fed - count > _PATIENCE]:
            del self._due[time]  # it is damaged and never comes
        self._fed += 1
        self._decoding = sys.maxsize if packet.dts is None else packet.dts
        shown = stamp(packet)
        if shown is not None and is_shown(packet, self._packets.codec):
            self._due[shown] = self._fed
            self._fed_times.append(shown)

    def _keep(self, frame: VideoFrame) -> None:
        time = frame.pts if frame.pts is not None else frame.dts
        if self._untimed or time is None:
            if not self._untimed:
                self._untimed = True
                self._unit = 1 / Fraction(self._packets.stream.guessed_rate or _UNTIMED_RATE)
            time = self._counted
        self._counted += 1
        if frame.key_frame and self._group_key is not None and self._group_key < time < self._group_end:
            self._group_end = time
        self._due.pop(time, None)
        self._kept.add(time, frame)

    def _jump(self, ticks: int) -> VideoFrame:
        """Go to another place in the file."""
        group = None if self._still or self._untimed else self._packets.group(ticks, self._origin)
        if group is not None and group.target is not None:
            stays = group.key == self._last_key or 0 <= self._asked - ticks <= _NEAR_S / self._unit
            self._last_key = group.key
            if not stays and (frame := self._straight_to(group, ticks)) is not None:
                return frame
        return self._kept.around(self._run(group, ticks))[1]

    def _straight_to(self, group: Group, ticks: int) -> VideoFrame | None:
        """Decode only the picture that is wanted and what it refers to; nothing can be read on from there."""
        self._begin(runs=False)
        after = (sys.maxsize if group.ended else ticks + 1) if group.after is None else group.after
        for packet in group.packets:
            wanted = packet.pts == group.target
            frames = self._decoder.decode(packet, skippable=not wanted)
            if wanted:
                frames += self._decoder.decode(None)
            for frame in frames:
                if frame.pts == group.target and group.target is not None:
                    self._spot = (group.target, after, frame)
            if wanted:
                break
        return self._spot[2] if self._spot else None

    def _run(self, group: Group | None, ticks: int) -> int:
        """Decode from a key picture on; go further back, at last to the start, if nothing useful comes out.

        Returns:
            The place of the picture among those kept.
        """
        for _ in range(_TRIES):
            if group is None or group.key is None:
                break
            self._begin(group)
            place = self._read_on(ticks)
            if place is not None:
                return place
            self._notice("Pictures cannot be decoded", ticks)
            group = self._packets.group(ticks, self._origin, group.key)
        self._packets.rewind()
        self._open_decoder()
        self._begin()
        place = self._read_on(ticks)
        if place is None:
            raise MediaError(f"{Path(self._path).name} can no longer be read.")
        return place

    def _damaged(self, what: VideoPacket | VideoFrame) -> None:
        when = self._counted if self._untimed else stamp(what)
        self._notice(_DAMAGED, None if self._still else when)

    def _notice(self, text: str, ticks: int | None = None) -> None:
        """Remember a sentence, with the time if there is one; of each kind only the first few."""
        when = "" if ticks is None else f" at {float((ticks - self._origin) * self._unit):.2f} s"
        alike = sum(known.startswith(text) for known in self._notices)
        sentence = f"{text}{when}." if alike < _ALIKE else f"{text} at more places."
        if sentence not in self._notices:
            self._notices[sentence] = None
            log.warning("%s: %s", Path(self._path).name, sentence)
