"""The effect that makes films sharp, or takes a codec's traces away: a network sees each frame with its neighbours."""

from collections.abc import Mapping
from typing import Any

from vgan_studio.engine.run import Engine
from vgan_studio.picture import Picture

from .carried import seen_by
from .mixed import laid, mixed_in
from .spec import Choice, Number, Weights, effect

_STEPS = 20  # of `crisp`: each is a network of its own, and nobody sees finer ones
_AGAINST = {"blur": "deblur", "codec": "deblock"}  # who is asked


def _asked(params: Mapping[str, Any]) -> str:
    return _AGAINST[params["against"]]


def _idle(told: Mapping[str, Any]) -> set[str]:
    return {"crisp", "texture"} if told["against"] == "codec" else set()


@effect(
    "gan.deblur",
    "Deblur",
    window=(1, 1),
    heavy=True,
    finish=mixed_in,
    live=("strength",),
    idle=_idle,
    against=Choice("blur", tuple(_AGAINST)),
    strength=Number(1.0, 0.0, 1.0),
    stabilise=Number(0.0, 0.0, 1.0),
    crisp=Number(0.0, 0.0, 1.0),
    model=Weights("deblur", usual=_asked),
    texture=Weights("deblur-crisp"),
)
def deblur(
    before: Picture, x: Picture, after: Picture, *, engine: Engine, against: str, crisp: float, model: str, texture: str
) -> Picture:
    """Take away motion blur and defocus, or the traces of codecs.

    Kupyn et al. 2018 (DeblurGAN), arXiv:1711.07064.  The neighbours are carried onto the frame along the motion between
    them, which the network is told, too: along it light smears.  Beyond a cut the frame stands in for its neighbour.

    Args:
        before, x, after: (B, 4, H, W), in order of time; the result belongs to `x`.  Alpha stays.
        against: "blur" or "codec"; what is to be done for one makes the other worse, so a film that has both gets the
            effect twice, against the codec first.
        crisp: against blur, from 0, near to the truth, to 1, with texture; in between the weights of two networks are
            mixed: Wang et al. 2018 (ESRGAN), arXiv:1809.00219, section 3.4.
        model, texture: the networks at either end of `crisp`, in place of the shipped ones.
    """
    network = engine.model(model or _AGAINST[against])
    share = round(crisp * _STEPS) / _STEPS
    if share and against == "blur":
        network = engine.mixed(network, engine.model(texture or "deblur-crisp"), share)
    colour = engine.run(network, seen_by(engine, network, before, x, after))
    return laid(engine, colour, x[:, 3:])
