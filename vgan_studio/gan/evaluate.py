"""Measure models on data that no training sees, each by what its task asks, beside the classical tools."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from vgan_studio.errors import ModelError

from . import measure_deblur, measure_denoise, measure_interpolate, measure_style, measure_upscale
from .data import read_sources, test_sets
from .figures import Figure, on_card
from .ordering import ordering
from .weights import Model, find_model, read_model, write_model

Measure = Callable[[Sequence[Model], Sequence[Path]], Iterator[Figure]]


def evaluate(
    models: Sequence[Model], folders: Sequence[Path], more: Mapping[str, Measure] | None = None
) -> Iterator[Figure]:
    """Measure models, those that are measured alike together.

    Args:
        folders: with test pictures, validation films, or both; what is what is decided by `data.split`.
        more: measures, by task, that need more than networks.

    Raises:
        ModelError: there is nothing to measure with, or no measure for such a model; the sentence says which there are.
    """
    measures = {**MEASURES, **(more or {})}
    for model in models:
        if model.card.task not in measures:
            raise ModelError(
                f"There is no measure for {model.card.name}: {model.card.task} is not {_listed(measures)}."
            )
    for measure in dict.fromkeys(measures[model.card.task] for model in models):
        yield from measure([model for model in models if measures[model.card.task] is measure], folders)


def read(wanted: str) -> tuple[Path, Model]:
    """Read a model by its file, its name or its task.

    Raises:
        ModelError: there is none, or it is damaged.
    """
    path = Path(wanted) if wanted.endswith(".safetensors") else find_model(wanted)
    return path, read_model(path)


def write_figures(path: Path, model: Model, figures: Sequence[Figure]) -> None:
    """Put a model's figures on its card, beside those that are there.

    Raises:
        ModelError: the disk refuses.
    """
    told = {**model.card.figures, **on_card(figures, model.card.name)}
    write_model(path, replace(model.card, figures=told), model.network)


def _denoise(models: Sequence[Model], folders: Sequence[Path]) -> Iterator[Figure]:
    for model in models:
        found = measure_denoise.methods(model.network, 25)
        for name, paths in test_sets(folders).items():
            for method, quality in measure_denoise.on_pictures(found, paths, 25).items():
                yield Figure(f"{name}, σ 25", _own(method, model), "PSNR, dB", quality)
        for name, frames in measure_denoise.films(folders):
            for method, (quality, flicker) in measure_denoise.on_film(found, frames, 25).items():
                yield Figure(f"{name}, σ 25", _own(method, model), "PSNR, dB", quality)
                yield Figure(f"{name}, σ 25", _own(method, model), "flicker, levels", flicker)


def _deblur(models: Sequence[Model], folders: Sequence[Path]) -> Iterator[Figure]:
    eyes = read_model(find_model("features-measure")).network
    for model in models:
        found = measure_deblur.methods(model.network)
        for cases in (measure_deblur.film_cases(folders), measure_deblur.photo_cases(folders)):
            for kind, row in measure_deblur.measure(found, cases, eyes).items():
                for method, (quality, distance) in row.items():
                    yield Figure(kind, _own(method, model), "PSNR, dB", quality)
                    yield Figure(kind, _own(method, model), "FN-dist", distance)


def _interpolate(models: Sequence[Model], folders: Sequence[Path]) -> Iterator[Figure]:
    for path in measure_interpolate.films(folders):
        frames = measure_interpolate.read(path)
        places = measure_interpolate.places(frames)
        for model in models:
            found = measure_interpolate.on_film(measure_interpolate.ways(model.network), frames, places)
            for method, quality in found.items():
                yield Figure(f"{path.name}, middle frame", _own(method, model), "PSNR, dB", quality)


def _features(models: Sequence[Model], folders: Sequence[Path]) -> Iterator[Figure]:
    sources = read_sources(folders, "validation")
    for model in models:
        for pair, share in ordering(model.network, sources).items():
            yield Figure("validation pictures", model.card.name, f"{pair}, share seen rightly", share)


MEASURES: Mapping[str, Measure] = {
    "upscale": measure_upscale.figures,
    "upscale-crisp": measure_upscale.figures,
    "denoise": _denoise,
    "deblur": _deblur,
    "deblur-crisp": _deblur,
    "stylize": measure_style.figures,
    "interpolate": _interpolate,
    "features": _features,
    "features-measure": _features,
}


def _own(method: str, model: Model) -> str:
    """Call what the measures call "ours" by the model's name."""
    return model.card.name + method.removeprefix("ours") if method.startswith("ours") else method


def _listed(tasks: Iterable[str]) -> str:
    *most, last = tasks
    return f"{', '.join(most)} or {last}"
