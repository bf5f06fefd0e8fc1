"""When each picture of a file is shown, by reading its packets."""

import os
from fractions import Fraction

from .packets import Packets, is_shown


def presentation_times(path: str | os.PathLike[str], origin: int, step: Fraction | None = None) -> tuple[Fraction, ...]:
    """List the times of all pictures, sorted, from 0 up.

    Args:
        path: the file.
        origin: time stamp of the first picture, in units of the stream.
        step: seconds from picture to picture of a stream that has no time stamps.

    Raises:
        MediaError: it cannot be opened.
    """
    packets = Packets(path)
    with packets.container:
        stamps = []
        while (packet := packets.next()) is not None:
            if is_shown(packet, packets.codec):
                stamps.append(packet.pts if packet.pts is not None else packet.dts)
        unit = packets.time_base
    if step is not None:
        return tuple(step * i for i in range(len(stamps)))
    return tuple(
        (time - origin) * unit for time in sorted({time for time in stamps if time is not None and time >= origin})
    )
