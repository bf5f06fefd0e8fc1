"""One frozen recipe per shipped model: with its data and a budget, it is the command that made it.

python -m vgan_studio.gan.train NAME --data DIR... -o DIR --steps N
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a model is trained.

    Attributes:
        name: of the model, and of its file.
        task, architecture, config: as in its card.
        base: the model whose weights it starts from; "" starts from random ones.
        scale: the target's size over the input's.
        side: of an input crop, in pixels.
        rate: the highest learning rate; it rises over the first `warmup` of the budget and falls as a cosine to 0.
        adversarial: length of the discriminator's gradient, as a share of the pixel loss's, at the generated picture.
        matching: weight of feature matching beside the relativistic loss.
        critic_rate: learning rate of the discriminator.
        memory: decay of the moving average that is shipped.
        seed: of weights and crops.
        steps: the budget if none is given.
        about, limits: for the card: what the model does, and where it fails.
    """

    name: str
    task: str
    architecture: str
    config: Mapping[str, int] = field(hash=False)
    base: str = ""
    scale: int = 2
    batch: int = 16
    side: int = 48
    rate: float = 1e-3
    warmup: float = 0.02
    adversarial: float = 0.0
    matching: float = 1.0
    critic_rate: float = 4e-4
    memory: float = 0.999
    seed: int = 1
    steps: int = 18_000
    about: str = ""
    limits: str = ""


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
            base="upscale-x2", rate=2e-4, adversarial=0.75, matching=30, memory=0.99, seed=2, batch=8, steps=1_500,
            about="Enlarges pictures twofold and makes up fine texture; a little less near to the truth.",
            limits="It may invent texture that was not there. " + _LIMITS,
        ),
    )
}  # fmt: skip
