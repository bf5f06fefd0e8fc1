"""Every shipped model is worth its floor on pictures that are made here, and one whose weights are damaged is not."""

import copy
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from vgan_studio.gan import blur
from vgan_studio.gan.coded import coded
from vgan_studio.gan.data import Source
from vgan_studio.gan.drawn import drawn
from vgan_studio.gan.measure_style import distance, seen_style
from vgan_studio.gan.metrics import psnr
from vgan_studio.gan.networks.interpolate import motions, synthesise
from vgan_studio.gan.networks.translate import seen as shown
from vgan_studio.gan.ordering import ordering
from vgan_studio.gan.painter import code_of, stylist
from vgan_studio.gan.weights import Model, read_model

from .pictures import painting

MODELS = Path(__file__).parents[1] / "models"


pytestmark = pytest.mark.usefixtures("one_thread")


def pixels(height: int = 128, width: int = 192, seed: int = 0, shift: int = 0) -> blur.Pixels:
    """Draw boxes, discs and letters of many sizes on a ramp; `shift` moves the camera to the right."""
    rng = np.random.default_rng(seed)
    ramp = np.linspace(60, 190, 2 * width, dtype=np.float32)[None, :, None]
    wide = np.tile(ramp, (height, 1, 3)).astype(np.uint8)
    for place in range(90):
        x, y, side = int(rng.integers(2 * width)), int(rng.integers(height)), int(rng.integers(2, 22))
        colour = (int(rng.integers(30, 226)) + rng.integers(-30, 31, 3)).clip(0, 255).tolist()
        if place % 3 == 0:
            wide[y : y + side, x : x + side] = colour
        elif place % 3 == 1:
            cv2.circle(wide, (x, y), side // 2 + 1, colour, -1, cv2.LINE_AA)
        else:
            cv2.putText(wide, "Rg", (x, y), cv2.FONT_HERSHEY_SIMPLEX, 0.3 + side / 40, colour, 1, cv2.LINE_AA)
    return np.asarray(cv2.GaussianBlur(wide, (0, 0), 0.6), np.uint8)[:, shift : shift + width].copy()


def tensor(picture: blur.Pixels) -> Tensor:
    return torch.from_numpy(picture.copy()).permute(2, 0, 1)[None].float() / 255


def gain(y: Tensor, start: Tensor, truth: Tensor) -> float:
    """Say by how many dB a result is nearer to the truth than what it started from."""
    return float(psnr(y.clamp(0, 1), truth) - psnr(start, truth))


def enlarging(model: Model) -> float:
    """Over bicubic enlargement, in dB."""
    truth, scale = tensor(pixels()), model.card.scale
    small = F.interpolate(truth, scale_factor=1 / scale, mode="bicubic", antialias=True).clamp(0, 1)
    plain = F.interpolate(small, scale_factor=scale, mode="bicubic").clamp(0, 1)
    return gain(model.network(small), plain, truth)


def denoising(model: Model) -> float:
    """Over a noisy frame of a still film, in dB."""
    truth = tensor(pixels())
    chance = torch.Generator().manual_seed(0)
    noisy = [(truth + 25 / 255 * torch.randn(truth.shape, generator=chance)).clamp(0, 1) for _ in range(3)]
    return gain(model.network(torch.cat([*noisy, torch.zeros_like(truth[:, :1])], 1)), noisy[0], truth)


def deblurring(model: Model) -> float:
    """Over a picture out of focus by two pixels, in dB; nothing moves."""
    sharp = pixels()
    soft = tensor(np.asarray(cv2.filter2D(sharp, -1, blur.disc(2.0)), np.uint8))
    seen = torch.cat([soft, soft, soft, torch.zeros_like(soft)], 1)
    return gain(model.network(seen), soft, tensor(sharp))


def decoding(model: Model) -> float:
    """Over a frame of a film that H.264 has spoilt, in dB; it stands still, so its neighbours need no carrying."""
    sharp = pixels()
    before, now, after = map(tensor, coded([sharp] * 9, 35)[4:7])
    return gain(model.network(torch.cat([now, before, after], 1)), now, tensor(sharp))


def interpolating(model: Model) -> float:
    """Over a fade, in dB, where the camera pans."""
    a, truth, b = (tensor(pixels(shift=shift)) for shift in (0, 4, 8))
    y = synthesise(model.network, a, b, motions(a, b), torch.tensor(0.5))
    return gain(y, torch.lerp(a, b, 0.5), truth)


def translating(model: Model) -> float:
    """Over the drawing that it is given, in dB."""
    truth = tensor(pixels())
    drawing = drawn(truth, model.card.config["condition"])
    y = model.network(shown(drawing, drawing, drawing, torch.zeros_like(truth[:, :1])))
    return gain(y, drawing, truth)


def styling(model: Model) -> float:
    """How much nearer a picture comes to the style that it is given, of a distance from 0 to 2."""
    eyes, network, x = read_model(MODELS / "features-measure.safetensors").network, stylist(model), tensor(pixels())
    given = tensor(painting(1, 192, 700))
    wanted, code = seen_style(eyes, given), code_of(network, [given[0]])
    return distance(eyes, x, wanted) - distance(eyes, network.paint(x, code[None]), wanted)


def judging(model: Model) -> float:
    """In how many of eight kinds of pairs it finds the better picture, shares added up."""
    made = [Source(f"{seed}.png", (pixels(160, 160, seed),)) for seed in range(4)]
    return sum(ordering(model.network, made, count=3).values())


# What a model is worth at least, and the noise, as a share of each tensor's deviation, that takes it below that.
FLOORS: dict[str, tuple[Callable[[Model], float], float, float]] = {
    "deblock": (decoding, 0.1, 0.5),
    "deblur": (deblurring, 0.4, 0.5),
    "deblur-crisp": (deblurring, 0.4, 0.5),
    "denoise": (denoising, 13.0, 0.2),
    "features": (judging, 7.5, 1.0),
    "features-measure": (judging, 7.5, 1.0),
    "interpolate": (interpolating, 18.0, 1.0),
    "stylize": (styling, 0.2, 1.0),
    "translate-cartoon": (translating, 3.5, 0.5),
    "translate-outdoors": (translating, 0.0, 0.5),
    "upscale-x2": (enlarging, 3.2, 0.5),
    "upscale-x2-crisp": (enlarging, 2.0, 0.5),
    "upscale-x2-fine": (enlarging, 3.6, 0.5),
    "upscale-x2-fine-crisp": (enlarging, 2.7, 0.5),
    "upscale-x4": (enlarging, 0.9, 0.5),
    "upscale-x4-crisp": (enlarging, 0.6, 0.5),
    "upscale-x4-fine": (enlarging, 0.9, 0.5),
    "upscale-x4-fine-crisp": (enlarging, 0.4, 0.5),
}


def damaged(model: Model, share: float, seed: int = 0) -> Model:
    """Give a model to whose weights noise was added."""
    network, chance = copy.deepcopy(model.network), torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for weight in network.parameters():
            if weight.dim() > 1:
                weight.add_(share * weight.std() * torch.randn(weight.shape, generator=chance))
    return Model(model.card, network)


def test_every_shipped_model_has_a_floor():
    assert {path.stem for path in MODELS.glob("*.safetensors")} == set(FLOORS)


@pytest.mark.parametrize("name", sorted(FLOORS))
@torch.inference_mode()
def test_a_shipped_model_is_worth_its_floor_and_with_damaged_weights_it_is_not(name):
    quality, floor, share = FLOORS[name]
    model = read_model(MODELS / f"{name}.safetensors")
    assert quality(model) > floor > quality(damaged(model, share))
