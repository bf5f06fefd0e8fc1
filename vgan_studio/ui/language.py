"""The languages of the window: which one is spoken, and how it is changed while the program runs."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from .theme import resources

LANGUAGES = ("en", "zh_CN")


def wanted(choice: str) -> str:
    """Give the language for a choice of "system" or a language."""
    if choice in LANGUAGES:
        return choice
    return "zh_CN" if QLocale.system().language() is QLocale.Language.Chinese else "en"


def speak(language: str) -> bool:
    """Speak a language from now on: texts made after this are in it; False if it was spoken already."""
    app = QCoreApplication.instance()
    assert app is not None
    if app.property("language") == language:
        return False
    app.setProperty("language", language)
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    if language == "en":
        return True
    own = resources() / "translations"
    qt = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    for path in (qt / f"qtbase_{language}.qm", own / f"vgan_studio_{language}.qm"):
        translator = QTranslator(app)
        if translator.load(str(path)):
            app.installTranslator(translator)
    return True
