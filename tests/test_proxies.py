"""Proxies: the same pictures, smaller and quicker, for who looks; and never a trace of them in what is exported."""

from dataclasses import replace
from fractions import Fraction
from itertools import islice

import numpy as np
import pytest

from tests.films import BT601, number_of, numbered, write_film
from tests.windows import speaks
from vgan_studio.engine.run import Engine
from vgan_studio.errors import MediaError
from vgan_studio.media.proxy import copying, proxy_size
from vgan_studio.media.reader import VideoReader
from vgan_studio.render.cache import Cache
from vgan_studio.render.cover import Cover
from vgan_studio.render.evaluate import Renderer
from vgan_studio.render.export import export
from vgan_studio.render.plan import plan
from vgan_studio.render.proxy import ProxyDecoder, check_proxy
from vgan_studio.service import gestures
from vgan_studio.service.document import empty_film
from vgan_studio.service.images import to_array
from vgan_studio.service.importing import look
from vgan_studio.service.jobs import Jobs
from vgan_studio.service.proxies import Proxies, can_have
from vgan_studio.service.requests import Request, Task, Tools
from vgan_studio.service.worker import Worker
from vgan_studio.timeline.effects import add_effect
from vgan_studio.timeline.values import EffectCall, Media
from vgan_studio.ui.timeline_paint import _badges

SIZE = 512, 512
COUNT = 20


def made(media, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    for _ in copying(media, path):
        pass
    return path


@pytest.fixture(scope="module")
def media(tmp_path_factory):
    """Twenty numbers in H.264 with B-frames."""
    return look(write_film(tmp_path_factory.mktemp("film") / "numbers.mp4", COUNT, size=SIZE)).media


@pytest.fixture(scope="module")
def impostor(tmp_path_factory):
    """What passes for the proxy of those, but shows others: so one sees who looked at it."""
    folder = tmp_path_factory.mktemp("other")
    other = write_film(folder / "o.mp4", COUNT, size=SIZE, draw=lambda i, w, h: numbered(i + 100, w, h))
    return made(look(other).media, folder / "o.mov").read_bytes()


@pytest.fixture
def proxies(qapp, tmp_path):
    jobs = Jobs()
    yield Proxies(jobs, tmp_path / "cache")
    jobs.stop()


@pytest.fixture
def deceived(proxies, media, impostor):
    """The proxies of someone who has the impostor for a proxy."""
    path = proxies._path(media)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(impostor)
    proxies.look()
    assert proxies.state(media) == "ready"
    return proxies


class Client:
    """Whom a worker works for: remembers what it is shown."""

    resting = False

    def __init__(self):
        self.shown = []

    def tell(self, shown):
        self.shown.append(shown)

    def stop_wanted(self):
        return False

    def newest(self):
        return None


@pytest.fixture
def at_work(tmp_path, deceived):
    """A worker with those proxies, whom it works for, and its tools."""
    engine, cache = Engine("cpu", memory=tmp_path / "engine.json"), Cache(tmp_path / "made", 1 << 30)
    tools = Tools(engine, cache, Cover(Renderer(engine, None, memory_bytes=0).keys, cache), deceived)
    client = Client()
    worker = Worker(client, tools)
    yield worker, client, tools
    worker.close()
    cache.close()
    engine.close()


def film_of(media, *effects):
    film = gestures.place(gestures.add_all(empty_film(), [media]), [media], 0, 0)
    for effect in effects:
        film = add_effect(film, film.tracks[0].clips[0].id, effect)
    return film


def shown_numbers(client):
    return [(number_of(to_array(one.image)), one.final, one.proxy) for one in client.shown]


FILMS = {
    "even": {},
    "NTSC": {"rate": Fraction(30000, 1001)},
    "varying": {"times": [Fraction(n * n + 3 * n, 1000) for n in range(COUNT)]},
    "late": {"start": 2},
    "full range": {"full_range": True, "pix_fmt": "yuvj420p"},
    "BT.601": {"matrix": BT601},
    "ten bits": {"codec": "ffv1", "pix_fmt": "yuv420p10le", "b_frames": 0, "suffix": ".mkv"},
}


@pytest.mark.parametrize("kind", FILMS)
def test_a_proxy_shows_every_picture_at_its_time_in_its_colours(tmp_path, kind):
    how = dict(FILMS[kind])

    def draw(i, width, height):
        pixels = numbered(i, width, height).astype(np.float32)
        pixels[:, :, 0] *= 0.9
        pixels[:, :, 2] *= 0.6
        return pixels.astype(np.uint8)

    path = tmp_path / f"film{how.pop('suffix', '.mp4')}"
    film = look(write_film(path, COUNT, size=SIZE, draw=draw, **how)).media
    proxy = made(film, tmp_path / "proxy.mov")
    check_proxy(proxy, film)
    with VideoReader(path, threads=1) as theirs, VideoReader(proxy, threads=1) as ours:
        times = theirs.times()
        assert len(times) == len(ours.times()) == COUNT
        ends = [*times[1:], times[-1] + Fraction(1, 25)]
        for number, (start, end) in enumerate(zip(times, ends, strict=True)):
            small = ours.at((start + end) / 2).pixels()
            assert small.shape == (256, 256, 3) and number_of(small) == number
            large = theirs.at(start).pixels()
            if large.dtype == np.uint16:
                large = (large >> 8).astype(np.uint8)
            apart = np.abs(large[16:240:32, 16:512:64][:, :8].astype(int) - small[8:120:16, 8:256:32])
            assert apart.max() <= 8, apart.max()


@pytest.mark.parametrize(
    ("size", "wanted"), [((1920, 1080), (960, 540)), ((3840, 2160), (960, 540)), ((1081, 1919), (540, 958))]
)
def test_a_proxy_has_half_the_size_or_a_quarter_of_a_large_one(size, wanted):
    assert proxy_size(*size) == wanted


def test_stills_sounds_and_small_films_have_none():
    film = Media("/f.mp4", "f", Fraction(9), 1920, 1080, Fraction(25))
    assert can_have(film) and can_have(replace(film, width=512, height=512))
    assert not can_have(replace(film, duration=Fraction(0)))
    assert not can_have(replace(film, width=0, height=0))
    assert not can_have(replace(film, height=480))
    assert not can_have(replace(film, fingerprint="?f"))


def test_while_it_plays_the_proxy_is_shown_and_at_rest_the_original_follows(at_work, media):
    worker, client, _ = at_work
    film = film_of(media)
    worker.answer(Request(film, 7, 512, 512, draft=True))
    assert shown_numbers(client) == [(107, True, True)]
    worker.answer(Request(film, 8, 512, 512))
    assert shown_numbers(client)[1:] == [(108, False, True), (8, True, False)]


@pytest.mark.parametrize("effects", [(), (EffectCall("color.exposure", (("stops", 0.1),)),)])
def test_while_one_searches_no_original_is_decoded(at_work, media, effects):
    worker, client, _ = at_work
    film = film_of(media, *effects)
    requests = [Request(film, frame, 256, 256) for frame in range(5)]
    for request, newer in zip(requests, [*requests[1:], None], strict=True):
        client.newest = lambda newer=newer: newer
        worker.answer(request)
    assert shown_numbers(client) == [*((100 + n, False, True) for n in range(5)), (4, True, False)]


def test_so_it_is_under_effects(at_work, media):
    worker, client, _ = at_work
    film = film_of(media, EffectCall("color.exposure", (("stops", 0.1),)))
    worker.answer(Request(film, 7, 256, 256, draft=True))
    worker.answer(Request(film, 8, 256, 256))
    assert shown_numbers(client) == [(107, True, True), (108, False, True), (8, True, False)]


def test_networks_never_see_a_proxy_and_the_cache_holds_nothing_of_it(at_work, media, tmp_path):
    worker, client, tools = at_work
    film = film_of(media, EffectCall("gan.upscale"))
    worker.answer(Request(film, 7, 256, 256, draft=True))
    assert shown_numbers(client)[-1] == (107, True, True), "without the network, as it is not ready"
    assert tools.cache.size_bytes == 0
    worker.answer(Request(film, 7, 256, 256))
    assert shown_numbers(client)[-1] == (7, True, False)
    worker.compute(Task(film, 8, "range"))
    alone = Renderer(tools.engine, None)
    for frame in (7, 8):
        node = plan(film, frame)
        (part,) = alone.missing(node) or alone.unkept(node)
        kept = tools.cache.get(alone.keys(part)[id(part)])
        assert kept is not None
        fresh = (alone.render([part])[0][0, :3] * 255).round().byte().cpu().numpy()
        assert np.array_equal(kept[:3], fresh)
    worker.answer(Request(film, 8, 256, 256, draft=True))
    assert shown_numbers(client)[-1] == (8, True, False), "what is ready plays with the original"
    alone.close()


def test_what_is_exported_is_the_same_with_and_without_proxies(at_work, media, tmp_path):
    worker, _, tools = at_work
    film = film_of(media, EffectCall("color.exposure", (("stops", 0.1),)))
    worker.answer(Request(film, 3, 256, 256))
    for name, cache in (("with.mkv", tools.cache), ("without.mkv", None)):
        for _ in export(film, tmp_path / name, tools.engine, cache, codec="ffv1", size=(256, 256), range=(0, 6)):
            pass
    with VideoReader(tmp_path / "with.mkv") as one, VideoReader(tmp_path / "without.mkv") as other:
        for a, b in zip(one.pictures(), other.pictures(), strict=True):
            assert np.array_equal(a.pixels(), b.pixels())
            assert number_of(a.pixels()) < 100


@pytest.mark.parametrize("how", ["damaged", "gone", "of another"])
def test_a_proxy_that_is_spoilt_gives_way_to_the_original_and_is_told_of_once(
    qtbot, at_work, deceived, media, how, tmp_path
):
    worker, client, _ = at_work
    path = deceived.path_of(media)
    if how == "gone":
        path.unlink()
    elif how == "damaged":
        path.write_bytes(path.read_bytes()[: len(path.read_bytes()) // 3])
    else:
        short = write_film(tmp_path / "short.mp4", 5, size=SIZE)
        path.unlink()
        made(look(short).media, path)
    told = []
    deceived.told.connect(lambda words, bad: told.append((words, bad)))
    for frame in (4, 5):
        worker.answer(Request(film_of(media), frame, 512, 512, draft=True))
    assert shown_numbers(client) == [(4, True, False), (5, True, False)]
    qtbot.waitUntil(lambda: bool(told))
    assert told == [("The proxy of numbers.mp4 is missing or damaged: the original is shown.", True)]
    assert deceived.state(media) == "none" and not path.exists()


def test_the_original_is_used_where_that_is_wished(at_work, deceived, media):
    worker, client, _ = at_work
    film = film_of(media)
    deceived.use_original([media.fingerprint])
    assert deceived.state(media) == "original"
    worker.answer(Request(film, 4, 512, 512, draft=True))
    deceived.use_original([media.fingerprint], False)
    deceived.enable(False)
    worker.answer(Request(film, 5, 512, 512, draft=True))
    deceived.enable(True)
    worker.answer(Request(film, 6, 512, 512, draft=True))
    assert [number for number, *_ in shown_numbers(client)] == [4, 5, 106]


def test_proxies_are_made_in_the_background_one_after_the_other(qtbot, proxies, media, tmp_path):
    second = look(write_film(tmp_path / "second.mp4", 8, size=SIZE)).media
    small = look(write_film(tmp_path / "small.mp4", 8, size=(64, 48))).media
    proxies.make([media, second, small, media])
    assert [proxies.state(one) for one in (media, second, small)] == ["making", "waiting", "none"]
    qtbot.waitUntil(lambda: proxies.state(second) == "ready")
    assert proxies.state(media) == "ready"
    assert sorted(path.suffix for path in proxies.folder.iterdir()) == [".mov", ".mov"]
    assert proxies.path_of(media).stem == media.fingerprint
    again = Proxies(Jobs(), proxies.folder.parent)
    again.look()
    assert again.state(media) == "ready", "another session finds them"
    with_proxy = ProxyDecoder(proxies)
    node = plan(film_of(media), 3)
    assert number_of(with_proxy.pixels(node)) == 3
    with_proxy.close()
    proxies.remove([media])
    assert proxies.state(media) == "none" and proxies.size_bytes > 0
    proxies.remove_all()
    assert proxies.size_bytes == 0 and proxies.state(second) == "none"


def test_proxies_lie_where_computed_pictures_lie(qapp, monkeypatch, tmp_path):
    monkeypatch.setenv("VGAN_CACHE", str(tmp_path / "here"))
    assert Proxies(Jobs()).folder == tmp_path / "here" / "proxies"
    assert Proxies(Jobs(), tmp_path / "there").folder == tmp_path / "there" / "proxies"


def test_one_that_is_given_up_leaves_nothing(tmp_path, media):
    steps = copying(media, tmp_path / "p.mov")
    assert [one.total for one in islice(steps, 3)] == [COUNT] * 3
    steps.close()
    assert list(tmp_path.iterdir()) == []


def test_transparent_films_and_missing_ones_are_a_sentence(qtbot, proxies, media, tmp_path):
    clear = write_film(
        tmp_path / "clear.mov", 3, size=SIZE, codec="qtrle", pix_fmt="argb", b_frames=0,
        draw=lambda i, w, h: np.dstack([numbered(i, w, h), np.full((h, w), 128, np.uint8)]),
    )  # fmt: skip
    with pytest.raises(MediaError, match="transparent"):
        made(look(clear).media, tmp_path / "p.mov")
    assert not (tmp_path / "p.mov").exists()
    told = []
    proxies.told.connect(lambda words, bad: told.append(words))
    proxies.make([replace(media, path=str(tmp_path / "gone.mp4"))])
    qtbot.waitUntil(lambda: bool(told))
    assert "gone.mp4" in told[0] and proxies.state(media) == "none"


def test_large_films_get_one_by_themselves_only_where_that_is_wished(qtbot, proxies, media, monkeypatch):
    monkeypatch.setattr("vgan_studio.service.proxies.AUTO_PIXELS", 512 * 512 - 1)
    proxies.follow(film_of(media))
    assert proxies.state(media) == "none"
    proxies.automatic = True
    proxies.follow(film_of(media))
    qtbot.waitUntil(lambda: proxies.state(media) == "ready")


@pytest.fixture
def window(windows, media):
    """A window with a clip of those numbers on V1, selected."""
    window = windows.open({"toured": True})
    window.document.start(film_of(media))
    window.timeline_view.select([window.document.timeline.tracks[0].clips[0].id])
    return window


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_a_clip_s_menu_makes_uses_and_removes_its_proxy_and_badges_say_so(qtbot, window, media):
    act, page = window.actions_, lambda: window.timeline_view.page
    menu = [action.text() for action in window.menus.of_clips().actions()]
    assert {"Make pro&xy", "Remove proxy", "Use original"} <= set(menu)
    assert not act["proxy_remove"].isEnabled()
    act["proxy_make"].trigger()
    assert page().proxies == {media.fingerprint: "proxy …"}
    qtbot.waitUntil(lambda: page().proxies == {media.fingerprint: "proxy"})
    assert "proxy" in window.media_bin.list.item(0).text().split("\n")[1]
    assert ("proxy", window.theme.dim) in _badges(page(), window.document.timeline.tracks[0].clips[0])
    act["proxy_original"].trigger()
    assert page().proxies == {} and window.proxies.state(media) == "original"
    assert window.settings.value("proxies/originals") == [media.fingerprint]
    act["proxy_original"].trigger()
    act["proxies"].trigger()
    assert page().proxies == {} and window.proxies.path_of(media) is None
    act["proxies"].trigger()
    assert window.proxies.path_of(media) is not None
    act["proxy_remove"].trigger()
    assert page().proxies == {} and window.proxies.size_bytes == 0
    assert len(window.document.history.steps) == 1, "a proxy is nothing of the film"


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_what_gains_nothing_says_so_and_the_bin_s_selection_counts_as_well(qtbot, window, media):
    told = []
    window.statusBar().messageChanged.connect(told.append)
    window.timeline_view.select([])
    window.actions_["proxy_make"].trigger()
    assert "512 lines" in told[-1]
    window.media_bin.list.item(0).setSelected(True)
    window.actions_["proxy_make"].trigger()
    qtbot.waitUntil(lambda: window.proxies.state(media) == "ready")
    window.speaking.speak("zh_CN")
    qtbot.waitUntil(lambda: speaks(window, "zh_CN"))
    assert window.media_bin.list.item(0).text().startswith("numbers")
    window.speaking.speak("en")
    qtbot.waitUntil(lambda: speaks(window, "en") and "proxy" in window.media_bin.list.item(0).text())
    window.actions_["proxies_clear"].trigger()
    assert "GB are free" in told[-1]
