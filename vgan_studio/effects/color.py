"""Effects that change colours and leave every pixel in its place.

What works on light takes the light of a BT.1886 display, the 2.4th power of the signal; the rest works on the
signal.  What is not linear works on straight colour.  Results are cut off to what a picture can hold.
"""

import math

import torch

from vgan_studio.effects.light import GAMMA, bounded, luma, mixed, smoothstep, straight
from vgan_studio.effects.sampling import axes
from vgan_studio.effects.spec import Color, Number, Numbers, effect
from vgan_studio.picture import Picture

# R'G'B' to luma and the two differences that hue and saturation turn and stretch (ITU-R BT.709).
_YCC = torch.tensor([[0.2126, 0.7152, 0.0722], [-0.2126, -0.7152, 0.9278], [0.7874, -0.7152, -0.0722]]).double()
_YCC = _YCC / torch.tensor([[1.0], [1.8556], [1.5748]]).double()


@effect("color.exposure", "Exposure", stops=Number(0.0, -8.0, 8.0, "stops"))
def exposure(x: Picture, *, stops: float) -> Picture:
    """Multiply the light by 2 to the power of `stops`."""
    if stops == 0:
        return x
    return bounded(x[:, :3] * 2 ** (stops / GAMMA), x[:, 3:])


@effect(
    "color.white_balance",
    "White balance",
    temperature=Number(0.0, -1.0, 1.0),
    tint=Number(0.0, -1.0, 1.0),
)
def white_balance(x: Picture, *, temperature: float, tint: float) -> Picture:
    """Multiply the light of each channel, so that grey keeps its luma.

    Args:
        x: (B, 4, H, W).
        temperature: towards orange; 1 is a stop of light more red than green and one less blue.
        tint: towards magenta; 1 is a stop less green.
    """
    if temperature == 0 and tint == 0:
        return x
    gains = 2 ** (torch.tensor([temperature, -tint, -temperature]).double() / GAMMA)
    gains = gains / (gains * _YCC[0]).sum()
    return bounded(x[:, :3] * gains.to(x)[None, :, None, None], x[:, 3:])


@effect("color.contrast", "Contrast", contrast=Number(1.0, 0.0, 4.0), pivot=Number(0.5, 0.0, 1.0))
def contrast(x: Picture, *, contrast: float, pivot: float) -> Picture:
    """Stretch the signal about `pivot`, which stays where it is."""
    if contrast == 1:
        return x
    return bounded(x[:, :3] * contrast + x[:, 3:] * (pivot * (1 - contrast)), x[:, 3:])


@effect("color.saturation", "Saturation", saturation=Number(1.0, 0.0, 4.0))
def saturation(x: Picture, *, saturation: float) -> Picture:
    """Stretch the distance of the signal from its luma; 0 is grey."""
    if saturation == 1:
        return x
    colour = x[:, :3]
    return bounded(torch.lerp(luma(colour), colour, saturation), x[:, 3:])


@effect("color.hue", "Hue", angle=Number(0.0, -360.0, 360.0, "degrees"))
def hue(x: Picture, *, angle: float) -> Picture:
    """Turn the two colour differences of the signal; luma stays."""
    if angle % 360 == 0:
        return x
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    turn = torch.tensor([[1.0, 0.0, 0.0], [0.0, cos, -sin], [0.0, sin, cos]]).double()
    return bounded(mixed(x[:, :3], torch.linalg.inv(_YCC) @ turn @ _YCC), x[:, 3:])


@effect(
    "color.lift_gamma_gain",
    "Lift, gamma, gain",
    lift=Numbers((0.0, 0.0, 0.0), -1.0, 1.0),
    gamma=Numbers((1.0, 1.0, 1.0), 0.1, 10.0),
    gain=Numbers((1.0, 1.0, 1.0), 0.0, 4.0),
)
def lift_gamma_gain(
    x: Picture, *, lift: tuple[float, ...], gamma: tuple[float, ...], gain: tuple[float, ...]
) -> Picture:
    """Set shadows, middle and highlights of red, green and blue, on the straight signal.

    v becomes (gain * (v + lift * (1 - v))) ** (1 / gamma).
    """
    if not any(lift) and {*gamma, *gain} == {1.0}:
        return x
    low, power, high = (x.new_tensor(values)[None, :, None, None] for values in (lift, gamma, gain))
    colour = (straight(x) * (1 - low) + low) * high
    return bounded(colour.clamp(0, 1) ** (1 / power) * x[:, 3:], x[:, 3:])


@effect(
    "color.chroma_key",
    "Chroma key",
    key=Color((0.0, 0.7, 0.2, 1.0)),
    tolerance=Number(0.4, 0.0, 1.0),
    softness=Number(0.4, 0.0, 1.0),
    spill=Number(1.0, 0.0, 1.0),
    strength=Number(1.0, 0.0, 1.0),
)
def chroma_key(
    x: Picture, *, key: tuple[float, ...], tolerance: float, softness: float, spill: float, strength: float
) -> Picture:
    """Make the key's colour transparent, and take its shine off the rest; on the straight signal.

    The likeness to the key is how far the colour differences reach in its direction, less how far they reach
    across it: 1 for the key, 0 for grey and for every hue more than 45 degrees away.  A grey key keys nothing.

    Args:
        x: (B, 4, H, W).
        key: the colour of the screen; its alpha does not matter.
        tolerance: likeness of 1 - tolerance and more is gone.
        softness: likeness of 1 - tolerance - softness and less stays whole.
        spill: share of the key's colour that is taken off what stays; luma is kept.
        strength: 0 is the input.
    """
    tone = _YCC[1:] @ torch.tensor(key[:3]).double()  # of the key, (2,)
    length = float(tone.norm())
    if strength == 0 or length < 1e-3:
        return x
    along, across = (tone / length) @ _YCC[1:], torch.stack([-tone[1], tone[0]]) / length @ _YCC[1:]
    colour = straight(x)
    reach = _projected(colour, along)
    excess = (reach - _projected(colour, across).abs()).clamp(min=0)
    high = 1 - tolerance
    kept = 1 - strength * smoothstep(high - softness, high, excess / length)
    shine = torch.linalg.inv(_YCC)[:, 1:] @ (tone / length)  # R'G'B' of one unit towards the key, without luma
    colour = colour - shine.to(x)[None, :, None, None] * (excess * (spill * strength))
    alpha = x[:, 3:] * kept
    return bounded(colour * alpha, alpha)


@effect(
    "color.vignette",
    "Vignette",
    amount=Number(0.5, 0.0, 1.0),
    start=Number(0.4, 0.0, 1.0, "of the way"),
    softness=Number(0.8, 0.0, 2.0, "of the way"),
)
def vignette(x: Picture, *, amount: float, start: float, softness: float) -> Picture:
    """Darken the signal towards the corners, from `start` to `start + softness` of the way from the middle to them."""
    if amount == 0:
        return x
    down, across = axes(x)
    corner = math.hypot(1.0, x.shape[-1] / x.shape[-2]) / 2
    distance = torch.sqrt(down**2 + across**2) / corner  # (H, W), 1 at the corners
    light = 1 - amount * smoothstep(start, start + softness, distance)
    return torch.cat([x[:, :3] * light, x[:, 3:]], 1)


def _projected(colour: torch.Tensor, row: torch.Tensor) -> torch.Tensor:
    red, green, blue = (float(weight) for weight in row)
    return red * colour[:, :1] + green * colour[:, 1:2] + blue * colour[:, 2:3]
