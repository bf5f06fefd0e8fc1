"""What the window offers to those who connect its parts: its services, its widgets and a place to say something."""

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import QSettings

from vgan_studio.service.document import Document
from vgan_studio.service.inference import InferenceService
from vgan_studio.service.jobs import Jobs
from vgan_studio.service.watch import Watch

from .actions import Actions
from .editing import Editing
from .inspector import Inspector
from .preview import Preview
from .timeline_view import TimelineView
from .viewer import Viewer


class Stage(Protocol):
    """A window; its widgets may be made anew."""

    settings: QSettings
    document: Document
    jobs: Jobs
    inference: InferenceService
    watch: Watch
    timeline_view: TimelineView
    viewer: Viewer
    preview: Preview
    editing: Editing
    inspector: Inspector
    actions_: Actions
    effects: Mapping[str, object]

    def tell(self, words: str, *, bad: bool = False) -> None:
        """Say something in the status bar."""
