"""What can be learnt: per task, how a batch is made, what is asked of the result, and how it is judged."""

from vgan_studio.gan.recipes import Recipe

from . import clip, deblur, denoise, features, interpolate, stylize, translate, upscale
from .task import Batch, Task

__all__ = ["TASKS", "Batch", "Task", "lesson"]

TASKS: dict[str, Task] = {
    "upscale": upscale.TASK,
    "denoise": denoise.TASK,
    "clip": clip.TASK,
    "deblur": deblur.DEBLUR,
    "deblock": deblur.DEBLOCK,
    "interpolate": interpolate.TASK,
    "stylize": stylize.TASK,
    "translate-cartoon": translate.CARTOON,
    "translate-outdoors": translate.OUTDOORS,
    "features": features.TASK,
    "features-measure": features.MEASURE,
}


def lesson(recipe: Recipe) -> Task:
    """Give what a recipe is taught by."""
    return TASKS[recipe.lesson or recipe.task]
