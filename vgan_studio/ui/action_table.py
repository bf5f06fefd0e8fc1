"""The table of everything that can be done: name, words, keys and icon, by menu."""

from PySide6.QtCore import QObject

Row = tuple[str, str, tuple[str, ...], str]  # name, words, keys, icon
Rows = tuple[Row | None, ...]  # None is a line

TOOLS = ("tool_select", "tool_razor", "tool_ripple", "tool_roll", "tool_slip", "tool_slide", "tool_rate")
THEMES = ("theme_system", "theme_dark", "theme_light")
LANGUAGES = ("language_system", "language_en", "language_zh_CN")
LAYOUTS = ("layout_edit", "layout_effects", "layout_audio", "layout_export")
UNITS = ("units_timecode", "units_frames", "units_seconds")
CAPTIONS = ("caption_add", "caption_split", "caption_merge", "subtitles_import", "subtitles_export")
BYPASSES = ("bypass", "bypass_gan")
HANDLES = ("handles_place", "handles_crop")
PROXIES = ("proxy_make", "proxy_remove", "proxy_original", "proxies", "proxies_auto", "proxies_clear")
PICTURE = ("fit_picture", "picture_in", "picture_out", "picture_full")
GUIDES = ("guide_safe", "guide_thirds", "guide_grid")
SWITCHES = (
    "snap",
    "lanes",
    "loop",
    "scrub",
    "overlaps",
    "ai",
    "titles",
    "compare_a",
    "lens",
    "render_pause",
    "proxies",
    "proxies_auto",
    "proxy_original",
    *GUIDES,
)
GROUPS = (TOOLS, THEMES, LANGUAGES, LAYOUTS, UNITS)  # one of each is on
COMPARES = ("compare_wipe", "compare_side", "compare_difference")
RENDERS = ("render_range", "render_chosen", "render_film", "render_stop", "render_pause", "flicker")
AI = (
    "bypass_gan",
    "hold_original",
    *COMPARES,
    "compare_a",
    "remember_a",
    "take_a",
    "lens",
    "models",
    *RENDERS,
)  # hidden with everything AI


class Table(QObject):
    """Words the actions in the language of the moment."""

    def menus(self) -> dict[str, Rows]:
        """Give the actions by the title of their menu."""
        return {
            self.tr("&File"): self._file(),
            self.tr("&Edit"): self._edit(),
            self.tr("&Clip"): self._clip(),
            self.tr("T&imeline"): self._timeline(),
            self.tr("&Play"): self._play(),
            self.tr("&View"): self._view(),
            self.tr("&Help"): self._help(),
        }

    def submenus(self) -> dict[str, tuple[str, ...]]:
        """Give the actions that lie one menu deeper, by its title."""
        return {
            self.tr("Tools"): TOOLS,
            self.tr("Subtitles"): CAPTIONS,
            self.tr("Layout"): (*LAYOUTS, "layout_reset", "titles"),
            self.tr("Ruler"): UNITS,
            self.tr("Compare"): ("hold_original", *COMPARES, "compare_a", "remember_a", "take_a", "lens"),
            self.tr("Rendering"): RENDERS,
            self.tr("Handles"): HANDLES,
            self.tr("Proxies"): PROXIES,
            self.tr("Picture"): PICTURE,
            self.tr("Guides"): GUIDES,
            self.tr("Colours"): THEMES,
            self.tr("Language"): LANGUAGES,
        }

    def _file(self) -> Rows:
        return (
            ("new", self.tr("&New film"), ("Ctrl+N",), "new"),
            ("open", self.tr("&Open film …"), ("Ctrl+O",), "open"),
            ("save", self.tr("&Save"), ("Ctrl+S",), "save"),
            ("save_as", self.tr("Save &as …"), ("Ctrl+Shift+S",), ""),
            ("versions", self.tr("Earlier &versions …"), (), ""),
            None,
            ("import", self.tr("&Import media …"), ("Ctrl+I",), "import"),
            ("find", self.tr("&Find missing media …"), (), "search"),
            ("film", self.tr("Settings of the fil&m …"), (), "settings"),
            None,
            ("snapshot", self.tr("Save this &frame …"), ("Ctrl+Shift+F",), ""),
            ("export", self.tr("&Export …"), ("Ctrl+E", "Ctrl+M"), "export"),
            None,
            ("quit", self.tr("&Quit"), ("Ctrl+Q",), ""),
        )

    def _edit(self) -> Rows:
        return (
            ("undo", self.tr("&Undo"), ("Ctrl+Z",), "undo"),
            ("redo", self.tr("&Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
            None,
            ("cut", self.tr("Cu&t"), ("Ctrl+X",), ""),
            ("copy", self.tr("&Copy"), ("Ctrl+C",), ""),
            ("paste", self.tr("&Paste at the playhead"), ("Ctrl+V",), ""),
            ("paste_effects", self.tr("Paste &effects"), ("Ctrl+Alt+V",), ""),
            ("duplicate", self.tr("&Duplicate"), ("Ctrl+D",), ""),
            None,
            ("delete", self.tr("De&lete"), ("Delete", "Backspace"), "delete"),
            ("ripple", self.tr("Ripple de&lete"), ("Shift+Delete", "Shift+Backspace"), "ripple"),
            ("close_gap", self.tr("Close &gap at the playhead"), ("Alt+G",), ""),
            None,
            ("select_all", self.tr("Select &all"), ("Ctrl+A",), ""),
            ("select_none", self.tr("Select &nothing"), ("Ctrl+Shift+A",), ""),
            None,
            ("palette", self.tr("Find an act&ion …"), ("Ctrl+Shift+P",), "search"),
            ("keys", self.tr("&Keys …"), ("Ctrl+Alt+K",), "keyboard"),
            ("models", self.tr("&Models …"), (), ""),
        )

    def _clip(self) -> Rows:
        return (
            ("insert", self.tr("&Insert from the bin"), (",",), "insert"),
            ("overwrite", self.tr("O&verwrite from the bin"), (".",), "overwrite"),
            ("append", self.tr("A&ppend from the bin"), ("E",), "append"),
            None,
            ("split", self.tr("&Split at the playhead"), ("Ctrl+K", "Ctrl+B"), "split"),
            ("split_all", self.tr("Split &all tracks"), ("Ctrl+Shift+K",), ""),
            ("trim_head", self.tr("Trim &head to the playhead"), ("Q",), ""),
            ("trim_tail", self.tr("Trim &tail to the playhead"), ("W",), ""),
            None,
            ("dissolve", self.tr("&Dissolve from the clip before"), ("Ctrl+T",), "transition"),
            ("cut_hard", self.tr("&Remove the transition"), ("Ctrl+Shift+T",), ""),
            ("speed", self.tr("Sp&eed …"), ("Ctrl+R",), "speed"),
            ("reverse_clip", self.tr("Play the clip &backwards"), ("Ctrl+Shift+R",), ""),
            ("freeze", self.tr("&Freeze the frame at the playhead"), ("Shift+F",), "freeze"),
            ("mute", self.tr("&Mute or unmute"), ("Shift+M",), "mute"),
            ("detach", self.tr("Detach s&ound"), (), "sound"),
            None,
            ("reseed", self.tr("Draw &new seeds, but for locked ones"), (), ""),
            None,
            ("group", self.tr("&Group"), ("Ctrl+G",), "group"),
            ("ungroup", self.tr("&Ungroup"), ("Ctrl+Shift+G",), ""),
            None,
            ("proxy_make", self.tr("Make pro&xy"), (), ""),
            ("proxy_remove", self.tr("Remove proxy"), (), ""),
            ("proxy_original", self.tr("Use original"), (), ""),
            ("proxies", self.tr("Preview with proxies"), (), ""),
            ("proxies_auto", self.tr("Make proxies of films above 1920 × 1080 by themselves"), (), ""),
            ("proxies_clear", self.tr("Remove all proxies"), (), ""),
            None,
            ("loudness", self.tr("Measure &loudness"), (), ""),
            None,
            ("title", self.tr("Add a t&itle"), ("T",), "title"),
            ("caption_add", self.tr("Add a &caption at the playhead"), ("Alt+T",), "add"),
            ("caption_split", self.tr("Split the caption at the playhead"), ("Alt+K",), ""),
            ("caption_merge", self.tr("Merge the caption with the next one"), ("Alt+J",), ""),
            ("subtitles_import", self.tr("Import subtitles …"), (), ""),
            ("subtitles_export", self.tr("Export subtitles …"), (), ""),
        )

    def _timeline(self) -> Rows:
        return (
            ("tool_select", self.tr("&Select"), ("V",), "tool-select"),
            ("tool_razor", self.tr("&Razor"), ("C",), "tool-razor"),
            ("tool_ripple", self.tr("R&ipple: trim, and the later clips follow"), ("B",), "tool-ripple"),
            ("tool_roll", self.tr("R&oll: move a cut"), ("N",), "tool-roll"),
            ("tool_slip", self.tr("S&lip: show another part"), ("Y",), "tool-slip"),
            ("tool_slide", self.tr("Sli&de: move between neighbours"), ("U",), "tool-slide"),
            ("tool_rate", self.tr("S&tretch: change the speed"), ("R",), "tool-rate"),
            None,
            ("add_video", self.tr("Add a &video track"), (), ""),
            ("add_audio", self.tr("Add a so&und track"), (), ""),
            None,
            ("mark_in", self.tr("Mark &in"), ("I",), "mark-in"),
            ("mark_out", self.tr("Mark &out"), ("O",), "mark-out"),
            ("mark_none", self.tr("&Clear in and out"), ("Alt+X",), ""),
            ("marker", self.tr("Set a &marker"), ("M",), "marker"),
            ("marker_edit", self.tr("Change the mark&er …"), ("Alt+M",), ""),
            None,
            ("snap", self.tr("&Snapping"), ("S",), "snap"),
            ("overlaps", self.tr("Over&laps make transitions"), (), ""),
            ("lanes", self.tr("&Keys below the selected clip"), ("Shift+K",), "key"),
            ("units_timecode", self.tr("Time code"), (), ""),
            ("units_frames", self.tr("Frames"), (), ""),
            ("units_seconds", self.tr("Seconds"), (), ""),
        )

    def _play(self) -> Rows:
        return (
            ("play", self.tr("&Play or pause"), ("Space",), "play"),
            ("reverse", self.tr("Play &backwards, faster"), ("J",), ""),
            ("stop", self.tr("&Stop"), ("K",), ""),
            ("forward", self.tr("Play &forwards, faster"), ("L",), ""),
            ("loop", self.tr("L&oop"), ("Ctrl+L",), "loop"),
            ("scrub", self.tr("Sound &while the playhead is dragged"), (), ""),
            None,
            ("source", self.tr("So&urce or film in the viewer"), ("Shift+Q",), ""),
            None,
            ("back_frame", self.tr("Frame back"), ("Left",), "back"),
            ("next_frame", self.tr("Frame on"), ("Right",), "forward"),
            ("back_second", self.tr("Second back"), ("Shift+Left", "PgUp"), ""),
            ("next_second", self.tr("Second on"), ("Shift+Right", "PgDown"), ""),
            ("back_cut", self.tr("Cut before"), ("Up",), ""),
            ("next_cut", self.tr("Cut after"), ("Down",), ""),
            ("first", self.tr("To the &start"), ("Home",), "first"),
            ("last", self.tr("To the &end"), ("End",), "last"),
        )

    def _view(self) -> Rows:
        return (*self._layouts(), None, *self._places(), None, *self._networks(), None, *self._looks())

    def _layouts(self) -> Rows:
        return (
            ("layout_edit", self.tr("Edit"), ("Alt+1",), ""),
            ("layout_effects", self.tr("Effects"), ("Alt+2",), ""),
            ("layout_audio", self.tr("Audio"), ("Alt+3",), ""),
            ("layout_export", self.tr("Export"), ("Alt+4",), ""),
            ("layout_reset", self.tr("&Reset this layout"), ("Alt+0",), "reset"),
            ("titles", self.tr("&Title bars, to move panels by"), (), ""),
        )

    def _places(self) -> Rows:
        return (
            ("zoom_in", self.tr("Zoom &in"), ("=", "+"), "zoom-in"),
            ("zoom_out", self.tr("Zoom &out"), ("-",), "zoom-out"),
            ("fit", self.tr("Show &all of the film"), ("\\", "Shift+Z"), "fit"),
            ("zoom_chosen", self.tr("Show what is &selected"), ("Shift+S",), ""),
            ("fit_picture", self.tr("Show all of the &picture"), ("Ctrl+0", "Shift+F4"), ""),
            ("picture_in", self.tr("&Enlarge the picture"), ("Ctrl+=", "Ctrl++"), ""),
            ("picture_out", self.tr("&Reduce the picture"), ("Ctrl+-",), ""),
            ("picture_full", self.tr("Picture at &100 %"), ("Ctrl+1",), ""),
            ("handles_place", self.tr("&Place the picture by handles"), ("Shift+V",), "place"),
            ("handles_crop", self.tr("&Crop the picture by handles"), ("Shift+C",), "crop"),
            ("guide_safe", self.tr("&Safe areas"), ("Shift+A",), ""),
            ("guide_thirds", self.tr("&Thirds"), ("Shift+T",), ""),
            ("guide_grid", self.tr("&Grid"), (), ""),
            ("scopes", self.tr("S&copes"), ("Shift+W",), ""),
            ("subtitles", self.tr("Subtitles"), ("Alt+U",), ""),
            ("meters", self.tr("So&und meters and loudness"), (), ""),
        )

    def _networks(self) -> Rows:
        return (
            ("bypass", self.tr("Look without &effects"), ("Shift+B",), ""),
            ("bypass_gan", self.tr("Look without &GAN effects"), ("Shift+G",), ""),
            ("hold_original", self.tr("Original for as long as the &key is held"), ("H",), ""),
            ("compare_wipe", self.tr("&Wipe between original and result"), ("Alt+W",), ""),
            ("compare_side", self.tr("&Side by side"), ("Alt+S",), ""),
            ("compare_difference", self.tr("&Difference ×8"), ("Alt+D",), ""),
            ("compare_a", self.tr("Compare with &A instead of the original"), ("Alt+B",), ""),
            ("remember_a", self.tr("&Remember these settings as A"), ("Alt+A",), ""),
            ("take_a", self.tr("Swap A &and B"), ("Alt+Shift+A",), ""),
            ("lens", self.tr("&Lens at 100 %"), ("Alt+L",), ""),
            ("render_range", self.tr("Render the &range"), ("Alt+R",), ""),
            ("render_chosen", self.tr("Render what is &selected"), ("Alt+Shift+R",), ""),
            ("render_film", self.tr("Render the &film"), (), ""),
            ("render_stop", self.tr("S&top rendering"), (), ""),
            ("render_pause", self.tr("&Pause all computing"), (), "pause"),
            ("flicker", self.tr("&Measure flicker"), (), ""),
            ("ai", self.tr("Effects that use &AI"), (), ""),
        )

    def _looks(self) -> Rows:
        return (
            ("full", self.tr("&Picture over the whole screen"), ("F11",), ""),
            ("full_window", self.tr("&Window over the whole screen"), ("Shift+F11",), ""),
            ("theme_system", self.tr("Colours of the s&ystem"), (), ""),
            ("theme_dark", self.tr("&Dark colours"), (), ""),
            ("theme_light", self.tr("&Light colours"), (), ""),
            ("language_system", self.tr("Language of the system"), (), ""),
            ("language_en", "English", (), ""),
            ("language_zh_CN", "简体中文", (), ""),
        )

    def _help(self) -> Rows:
        return (
            ("help", self.tr("&Help"), ("F1",), "help"),
            ("tour", self.tr("A &tour in five steps"), (), "help"),
            ("demo", self.tr("&Demo film"), (), "film"),
            ("about", self.tr("&About vgan studio"), (), ""),
        )
