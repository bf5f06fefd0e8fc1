"""What the export dialog offers to choose from, in words."""

from fractions import Fraction

from PySide6.QtCore import QCoreApplication

from vgan_studio.timeline.values import Timeline

from .questions import RATES

_PARTS, _LEAST = (2, 4, 8), 10  # a rate is halved to no less


def titles() -> dict[str, str]:
    """Name the presets."""
    return {
        "youtube_1080": QCoreApplication.translate("Presets", "YouTube and the like, 1080p"),
        "youtube_4k": QCoreApplication.translate("Presets", "YouTube and the like, 4K"),
        "small": QCoreApplication.translate("Presets", "Small, to send, 720p"),
        "hevc": QCoreApplication.translate("Presets", "H.265, half as large"),
        "web": QCoreApplication.translate("Presets", "Web page (AV1, WebM)"),
        "prores": QCoreApplication.translate("Presets", "To be edited further (ProRes 422)"),
        "alpha": QCoreApplication.translate("Presets", "With transparency (ProRes 4444)"),
        "archive": QCoreApplication.translate("Presets", "Archive, nothing is lost (FFV1)"),
        "gif": QCoreApplication.translate("Presets", "GIF, 360 lines"),
        "pictures": QCoreApplication.translate("Presets", "A folder of pictures (PNG)"),
        "sound": QCoreApplication.translate("Presets", "Sound only, nothing is lost (WAV)"),
        "sound_small": QCoreApplication.translate("Presets", "Sound only, small (AAC)"),
    }


def ways() -> dict[str, str]:
    """Name what can become of subtitles."""
    return {
        "burn": QCoreApplication.translate("Presets", "Burnt into the pictures, as the viewer shows them"),
        "stream": QCoreApplication.translate("Presets", "A stream that players switch on and off"),
        "file": QCoreApplication.translate("Presets", "A file beside the film"),
        "none": QCoreApplication.translate("Presets", "None"),
    }


def codecs() -> dict[str, tuple[str, tuple[str, ...], bool]]:
    """Give title, suffixes and whether nothing is lost, by the id of the codec."""
    from vgan_studio.media.codecs import CODECS, SOUND_CODECS

    films = {row.id: (row.title, row.containers, row.lossless) for row in CODECS.values()}
    sound = {row.id: (row.title, row.containers, row.bit_rate is None) for row in SOUND_CODECS.values()}
    return {**films, **sound}


def rates(film: Timeline) -> dict[Fraction, str]:
    """Name the rates that a film can be written at, from the lowest."""
    plain = QCoreApplication.translate("Presets", "{0} fps")
    own = QCoreApplication.translate("Presets", "{0} fps  (as the film)")
    return {
        rate: (own if rate == film.rate else plain).format(f"{float(rate):.5g}")
        for rate in sorted({*RATES, film.rate, *(film.rate / part for part in _PARTS if film.rate / part >= _LEAST)})
    }


def pulled(film: Timeline, rate: Fraction) -> str:
    """Say what becomes of the frames at another rate; "" at that of the film."""
    if rate == film.rate:
        return ""
    if rate > film.rate:
        words = QCoreApplication.translate("Presets", "The film has {0} pictures a second: some are shown again.")
    else:
        words = QCoreApplication.translate("Presets", "The film has {0} pictures a second: some are left out.")
    return words.format(f"{float(film.rate):.5g}")
