"""The effect that makes films sharp: a network sees each frame with its two neighbours."""

from vgan_studio.engine.run import Engine
from vgan_studio.picture import Picture

from .carried import seen_by
from .mixed import laid, mixed_in
from .spec import Number, Weights, effect

_STEPS = 20  # of `crisp`: each is a network of its own, and nobody sees finer ones


@effect(
    "gan.deblur",
    "Deblur",
    window=(1, 1),
    heavy=True,
    finish=mixed_in,
    live=("strength",),
    strength=Number(1.0, 0.0, 1.0),
    stabilise=Number(0.0, 0.0, 1.0),
    crisp=Number(0.0, 0.0, 1.0),
    model=Weights("deblur"),
    texture=Weights("deblur-crisp"),
)
def deblur(
    before: Picture, x: Picture, after: Picture, *, engine: Engine, crisp: float, model: str, texture: str
) -> Picture:
    """Take away motion blur, defocus and the traces of codecs, from `crisp` 0, near to the truth, to 1, with texture.

    Kupyn et al. 2018 (DeblurGAN), arXiv:1711.07064; in between the weights of two networks are mixed: Wang et al. 2018
    (ESRGAN), arXiv:1809.00219, section 3.4.  The neighbours are carried onto the frame along the motion between them;
    beyond a cut the frame stands in for its neighbour.

    Args:
        before, x, after: (B, 4, H, W), in order of time; the result belongs to `x`.  Alpha stays.
    """
    network = engine.model(model or "deblur")
    share = round(crisp * _STEPS) / _STEPS
    if share:
        network = engine.mixed(network, engine.model(texture or "deblur-crisp"), share)
    colour = engine.run(network, seen_by(engine, network, before, x, after))
    return laid(engine, colour, x[:, 3:])
