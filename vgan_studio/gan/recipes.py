"""One frozen recipe per shipped model: with its data and a budget, it is the command that made it.

python -m vgan_studio.gan.train NAME --data DIR... -o DIR --steps N
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from vgan_studio.errors import ModelError


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a model is trained.

    Attributes:
        name: of the model, and of its file.
        task, architecture, config: as in its card.
        lesson: how it is taught, see `tasks.TASKS`; "" where that is called like the task.
        base: the model whose weights it starts from; "" starts from random ones.
        scale: the target's size over the input's.
        side: of an input crop, in pixels.
        rate: the highest learning rate; it rises over the first `warmup` of the budget and falls as a cosine to 0.
        adversarial: length of the discriminator's gradient, as a share of the pixel loss's, at the generated picture.
        matching: weight of feature matching beside the relativistic loss.
        perceptual: weight of the FeatNet's distance beside it.
        critic_rate: learning rate of the discriminator.
        clip: the longest gradient that is followed as it is; a longer one is shortened.
        memory: decay of the moving average that is shipped.
        clean: a denoiser is shown clean targets, to measure what noisy ones cost.
        seed: of weights and crops.
        steps: the budget if none is given.
        about, limits: for the card: what the model does, and where it fails.
    """

    name: str
    task: str
    architecture: str
    config: Mapping[str, int] = field(hash=False)
    lesson: str = ""
    base: str = ""
    scale: int = 2
    batch: int = 16
    side: int = 48
    rate: float = 1e-3
    warmup: float = 0.02
    adversarial: float = 0.0
    matching: float = 1.0
    perceptual: float = 0.0
    critic_rate: float = 4e-4
    clip: float = math.inf
    memory: float = 0.999
    clean: bool = False
    seed: int = 1
    steps: int = 18_000
    about: str = ""
    limits: str = ""


_DENOISER = {"inputs": 10, "width": 32, "fine": 2, "middle": 2, "coarse": 4, "fold": 2}
_LIMITS = (
    "Pictures that are noisy, out of focus or coded at a low rate stay so: it was shown light traces of these only."
)

RECIPES: dict[str, Recipe] = {
    recipe.name: recipe
    for recipe in (
        Recipe(
            "upscale-x2", "upscale", "compact", {"width": 32, "depth": 8, "scale": 2},
            about="Enlarges pictures twofold, as near to the truth as it can.",
            limits=_LIMITS,
        ),
        Recipe(
            "upscale-x2-crisp", "upscale-crisp", "compact", {"width": 32, "depth": 8, "scale": 2},
            lesson="upscale", base="upscale-x2", rate=2e-4, adversarial=0.75, matching=30, memory=0.99, seed=2,
            batch=8, steps=1_500,
            about="Enlarges pictures twofold and makes up fine texture; a little less near to the truth.",
            limits="It may invent texture that was not there. " + _LIMITS,
        ),
        Recipe(
            "upscale-x2-fine", "upscale-fine", "compact", {"width": 48, "depth": 8, "scale": 2},
            lesson="upscale", seed=7, steps=20_000,
            about="Enlarges pictures twofold, as near to the truth as it can; twice the work of the fast one.",
            limits=_LIMITS,
        ),
        Recipe(
            "denoise", "denoise", "unet", _DENOISER, scale=1, batch=16, side=64, rate=5e-4, clip=0.2, seed=3,
            steps=28_000,
            about="Takes noise out of films and pictures; it was never shown a clean one.",
            limits="Very fine, faint texture goes with the noise. Traces of codecs are no noise to it.",
        ),
        Recipe(
            "denoise-clip", "denoise", "unet", _DENOISER, lesson="clip", base="denoise", scale=1, batch=8, side=64,
            rate=1e-4, clip=0.2, memory=0.99, seed=6, steps=400,
            about="Takes the noise of one film out of it; it learnt from that film alone, of no clean picture.",
            limits="It is for that film, or for others from the same camera in the same light.",
        ),
        Recipe(
            "features", "features", "features", {"width": 48}, scale=1, batch=32, side=64, seed=4, steps=6_000,
            about="Sees how different two pictures look; others are trained with it.",
            limits="It knows about a hundred and thirty files. Its distances are not those of LPIPS.",
        ),
        Recipe(
            "features-measure", "features-measure", "features", {"width": 48}, scale=1, batch=32, side=64, seed=5,
            steps=6_000,
            about="Sees how different two pictures look; nothing is trained with it, so that it can judge.",
            limits="It knows about eighty files. Its distances are not those of LPIPS.",
        ),
    )
}  # fmt: skip


def find_recipe(name: str) -> Recipe:
    """Give the recipe of a name.

    Raises:
        ModelError: there is none; the sentence names those there are.
    """
    if name not in RECIPES:
        raise ModelError(f"There is no recipe {name!r}. There are: {', '.join(RECIPES)}.")
    return RECIPES[name]
