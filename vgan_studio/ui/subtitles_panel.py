"""The panel of subtitles: the captions of a track as a table that is edited in place, and what is done to them."""
# ruff: noqa: N802  (Qt's names)

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from vgan_studio.timeline.captions import caption_index
from vgan_studio.timeline.values import SubtitleTrack, Timeline

from .caption_editor import CaptionEditor
from .caption_look import CaptionLook
from .caption_table import CaptionTable
from .parts import caption, entry, label, mild, tool
from .theme import DARK, Theme, icon

AnyIndex = QModelIndex | QPersistentModelIndex
_NAMES = ("add", "split", "merge", "remove", "import", "export")
_ICONS = {"add": "add", "split": "split", "merge": "append", "remove": "delete", "import": "import",
          "export": "export"}  # fmt: skip


class SubtitlesPanel(QWidget):
    """Shows one track of subtitles and tells what is wished for it; owned by the GUI thread.

    Attributes:
        track: the number of the track that is shown.
        buttons: by what they do: add, split, merge, remove, import, export.
        look: the fields for how the words are drawn.
        chosen: a track and a caption, or -1.
        text_wished: a caption and its words.
        time_wished: a caption, and the frames where it shall begin and end.
        described: the name and the language of the track.
        seek_wished: a frame.
    """

    chosen = Signal(int, int)
    text_wished = Signal(int, str)
    time_wished = Signal(int, int, int)
    described = Signal(str, str)
    seek_wished = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.track, self._timeline = 0, Timeline(rate=CaptionTable.RATE, width=1, height=1)
        self._tracks = mild(QComboBox())
        self._tracks.setAccessibleName(self.tr("Track of subtitles"))
        self._name, self._language = entry(placeholder=self.tr("Name")), entry(placeholder=self.tr("en, zh-Hans …"))
        self.look, self._dressing = CaptionLook(), tool(self.tr("How the words look"), words=self.tr("Look …"))
        self._dressing.setCheckable(True)
        self.look.hide()
        self._empty = label(
            self.tr("No subtitles yet. Import a file of them, or add a caption at the playhead."), "dim"
        )
        tips = {
            "add": self.tr("Add a caption at the playhead"), "split": self.tr("Split the caption at the playhead"),
            "merge": self.tr("Merge the caption with the next one"), "remove": self.tr("Remove the selected captions"),
            "import": self.tr("Import subtitles …"), "export": self.tr("Export these subtitles …"),
        }  # fmt: skip
        self.buttons = {name: tool(tips[name]) for name in _NAMES}
        self.model = CaptionTable(self)
        self.table = QTableView()
        self._dress_table()
        self._lay_out()
        self._connect()
        self.show_theme(DARK)

    @property
    def rows(self) -> list[int]:
        """The captions that are selected."""
        return sorted(index.row() for index in self.table.selectionModel().selectedRows())

    def show_timeline(self, timeline: Timeline) -> None:
        """Show the subtitles of another timeline."""
        before = self._shown
        renewed = timeline.subtitles != self._timeline.subtitles
        self._timeline = timeline
        self.track = min(self.track, max(0, len(timeline.subtitles) - 1))
        if renewed:
            self._show_tracks()
        if renewed or self.model.rate != timeline.rate or before is not self._shown:
            self._show_captions()

    def choose(self, track: int, index: int) -> None:
        """Show a track, and select a caption of it, or none with -1; nothing is told."""
        if track != self.track and track < len(self._timeline.subtitles):
            self.track = track
            self._show_tracks()
            self._show_captions()
        selection = self.table.selectionModel()
        selection.blockSignals(True)
        if 0 <= index < self.model.rowCount():
            flags = QItemSelectionModel.SelectionFlag
            selection.setCurrentIndex(self.model.index(index, 2), flags.ClearAndSelect | flags.Rows)
            self.table.scrollTo(self.model.index(index, 2))
        else:
            selection.clear()
        selection.blockSignals(False)
        self.table.viewport().update()

    def edit(self, index: int) -> None:
        """Edit the words of a caption in place."""
        self.table.setFocus()
        self.table.edit(self.model.index(index, 2))

    def show_frame(self, frame: int) -> None:
        """Mark the caption at the playhead."""
        captions = self._shown.captions if self._shown is not None else ()
        index = caption_index(captions, frame)
        self.model.mark(index if index >= 0 and frame < captions[index].end else -1)

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        for name, button in self.buttons.items():
            button.setIcon(icon(_ICONS[name], theme))
        self.model.show_theme(theme)
        self.look.show_theme(theme)

    @property
    def _shown(self) -> SubtitleTrack | None:
        tracks = self._timeline.subtitles
        return tracks[self.track] if self.track < len(tracks) else None

    def _show_tracks(self) -> None:
        self._tracks.blockSignals(True)
        self._tracks.clear()
        for place, track in enumerate(self._timeline.subtitles, 1):
            words = " · ".join(filter(None, (track.name, track.language))) or str(place)
            self._tracks.addItem(words)
        self._tracks.setCurrentIndex(self.track)
        self._tracks.blockSignals(False)
        there = self._shown
        for widget in (self._tracks, self._name, self._language, self._caption, self.table):
            widget.setVisible(there is not None)
            widget.setEnabled(there is not None and (widget in (self._tracks, self.table) or not there.locked))
        self._empty.setVisible(there is None)
        for name in ("split", "merge", "remove", "export"):
            self.buttons[name].setEnabled(there is not None)
        if there is not None:
            self._name.setText(there.name)
            self._language.setText(there.language)
        self.show_look()

    def show_look(self) -> None:
        """Show how the words of the track are drawn, in the place of its captions, where that is wished, and can be."""
        there = self._shown
        able = there is not None and self.look.can_show(there.look)
        self._dressing.setVisible(able)
        self.look.setVisible(able and self._dressing.isChecked())
        self.table.setVisible(there is not None and not self.look.isVisibleTo(self))
        if there is not None and able:
            self.look.setEnabled(not there.locked)
            self.look.show_look(there.look)

    def _show_captions(self) -> None:
        rows = self.rows
        shown = self._shown
        self.model.show(shown.captions if shown else (), self._timeline.rate, locked=bool(shown and shown.locked))
        if len(rows) == 1:
            self.choose(self.track, rows[0])

    def _dress_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setAccessibleName(self.tr("Captions"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(round(table.fontMetrics().height() * 1.7))
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        width = table.fontMetrics().horizontalAdvance("00:00:00:00") + 14
        for column in (0, 1):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            table.setColumnWidth(column, width)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        table.setItemDelegateForColumn(2, _Words(table))

    def _lay_out(self) -> None:
        row, form, column = QHBoxLayout(), QGridLayout(), QVBoxLayout(self)
        row.setSpacing(2)
        for name, button in self.buttons.items():
            if name == "import":
                row.addStretch(1)
            row.addWidget(button)
        self._caption = caption(self.tr("Language"))
        form.addWidget(self._tracks, 0, 0, 1, 2)
        form.addWidget(self._name, 0, 2, 1, 2)
        form.addWidget(self._caption, 1, 0)
        form.addWidget(self._language, 1, 1)
        form.addWidget(self._dressing, 1, 2, 1, 2)
        self._language.setAccessibleName(self._caption.text())
        self._name.setAccessibleName(self.tr("Name"))
        form.setColumnStretch(1, 1)
        form.setColumnStretch(3, 1)
        column.setContentsMargins(8, 6, 8, 8)
        column.addLayout(row)
        column.addLayout(form)
        column.addWidget(self.look, 1)
        column.addWidget(self._empty)
        column.addWidget(self.table, 1)
        column.addStretch(0)
        self._show_tracks()

    def _connect(self) -> None:
        self._tracks.activated.connect(self._leaf)
        for field in (self._name, self._language):
            field.editingFinished.connect(self._describe)
        self._dressing.toggled.connect(self.show_look)
        self.model.text_wished.connect(self.text_wished)
        self.model.time_wished.connect(self.time_wished)
        self.table.selectionModel().currentRowChanged.connect(self._went)
        self.table.clicked.connect(self._clicked)

    def _leaf(self, track: int) -> None:
        self.choose(track, -1)
        self.chosen.emit(track, -1)

    def _describe(self) -> None:
        shown, words = self._shown, (self._name.text().strip(), self._language.text().strip())
        if shown is not None and words != (shown.name, shown.language):
            self.described.emit(*words)

    def _went(self, now: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self.track, now.row())

    def _clicked(self, index: QModelIndex) -> None:
        """Go where the caption that is clicked is shown."""
        shown = self._shown
        if shown is not None and index.row() < len(shown.captions):
            self.chosen.emit(self.track, index.row())
            self.seek_wished.emit(shown.captions[index.row()].start)


class _Words(QStyledItemDelegate):
    """Edits the words of a caption over several rows of the table."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        """Make the field."""
        del option
        editor = CaptionEditor(str(index.data(Qt.ItemDataRole.EditRole)), parent)
        editor.entered.connect(lambda _: self._end(editor, take=True))
        editor.left.connect(lambda: self._end(editor, take=False))
        return editor

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """Leave in the field what it was made with."""

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Give the field three lines, within the table."""
        del index
        place: Any = option
        rect = place.rect
        height = round(rect.height() * 2.2)
        owner = editor.parentWidget()
        assert owner is not None
        top = min(rect.y(), max(0, owner.height() - height))
        editor.setGeometry(rect.x(), top, rect.width(), height)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        """Hand the words over."""
        assert isinstance(editor, CaptionEditor)
        model.setData(index, editor.toPlainText())

    def _end(self, editor: CaptionEditor, *, take: bool) -> None:
        if take:
            self.commitData.emit(editor)
        self.closeEditor.emit(editor)
