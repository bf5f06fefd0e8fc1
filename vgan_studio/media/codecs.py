"""What films, pictures and sound can be written as: one row per codec.

A row says where it fits, which pixel formats it takes and how one quality, 0 to 100, becomes the encoder's own
scale.  To add a codec, add a row to `CODECS` (films and pictures) or `SOUND_CODECS` (sound).
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..errors import MediaError

Options = dict[str, str]

# suffix -> FFmpeg's name of the container
CONTAINERS: dict[str, str] = {
    ".mp4": "mp4",
    ".m4v": "mp4",
    ".mov": "mov",
    ".mkv": "matroska",
    ".webm": "webm",
    ".gif": "gif",
    ".wav": "wav",
    ".flac": "flac",
    ".m4a": "ipod",
    ".mka": "matroska",
    ".opus": "opus",
    ".ogg": "ogg",
}


@dataclass(frozen=True, slots=True)
class SoundCodec:
    """A way to write sound.

    Attributes:
        encoder: FFmpeg's name.
        format: FFmpeg's sample format that it is fed with.
        containers: suffixes that can hold it.
        bit_rate: quality (0 to 100) -> bits per second and channel; None if it keeps 24 bits and loses nothing.
        rates: sample rates that it takes; empty: any.
        most_channels: that it takes.
    """

    id: str
    title: str
    encoder: str
    format: str
    containers: tuple[str, ...]
    bit_rate: Callable[[int], int] | None = None
    rates: tuple[int, ...] = ()
    most_channels: int = 8


@dataclass(frozen=True, slots=True)
class Codec:
    """A way to write pictures.

    Attributes:
        id, title: for scripts, for people.
        encoder: FFmpeg's name.
        containers: suffixes that can hold it; for a sequence, that of one picture.
        formats: FFmpeg's pixel formats that are written, the first by default.
        options: quality (0 to 100) -> the encoder's options; more is never smaller.
        hardware: encoders that can take its place on machines where they pass a test.
        sound: the `SOUND_CODECS` that go with it, in order of liking; empty: it holds no sound.
        tags: container -> FourCC where FFmpeg's own choice is not played everywhere.
        sequence: one file per picture.
        lossless: what comes in comes out, at any quality.
        even: sizes are even where colour is sampled at half the size.
        smallest: width and height; below that the encoders fail, x265 4.1 and SVT-AV1 4.1 by a crash or for ever.
    """

    id: str
    title: str
    encoder: str
    containers: tuple[str, ...]
    formats: tuple[str, ...]
    options: Callable[[int], Options]
    hardware: tuple[str, ...] = ()
    sound: tuple[str, ...] = ()
    tags: tuple[tuple[str, str], ...] = ()
    sequence: bool = False
    lossless: bool = False
    even: bool = False
    smallest: int = 1


def between(worst: float, best: float, quality: int) -> int:
    """Place a quality of 0 to 100 on an encoder's scale."""
    return round(worst + (best - worst) * quality / 100)


def hardware_options(quality: int) -> Options:
    """Give NVENC's options for a quality: constant quality, as CRF is for software."""
    return {"preset": "p5", "tune": "hq", "rc": "vbr", "cq": str(between(45, 8, quality)), "b": "0"}


def _x264(quality: int) -> Options:
    # Beside "medium", at quality 75 on films of 360 and 720 lines: 0.5 to 0.65 of the time, no larger, 0.0 to 0.9 dB
    # less of 44 to 48; "veryfast" takes a third of the time and loses 0.4 to 2.4 dB.
    return {"crf": str(between(45, 6, quality)), "preset": "faster"}


def _x265(quality: int) -> Options:
    return {"crf": str(between(48, 8, quality)), "preset": "medium", "x265-params": "log-level=error"}


def _svt_av1(quality: int) -> Options:
    return {"crf": str(between(63, 8, quality)), "preset": "8"}


def _vp9(quality: int) -> Options:
    return {"crf": str(between(63, 6, quality)), "b": "0", "deadline": "good", "cpu-used": "4", "row-mt": "1"}


def _prores(quality: int) -> Options:
    # One quantiser for the whole film; 118 is FFmpeg's FF_QP2LAMBDA, the unit of global_quality.
    return {"flags": "+qscale", "global_quality": str(118 * between(32, 1, quality)), "vendor": "apl0"}


def _dnxhr(quality: int) -> Options:
    return {"profile": "dnxhr_" + ("lb" if quality < 40 else "sq" if quality < 75 else "hq")}


def _ffv1(_: int) -> Options:
    return {"level": "3", "slicecrc": "1", "g": "1"}


def _gif(_: int) -> Options:
    return {}


def _png(_: int) -> Options:
    return {"compression_level": "3", "pred": "mixed"}


def _jpeg(quality: int) -> Options:
    scale = str(between(31, 1, quality))
    return {"qmin": scale, "qmax": scale, "huffman": "optimal"}


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_FFV1_FORMATS = _words(
    "bgr0 bgra rgb48le rgba64le gbrp9le gbrp10le gbrap10le gbrp12le gbrap12le gbrp14le gbrap14le gbrp16le gbrap16le "
    "yuv420p yuva420p yuv422p yuva422p yuv444p yuva444p yuv440p yuv411p yuv410p "
    "yuv420p9le yuv422p9le yuv444p9le yuv420p10le yuv422p10le yuv444p10le yuv440p10le "
    "yuva420p10le yuva422p10le yuva444p10le yuv420p12le yuv422p12le yuv444p12le yuv440p12le "
    "yuva422p12le yuva444p12le yuv420p14le yuv422p14le yuv444p14le "
    "yuv420p16le yuv422p16le yuv444p16le yuva420p16le yuva422p16le yuva444p16le "
    "gray ya8 gray10le gray12le gray14le gray16le"
)
_X264_FORMATS = _words(
    "yuv420p yuvj420p yuv422p yuvj422p yuv444p yuvj444p yuv420p10le yuv422p10le yuv444p10le gray gray10le"
)
_X265_FORMATS = _words(
    "yuv420p yuvj420p yuv422p yuvj422p yuv444p yuvj444p yuv420p10le yuv422p10le yuv444p10le "
    "yuv420p12le yuv422p12le yuv444p12le gray gray10le gray12le"
)
_MPEG4 = (".mp4", ".m4v", ".mov", ".mkv")
_HEVC_TAGS = ((".mp4", "hvc1"), (".m4v", "hvc1"), (".mov", "hvc1"))

CODECS: dict[str, Codec] = {
    row.id: row
    for row in (
        Codec(
            "h264",
            "H.264",
            "libx264",
            _MPEG4,
            _X264_FORMATS,
            _x264,
            ("h264_nvenc",),
            ("aac", "opus", "flac"),
            even=True,
        ),
        Codec(
            "h265",
            "H.265",
            "libx265",
            _MPEG4,
            _X265_FORMATS,
            _x265,
            ("hevc_nvenc",),
            ("aac", "opus", "flac"),
            _HEVC_TAGS,
            even=True,
            smallest=64,
        ),
        Codec(
            "vp9",
            "VP9",
            "libvpx-vp9",
            (".webm", ".mkv", ".mp4"),
            ("yuv420p", "yuva420p", "yuv422p", "yuv440p", "yuv444p"),
            _vp9,
            sound=("opus", "flac"),
        ),
        Codec(
            "av1",
            "AV1",
            "libsvtav1",
            (".mp4", ".webm", ".mkv"),
            ("yuv420p", "yuv420p10le"),
            _svt_av1,
            ("av1_nvenc",),
            ("opus", "aac", "flac"),
            even=True,
            smallest=64,
        ),
        Codec("prores", "ProRes 422", "prores_ks", (".mov", ".mkv"), ("yuv422p10le",), _prores, sound=("wav", "aac")),
        Codec(
            "prores4444",
            "ProRes 4444",
            "prores_ks",
            (".mov", ".mkv"),
            ("yuv444p10le", "yuva444p10le"),
            _prores,
            sound=("wav", "aac"),
        ),
        Codec(
            "dnxhr",
            "DNxHR",
            "dnxhd",
            (".mov",),
            ("yuv422p",),
            _dnxhr,
            sound=("wav", "aac"),
            even=True,
            smallest=256,
        ),
        Codec(
            "ffv1",
            "FFV1 (lossless)",
            "ffv1",
            (".mkv",),
            _FFV1_FORMATS,
            _ffv1,
            sound=("flac", "wav"),
            lossless=True,
            smallest=2,
        ),
        Codec("gif", "GIF", "gif", (".gif",), ("pal8",), _gif),
        Codec(
            "png",
            "PNG pictures",
            "png",
            (".png",),
            ("rgb24", "rgba", "rgb48be", "rgba64be", "gray", "ya8", "gray16be", "ya16be"),
            _png,
            sequence=True,
            lossless=True,
        ),
        Codec(
            "jpeg",
            "JPEG pictures",
            "mjpeg",
            (".jpg", ".jpeg"),
            ("yuvj420p", "yuvj422p", "yuvj444p"),
            _jpeg,
            sequence=True,
        ),
    )
}

SOUND_CODECS: dict[str, SoundCodec] = {
    row.id: row
    for row in (
        SoundCodec(
            "aac",
            "AAC",
            "aac",
            "fltp",
            (".m4a", ".mp4", ".m4v", ".mov", ".mkv", ".mka"),
            lambda quality: between(32_000, 160_000, quality),
            (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350),
        ),
        SoundCodec(
            "opus",
            "Opus",
            "libopus",
            "flt",
            (".opus", ".ogg", ".webm", ".mkv", ".mka", ".mp4"),
            lambda quality: between(20_000, 128_000, quality),
            (48000, 24000, 16000, 12000, 8000),
        ),
        SoundCodec("flac", "FLAC (lossless)", "flac", "s32", (".flac", ".mkv", ".mka", ".ogg", ".mp4")),
        SoundCodec("wav", "PCM, 24 bit (lossless)", "pcm_s24le", "s32", (".wav", ".mov", ".mkv", ".mka")),
    )
}


def choose_codec(path: str | Path, name: str = "") -> Codec | SoundCodec:
    """Find the row for a file by its suffix, or check that the named row fits it.

    Raises:
        MediaError: nothing fits; the sentence lists what does.
    """
    suffix = Path(path).suffix.lower()
    rows: dict[str, Codec | SoundCodec] = {**CODECS, **SOUND_CODECS}
    if not name:
        found = next((row for row in rows.values() if suffix in row.containers), None)
        if found is None:
            raise MediaError(f"Nothing is known to write as {suffix or 'no suffix'}; take {_all_suffixes()}.")
        return found
    if name not in rows:
        raise MediaError(f"There is no codec {name!r}; take one of {', '.join(rows)}.")
    row = rows[name]
    folder = isinstance(row, Codec) and row.sequence and not suffix
    if suffix not in row.containers and not folder:
        fits = [other.id for other in rows.values() if suffix in other.containers]
        instead = f", and into {suffix} go {', '.join(fits)}" if fits else ""
        raise MediaError(
            f"{row.title} does not go into {suffix or 'a file without suffix'}: "
            f"it goes into {', '.join(row.containers)}{instead}."
        )
    return row


def choose_sound(codec: Codec, suffix: str, name: str = "") -> SoundCodec:
    """Find the row for the sound of a film.

    Raises:
        MediaError: the named one does not go into such a file.
    """
    fits = [SOUND_CODECS[id] for id in codec.sound if suffix in SOUND_CODECS[id].containers]
    for row in fits:
        if name in ("", row.id):
            return row
    listed = ", ".join(row.id for row in fits) or "none"
    raise MediaError(f"{name or 'Sound'} does not go with {codec.title} into {suffix}; what does: {listed}.")


def _all_suffixes() -> str:
    rows: list[Codec | SoundCodec] = [*CODECS.values(), *SOUND_CODECS.values()]
    return ", ".join(dict.fromkeys(suffix for row in rows for suffix in row.containers))
