"""Numbers with their units, as people who cut film read them: shares in per cent, angles in degrees."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication

from vgan_studio.effects.params import Number, Numbers, Param

_SHARES = {
    "heights": "% of the height",
    "of the height": "% of the height",
    "of the width": "% of the width",
    "of the picture": "% of the picture",
    "of the way": "% of the way",
}
_LENGTHS = {"heights", "of the height", "of the width"}  # often short, so that more decimals are wanted
_PERCENT, _DIGITS = 100.0, 9


@dataclass(frozen=True, slots=True)
class Unit:
    """How the numbers of a parameter are shown: times a factor, with a suffix, with so many decimals if that is set."""

    factor: float = 1.0
    suffix: str = ""
    decimals: int | None = None


def unit(param: Number | Numbers) -> Unit:
    """Give how the numbers of a parameter are shown."""
    if param.unit in _LENGTHS:
        return Unit(_PERCENT, " %")
    if param.unit in _SHARES or _share(param):
        return Unit(_PERCENT, " %", 1)
    suffixes = {
        "degrees": "°",
        "stops": QCoreApplication.translate("Units", " EV", "exposure, in stops"),
        "pixels": QCoreApplication.translate("Units", " px", "pixels"),
        "times the rate": " ×",
    }
    return Unit(1.0, suffixes.get(param.unit, ""))


def plain(shown: float, factor: float) -> float:
    """Give the number behind one that is shown, without what dividing adds to it."""
    return round(shown / factor, _DIGITS)


def wants(param: Param) -> str:
    """Say what fits a parameter, in the numbers that are shown."""
    if isinstance(param, Number | Numbers) and (param.unit in _SHARES or _share(param)):
        words = _SHARES.get(param.unit, "%")
        param = replace(param, low=param.low * _PERCENT, high=param.high * _PERCENT, unit=words)
    return param.wants


def _share(param: Number | Numbers) -> bool:
    """Tell whether a number is a part of a whole: how opaque, how strong, how much of each of two."""
    whole = isinstance(param, Number) and param.whole
    return not param.unit and not whole and param.low >= 0 and param.high <= 1
