"""Golden pictures: what every effect makes of one small picture, to be seen by eye when it changes."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor

import vgan_studio.effects.families  # noqa: F401  (the registry is filled)
from vgan_studio.effects.spec import REGISTRY
from vgan_studio.picture import to_pixels

GOLDEN = Path(__file__).parent / "golden"
# Parameters that show something, where the defaults do not.
SHOWN: dict[str, dict[str, Any]] = {
    "color.contrast": {"contrast": 1.6, "pivot": 0.4},
    "color.curves": {"master": (0.0, 0.0, 0.3, 0.2, 0.7, 0.85, 1.0, 1.0), "blue": (0.0, 0.1, 1.0, 0.8)},
    "color.exposure": {"stops": -1.5},
    "color.hue": {"angle": 120.0},
    "color.lift_gamma_gain": {"lift": (0.1, 0.0, 0.0), "gamma": (1.0, 1.5, 1.0), "gain": (1.0, 1.0, 0.7)},
    "color.lut": {"file": str(GOLDEN / "teal.cube")},
    "color.saturation": {"saturation": 0.3},
    "color.white_balance": {"temperature": 0.7, "tint": -0.3},
    "core.color": {"color": (1.0, 0.5, 0.0, 0.5)},
    "core.fit": {"width": 50, "height": 50, "mode": "fill"},
    "core.title": {"text": "Ag", "font_size": 0.6, "outline": 0.03, "color": (1.0, 0.8, 0.2, 1.0)},
    "core.wipe": {"angle": 30.0, "softness": 0.2},
    "filter.blur": {"radius": 0.08},
    "filter.grain": {"diameter": 0.03},
    "filter.sharpen": {"amount": 2.0, "radius": 0.05},
    "geometry.crop": {"left": 0.2, "bottom": 0.3, "feather": 0.05},
    "geometry.flip": {"horizontal": True},
    "geometry.opacity": {"opacity": 0.5},
    "geometry.transform": {"rotation": 20.0, "scale": 0.7, "position": (0.1, 0.0)},
}


def scene() -> Tensor:
    """Make a picture of (48, 64): colours, a green disc, fine stripes, and a fade to nothing on the right."""
    down, across = torch.meshgrid(torch.linspace(0, 1, 48), torch.linspace(0, 4 / 3, 64), indexing="ij")
    disc = (20 * (0.3 - ((down - 0.45) ** 2 + (across - 0.5) ** 2).sqrt())).clamp(0, 1)
    stripes = 0.5 + 0.5 * torch.sin(across * 60) * (down > 0.8)
    ground = torch.stack([across * 0.7, down, 1 - across * 0.6]) * (0.5 + 0.5 * stripes)
    colour = torch.lerp(ground, torch.tensor([0.05, 0.75, 0.25])[:, None, None].expand(3, 48, 64), disc)
    alpha = ((4 / 3 - across) * 4).clamp(0, 1)
    return torch.cat([colour.clamp(0, 1) * alpha, alpha[None]])[None]


@pytest.mark.parametrize("id", sorted(id for id, effect in REGISTRY.items() if not effect.heavy))
def test_an_effect_makes_its_golden_picture(id, request):
    effect, x = REGISTRY[id], scene()
    before, after = effect.window
    more: dict[str, Any] = {"time": Fraction(5, 24)} if effect.clock else {}
    inputs = {"generator": [], "filter": [x * 0.95] * before + [x] + [x.flip(2)] * after, "transition": [x, x.flip(3)]}[
        effect.kind
    ]
    more |= {"generator": {"height": 48, "width": 64}, "filter": {}, "transition": {"progress": 0.35}}[effect.kind]
    pixels = to_pixels(effect.render(*inputs, **effect.complete(SHOWN.get(id, {})), **more), alpha=True)[0].numpy()
    file = GOLDEN / f"{id}.png"
    if request.config.getoption("--update-golden"):
        Image.fromarray(pixels).save(file, optimize=True)
    golden = np.asarray(Image.open(file))
    visible = np.abs(premultiplied(pixels) - premultiplied(golden))
    assert pixels.shape == golden.shape
    assert visible.max() <= 1.01


def premultiplied(pixels: np.ndarray) -> np.ndarray:
    """Give levels of 255; straight colour means little where alpha is small."""
    colour, alpha = pixels[..., :3].astype(float), pixels[..., 3:].astype(float)
    return np.concatenate([colour * alpha / 255, alpha], -1)
