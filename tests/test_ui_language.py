"""Every word of the window in both languages, switched at once."""

import ast
import inspect
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenuBar, QWidget

from tests.windows import speaks
from vgan_studio import ui
from vgan_studio.service.importing import look
from vgan_studio.service.models import all_known
from vgan_studio.timeline.edit import overwrite
from vgan_studio.timeline.values import Clip, EffectCall
from vgan_studio.ui import language
from vgan_studio.ui.help import Help
from vgan_studio.ui.keys import PRESETS, preset
from vgan_studio.ui.palette import Palette
from vgan_studio.ui.theme import resources
from vgan_studio.ui.tour import Tour
from vgan_studio.ui.words import said, spelt
from vgan_studio.ui.words_below import SENTENCES

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the offscreen platform

FILE = resources() / "translations" / "vgan_studio_zh_CN.ts"
FOLDER = Path(inspect.getfile(ui)).parent
BELOW = FOLDER.parent
SHOWN = {  # what takes words that are shown
    "setText", "setToolTip", "setWindowTitle", "setAccessibleName", "setPlaceholderText", "label", "caption", "tool",
    "addAction", "addMenu", "QPushButton", "QLabel", "QCheckBox", "setTitle", "showMessage", "say", "tell", "setStatusTip",
}  # fmt: skip


def messages():
    for context in ET.parse(FILE).getroot().iter("context"):
        for message in context.iter("message"):
            yield context.findtext("name"), message.findtext("source"), message.find("translation")


@pytest.fixture
def window(windows):
    yield windows.open()
    windows.close()
    language.speak("en")


def test_no_key_of_any_preset_opens_a_menu_in_any_language(windows):
    for spoken in ("en", "zh_CN"):
        window = windows.open({"toured": True, "language": spoken})
        bar = window.menuWidget().findChild(QMenuBar)
        letters = {f"Alt+{found[1].upper()}" for one in bar.actions() if (found := re.search(r"&(\w)", one.text()))}
        assert len(letters) == len(bar.actions()), "each menu has a letter of its own"
        for name in PRESETS:
            bound = preset(name, window.actions_.usual).values()
            assert not letters & {
                QKeySequence(key).toString().upper().replace("ALT", "Alt") for one in bound for key in one
            }
    windows.close()
    language.speak("en")


def test_nothing_is_left_to_be_translated():
    left = [(context, source) for context, source, done in messages() if done.get("type") or not done.text]
    assert left == []


def test_what_is_filled_in_stays_in_the_translation():
    for _, source, done in messages():
        assert sorted(re.findall(r"\{\d[^}]*\}", source)) == sorted(re.findall(r"\{\d[^}]*\}", done.text)), source
        assert ("&" in source.replace("&&", "")) == ("&" in done.text), source


def test_the_file_knows_every_text_of_the_window():
    """As `pyside6-lupdate` would find: every literal in self.tr(...) or translate(context, ...)."""
    known = {(context, source) for context, source, _ in messages()}
    for path in [*FOLDER.glob("*.py"), *(BELOW / "service").glob("*.py")]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for owner in ast.walk(tree):
            if isinstance(owner, ast.ClassDef):
                for call in ast.walk(owner):
                    if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "tr" and call.args:
                        words = ast.literal_eval(call.args[0])
                        assert (owner.name, words) in known, f"{path.name}: {words!r}; run `make translations`"
    assert {("Below", sentence) for sentence in SENTENCES} <= known


def test_the_compiled_file_is_the_one_that_was_translated(qapp):
    language.speak("zh_CN")
    for context, source, done in messages():
        assert QApplication.translate(context, source) == done.text
    language.speak("en")


def test_no_text_that_is_shown_goes_round_the_translation():
    allowed = re.compile(r"^[\W\d]*$|^(vgan studio.*|GAN|fx|S|English|简体中文|<b>.*)$")
    found = []
    for path in FOLDER.glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(call, "func", None), "attr", getattr(getattr(call, "func", None), "id", ""))
            if not isinstance(call, ast.Call) or name not in SHOWN:
                continue
            for word in call.args[:1]:
                if isinstance(word, ast.Constant) and isinstance(word.value, str) and not allowed.match(word.value):
                    found.append((path.name, call.lineno, word.value))
    assert found == []


def test_every_sentence_of_an_edit_can_be_translated():
    lacking = []
    for path in [*(BELOW / "timeline").glob("*.py"), *(BELOW / "service").glob("*.py")]:
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "EditError" and call.args:
                words = _pattern(call.args[0])
                if words and words not in SENTENCES:
                    lacking.append((path.name, words))
    assert lacking == []


def _pattern(node):
    """The sentence as a translator sees it, with {0} for the first thing filled in."""
    if isinstance(node, ast.Constant):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return ""
    number, words = 0, ""
    for part in node.values:
        if isinstance(part, ast.Constant):
            words += part.value
        else:
            words += "{" + str(number) + "}"
            number += 1
    return words


def test_effects_and_their_parameters_are_translated(qapp):
    import vgan_studio.effects.families  # noqa: F401
    from vgan_studio.effects.spec import REGISTRY

    language.speak("zh_CN")
    lacking = set()
    for effect in REGISTRY.values():
        words = [effect.title, *(spelt(name) for name in effect.params)]
        words += [option for param in effect.params.values() for option in getattr(param, "options", ())]
        words += [param.wants for param in effect.params.values()]
        lacking |= {word for word in words if said(word) == word and not word.isdigit()}
    language.speak("en")
    assert lacking == set()


def test_a_sentence_with_names_and_numbers_is_translated(qapp):
    assert said("Track V1 is locked. Unlock it first.") == "Track V1 is locked. Unlock it first."
    language.speak("zh_CN")
    assert said("Track V1 is locked. Unlock it first.") == "轨道 V1 已锁定。请先解锁。"
    assert said("a number from 0 to 1 heights") == "0 到 1 倍画面高度的数字"
    assert said("Something new.") == "Something new."
    language.speak("en")


def test_what_shipped_models_say_of_themselves_can_be_translated():
    shipped = [one for one in all_known() if not one.own]
    words = {sentence for one in shipped for sentence in (one.about, one.limits) if sentence}
    assert len(shipped) > 10 and words <= set(SENTENCES), "new words of a card go into ui/words_cards.py"


def test_what_was_measured_of_shipped_models_can_be_translated_but_for_names_of_data_and_measures(qapp):
    names = r"dB|CRF \d+|CBSD68|FN-dist|(Kodak|Set5|Set14|\w+_\w+)( ×\d)?( PSNR(-Y)?| SSIM-Y| FN-dist)( dB)?|photos?"
    language.speak("zh_CN")
    try:
        parts = {part for one in all_known() if not one.own for name, _ in one.figures for part in name.split(", ")}
        assert len(parts) > 30
        assert {part for part in parts if said(part) == part and not re.fullmatch(names, part)} == set()
        validated = {said(part) for part in parts if part.startswith("validation ")}
        assert len(validated) > 20 and {words for words in validated if re.search("[a-z]", words)} == set()
        assert said("films") == "影片" and said("Set5 ×2 over bicubic") == "Set5 ×2 优于双三次"
    finally:
        language.speak("en")


def test_why_the_system_refused_is_said_in_the_language_of_the_window(qapp):
    language.speak("zh_CN")
    try:
        assert said("Cannot write film.otio: No space left on device.") == "无法写入 film.otio：磁盘已满。"
        assert "没有这个文件或文件夹" in said("Cannot read a.mp4: no such file or directory.")
        assert "Picture" in said("Cannot read Picture: No such file or directory."), "a name stays what it is"
    finally:
        language.speak("en")


def test_why_a_file_is_not_taken_in_is_said_in_the_language_of_the_window(qapp, tmp_path):
    note, folder = tmp_path / "note.txt", tmp_path / "empty"
    note.write_text("no film at all")
    folder.mkdir()
    language.speak("zh_CN")
    try:
        for path in (note, folder, tmp_path / "gone.mp4"):
            (sentence,) = look(path).sentences
            rest = said(sentence).replace(path.name, "").replace("FFmpeg", "")
            assert rest != sentence and not re.search("[A-Za-z]{2}", rest), said(sentence)
    finally:
        language.speak("en")


def test_the_language_is_switched_at_once_and_the_film_stays_as_it_was(qtbot, window):
    window.document.do("a", overwrite, 0, 0, Clip(0, 0, 50, EffectCall("core.color")))
    film = window.document.timeline
    window.timeline_view.select([1])
    window.preview.seek(7)
    window.actions_["layout_audio"].trigger()
    old = window.timeline_view
    window.actions_["language_zh_CN"].trigger()
    qtbot.waitUntil(lambda: speaks(window, "zh_CN"))
    assert window.timeline_view is not old
    assert window.actions_["split"].text() == "在播放头处切开(&S)"
    assert window.actions_["split"].toolTip().startswith("在播放头处切开  (")
    assert window.layouts.docks["history"].windowTitle() == "历史"
    assert window.document.timeline is film
    assert (window.timeline_view.selection, window.preview.frame, window.layouts.name) == ({1}, 7, "audio")
    assert window.actions_["language_zh_CN"].isChecked()
    window.document.undo()
    window.document.undo()
    assert window.statusBar().currentMessage() == "没有可撤销的内容。"
    window.document.redo()
    assert window.timeline_view.timeline.duration == 50, "the new widgets are connected"
    window.actions_["language_en"].trigger()
    qtbot.waitUntil(lambda: speaks(window, "en"))
    assert window.actions_["split"].text() == "&Split at the playhead"
    for _ in range(3):  # and nothing is left behind
        for name in ("zh_CN", "en"):
            window.actions_[f"language_{name}"].trigger()
            qtbot.waitUntil(lambda name=name: speaks(window, name))
    window.actions_["zoom_in"].trigger()
    window.document.undo()
    assert window.timeline_view.timeline.duration == 0


def test_the_language_is_remembered(qtbot, tmp_path, window):
    window.actions_["language_zh_CN"].trigger()
    assert window.settings.value("language") == "zh_CN"
    assert language.wanted("zh_CN") == "zh_CN"
    assert language.wanted("system") in language.LANGUAGES


def test_what_lies_over_the_window_goes_when_another_language_is_spoken(qtbot, window):
    window.sheets.palette()
    window.sheets.tour()
    assert window.findChildren(Tour)
    old = window.media_bin
    window.speaking.speak("zh_CN")
    qtbot.waitUntil(lambda: speaks(window, "zh_CN"))
    assert window.media_bin is not old
    qtbot.waitUntil(lambda: not window.findChildren(Tour) and not window.findChildren(Palette))
    window.resize(1500, 900)
    qtbot.wait(50)
    assert window.viewer.isVisible() or window.welcome.isVisible()


def said_by(window):
    """Give all that the window and its actions say, and what says it."""
    found = []
    window._show_state("idle", "")
    seen = [one for one in window.findChildren(QWidget) if one.isVisibleTo(window)]
    for one in [window, *seen, *window.findChildren(QAction)]:
        names = "text", "windowTitle", "toolTip", "accessibleName", "placeholderText", "title"
        words = [one.property(name) for name in names]
        found.append((type(one).__name__, *(str(word) for word in words if word)))
    return sorted(one for one in found if len(one) > 1)


def in_the_middle(qtbot, window, turns):
    """Begin to speak Chinese, and stop after some turns."""
    window.actions_["language_zh_CN"].trigger()
    qtbot.waitUntil(lambda: window.speaking.slices.busy)
    for _ in range(turns):
        window.speaking.slices._turn()
    assert window.speaking.slices.busy


def test_what_is_made_in_turns_says_what_a_window_says_that_began_in_that_language(qtbot, windows):
    windows.open({"toured": True, "language": "zh_CN"})
    qtbot.wait(50)
    began = said_by(windows._made[0])
    windows.close()
    language.speak("en")
    window = windows.open({"toured": True, "language": "en"})
    window.speaking.speak("zh_CN")
    qtbot.waitUntil(lambda: speaks(window, "zh_CN"))
    qtbot.wait(50)  # until what is deleted is gone
    assert said_by(window) == began
    windows.close()
    language.speak("en")


@pytest.mark.parametrize("turns", [0, 3, 8, 14, 20, 26])
def test_a_key_that_comes_in_the_middle_does_what_it_does_in_the_new_language(qtbot, window, turns):
    window.document.do("a", overwrite, 0, 0, Clip(0, 0, 50, EffectCall("core.color")))
    window.timeline_view.select([1])
    in_the_middle(qtbot, window, turns)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Delete)
    assert speaks(window, "zh_CN")
    assert window.document.timeline.duration == 0 and window.timeline_view.timeline.duration == 0
    assert window.document.history.steps[-1].label == "删除"


@pytest.mark.parametrize("turns", [0, 5, 12, 20])
def test_another_language_chosen_in_the_middle_is_spoken_at_last(qtbot, window, turns):
    in_the_middle(qtbot, window, turns)
    window.speaking.speak("en")
    qtbot.waitUntil(lambda: speaks(window, "en") and window.actions_["split"].text() == "&Split at the playhead")
    assert window.updatesEnabled() and window.actions_["language_en"].isChecked()


@pytest.mark.parametrize("turns", [0, 5, 12, 20])
def test_edits_and_closing_in_the_middle_find_a_whole_window(qtbot, window, turns):
    in_the_middle(qtbot, window, turns)
    window.document.do("a", overwrite, 0, 0, Clip(0, 0, 50, EffectCall("core.color")))
    window.preview.seek(3)
    QApplication.processEvents()
    window.document.undo()
    window._closing = True
    window.close()
    assert not window.isVisible() and speaks(window, "zh_CN")


def test_an_open_help_speaks_the_new_language(qtbot, window):
    window.sheets.help()
    window.speaking.speak("zh_CN")
    qtbot.waitUntil(lambda: speaks(window, "zh_CN"))
    qtbot.wait(20)
    (help,) = window.findChildren(Help)
    assert help.windowTitle() == "帮助"
