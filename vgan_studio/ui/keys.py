"""Which keys do what: the usual ones, those of other editors, and the user's own."""

import json
from collections.abc import Iterable, Mapping

from PySide6.QtCore import QSettings
from PySide6.QtGui import QKeySequence

from .theme import resources

OWN = "vgan studio"
PRESETS = (OWN, "Premiere", "Resolve", "Shotcut", "Kdenlive")

Bindings = dict[str, tuple[str, ...]]


def preset(name: str, usual: Mapping[str, tuple[str, ...]]) -> Bindings:
    """Give the keys of a preset: the usual ones, but for those that it names or takes for something else."""
    if name == OWN or name not in PRESETS:
        return dict(usual)
    text = (resources() / "keys" / f"{name.lower()}.json").read_text(encoding="utf-8")
    other = {action: tuple(keys) for action, keys in json.loads(text).items()}
    taken = {_norm(key) for keys in other.values() for key in keys}
    kept = {action: tuple(key for key in keys if _norm(key) not in taken) for action, keys in usual.items()}
    return {**kept, **{action: keys for action, keys in other.items() if action in usual}}


def bindings(settings: QSettings, usual: Mapping[str, tuple[str, ...]]) -> Bindings:
    """Give the keys that the user has chosen: a preset, and what was changed in it."""
    found = preset(str(settings.value("keys/preset", OWN)), usual)
    try:
        own = json.loads(str(settings.value("keys/own", "{}")))
    except ValueError:
        own = {}
    if isinstance(own, dict):
        for action, keys in own.items():
            if action in found and isinstance(keys, list) and all(isinstance(key, str) for key in keys):
                found[action] = tuple(keys)
    return found


def remember(settings: QSettings, name: str, chosen: Mapping[str, tuple[str, ...]],
             usual: Mapping[str, tuple[str, ...]]) -> None:  # fmt: skip
    """Keep the name of a preset, and in which keys the chosen ones differ from it."""
    base = preset(name, usual)
    own = {action: list(keys) for action, keys in chosen.items() if keys != base.get(action)}
    settings.setValue("keys/preset", name)
    settings.setValue("keys/own", json.dumps(own))


def conflicts(chosen: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Give the keys that would do several things, and what they would do."""
    users: dict[str, list[str]] = {}
    for action, keys in chosen.items():
        for key in keys:
            users.setdefault(_norm(key), []).append(action)
    return {key: tuple(actions) for key, actions in users.items() if len(set(actions)) > 1}


def users_of(key: str, chosen: Mapping[str, tuple[str, ...]], but: Iterable[str] = ()) -> list[str]:
    """Give the actions that have a key, other than some."""
    wanted, left_out = _norm(key), set(but)
    return [name for name, keys in chosen.items() if name not in left_out and wanted in map(_norm, keys)]


def _norm(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)
