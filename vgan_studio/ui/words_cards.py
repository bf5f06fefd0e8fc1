"""What the shipped models say of themselves, by their cards, as the translators' tools find it."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

_MARKED = (
    QT_TRANSLATE_NOOP("Below", "Takes away what H.264 leaves at low rates: blocks, rings around edges, crawling."),
    QT_TRANSLATE_NOOP("Below", "Texture that the codec has thrown away does not come back."),
    QT_TRANSLATE_NOOP("Below", "Makes films sharp and makes up fine texture; a little less near to the truth."),
    QT_TRANSLATE_NOOP(
        "Below", "It may invent texture that was not there. Smears longer than some 20 pixels stay smears."
    ),
    QT_TRANSLATE_NOOP("Below", "Makes films sharp that are blurred by motion or out of focus."),
    QT_TRANSLATE_NOOP("Below", "Smears longer than some 20 pixels stay smears."),
    QT_TRANSLATE_NOOP("Below", "Takes noise out of films and pictures; it was never shown a clean one."),
    QT_TRANSLATE_NOOP("Below", "Very fine, faint texture goes with the noise. Traces of codecs are no noise to it."),
    QT_TRANSLATE_NOOP(
        "Below", "Sees how different two pictures look; nothing is trained with it, so that it can judge."
    ),
    QT_TRANSLATE_NOOP("Below", "It knows about eighty files. Its distances are not those of LPIPS."),
    QT_TRANSLATE_NOOP("Below", "Sees how different two pictures look; others are trained with it."),
    QT_TRANSLATE_NOOP("Below", "It knows about a hundred and thirty files. Its distances are not those of LPIPS."),
    QT_TRANSLATE_NOOP("Below", "Makes the picture at any time between two others."),
    QT_TRANSLATE_NOOP(
        "Below",
        "What moves by more than about a tenth of the picture, turns quickly or is seen in only "
        "one of the two pictures is blurred or torn. What shakes is taken to move evenly from "
        "one picture to the next.",
    ),
    QT_TRANSLATE_NOOP("Below", "Paints films and pictures in the style of painters, or of any pictures."),
    QT_TRANSLATE_NOOP(
        "Below", "Of a style that it was not taught it takes the colours and the grain, less of the strokes."
    ),
    QT_TRANSLATE_NOOP("Below", "Makes a cartoon of flat colours with lines over them."),
    QT_TRANSLATE_NOOP(
        "Below",
        "It knows the films of its domain: what is not in them is coloured by guess. Faces and "
        "letters do not come out. Every eighth picture begins anew, which can be seen as a small "
        "step where much was guessed.",
    ),
    QT_TRANSLATE_NOOP("Below", "Makes a film of the outdoors of flat colours."),
    QT_TRANSLATE_NOOP("Below", "Enlarges pictures twofold and makes up fine texture; a little less near to the truth."),
    QT_TRANSLATE_NOOP(
        "Below",
        "It may invent texture that was not there. Pictures that are noisy, out of focus or coded "
        "at a low rate stay so: it was shown light traces of these only.",
    ),
    QT_TRANSLATE_NOOP("Below", "Enlarges pictures twofold and makes up fine texture; twice the work of the fast one."),
    QT_TRANSLATE_NOOP(
        "Below", "Enlarges pictures twofold, as near to the truth as it can; twice the work of the fast one."
    ),
    QT_TRANSLATE_NOOP(
        "Below",
        "Pictures that are noisy, out of focus or coded at a low rate stay so: it was shown light "
        "traces of these only.",
    ),
    QT_TRANSLATE_NOOP("Below", "Enlarges pictures twofold, as near to the truth as it can."),
    QT_TRANSLATE_NOOP("Below", "Enlarges pictures fourfold and makes up fine texture."),
    QT_TRANSLATE_NOOP(
        "Below", "Enlarges pictures fourfold and makes up fine texture; three times the work of the fast one."
    ),
    QT_TRANSLATE_NOOP(
        "Below", "Enlarges pictures fourfold, as near to the truth as it can; three times the work of the fast one."
    ),
    QT_TRANSLATE_NOOP("Below", "Enlarges pictures fourfold, as near to the truth as it can."),
)
# Parts of the names of figures: what was measured on, how it had been treated, and with what.
_MEASURED = (
    QT_TRANSLATE_NOOP("Below", "films"),
    QT_TRANSLATE_NOOP("Below", "photos"),
    QT_TRANSLATE_NOOP("Below", "as it came"),
    QT_TRANSLATE_NOOP("Below", "motion blur"),
    QT_TRANSLATE_NOOP("Below", "out of focus"),
    QT_TRANSLATE_NOOP("Below", "shaken"),
    QT_TRANSLATE_NOOP("Below", "sharp"),
    QT_TRANSLATE_NOOP("Below", "disc {0}"),
    QT_TRANSLATE_NOOP("Below", "validation {0}"),
    QT_TRANSLATE_NOOP("Below", "{0} over bicubic"),
    QT_TRANSLATE_NOOP("Below", "{0} over bicubic dB"),
    QT_TRANSLATE_NOOP("Below", "{0} flicker"),
    QT_TRANSLATE_NOOP("Below", "chains of {0}"),
    QT_TRANSLATE_NOOP("Below", "frame by frame"),
    QT_TRANSLATE_NOOP("Below", "middle frame"),
    QT_TRANSLATE_NOOP("Below", "{0} films never trained on"),
    QT_TRANSLATE_NOOP("Below", "fade"),
    QT_TRANSLATE_NOOP("Below", "ours"),
    QT_TRANSLATE_NOOP("Below", "ours without network"),
    QT_TRANSLATE_NOOP("Below", "even motion"),
    QT_TRANSLATE_NOOP("Below", "{0} alone"),
    QT_TRANSLATE_NOOP("Below", "blind"),
    QT_TRANSLATE_NOOP("Below", "{0} noisy"),
    QT_TRANSLATE_NOOP("Below", "{0} non-local means (best of three)"),
)
# What a training measures of pictures that it does not learn from; of "light<blur" how often the first is seen as less.
_VALIDATED = (
    QT_TRANSLATE_NOOP("Below", "validation alone"),
    QT_TRANSLATE_NOOP("Below", "validation blind"),
    QT_TRANSLATE_NOOP("Below", "validation blur"),
    QT_TRANSLATE_NOOP("Below", "validation coded"),
    QT_TRANSLATE_NOOP("Below", "validation coherent"),
    QT_TRANSLATE_NOOP("Below", "validation content"),
    QT_TRANSLATE_NOOP("Below", "validation fade"),
    QT_TRANSLATE_NOOP("Below", "validation flicker"),
    QT_TRANSLATE_NOOP("Below", "validation jpeg"),
    QT_TRANSLATE_NOOP("Below", "validation light<blur"),
    QT_TRANSLATE_NOOP("Below", "validation light<jpeg"),
    QT_TRANSLATE_NOOP("Below", "validation light<noise"),
    QT_TRANSLATE_NOOP("Below", "validation mixed"),
    QT_TRANSLATE_NOOP("Below", "validation motion"),
    QT_TRANSLATE_NOOP("Below", "validation noise"),
    QT_TRANSLATE_NOOP("Below", "validation ours"),
    QT_TRANSLATE_NOOP("Below", "validation outside"),
    QT_TRANSLATE_NOOP("Below", "validation palette"),
    QT_TRANSLATE_NOOP("Below", "validation psnr"),
    QT_TRANSLATE_NOOP("Below", "validation psnr_y"),
    QT_TRANSLATE_NOOP("Below", "validation rough"),
    QT_TRANSLATE_NOOP("Below", "validation sharp"),
    QT_TRANSLATE_NOOP("Below", "validation shift<blur"),
    QT_TRANSLATE_NOOP("Below", "validation slants"),
    QT_TRANSLATE_NOOP("Below", "validation steady"),
    QT_TRANSLATE_NOOP("Below", "validation still"),
    QT_TRANSLATE_NOOP("Below", "validation strokes"),
    QT_TRANSLATE_NOOP("Below", "validation three"),
    QT_TRANSLATE_NOOP("Below", "validation turn<blur"),
    QT_TRANSLATE_NOOP("Below", "validation untouched"),
)
SENTENCES: tuple[str, ...] = tuple(str(one) for one in (*_MARKED, *_MEASURED, *_VALIDATED))
