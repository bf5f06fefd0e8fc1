"""Expressions to pictures.

Every distinct part is computed once a request; equal calls share a batch; what a network makes is rounded to 8 bits
before anyone sees it, so a picture out of the cache is the computed one, bit for bit.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

import torch

from vgan_studio.effects.spec import Effect, Weights
from vgan_studio.engine.faults import device_faults
from vgan_studio.engine.run import Engine
from vgan_studio.engine.stabilise import stabilise
from vgan_studio.engine.turns import Cancelled
from vgan_studio.errors import EffectFault, ModelError, VganError
from vgan_studio.media.raw import Pixels, RawPicture
from vgan_studio.picture import Picture

from .cache import Cache
from .counters import Counters
from .decode import Decoder
from .key import keys
from .made import Depth, Levels, Made, floated, joined, of_planes, planes, rounded
from .node import FINISH, STABLE, Asset, Call, Decode, Node, effect_of, heavy, inputs, kept, needed
from .shelf import Shelf

_BATCH = 16


class Renderer:
    """Evaluates expressions; owned by one thread.

    Args:
        engine: asked by heavy effects; pictures are made on its device.
        cache: of what networks made; None keeps it in memory alone.
        decoder: where decoded pictures come from; it then belongs to this thread, too.
        memory_bytes: for the pictures that networks made last.
    """

    def __init__(
        self,
        engine: Engine,
        cache: Cache | None = None,
        *,
        decoder: Decoder | None = None,
        memory_bytes: int = 256 << 20,
    ) -> None:
        self._engine, self._cache = engine, cache
        self._decoder = decoder or Decoder(memory_bytes=memory_bytes)
        self._made: Shelf[Levels] = Shelf(memory_bytes)
        self._tags: dict[Asset, str] = {}
        self._inferred = self._hits = self._misses = 0
        self.speeds: dict[str, float] = {}  # the last seconds per megapixel of input, by heavy effect

    @property
    def counters(self) -> Counters:
        """What was done since the beginning."""
        damaged = self._cache.damaged if self._cache else 0
        return Counters(self._decoder.decoded, self._inferred, self._hits, self._misses, damaged)

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences about the files that were read, each once."""
        return tuple(self._decoder.notices)

    @property
    def spoilt(self) -> dict[str, None]:
        """Names of files that gave a mended picture, or another one; to be cleared by who asks."""
        return self._decoder.spoilt

    def raw(self, node: Decode) -> RawPicture:
        """Give the decoder's own picture, unconverted."""
        return self._decoder.picture(node)

    def keys(self, *nodes: Node) -> dict[int, str]:
        """Give the keys of nodes and of their parts, by `id`, as this engine computes them; any thread may ask."""
        return keys(nodes, self._precision)

    def render(self, nodes: Sequence[Node], decoded: Mapping[Decode, Pixels] | None = None) -> list[Picture]:
        """Compute pictures.

        Args:
            decoded: pictures that somebody has decoded already.

        Returns:
            One (1, 4, H, W) for each node, on the engine's device; do not write into them.

        Raises:
            VganError: a picture cannot be computed; none is given in its place.
        """
        with torch.inference_mode():
            return [one.picture for one in _Request(self, nodes, decoded or {}).made()]

    def pixels(
        self, nodes: Sequence[Node], decoded: Mapping[Decode, Pixels] | None = None, *, depth: Depth, alpha: bool
    ) -> list[Pixels]:
        """Compute pictures as `render` does, and give their pixels as `picture.to_pixels` does: (H, W, 3 or 4)."""
        with torch.inference_mode():
            made = _Request(self, nodes, decoded or {}).made()
            return self._engine.spread(partial(Made.pixels, depth=depth, alpha=alpha), made)

    def missing(self, node: Node) -> tuple[Call, ...]:
        """Give the heavy parts of an expression whose results are not at hand: those a network would be asked for."""
        found, known, path = [], self.keys(node), [node]
        seen: set[str] = set()
        while path:
            part = path.pop()
            key = known[id(part)]
            here = key in self._made or (self._cache is not None and self._cache.has(key))
            if key in seen or (kept(part) and here):
                continue
            seen.add(key)
            if isinstance(part, Call) and heavy(part):
                found.append(part)
            path.extend(inputs(part))
        return tuple(found)

    def unkept(self, node: Node) -> tuple[Call, ...]:
        """Give the topmost parts that the cache keeps but does not have: computing them makes an expression ready."""
        found, known, path = [], self.keys(node), [node]
        seen: set[str] = set()
        while path:
            part = path.pop()
            key = known[id(part)]
            if key in seen:
                continue
            seen.add(key)
            if not kept(part):
                path.extend(inputs(part))
            elif isinstance(part, Call) and not (self._cache is not None and self._cache.has(key)):
                found.append(part)
        return tuple(found)

    def forget(self) -> None:
        """Forget what networks made; the cache has its own."""
        self._made.clear()

    def close(self) -> None:
        """Close the files; the cache stays open."""
        self._decoder.close()
        self._made.clear()

    def _precision(self, call: Call) -> str:
        """Name how the engine computes a heavy call, and check that its models are still those of the plan."""
        effect = effect_of(call)
        wanted = [value for name, value in call.params if isinstance(effect.params.get(name), Weights)]
        return " ".join(self._tag(asset) for asset in wanted if isinstance(asset, Asset) and asset.digest)

    def _tag(self, asset: Asset) -> str:
        if asset not in self._tags:
            model = self._engine.model(asset.name)
            if model.card.digest != asset.digest:
                raise ModelError(f"The model {asset.name} was changed while it was in use; try again.")
            self._tags[asset] = self._engine.precision_tag(model)
        return self._tags[asset]

    def _pixels(self, node: Decode) -> Pixels:
        return self._decoder.pixels(node)

    def _known(self, key: str) -> Levels | None:
        """Look up what a network made."""
        levels = self._made.get(key)
        if levels is None and self._cache is not None:
            found = self._cache.get(key)
            if found is not None:
                levels = of_planes(found)
                self._made.put(key, levels, levels.nbytes)
        self._hits += levels is not None
        self._misses += levels is None
        return levels

    def _keep(self, call: Call, key: str, levels: Levels) -> None:
        self._inferred += heavy(call)
        self._made.put(key, levels, levels.nbytes)


class _Request:
    """The parts of one request, by key."""

    def __init__(self, renderer: Renderer, nodes: Sequence[Node], decoded: Mapping[Decode, Pixels]) -> None:
        self._renderer, self._nodes, self._decoded = renderer, nodes, decoded
        self._engine = renderer._engine
        self._keys = renderer.keys(*nodes)
        self._found: dict[str, Made] = {}
        self._uses: dict[str, int] = {}

    def made(self) -> list[Made]:
        """Compute what is asked for, in ranks: first what needs nothing, then what needs that, and so on."""
        ranks = self._wanted()
        for rank in sorted(ranks):
            for batch in self._batches(ranks[rank]):
                self._compute(batch)
        return [self._found[self._key(node)] for node in self._nodes]

    def _key(self, node: Node) -> str:
        return self._keys[id(node)]

    def _wanted(self) -> dict[int, list[Node]]:
        """Give every distinct part that must be computed, by rank; what is below a known kept one is not."""
        rank: dict[str, int] = {}
        ranks: dict[int, list[Node]] = {}
        path = [(node, False) for node in reversed(self._nodes)]
        for node in self._nodes:
            self._use(node)
        while path:
            node, ready = path.pop()
            key = self._key(node)
            if ready:
                rank[key] = 1 + max((rank.get(self._key(child), 0) for child in needed(node)), default=0)
                ranks.setdefault(rank[key], []).append(node)
            elif key not in rank and not self._look_up(node, key):
                rank[key] = 0  # until its inputs are ranked
                path.append((node, True))
                for child in needed(node):
                    self._use(child)
                    path.append((child, False))
        return ranks

    def _use(self, node: Node) -> None:
        self._uses[self._key(node)] = self._uses.get(self._key(node), 0) + 1

    def _look_up(self, node: Node, key: str) -> bool:
        if key not in self._found and kept(node):
            levels = self._renderer._known(key)
            if levels is not None:
                self._found[key] = Made(self._engine.device, levels=levels)
        return key in self._found

    def _batches(self, nodes: Sequence[Node]) -> list[list[Node]]:
        """Put equal calls on inputs of equal shapes together, where that pays."""
        groups: dict[Any, list[Node]] = {}
        for node in nodes:
            groups.setdefault(self._alike(node), []).append(node)
        return [group[i : i + _BATCH] for group in groups.values() for i in range(0, len(group), _BATCH)]

    def _alike(self, node: Node) -> object:
        if isinstance(node, Decode):
            return Decode
        if not node.inputs:
            return id(node)
        if _passes(node):
            return _passes
        # on the CPU a light effect runs no faster in a batch, and making the batch costs a copy
        if not heavy(node) and self._engine.device.type == "cpu":
            return kept(node)
        return node.effect, node.params, tuple(self._found[self._key(child)].shape for child in needed(node))

    def _compute(self, batch: Sequence[Node]) -> None:
        leaves = [node for node in batch if isinstance(node, Decode)]
        if leaves:
            leaves.sort(key=lambda leaf: leaf.time)
            self._take(leaves, [Made(self._engine.device, pixels=self._pixels(leaf)) for leaf in leaves])
            return
        calls = [node for node in batch if isinstance(node, Call)]
        if _passes(calls[0]):
            self._take(calls, [self._found[self._key(needed(call)[0])] for call in calls])
        elif kept(calls[0]) and self._renderer._cache is not None:
            self._compute_alone(calls, self._renderer._cache)
        else:
            self._take(calls, self._call(calls))
        for call in calls:
            for child in needed(call):
                self._done_with(child)

    def _pixels(self, leaf: Decode) -> Pixels:
        pixels = self._decoded.get(leaf)
        return self._renderer._pixels(leaf) if pixels is None else pixels

    def _compute_alone(self, calls: Sequence[Call], cache: Cache) -> None:
        """Compute what no other thread computes at the moment, and take from the cache what another one has made."""
        with cache.claims.held([self._key(call) for call in calls], self._engine.check):
            # another thread may have made it since it was looked up, and have given its claim back already
            left = [call for call in calls if not (cache.has(key := self._key(call)) and self._look_up(call, key))]
            if left:
                self._take(left, self._call(left))

    def _take(self, nodes: Sequence[Node], made: Sequence[Made]) -> None:
        for node, one in zip(nodes, made, strict=True):
            self._found[self._key(node)] = one

    def _done_with(self, node: Node) -> None:
        key = self._key(node)
        self._uses[key] -= 1
        if not self._uses[key]:
            del self._found[key]

    def _call(self, calls: Sequence[Call]) -> list[Made]:
        """Run calls: equal heavy ones as one batch, light ones side by side."""
        given = {self._key(child): self._found[self._key(child)] for call in calls for child in call.inputs}
        floated(list(given.values()), self._engine.device, self._engine.spread)
        groups = [calls] if heavy(calls[0]) or self._engine.device.type != "cpu" else [[call] for call in calls]
        made = self._engine.spread(self._made, groups) if len(groups) > 1 else [self._made(groups[0])]
        alone = len(made) == len(calls)  # then they stay as they are: the live part may have given one back
        pictures = made if alone else [picture for several in made for picture in torch.split(several, 1)]
        if kept(calls[0]):
            return self._kept(calls, pictures)
        return [Made(self._engine.device, picture=picture) for picture in pictures]

    def _made(self, calls: Sequence[Call]) -> Picture:
        """Run equal calls as one batch: (B, 4, H, W), or (B, 3, H, W) of what is opaque and rounded next."""
        effect = effect_of(calls[0])
        columns = zip(*(call.inputs for call in calls), strict=True)
        given = [joined([self._found[self._key(node)].picture for node in column]) for column in columns]
        began = time.perf_counter()
        with _faults_named(effect):
            made = _run(effect, calls[0], given, self._engine).to(self._engine.device)
            if made.shape[0] != len(calls) or made.shape[1] not in ((3, 4) if kept(calls[0]) else (4,)):
                raise ValueError(f"{effect.id} gave {tuple(made.shape)} for {len(calls)} pictures.")
        if heavy(calls[0]):
            pixels = (given[0] if given else made)[:, 0].numel()
            self._renderer.speeds[effect.id] = (time.perf_counter() - began) / (pixels / 1e6)
        return made

    def _kept(self, calls: Sequence[Call], pictures: Sequence[Picture]) -> list[Made]:
        found = self._engine.spread(self._rounded, list(zip(calls, pictures, strict=True)))
        for call, levels in zip(calls, found, strict=True):
            self._renderer._keep(call, self._key(call), levels)
        return [Made(self._engine.device, levels=levels) for levels in found]

    def _rounded(self, one: tuple[Call, Picture]) -> Levels:
        """Round a picture to 8 bits, and put it into the cache; any thread."""
        call, picture = one
        found = rounded(picture)
        if self._renderer._cache is not None:
            self._renderer._cache.put(self._key(call), planes(found))
        return found


def _passes(call: Call) -> bool:
    """Tell whether a call gives its one needed input as it is."""
    return call.effect.endswith(FINISH) and needed(call) != call.inputs


@contextmanager
def _faults_named(effect: Effect) -> Iterator[None]:
    """Say which effect it was that failed, and what of: the machine, or a mistake of ours."""
    try:
        with device_faults(effect.title):
            yield
    except (VganError, Cancelled):
        raise
    except Exception as error:
        words = f"{effect.title} failed by a fault of the program ({error!r}): switch it off to see the rest."
        raise EffectFault(words) from error


def _run(effect: Effect, call: Call, given: Sequence[Picture], engine: Engine) -> Picture:
    params: dict[str, Any] = {name: value.name if isinstance(value, Asset) else value for name, value in call.params}
    if call.effect.endswith(FINISH):
        assert effect.finish is not None
        present, *made = given
        return effect.finish(present, made[0] if made else None, **params)
    if call.effect.endswith(STABLE):
        return stabilise(given[::2], given[1::2], 0, **params)
    if effect.heavy:
        params["engine"] = engine
    return effect.made(*given, **params)
