"""What can be learnt: per task, how a batch is made, what is asked of the result, and how it is judged."""

from . import denoise, features, upscale
from .task import Batch, Task

__all__ = ["TASKS", "Batch", "Task"]

TASKS: dict[str, Task] = {
    "upscale": upscale.TASK,
    "upscale-crisp": upscale.TASK,
    "denoise": denoise.TASK,
    "features": features.TASK,
    "features-measure": features.MEASURE,
}
