"""What the export dialog offers to choose from, in words."""

from PySide6.QtCore import QCoreApplication


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
