"""What models, and the proof of films, can say against a wish, as the translators' tools find it."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

_MARKED = (
    QT_TRANSLATE_NOOP("Below", "{0} broke the program that looked at it, and is refused ({1})."),
    QT_TRANSLATE_NOOP("Below", "{0} cannot be the name of a model: letters, digits, dots, dashes."),
    QT_TRANSLATE_NOOP(
        "Below", "There is a model called {0} already; give this one another --name, or remove that one."
    ),
    QT_TRANSLATE_NOOP("Below", "{0} took longer than {1} seconds to be looked at, and is refused."),
    QT_TRANSLATE_NOOP("Below", "{0} gives another picture after it was written anew."),
    QT_TRANSLATE_NOOP("Below", "{0} is a model for {1}: it cannot be used for {2}."),
    QT_TRANSLATE_NOOP("Below", "{0} holds tensors of a kind that no network here has."),
    QT_TRANSLATE_NOOP("Below", "{0} is damaged: its tensors are larger than the file."),
    QT_TRANSLATE_NOOP("Below", "Files of PyTorch are opened with torch 2.10 or later; this is {0}."),
    QT_TRANSLATE_NOOP("Below", "{0} gives no numbers: its weights are damaged."),
    QT_TRANSLATE_NOOP("Below", "{0} gives a picture of {1} for {2}."),
    QT_TRANSLATE_NOOP("Below", "{0} enlarges {1} times: it cannot be used for {2}."),
    QT_TRANSLATE_NOOP(
        "Below", "{0} restores pictures, but does not say from what: give --task denoise or --task deblur."
    ),
    QT_TRANSLATE_NOOP("Below", "Models from elsewhere need spandrel: install vgan-studio[community]."),
    QT_TRANSLATE_NOOP("Below", "{0} is damaged: its tensors cannot be read."),
    QT_TRANSLATE_NOOP("Below", "{0} holds more than numbers ({1}); it could run as a program and is refused."),
    QT_TRANSLATE_NOOP("Below", "{0} holds more than numbers; it could run as a program and is refused."),
    QT_TRANSLATE_NOOP("Below", "{0} is damaged: it cannot be read to its end."),
    QT_TRANSLATE_NOOP(
        "Below", "{0} is packed so that it grows when it is opened, which PyTorch's own files never are."
    ),
    QT_TRANSLATE_NOOP("Below", "{0} is not a weights file of PyTorch, or is damaged."),
    QT_TRANSLATE_NOOP("Below", "{0} is too large for a model: over {1} MiB."),
    QT_TRANSLATE_NOOP("Below", "{0} is not a safetensors file, or is damaged: its header has no sane length."),
    QT_TRANSLATE_NOOP("Below", "{0} is not a safetensors file, or is damaged: its header is not JSON."),
    QT_TRANSLATE_NOOP("Below", "{0} is not a safetensors file, or is damaged: its header is no table."),
    QT_TRANSLATE_NOOP("Below", "{0} is damaged: it is cut off, or no archive of PyTorch's."),
    QT_TRANSLATE_NOOP("Below", "{0} is mislabelled: its tensors are of {1} at a scale of {2}."),
    QT_TRANSLATE_NOOP(
        "Below", "{0} is a network from elsewhere, for which spandrel is needed: install vgan-studio[community]."
    ),
    QT_TRANSLATE_NOOP("Below", "{0} holds {1} tensors: that is no network."),
    QT_TRANSLATE_NOOP("Below", "{0} is for {1}; only networks that enlarge or restore can be used."),
    QT_TRANSLATE_NOOP("Below", "{0} makes {1} channels of {2}; only 3 of 3, or 1 of 1, can be used."),
    QT_TRANSLATE_NOOP("Below", "{0} enlarges {1} times; at most {2} times is possible."),
    QT_TRANSLATE_NOOP("Below", "{0} is of no architecture that spandrel knows."),
    QT_TRANSLATE_NOOP("Below", "{0} has tensors that do not fit together: {1}."),
    QT_TRANSLATE_NOOP("Below", "{0} is damaged: a tensor is called {1}."),
    QT_TRANSLATE_NOOP("Below", "{0} is damaged: {1} has the shape {2}."),
    QT_TRANSLATE_NOOP("Below", "{0} is damaged: {1} holds numbers that are none."),
    QT_TRANSLATE_NOOP("Below", "{0} holds weights, but does not say of what: it has no card of ours."),
    QT_TRANSLATE_NOOP("Below", "{0} is damaged or was changed: its digest is not the one on its card."),
    QT_TRANSLATE_NOOP("Below", "{0} lies in {1} and stays: only your own models can be removed."),
    QT_TRANSLATE_NOOP("Below", "{0} is of the architecture {1}, which this program does not know."),
    QT_TRANSLATE_NOOP("Below", "{0} asks for a network of impossible size: {1}."),
    QT_TRANSLATE_NOOP("Below", "{0} has a card that cannot be understood: {1}."),
    QT_TRANSLATE_NOOP("Below", "{0} is mislabelled: scale, reach and multiple are not those of its network."),
    QT_TRANSLATE_NOOP("Below", "{0} is mislabelled: its tensors are not those of its network, e.g. {1}."),
    QT_TRANSLATE_NOOP("Below", "{0} is mislabelled: {1} has the wrong shape or type."),
    QT_TRANSLATE_NOOP("Below", "{0} is mislabelled: {1} is not what its network has in that place."),
    QT_TRANSLATE_NOOP("Below", "Cannot remove {0}: {1}."),
    QT_TRANSLATE_NOOP("Below", "There is no model {0} here, for which an effect asks."),
    QT_TRANSLATE_NOOP("Below", "The model {0} was changed while the film was written; export it again."),
    QT_TRANSLATE_NOOP("Below", "There is no model {0}."),
    QT_TRANSLATE_NOOP("Below", "Content credentials go into {0}; {1} is something else."),
    QT_TRANSLATE_NOOP("Below", "{0} could not be signed: {1}."),
    QT_TRANSLATE_NOOP("Below", "{0} cannot sign films: {1}."),
    QT_TRANSLATE_NOOP("Below", "The private key is no PEM file, or it is encrypted; decrypt it first."),
    QT_TRANSLATE_NOOP("Below", "The private key is of a kind that content credentials do not know."),
    QT_TRANSLATE_NOOP("Below", "upscale"),
    QT_TRANSLATE_NOOP("Below", "denoise"),
    QT_TRANSLATE_NOOP("Below", "deblur"),
    QT_TRANSLATE_NOOP("Below", "stylize"),
    QT_TRANSLATE_NOOP("Below", "translate"),
    QT_TRANSLATE_NOOP("Below", "interpolate"),
    QT_TRANSLATE_NOOP("Below", "features"),
    QT_TRANSLATE_NOOP("Below", "upscale-crisp"),
    QT_TRANSLATE_NOOP("Below", "deblur-crisp"),
    QT_TRANSLATE_NOOP("Below", "features-measure"),
    QT_TRANSLATE_NOOP("Below", "Signed as AI-modified. What it was made of is in {0}."),
    QT_TRANSLATE_NOOP("Below", "What it was made of is in {0}."),
    QT_TRANSLATE_NOOP("Below", "Content credentials, read back: {0}, signed by {1}, networks: {2}."),
    QT_TRANSLATE_NOOP("Below", "No content credentials were found in the film."),
    QT_TRANSLATE_NOOP(
        "Below", "Content credentials need c2pa-python, which is not here: install vgan-studio[credentials]."
    ),
)
SENTENCES: tuple[str, ...] = tuple(str(one) for one in _MARKED)
