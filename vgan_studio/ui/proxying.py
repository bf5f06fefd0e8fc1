"""Proxies in the window: made, removed and left aside for what is selected, and shown as badges."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from vgan_studio.service.proxies import Proxies, can_have
from vgan_studio.timeline.values import Media

from .stage import Stage
from .words import said

if TYPE_CHECKING:
    from .media_bin import MediaBin

_GB = 1e9


class Place(Stage, Protocol):
    """A window with proxies and a bin."""

    proxies: Proxies
    media_bin: "MediaBin"


class Proxying(QObject):
    """Connects proxies with what shows them; owned by the GUI thread, and made anew with the widgets."""

    def __init__(self, window: Place) -> None:
        assert isinstance(window, QWidget)
        super().__init__(window)
        self._window = window
        self._names: tuple[str, ...] = ()

    def begin(self) -> None:
        """Begin, once all widgets are there."""
        window, proxies = self._window, self._window.proxies
        for name, usual in (("proxies", True), ("proxies_auto", False)):
            window.actions_[name].setChecked(bool(window.settings.value(f"proxies/{name}", usual, bool)))
        kept = window.settings.value("proxies/originals", [])
        proxies.use_original([kept] if isinstance(kept, str) else kept if isinstance(kept, list) else [])
        proxies.changed.connect(self._show)
        proxies.told.connect(self._tell)
        window.document.changed.connect(proxies.follow)
        window.timeline_view.selected.connect(self._choose_clips)
        window.media_bin.list.itemSelectionChanged.connect(self._choose_media)
        proxies.look()
        self.take_switches()

    def deeds(self) -> dict[str, Callable[[], object]]:
        """Give what the actions do."""
        proxies = self._window.proxies
        return {
            "proxy_make": self.make, "proxy_remove": lambda: proxies.remove(self._media),
            "proxy_original": self.take_original, "proxies": self.take_switches,
            "proxies_auto": self.take_switches, "proxies_clear": self.clear,
        }  # fmt: skip

    def make(self) -> None:
        """Make proxies of the media that are selected, or say why there will be none."""
        if any(map(can_have, self._media)):
            self._window.proxies.make(self._media)
        else:
            words = self.tr("Select a film of 512 lines or more: only those gain by a proxy.")
            self._window.tell(words, bad=True)

    def take_original(self) -> None:
        """Show the originals of what is selected, or their proxies again, as the action says."""
        use = self._window.actions_["proxy_original"].isChecked()
        self._window.proxies.use_original((one.fingerprint for one in self._media), use)
        self._window.settings.setValue("proxies/originals", sorted(self._window.proxies.originals))

    def take_switches(self) -> None:
        """Do what the switches say, and remember them."""
        window = self._window
        for name in ("proxies", "proxies_auto"):
            window.settings.setValue(f"proxies/{name}", window.actions_[name].isChecked())
        window.proxies.automatic = window.actions_["proxies_auto"].isChecked()
        window.proxies.enable(window.actions_["proxies"].isChecked())
        window.proxies.follow(window.document.timeline)
        self._show()

    def clear(self) -> None:
        """Remove all proxies, and say how much room that gives."""
        room = self._window.proxies.size_bytes
        self._window.proxies.remove_all()
        self._window.tell(self.tr("All proxies are removed: {0:.2f} GB are free again.").format(room / _GB))

    @property
    def _media(self) -> list[Media]:
        return [one for one in self._window.document.timeline.media if one.fingerprint in self._names]

    def _choose_clips(self, _: object = None) -> None:
        film, chosen = self._window.document.timeline, self._window.timeline_view.selection
        sources = [clip.source for track in film.tracks for clip in track.clips if clip.id in chosen] if chosen else []
        self._choose(tuple(one.fingerprint for one in sources if isinstance(one, Media)))

    def _choose_media(self) -> None:
        self._choose(tuple(self._window.media_bin.chosen))

    def _choose(self, names: tuple[str, ...]) -> None:
        self._names = names
        self._mark()

    def _show(self) -> None:
        """Show badges, and the picture anew, as it may be another one."""
        window, proxies = self._window, self._window.proxies
        states = {one.fingerprint: proxies.state(one) for one in window.document.timeline.media}
        words = {"ready": self.tr("proxy"), "making": self.tr("proxy …"), "waiting": self.tr("proxy …")}
        shown = {name: words[state] for name, state in states.items() if state in words}
        window.timeline_view.put(proxies=shown)
        window.media_bin.show_proxies(shown)
        self._mark()

    def _mark(self) -> None:
        """Let the actions be as it is with what is selected."""
        act, proxies = self._window.actions_, self._window.proxies
        media = self._media
        states = [proxies.state(one) for one in media]
        some = [one for one, state in zip(media, states, strict=True) if state != "none"]
        act["proxy_remove"].setEnabled(bool(some))
        act["proxy_original"].setEnabled(bool(some))
        act["proxy_original"].setChecked(bool(some) and all(one.fingerprint in proxies.originals for one in some))

    def _tell(self, sentence: str, bad: bool) -> None:
        self._window.tell(said(sentence), bad=bad)
