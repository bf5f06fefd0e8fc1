"""Undo: the list of timelines there have been."""

from dataclasses import dataclass, replace

from vgan_studio.errors import EditError

from .values import Timeline

LIMIT = 1000


@dataclass(frozen=True, slots=True)
class Step:
    """A timeline, what led to it, and the gesture it is part of: steps of one `merge` key become one."""

    timeline: Timeline
    label: str = ""
    merge: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """Where we are, where we were (the last is the newest), and where redo leads (the first is the next).

    The newest `LIMIT` steps of the past are kept.
    """

    present: Step
    past: tuple[Step, ...] = ()
    future: tuple[Step, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps in order of time."""
        return (*self.past, self.present, *self.future)

    def push(self, timeline: Timeline, label: str, merge: str = "") -> "History":
        """Make a step, and forget what could be redone.

        An equal timeline makes no step.  A `merge` key equal to the present one's replaces the present: a drag is
        one step however many values it went through.  Undo, redo and jump end it.
        """
        if timeline == self.present.timeline:
            return self
        step = Step(timeline, label, merge)
        if merge and merge == self.present.merge and self.past:
            return self._merged(step)
        return History(step, (*self.past, self.present)[-LIMIT:])

    def undo(self) -> "History":
        """Go one step back.

        Raises:
            EditError: there is nothing to undo.
        """
        if not self.past:
            raise EditError("There is nothing to undo.")
        return History(self.past[-1], self.past[:-1], (self.present, *self.future)).sealed()

    def redo(self) -> "History":
        """Go one step forward again.

        Raises:
            EditError: there is nothing to redo.
        """
        if not self.future:
            raise EditError("There is nothing to redo.")
        return History(self.future[0], (*self.past, self.present), self.future[1:]).sealed()

    def jump(self, index: int) -> "History":
        """Go to a step by its index in `steps`.

        Raises:
            EditError: there is no such step.
        """
        steps = self.steps
        if not 0 <= index < len(steps):
            raise EditError("There is no such step in the history.")
        return History(steps[index], steps[:index], steps[index + 1 :]).sealed()

    def sealed(self) -> "History":
        """End the gesture: the next step will not merge with the present one."""
        return replace(self, present=replace(self.present, merge=""))

    def _merged(self, step: Step) -> "History":
        if step.timeline == self.past[-1].timeline:  # the drag came back to where it began
            return History(self.past[-1], self.past[:-1]).sealed()
        return History(step, self.past)


def begin(timeline: Timeline) -> History:
    """Begin a history at a timeline."""
    return History(Step(timeline))
