"""How much of a network's own speed is left in an export, and how long the window's thread is held up meanwhile.

Not a test:  python -m tests.live_speed FILM [FRAMES] [EFFECT ...]

Both are given in wall time and in CPU time of the process: on a machine that is busy with other work, the CPU time
that a frame takes tells more.
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

import torch

from vgan_studio.effects.spec import Weights, find
from vgan_studio.engine.run import Engine
from vgan_studio.render.evaluate import Renderer
from vgan_studio.render.export import export
from vgan_studio.render.plan import heavy_nodes, plan
from vgan_studio.service import gestures
from vgan_studio.service.document import empty_film
from vgan_studio.service.importing import look
from vgan_studio.timeline.edit import extract_range
from vgan_studio.timeline.effects import add_effect
from vgan_studio.timeline.values import EffectCall


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


class Watched(Engine):
    """An engine that keeps what a network was given, to run it again by itself."""

    def run(self, model, x):
        self.given = model, x
        return super().run(model, x)


def main() -> None:
    film, frames = Path(sys.argv[1]).absolute(), int(sys.argv[2]) if len(sys.argv) > 2 else 16
    media = look(film).media
    cut = gestures.place(gestures.add_all(empty_film(), [media]), [media], 0, 0)
    cut = extract_range(cut, 0, frames, cut.duration)
    for effect in sys.argv[3:] or ["gan.upscale", "gan.denoise"]:
        assert any(isinstance(param, Weights) for param in find(effect).params.values())
        measure(effect, add_effect(cut, cut.tracks[0].clips[0].id, EffectCall(effect)), frames)


def measure(effect: str, film, frames: int) -> None:
    engine = Watched("auto")
    renderer = Renderer(engine)
    node = plan(film, 0)
    assert heavy_nodes(node)
    renderer.render([node])  # warm
    model, x = engine.given
    at_once = 2 if engine.device.type == "cpu" else 8
    batch = x[:1].repeat(at_once, 1, 1, 1)
    walls, cpus = {"bare": 0.0, "export": 0.0}, {"bare": 0.0, "export": 0.0}
    with tempfile.TemporaryDirectory() as folder, torch.inference_mode():
        began, used = time.perf_counter(), cpu()
        for _ in range(frames // at_once):
            Engine.run(engine, model, batch)
        walls["bare"], cpus["bare"] = time.perf_counter() - began, cpu() - used
        began, used = time.perf_counter(), cpu()
        for _ in export(film, Path(folder) / "out.mp4", engine, None, range=(0, frames)):
            pass
        walls["export"], cpus["export"] = time.perf_counter() - began, cpu() - used
    fps = {name: frames / seconds for name, seconds in walls.items()}
    each = {name: 1000 * seconds / frames for name, seconds in cpus.items()}
    print(
        f"{effect}: {engine.describe()}, {tuple(x.shape)}; bare {fps['bare']:.2f} fps, export {fps['export']:.2f} fps,"
        f" ratio {fps['export'] / fps['bare']:.2f}; CPU a frame {each['bare']:.0f} and {each['export']:.0f} ms,"
        f" ratio {each['bare'] / each['export']:.2f}",
        flush=True,
    )
    renderer.close()
    engine.close()


if __name__ == "__main__":
    main()
