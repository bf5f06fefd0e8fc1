"""Figures: what was measured, of what, by which method; and tables of them."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One number.

    Attributes:
        of: what it was measured on, such as "Set5" or "CRF 35".
        method: what was measured: a model's name, or the classical tool's.
        name: of the measure, with its unit, such as "PSNR-Y, dB".
        value: the mean over all pictures of `of`.
    """

    of: str
    method: str
    name: str
    value: float


def table(figures: Iterable[Figure]) -> str:
    """Write figures as a table in Markdown: methods in rows, what they were measured on in columns."""
    found = {(figure.of, figure.method, figure.name): figure.value for figure in figures}
    sets, methods, names = (list(dict.fromkeys(key[place] for key in found)) for place in range(3))
    lines = [f"| {' / '.join(names)} | " + " | ".join(sets) + " |", "| --- |" + " --- |" * len(sets)]
    for method in methods:
        rows = [[found.get((of, method, name)) for name in names] for of in sets]
        cells = [" / ".join("" if value is None else _shown(value) for value in row).strip(" /") for row in rows]
        lines.append(f"| {method} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def on_card(figures: Iterable[Figure], model: str) -> dict[str, float]:
    """Give the figures of one model for its card, by name."""
    return {f"{f.of} {f.name}": round(f.value, 4 if abs(f.value) < 1 else 2) for f in figures if f.method == model}


def _shown(value: float) -> str:
    return f"{value:.4f}" if abs(value) < 1 else f"{value:.2f}"
