"""The value that says how a model is trained."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field


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
        widened: convolutions learn as a sum of several, see `widened`.
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
    widened: bool = False
    clean: bool = False
    seed: int = 1
    steps: int = 18_000
    about: str = ""
    limits: str = ""
