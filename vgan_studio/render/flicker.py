"""How much a film flickers: what is left between neighbouring pictures when their motion is taken away.

The warped difference of Lai et al. 2018, arXiv:1808.00449, eq. 4, with the motion of the sources for both, so that
the number of the result can be laid beside that of the source: noise and shutter are in both, what a network makes
anew in every frame is in one.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import torch

from vgan_studio.gan.flow import confidence, cut_between, flow, warp
from vgan_studio.picture import Picture
from vgan_studio.timeline.values import Timeline

from .evaluate import Renderer
from .plan import plan

_LINES = 360  # of the pictures that are compared
_TOP = 255.0


@dataclass(frozen=True, slots=True)
class Step:
    """From one frame to the next.

    Attributes:
        frame: the later one.
        source, result: mean difference after motion, in levels of 255; None at a cut.
    """

    frame: int
    source: float | None
    result: float | None

    @property
    def excess(self) -> float:
        """How much more the result flickers than its source; 0 at a cut."""
        return 0.0 if self.source is None or self.result is None else self.result - self.source


@dataclass(frozen=True, slots=True)
class Flicker:
    """What was measured so far.

    Attributes:
        done, total: frames.
        steps: in order.
    """

    done: int
    total: int
    steps: tuple[Step, ...]

    @property
    def source(self) -> float:
        """Mean of the sources, in levels."""
        return _mean([one.source for one in self.steps])

    @property
    def result(self) -> float:
        """Mean of the results, in levels."""
        return _mean([one.result for one in self.steps])

    def worst(self, count: int = 8) -> tuple[Step, ...]:
        """Give the steps that flicker most beyond their source, the worst first."""
        over = [one for one in self.steps if one.excess > 0]
        return tuple(sorted(over, key=lambda one: -one.excess)[:count])


def flickering(renderer: Renderer, film: Timeline, source: Timeline, frames: Sequence[int]) -> Generator[Flicker]:
    """Measure frames in a row.

    Args:
        film: with its effects.
        source: the same film without those whose flicker is measured.

    Raises:
        VganError: a frame cannot be computed.
    """
    height = min(_LINES, film.height)
    width = max(2, round(film.width * height / film.height))
    steps: list[Step] = []
    last: tuple[Picture, Picture] | None = None
    for done, frame in enumerate(frames, 1):
        nodes = [plan(one, frame, width, height) for one in (film, source)]
        made, plain = (picture[:, :3].float().clone() for picture in renderer.render(nodes))
        if last is not None:
            steps.append(_step(frame, (made, plain), last))
        last = made, plain
        yield Flicker(done, len(frames), tuple(steps))


def _step(frame: int, now: tuple[Picture, Picture], last: tuple[Picture, Picture]) -> Step:
    (made, plain), (made_before, plain_before) = now, last
    if bool(cut_between(plain, plain_before).any()):
        return Step(frame, None, None)
    motion = flow(plain, plain_before)
    carried = warp(plain_before, motion)
    sure = confidence(plain, carried)  # (1, 1, H, W)
    weight = float(sure.sum()) * 3
    if weight < 1:
        return Step(frame, None, None)
    apart = [
        float(((a - b).abs() * sure).sum()) / weight * _TOP
        for a, b in ((plain, carried), (made, warp(made_before, motion)))
    ]
    return Step(frame, *apart)


def _mean(values: Sequence[float | None]) -> float:
    known = [value for value in values if value is not None]
    return float(torch.tensor(known).mean()) if known else 0.0
