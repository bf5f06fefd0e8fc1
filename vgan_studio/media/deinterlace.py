"""Interlaced pictures to progressive ones, one for one."""

from av import VideoFrame

from .orient import filtered

NAME = "bwdif"


def deinterlace(before: VideoFrame, frame: VideoFrame, after: VideoFrame) -> VideoFrame:
    """Fill in the second field of a picture with FFmpeg's bwdif (Weston's three-field filter and yadif's checks).

    The rate is kept: one picture comes out for one that goes in, at the time of its first field.

    Args:
        before, after: its neighbours in time; itself at the ends of a film.
    """
    return filtered([before, frame, after], [(NAME, "mode=send_frame:deint=all")])[1]
