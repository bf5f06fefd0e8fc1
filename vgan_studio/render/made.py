"""A picture on its way through a request: bytes, floats, or both, each made when it is first asked for.

What a network made is rounded to bytes, and bytes go to the encoder: where nothing live follows no float is made.
"""

from collections.abc import Callable, Sequence
from typing import Any, Literal

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from vgan_studio.media.raw import Pixels
from vgan_studio.picture import Picture, fill, from_levels, from_pixels, levels, to_pixels

Levels = NDArray[np.uint8]
Depth = Literal[8, 16]
Spread = Callable[[Callable[[Any], Any], Sequence[Any]], list[Any]]


class Made:
    """One picture.  Any thread may ask it: what two make at once is the same.

    Args:
        device: where floats are wanted.
        pixels: of a file, (H, W, 3 or 4), alpha straight.
        levels: see `picture.levels`, (H, W, 3 or 4).
        picture: (1, 4, H, W).
    """

    __slots__ = ("_device", "_levels", "_picture", "_pixels")

    def __init__(
        self,
        device: torch.device,
        *,
        pixels: Pixels | None = None,
        levels: Levels | None = None,
        picture: Picture | None = None,
    ) -> None:
        self._device, self._pixels, self._levels, self._picture = device, pixels, levels, picture

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """Give the shape of the floats."""
        if self._picture is not None:
            height, width = self._picture.shape[2:]
        else:
            known = self._pixels if self._levels is None else self._levels
            assert known is not None
            height, width = known.shape[:2]
        return (1, 4, height, width)

    @property
    def picture(self) -> Picture:
        """Give the floats, on the device; do not write into them."""
        if self._picture is None:
            known = self._pixels if self._levels is None else self._levels
            assert known is not None
            here = torch.from_numpy(known)[None].to(self._device)
            self._picture = from_pixels(here) if self._levels is None else from_levels(here)
        return self._picture

    @property
    def opaque_pixels(self) -> Pixels | None:
        """Give the pixels of a file of which no floats are made yet, where there is no alpha."""
        return (
            self._pixels if self._picture is None and self._pixels is not None and self._pixels.shape[2] == 3 else None
        )

    def float_into(self, room: Picture) -> None:
        """Make the floats of `opaque_pixels` in a place of their own."""
        assert self._pixels is not None
        fill(room, torch.from_numpy(self._pixels)[None].to(self._device))
        self._picture = room

    def pixels(self, *, depth: Depth, alpha: bool) -> Pixels:
        """Give the pixels as `picture.to_pixels` does: (H, W, 3 or 4)."""
        if self._levels is None or depth != 8 or (alpha and self._levels.shape[2] == 4):
            return np.asarray(to_pixels(self.picture, depth=depth, alpha=alpha)[0].cpu())
        if alpha == (self._levels.shape[2] == 4):
            return self._levels
        how = cv2.COLOR_RGB2RGBA if alpha else cv2.COLOR_RGBA2RGB
        turned: Levels = cv2.cvtColor(self._levels, how).astype(np.uint8, copy=False)
        return turned


def floated(ones: Sequence[Made], device: torch.device, spread: Spread) -> None:
    """Make the floats of several pictures side by side; opaque ones of one size lie in a row, so that a batch of them
    is a view of it.
    """
    bare = [one for one in ones if one.opaque_pixels is not None]
    if len({one.shape for one in bare}) == 1 and len(bare) > 1:
        _, channels, height, width = bare[0].shape
        size = len(bare), channels, height, width
        room = torch.empty(size, device=device, memory_format=torch.channels_last)
        spread(lambda two: two[0].float_into(two[1]), list(zip(bare, torch.split(room, 1), strict=True)))
    spread(lambda one: one.picture, list(ones))


def joined(pictures: Sequence[Picture]) -> Picture:
    """Give pictures as one batch: a view where they lie in a row."""
    first = pictures[0]
    if len(pictures) == 1:
        return first
    step, start, place = first.numel(), first.storage_offset(), first.untyped_storage().data_ptr()
    in_a_row = all(
        (one.untyped_storage().data_ptr(), one.storage_offset(), one.shape, one.stride())
        == (place, start + number * step, first.shape, first.stride())
        for number, one in enumerate(pictures)
    )
    if not in_a_row or first.stride(0) != step:
        return torch.cat(list(pictures))
    return first.as_strided((len(pictures), *first.shape[1:]), first.stride(), start)


def planes(levels: Levels) -> Levels:
    """Give levels as the cache has them: (H, W, C) to (C, H, W)."""
    return np.stack(cv2.split(levels)).astype(np.uint8, copy=False)


def of_planes(planes: Levels) -> Levels:
    """Give levels as the cache had them: (C, H, W) to (H, W, C)."""
    merged: Levels = cv2.merge([*planes]).astype(np.uint8, copy=False)
    return merged


def rounded(picture: Picture) -> Levels:
    """Round what a network made, (1, 3 or 4, H, W), to levels."""
    found: Levels = levels(picture)[0].cpu().numpy()
    return found
