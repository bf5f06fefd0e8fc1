"""What is done to clips: wishes and keys become edits of the document."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import partial
from random import randint
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from vgan_studio.service import gestures, overlaps
from vgan_studio.service.document import Document
from vgan_studio.service.seeds import reseeded
from vgan_studio.timeline import effects, fading, groups, keys, several, sound, speed, trim
from vgan_studio.timeline.curve import Curve, Ease, Key
from vgan_studio.timeline.edit import clip_of
from vgan_studio.timeline.lookup import clip_at, clip_by_id, locate
from vgan_studio.timeline.values import Clip, EffectCall, Timeline, Transition, Value

from .questions import SpeedQuestion
from .timeline_gestures import Side, TrimMode, trimmed
from .timeline_view import TimelineView
from .words import named, said

if TYPE_CHECKING:
    from vgan_studio.effects.spec import Effect


class Editing(QObject):
    """Makes edits of what is wished for on the timeline and in the inspector; owned by the GUI thread.

    Signals:
        put: something was put at the playhead: the frame where it ends.
    """

    put = Signal(int)

    def __init__(self, document: Document, view: TimelineView, parent: QObject) -> None:
        super().__init__(parent)
        self._document, self._view = document, view
        self._copied: list[tuple[int, Clip]] = []
        self._effects: Mapping[str, Effect] = {}
        self.frame = 0
        self.overlaps = True

    def show_effects(self, effects: "Mapping[str, Effect]") -> None:
        """Take the descriptions of the effects, by whose titles steps are named."""
        self._effects = effects

    @property
    def _film(self) -> Timeline:
        return self._document.timeline

    @property
    def _chosen(self) -> list[int]:
        """The selected clips; else those under the playhead."""
        return sorted(self._view.selection) or gestures.under(self._film, self.frame)

    def split(self) -> None:
        """Cut what is selected, or all tracks, at the playhead."""
        ids = sorted(self._view.selection)
        across = [one for one in ids if (clip := clip_by_id(self._film, one)).start < self.frame < clip.end]
        ids = across or gestures.under(self._film, self.frame)
        self._document.do(self.tr("Split"), gestures.split, ids, self.frame)

    def split_all(self) -> None:
        """Cut all tracks at the playhead."""
        ids = gestures.under(self._film, self.frame)
        self._document.do(self.tr("Split all"), gestures.split, ids, self.frame)

    def trim_head(self) -> None:
        """Take off what lies before the playhead."""
        self._trim_to(head=True)

    def trim_tail(self) -> None:
        """Take off what lies after the playhead."""
        self._trim_to(head=False)

    def delete(self) -> None:
        """Take the selected clips away, and leave their gaps."""
        if self._view.selection:
            self._document.do(self.tr("Delete"), gestures.lift, sorted(self._view.selection))

    def ripple(self) -> None:
        """Take the selected clips away, and close their gaps."""
        if self._view.selection:
            self._document.do(self.tr("Ripple delete"), gestures.extract, sorted(self._view.selection))

    def close_gap(self) -> None:
        """Close the first gap at the playhead."""
        for number, track in enumerate(self._film.tracks):
            if not track.locked and track.clips and clip_at(track, self.frame) is None:
                self._document.do(self.tr("Close gap"), gestures.close_gap, number, self.frame)
                return

    def copy(self) -> None:
        """Remember the selected clips."""
        found = [(number, clip) for number, track in enumerate(self._film.tracks) for clip in track.clips]
        self._copied = [(number, clip) for number, clip in found if clip.id in self._view.selection] or self._copied

    def cut(self) -> None:
        """Remember the selected clips, and take them away."""
        self.copy()
        self.delete()

    def paste(self) -> None:
        """Put what was copied at the playhead, which goes on to where it ends."""
        copied = self._copied
        if copied and self._document.do(self.tr("Paste"), gestures.paste, copied, self.frame):
            first, end = min(clip.start for _, clip in copied), max(clip.end for _, clip in copied)
            self.put.emit(self.frame + end - first)

    def paste_effects(self) -> None:
        """Give the effects of the copied clip to the selected ones."""
        if self._copied and self._view.selection:
            calls, ids = self._copied[0][1].effects, self._view.selection
            self._document.do(self.tr("Paste effects"), several.add_effects, ids, calls)

    def reseed(self, effects: Mapping[str, object]) -> None:
        """Draw the seeds of the selected clips anew, or of those under the playhead, but for locked ones."""
        self._document.do(
            self.tr("Draw new seeds"), reseeded, self._chosen, cast("Mapping[str, Effect]", effects), randint
        )

    def duplicate(self) -> None:
        """Put a copy of each selected clip after it."""
        if self._view.selection:
            self._document.do(self.tr("Duplicate"), gestures.duplicate, sorted(self._view.selection))

    def dissolve(self) -> None:
        """Let the selected clips come in by a dissolve."""
        self._document.do(self.tr("Dissolve"), gestures.dissolve, self._chosen)

    def cut_hard(self) -> None:
        """Let the selected clips come in by a cut."""
        turned = [id for id in self._chosen if clip_by_id(self._film, id).transition is not None]
        self._document.do(self.tr("Remove transition"), gestures.cut_hard, turned or self._chosen[:1])

    def set_transition(self, clip_id: int, transition: Transition | None) -> None:
        """Let a clip come in by a transition, or by a cut."""
        if transition is None:
            self._document.do(self.tr("Remove transition"), effects.remove_transition, clip_id)
            return
        label = self.tr("Change transition")
        self._document.drag(f"transition {clip_id}", label, effects.set_transition, clip_id, transition)

    def set_turns(self, name: str, value: object) -> None:
        """Set a field of the transitions by which the selected clips come in."""
        label, ids = self.tr("Change transition"), self._view.selection
        self._document.drag(f"turns {sorted(ids)} {name}", label, several.set_turns, ids, {name: value})

    def turn(self, clip_id: int, before: int, after: int) -> None:
        """Let the transition of a clip take so many frames before and behind the cut."""
        turn = clip_by_id(self._film, clip_id).transition
        if turn is not None:
            label, longer = self.tr("Change transition"), replace(turn, before=before, after=after)
            self._document.do(label, effects.set_transition, clip_id, longer)
            self._view.select((clip_id,))  # whose inspector shows it, whichever clip the pointer was on

    def freeze(self) -> None:
        """Hold the pictures of the selected clips at the playhead."""
        ids = self._chosen if self._view.selection else self._chosen[:1]
        self._document.do(self.tr("Freeze"), gestures.freeze, ids, self.frame)

    def mute(self) -> None:
        """Silence the selected clips, or let them be heard again."""
        chosen = self._chosen
        if chosen:
            muted = not clip_by_id(self._film, chosen[0]).muted
            for id in chosen:
                self._document.drag(f"mute {chosen}", self.tr("Mute"), sound.mute, id, muted)
            self._document.seal()

    def group(self) -> None:
        """Let the selected clips be selected, moved and taken away together from now on."""
        if self._view.selection:
            self._document.do(self.tr("Group"), groups.group, sorted(self._view.selection))

    def ungroup(self) -> None:
        """Let each of the selected clips be for itself again."""
        if self._view.selection:
            self._document.do(self.tr("Ungroup"), groups.ungroup, sorted(self._view.selection))

    def detach(self) -> None:
        """Give the sound of a clip a clip of its own."""
        ids = self._chosen if self._view.selection else self._chosen[:1]
        self._document.do(self.tr("Detach sound"), gestures.detach, ids)

    def title(self) -> None:
        """Put a title over what is at the playhead."""
        before = {clip.id for track in self._film.tracks for clip in track.clips}
        if self._document.do(self.tr("Add title"), gestures.generate, EffectCall("core.title"), self.frame):
            new = [clip.id for track in self._film.tracks for clip in track.clips if clip.id not in before]
            self._view.select(new[-1:])

    def select_all(self) -> None:
        """Select every clip."""
        self._view.select(clip.id for track in self._film.tracks for clip in track.clips)

    def move(self, ids: frozenset[int], frames: int, by_tracks: int) -> None:
        """Move clips; one that comes to lie over a neighbour dissolves with it, if that is so set."""
        if self.overlaps and len(ids) == 1:
            name = self.tr("Move")
            self._document.do(name, overlaps.move, min(ids), frames, by_tracks, EffectCall("core.dissolve"))
        else:
            self._document.do(self.tr("Move"), gestures.move, sorted(ids), frames, by_tracks)

    def trim(self, clip_id: int, side: Side, mode: TrimMode, frame: int) -> None:
        """Move an end of a clip."""
        names = {"trim": self.tr("Trim"), "ripple": self.tr("Ripple trim"), "roll": self.tr("Roll"),
                 "speed": self.tr("Stretch"), "freeze": self.tr("Freeze")}  # fmt: skip
        self._document.do(names[mode], trimmed, clip_id, side, mode, frame)

    def slip(self, clip_id: int, frames: int) -> None:
        """Let a clip show what would play later."""
        self._document.do(self.tr("Slip"), trim.slip, clip_id, frames)

    def slide(self, clip_id: int, frames: int) -> None:
        """Move a clip between its neighbours."""
        self._document.do(self.tr("Slide"), trim.slide, clip_id, frames)

    def split_at(self, clip_id: int, frame: int) -> None:
        """Cut a clip and its group at a frame; with 0, all tracks."""
        if clip_id:
            self._document.do(self.tr("Split"), gestures.cut, clip_id, frame)
        else:
            self._document.do(self.tr("Split"), gestures.split, gestures.under(self._film, frame), frame)

    def fade(self, clip_id: int, fade_in: int, fade_out: int) -> None:
        """Let the sound of a clip come up and go down."""
        self._document.do(self.tr("Fade"), sound.set_fades, clip_id, fade_in, fade_out)

    def fade_picture(self, clip_id: int, up: int, down: int) -> None:
        """Let the picture of a clip come up and go away."""
        self._document.do(self.tr("Fade the picture"), fading.fade_picture, clip_id, up, down)

    def ask_speed(self) -> None:
        """Ask how fast the selected clips shall play."""
        ids = [one for one in self._chosen if clip_by_id(self._film, one).speed or self._view.selection]
        if not ids:
            return
        asked = SpeedQuestion(clip_by_id(self._film, ids[0]).speed, self._view.window())
        asked.answered.connect(lambda factor, ripple: self._speeds(ids, factor, ripple=ripple))
        asked.open()

    def _speeds(self, ids: list[int], factor: Fraction, *, ripple: bool) -> None:
        self._document.do(self.tr("Set speed"), gestures.set_speeds, ids, factor, ripple=ripple)

    def reverse(self) -> None:
        """Play the selected clips backwards."""
        self._document.do(self.tr("Reverse"), gestures.reverse, self._chosen[: None if self._view.selection else 1])

    def from_bin(self, fingerprints: list[str], *, insert: bool) -> None:
        """Put media of the bin at the playhead, which goes on to their end, on the track of what is selected."""
        if not fingerprints:
            self._document.refused.emit(self.tr("Select media in the bin first."))
            return
        if self.place(fingerprints, self.target, self.frame, insert=insert):
            media = [one for one in self._film.media if one.fingerprint in fingerprints]
            self.put.emit(self.frame + sum(clip_of(self._film, one).duration for one in media))

    @property
    def target(self) -> int | None:
        """The track that media go to: that of what is selected, else the first open one of pictures."""
        chosen = sorted(self._view.selection)
        open_video = (n for n, track in enumerate(self._film.tracks) if track.kind == "video" and not track.locked)
        return locate(self._film, chosen[0])[0] if chosen else next(open_video, None)

    def place(self, fingerprints: list[str], track: int | None, frame: int, insert: bool = False) -> bool:
        """Put media of the bin on a track; False if that was refused."""
        media = [one for one in self._film.media if one.fingerprint in fingerprints]
        name = self.tr("Insert") if insert else self.tr("Overwrite")
        return self._document.do(name, gestures.place, media, track, frame, insert=insert)

    def append(self, fingerprints: list[str]) -> None:
        """Put media of the bin at the end."""
        if not fingerprints:
            self._document.refused.emit(self.tr("Select media in the bin first."))
            return
        media = [one for one in self._film.media if one.fingerprint in fingerprints]
        self._document.do(self.tr("Append"), gestures.append, media)

    def add_effect(self, clip_id: int, effect: str) -> None:
        """Put an effect on a clip."""
        self._document.do(self._adding(effect), effects.add_effect, clip_id, EffectCall(effect))

    def add_common(self, effect: str) -> None:
        """Put an effect on all selected clips."""
        self._document.do(self._adding(effect), several.add_effects, self._view.selection, (EffectCall(effect),))

    def add_effects(self, clip_id: int, calls: tuple[EffectCall, ...]) -> None:
        """Put effects on a clip and on the others that are selected, after those that are there."""
        ids = self._view.selection | {clip_id}
        self._document.do(self.tr("Paste effects"), several.add_effects, ids, calls)

    def remove_effect(self, clip_id: int, index: int) -> None:
        """Take an effect off a clip."""
        ids = [call.id for clip in several.chosen(self._film, (clip_id,)) for call in clip.effects]
        self._document.do(self._removing(ids[index : index + 1]), effects.remove_effect, clip_id, index)

    def remove_common(self, number: int) -> None:
        """Take an effect off all selected clips, which have it in common."""
        ids = [one.id for one in several.commons(several.pictures(self._film, self._view.selection))]
        label = self._removing(ids[number : number + 1])
        self._document.do(label, several.remove_common, self._view.selection, number)

    def enable_common(self, number: int, enabled: bool) -> None:
        """Let an effect that all selected clips have work, or bypass it."""
        name = self.tr("Switch on") if enabled else self.tr("Bypass")
        self._document.do(name, several.enable_common, self._view.selection, number, enabled)

    def set_common(self, number: int, name: str, value: several.Part, default: Value) -> None:
        """Set a parameter of an effect that all selected clips have; while a slider is held it is one step."""
        label, ids = self._set(name), self._view.selection
        merge, edit = f"{sorted(ids)} {number} {name}", partial(several.set_common, frame=self.frame, default=default)
        self._document.drag(merge, label, edit, ids, number, name, value)

    def enable_effect(self, clip_id: int, index: int, enabled: bool) -> None:
        """Let an effect work, or bypass it."""
        name = self.tr("Switch on") if enabled else self.tr("Bypass")
        self._document.do(name, effects.enable_effect, clip_id, index, enabled)

    def move_effect(self, clip_id: int, index: int, to: int) -> None:
        """Put an effect elsewhere in the stack."""
        self._document.do(self.tr("Order effects"), effects.move_effect, clip_id, index, to)

    def key_common(self, number: int, name: str, on: bool, default: Value) -> None:
        """Set keys at the playhead in those of the selected clips that lie there, or take them away."""
        label, edit = self.tr("Set key") if on else self.tr("Remove key"), several.key_common
        ids = self._view.selection
        self._document.do(label, partial(edit, frame=self.frame, default=default), ids, number, name, on)

    def set_param(self, clip_id: int, index: int | None, name: str, value: Value | Curve | None) -> None:
        """Set a parameter; while a slider is held it is one step."""
        label = self._set(name)
        self._document.drag(f"{clip_id} {index} {name}", label, effects.set_param, clip_id, index, name, value)

    def _set(self, name: str) -> str:
        return self.tr("Set {0}").format(named(name).lower())

    def set_key(self, clip_id: int, index: int | None, name: str, frame: int, value: Value | None) -> None:
        """Set the key of a curve at a frame of the clip, or take it away."""
        if value is None:
            self._document.do(self.tr("Remove key"), effects.remove_key, clip_id, index, name, frame)
        elif isinstance(value, int | float | tuple):
            merge = f"{clip_id} {index} {name} {frame}"
            key = Key(frame, value)
            self._document.drag(merge, self.tr("Set key"), effects.set_key, clip_id, index, name, key)

    def move_keys(self, clip_id: int, spots: frozenset[keys.Spot], by: int) -> None:
        """Move keys of a clip by so many frames."""
        self._document.do(self.tr("Move keys"), keys.move_keys, clip_id, spots, by)

    def add_key(self, clip_id: int, line: keys.Line, frame: int) -> None:
        """Set a key of the value that a curve has at a frame of the clip."""
        self._document.do(self.tr("Set key"), keys.add_key, clip_id, line, frame)

    def ease_keys(self, clip_id: int, spots: frozenset[keys.Spot], ease: Ease) -> None:
        """Say how curves go on from keys of a clip."""
        self._document.do(self.tr("Shape keys"), keys.ease_keys, clip_id, spots, ease)

    def remove_keys(self, clip_id: int, spots: frozenset[keys.Spot]) -> None:
        """Take keys of a clip away."""
        self._document.do(self.tr("Remove key"), keys.remove_keys, clip_id, spots)

    def set_gain(self, clip_id: int, gain_db: float) -> None:
        """Set how loud a clip is."""
        self._document.drag(f"gain {clip_id}", self.tr("Set volume"), sound.set_gain, clip_id, gain_db)

    def set_speed(self, clip_id: int, factor: Fraction) -> None:
        """Set how fast a clip plays."""
        self._document.drag(f"speed {clip_id}", self.tr("Set speed"), speed.set_speed, clip_id, factor)

    def set_gains(self, gain_db: float) -> None:
        """Set how loud the selected clips are."""
        ids = self._view.selection
        self._document.drag(f"gain {sorted(ids)}", self.tr("Set volume"), several.set_gains, ids, gain_db)

    def set_speeds(self, factor: Fraction) -> None:
        """Set how fast the selected clips play."""
        ids = sorted(self._view.selection)
        self._document.drag(f"speed {ids}", self.tr("Set speed"), gestures.set_speeds, ids, factor)

    def _trim_to(self, *, head: bool) -> None:
        label = self.tr("Trim head") if head else self.tr("Trim tail")
        self._document.do(label, gestures.trim_to, self._chosen, self.frame, head=head)

    def _adding(self, effect: str) -> str:
        return self.tr("Add {0}").format(self._title(effect))

    def _removing(self, effect: list[str]) -> str:
        """Name the step that takes an effect away; none if it is not there, and the edit says so."""
        return self.tr("Remove {0}").format("".join(map(self._title, effect)))

    def _title(self, effect: str) -> str:
        return said(self._effects[effect].title) if effect in self._effects else effect
