"""What media, and the effects on them, can say against a wish, as the translators' tools find it."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

_MARKED = (
    QT_TRANSLATE_NOOP(
        "Below",
        "Cannot read {0}: it is no film, picture or sound that FFmpeg knows, or it is damaged or cut off.",
    ),
    QT_TRANSLATE_NOOP(
        "Below",
        "Cannot read {0}: none of its pictures can be decoded; "
        "it is damaged, encrypted, or of a kind that FFmpeg does not know.",
    ),
    QT_TRANSLATE_NOOP("Below", "Cannot read {0}: it is a folder without numbered pictures."),
    QT_TRANSLATE_NOOP("Below", "Cannot read {0}, which an effect needs: {1}."),
    QT_TRANSLATE_NOOP("Below", "Cannot decode the pictures: FFmpeg has no decoder for them."),
    QT_TRANSLATE_NOOP("Below", "{0} shows no pictures."),
    QT_TRANSLATE_NOOP("Below", "{0} is there already and is not a file."),
    QT_TRANSLATE_NOOP("Below", "{0} is at least {1}; this is {2} x {3}."),
    QT_TRANSLATE_NOOP("Below", "A GIF has at most {0} pictures a second, not {1}."),
    QT_TRANSLATE_NOOP("Below", "{0} cannot hold {1} channels."),
    QT_TRANSLATE_NOOP("Below", "{0} in {1} cannot hold subtitles as a stream."),
    QT_TRANSLATE_NOOP("Below", "{0} is too large for an effect: {1} MiB."),
    QT_TRANSLATE_NOOP("Below", "A clip has {0} effects; at most {1} are possible."),
    QT_TRANSLATE_NOOP("Below", "The cache in {0} cannot be cleared: {1}."),
    QT_TRANSLATE_NOOP("Below", "{0} needs more memory than {1} has free."),
    QT_TRANSLATE_NOOP("Below", "The device failed while running {0}: {1}."),
    QT_TRANSLATE_NOOP("Below", "{0} gave no numbers in {1}; try another precision."),
)
SENTENCES: tuple[str, ...] = tuple(str(one) for one in _MARKED)
