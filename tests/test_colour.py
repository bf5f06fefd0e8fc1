"""Colour is said, never assumed: numbers in and numbers out, by the formulas of the recommendations."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from tests.films import BT601, BT709, BT2020, write_film
from vgan_studio.media.colour import Colour, colour_of
from vgan_studio.media.hdr import PEAK_NITS, WHITE_NITS, eetf, nits_to_pq, pq_to_nits, to_sdr, turn
from vgan_studio.media.raw import RawPicture
from vgan_studio.media.reader import VideoReader

WEIGHTS = {"bt601": (0.299, 0.114), "bt709": (0.2126, 0.0722), "bt2020": (0.2627, 0.0593)}  # red, blue
COLOURS = np.array(
    [[r, g, b] for r in (0, 64, 128, 200, 255) for g in (0, 64, 128, 200, 255) for b in (0, 64, 128, 200, 255)]
)
BOX = 8


def to_numbers(rgb: np.ndarray, matrix: str, full: bool, bits: int) -> np.ndarray:
    """Y'CbCr numbers (N, 3) of R'G'B' 0..1 (N, 3): ITU-R BT.601, 709 and 2020, and H.273 for full range."""
    red, blue = WEIGHTS[matrix]
    r, g, b = rgb.T
    y = red * r + (1 - red - blue) * g + blue * b
    chroma = [(b - y) / (2 * (1 - blue)), (r - y) / (2 * (1 - red))]
    step, top = 2 ** (bits - 8), 2**bits - 1
    if full:
        planes = [y * top, *(c * top + 128 * step for c in chroma)]
    else:
        planes = [(16 + 219 * y) * step, *((128 + 224 * c) * step for c in chroma)]
    return np.clip(np.rint(planes), 0, top).astype(int).T


def to_rgb(numbers: np.ndarray, matrix: str, full: bool, bits: int) -> np.ndarray:
    """R'G'B' 0..1 (N, 3) of Y'CbCr numbers (N, 3)."""
    red, blue = WEIGHTS[matrix]
    step, top = 2 ** (bits - 8), 2**bits - 1
    y, cb, cr = numbers.T.astype(float)
    if full:
        y, cb, cr = y / top, (cb - 128 * step) / top, (cr - 128 * step) / top
    else:
        y, cb, cr = (y / step - 16) / 219, (cb / step - 128) / 224, (cr / step - 128) / 224
    r, b = y + 2 * (1 - red) * cr, y + 2 * (1 - blue) * cb
    return np.clip(np.stack([r, (y - red * r - blue * b) / (1 - red - blue), b], 1), 0, 1)


def boxes(numbers: np.ndarray, pix_fmt: str) -> av.VideoFrame:
    """A picture of flat boxes in a row, one of each colour."""
    frame = av.VideoFrame(BOX * len(numbers), BOX, pix_fmt)
    kind = np.uint8 if frame.format.components[0].bits == 8 else np.uint16
    for plane, values in zip(frame.planes, numbers.T, strict=True):
        lines = np.zeros((plane.height, plane.line_size // np.dtype(kind).itemsize), kind)
        lines[:, : plane.width] = np.repeat(values, plane.width // len(numbers)).astype(kind)
        plane.update(lines.tobytes())
    return frame


def middles(pixels: np.ndarray) -> np.ndarray:
    return pixels[BOX // 2, BOX // 2 :: BOX, :3].astype(float)


@pytest.mark.parametrize("layout", ["yuv420p", "yuv422p", "yuv444p"])
@pytest.mark.parametrize("bits", [8, 10, 12])
@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("matrix", WEIGHTS)
def test_pixels_follow_the_formulas(matrix: str, full: bool, bits: int, layout: str) -> None:
    numbers = to_numbers(COLOURS / 255, matrix, full, bits)
    frame = boxes(numbers, layout if bits == 8 else f"{layout}{bits}le")
    pixels = RawPicture(frame, Colour(matrix, full_range=full), bits, False).pixels()  # type: ignore[arg-type]
    top = 255 if bits == 8 else 65535
    assert pixels.max() <= top and pixels.dtype == (np.uint8 if bits == 8 else np.uint16)
    error = np.abs(middles(pixels) / top - to_rgb(numbers, matrix, full, bits)).max()
    assert error <= (0.51 / 255 if bits == 8 else 0.1 / 255)


@pytest.mark.parametrize("matrix", WEIGHTS)
def test_fast_pixels_are_at_most_three_levels_off(matrix: str) -> None:
    numbers = to_numbers(COLOURS / 255, matrix, False, 8)
    pixels = RawPicture(boxes(numbers, "yuv420p"), Colour(matrix), 8, False).pixels(fast=True)  # type: ignore[arg-type]
    assert np.abs(middles(pixels) - to_rgb(numbers, matrix, False, 8) * 255).max() <= 3.5


@pytest.mark.parametrize("pix_fmt", ["rgb24", "bgr24", "gbrp", "rgba", "bgra"])
def test_rgb_comes_out_bit_for_bit(pix_fmt: str) -> None:
    random = np.random.default_rng(1).integers(0, 256, (48, 64, 4), dtype=np.uint8)
    frame = av.VideoFrame.from_ndarray(random, "rgba").reformat(format=pix_fmt)
    picture = RawPicture(frame, colour_of(frame), 8, "a" in pix_fmt)
    pixels = picture.pixels()
    assert np.array_equal(pixels, random if "a" in pix_fmt else random[..., :3])


def test_deep_rgb_comes_out_bit_for_bit() -> None:
    random = np.random.default_rng(1).integers(0, 65536, (48, 64, 3), dtype=np.uint16)
    for pix_fmt in ("rgb48le", "rgb48be"):
        frame = av.VideoFrame.from_ndarray(random, pix_fmt)
        assert np.array_equal(RawPicture(frame, colour_of(frame), 16, False).pixels(), random)


@pytest.mark.parametrize(
    ("height", "tag", "matrix"),
    [(240, 2, "bt601"), (720, 2, "bt709"), (240, BT709, "bt709"), (720, BT601, "bt601"), (240, BT2020, "bt2020")],
)
def test_tags_count_and_lines_are_counted_where_they_are_missing(height: int, tag: int, matrix: str) -> None:
    frame = av.VideoFrame(64, height, "yuv420p")
    frame.colorspace = tag
    assert colour_of(frame).matrix == matrix


@pytest.mark.parametrize("matrix", [BT601, BT709, BT2020])
@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("pix_fmt", ["yuv444p", "yuv444p10le"])
def test_a_film_with_tags_shows_the_colours_it_was_made_of(
    matrix: int, full: bool, pix_fmt: str, tmp_path: Path
) -> None:
    flat = np.array([[200, 30, 60], [20, 180, 90], [40, 70, 220], [128, 128, 128]], np.uint8)

    def draw(number: int, width: int, height: int) -> np.ndarray:
        return np.repeat(np.repeat(flat[None], height, 0), width // 4, 1)

    path = write_film(tmp_path / "f.mkv", 2, codec="ffv1", pix_fmt=pix_fmt, matrix=matrix, full_range=full, draw=draw)
    with VideoReader(path) as reader:
        picture = reader.at(Fraction(0))
    pixels = picture.pixels()
    assert picture.colour.full_range == full
    assert np.abs(pixels[24, 8::16, :3] / float(np.iinfo(pixels.dtype).max) * 255 - flat).max() <= 2  # three roundings


def test_pq_is_what_the_standard_says() -> None:
    assert pq_to_nits(0.5080784) == pytest.approx(100, rel=1e-4)  # SMPTE ST 2084
    assert pq_to_nits(1.0) == pytest.approx(10000)
    nits = np.geomspace(0.01, 10000, 50)
    assert pq_to_nits(nits_to_pq(nits)) == pytest.approx(nits)


def test_tone_mapping_keeps_the_dark_and_never_turns_down() -> None:
    nits = np.linspace(0, 2 * PEAK_NITS, 500)
    mapped = eetf(nits)
    assert np.all(np.diff(mapped) >= -1e-9)
    assert mapped[-1] == pytest.approx(WHITE_NITS)
    assert eetf(np.array([5.0]))[0] == pytest.approx(5.0)


@pytest.mark.parametrize("transfer", ["smpte2084", "arib-std-b67"])
@pytest.mark.parametrize("kind", [np.uint8, np.uint16])
def test_hdr_greys_stay_grey_and_in_order(transfer: str, kind: type) -> None:
    top = np.iinfo(kind).max
    ramp = np.repeat(np.linspace(0, top, 200).astype(kind)[None, :, None], 3, axis=2)
    pixels = to_sdr(ramp, Colour("bt2020", "bt2020", transfer)).astype(int)
    assert np.ptp(pixels, axis=2).max() <= max(1, top // 4096)
    assert np.all(np.diff(pixels[0, :, 1]) >= -1)
    assert pixels[0, 0, 1] == 0 and pixels[0, -1, 1] == top


def test_wide_gamut_keeps_greys_and_turns_colours() -> None:
    white = np.full((1, 1, 3), 65535, np.uint16)
    grey = np.full((1, 1, 3), 30000, np.uint16)
    red = np.array([[[40000, 20000, 20000]]], np.uint16)
    wide = Colour("bt2020", "bt2020", "bt2020-10")
    assert np.abs(to_sdr(white, wide).astype(int) - 65535).max() <= 16
    assert np.abs(to_sdr(grey, wide).astype(int) - 30000).max() <= 16
    turned = to_sdr(red, wide)[0, 0].astype(int)
    assert turned[0] > 42000 and turned[1] < 20000


def test_turning_primaries_there_and_back_is_nothing() -> None:
    assert turn("bt2020", "bt709") @ turn("bt709", "bt2020") == pytest.approx(np.eye(3), abs=1e-5)
    assert turn("bt2020", "bt709")[0] == pytest.approx([1.6605, -0.5876, -0.0728], abs=1e-3)  # ITU-R BT.2087
