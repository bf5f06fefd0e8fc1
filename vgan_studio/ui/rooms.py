"""What lies around the panels: the timeline with its tools, the middle of the window, the buttons of the layouts."""

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QMenuBar, QToolBar, QToolButton, QVBoxLayout, QWidget

from .action_table import LAYOUTS, TOOLS
from .actions import Actions
from .timeline_view import TimelineView

_LEFT = (*TOOLS, "", "undo", "redo", "", "split", "delete", "ripple", "", "dissolve", "title", "marker")
_RIGHT = ("lanes", "snap", "zoom_out", "zoom_in", "fit")


def timeline_panel(actions: Actions, view: TimelineView) -> QMainWindow:
    """Make the panel of the timeline: a bar of tools above the page."""
    panel = QMainWindow()
    panel.setWindowFlags(Qt.WindowType.Widget)
    panel.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
    bar = QToolBar(QCoreApplication.translate("Rooms", "Timeline tools"))
    bar.setMovable(False)
    bar.setIconSize(QSize(18, 18))
    for name in _LEFT:
        if name:
            bar.addAction(actions[name])
        else:
            bar.addSeparator()
    space = QWidget()
    space.setSizePolicy(space.sizePolicy().Policy.Expanding, space.sizePolicy().Policy.Preferred)
    bar.addWidget(space)
    for name in _RIGHT:
        bar.addAction(actions[name])
    panel.addToolBar(bar)
    panel.setCentralWidget(view)
    return panel


def center(*widgets: QWidget) -> QWidget:
    """Put widgets below each other in the middle of the window."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget)
    return made


def beside(bar: QMenuBar, buttons: QWidget) -> QWidget:
    """Put buttons at the right end of the menu bar."""
    made = QWidget()
    made.setObjectName("menus")
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(bar, 1)
    row.addWidget(buttons)
    return made


def layout_buttons(actions: Actions) -> QWidget:
    """Make the row of buttons that go to the named layouts."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 6, 0)
    row.setSpacing(2)
    for name in LAYOUTS:
        button = QToolButton()
        button.setObjectName("layout")
        button.setDefaultAction(actions[name])
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row.addWidget(button)
    return made


class StateLine(QLabel):
    """Says in the status bar what the inference service does, and on which device."""

    def show_state(self, state: str, words: str) -> None:
        """Show a state, and words on the device."""
        names = {
            "starting": self.tr("Starting …"), "warming": self.tr("Loading"), "idle": self.tr("Ready"),
            "busy": self.tr("Computing"), "paused": self.tr("Paused"), "failed": self.tr("Failed"),
        }  # fmt: skip
        name = names.get(state, state)
        self.setText(f"{name}  ·  {words}" if words else name)
