"""The cache: what comes out is what went in, or nothing; whatever happens to the folder."""

import logging
import multiprocessing
import sqlite3
import threading
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vgan_studio.errors import MediaError
from vgan_studio.media.packed import pack, unpack
from vgan_studio.render.cache import Cache
from vgan_studio.render.index import Index

ROOM = 1 << 30


def name(number: int) -> str:
    return sha256(b"%d" % number).hexdigest()


def picture(seed: int, height: int = 9, width: int = 14, channels: int = 4) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (channels, height, width), dtype=np.uint8)


@pytest.fixture
def cache(tmp_path):
    with_room = Cache(tmp_path / "cache", ROOM)
    yield with_room
    with_room.close()


@given(st.integers(0, 2**32), st.integers(1, 70), st.integers(1, 70), st.sampled_from([3, 4]), st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_packed_picture_comes_out_bit_for_bit(seed, height, width, channels, flat):
    levels = picture(seed, height, width, channels) // (255 if flat else 1)
    assert (unpack(pack(levels), levels.shape) == levels).all()


@given(st.binary(max_size=300))
def test_bytes_of_nobody_are_refused_with_a_sentence(data):
    with pytest.raises(MediaError):
        unpack(data, (3, 8, 8))


def test_a_packed_picture_of_another_shape_is_refused():
    with pytest.raises(MediaError, match="another shape"):
        unpack(pack(picture(1, 8, 8)), (4, 8, 9))


@given(st.integers(0, 2**32), st.integers(1, 40), st.integers(1, 40))
@settings(max_examples=30, deadline=None)
def test_a_hit_is_the_miss_bit_for_bit(tmp_path_factory, seed, height, width):
    levels = picture(seed, height, width)
    cache = Cache(tmp_path_factory.mktemp("cache"), ROOM)
    assert cache.get(name(seed)) is None
    cache.put(name(seed), levels)
    found = cache.get(name(seed))
    cache.close()
    assert found is not None and (found == levels[: len(found)]).all()


def test_opaque_alpha_is_not_stored(cache):
    levels = picture(1)
    levels[3] = 255
    cache.put(name(1), levels)
    found = cache.get(name(1))
    assert found.shape[0] == 3 and (found == levels[:3]).all()


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_damage_anywhere_in_a_file_is_noticed(tmp_path_factory, data):
    cache = Cache(tmp_path_factory.mktemp("cache"), ROOM)
    cache.put(name(1), picture(1))
    (file,) = cache.folder.glob("??/*.picture")
    whole = bytearray(file.read_bytes())
    if data.draw(st.booleans()):
        whole[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
    else:
        del whole[data.draw(st.integers(0, len(whole) - 1)) :]
    file.write_bytes(whole)
    assert cache.get(name(1)) is None
    assert cache.damaged == 1 and not cache.has(name(1)) and cache.size_bytes == 0
    cache.put(name(1), picture(1))
    assert (cache.get(name(1)) == picture(1)).all()
    cache.close()


def test_a_picture_under_the_name_of_another_is_noticed(cache):
    cache.put(name(1), picture(1))
    cache.put(name(2), picture(2))
    one, two = (next(cache.folder.glob(f"??/{name(n)}.picture")) for n in (1, 2))
    two.write_bytes(one.read_bytes())
    assert cache.get(name(2)) is None and cache.damaged == 1


def test_a_file_that_is_gone_is_a_miss(cache):
    cache.put(name(1), picture(1))
    next(cache.folder.glob("??/*.picture")).unlink()
    assert cache.get(name(1)) is None and not cache.has(name(1))


@given(st.lists(st.tuples(st.integers(0, 12), st.booleans()), max_size=60))
@settings(max_examples=20, deadline=None)
def test_the_limit_holds_and_what_was_used_last_stays(tmp_path_factory, uses):
    limit = 5000
    cache = Cache(tmp_path_factory.mktemp("cache"), limit)
    for number, look in uses:
        if look:
            cache.get(name(number))
        else:
            cache.put(name(number), picture(number))
            assert cache.has(name(number))
        on_disk = sum(file.stat().st_size for file in cache.folder.glob("??/*.picture"))
        assert on_disk == cache.size_bytes <= limit
    cache.close()


def test_the_least_recently_used_goes_first(tmp_path):
    cache = Cache(tmp_path, 4 * len_of_an_entry(tmp_path / "probe"))
    for number in (1, 2, 3, 4):
        cache.put(name(number), picture(number))
    cache.get(name(1))
    cache.put(name(5), picture(5))
    assert cache.has(name(1)) and cache.has(name(5)) and not cache.has(name(2))
    cache.close()


def len_of_an_entry(folder: Path) -> int:
    cache = Cache(folder, ROOM)
    sizes = []
    for number in range(1, 6):
        cache.put(name(number), picture(number))
        sizes.append(cache.size_bytes)
    cache.close()
    return max(b - a for a, b in zip([0, *sizes], sizes, strict=False)) + 1


def _fill(folder: Path, numbers: range) -> None:
    cache = Cache(folder, ROOM)
    for number in numbers:
        cache.put(name(number), picture(number))
        assert (cache.get(name(number)) == picture(number)).all()
    cache.close()


def test_two_processes_share_a_folder(tmp_path):
    context = multiprocessing.get_context("spawn")
    others = [context.Process(target=_fill, args=(tmp_path, range(a, a + 40))) for a in (0, 20)]
    for other in others:
        other.start()
    for other in others:
        other.join()
    assert [other.exitcode for other in others] == [0, 0]
    cache = Cache(tmp_path, ROOM)
    assert all((cache.get(name(n)) == picture(n)).all() for n in range(60))
    assert cache.size_bytes == sum(file.stat().st_size for file in tmp_path.glob("??/*.picture"))
    cache.close()


def test_who_opens_a_folder_while_another_is_writing_its_index_waits(tmp_path):
    other = sqlite3.connect(tmp_path / "index-1.sqlite", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    other.execute("CREATE TABLE first (x)")  # before WAL: SQLite then refuses at once, whatever patience it is told
    release = threading.Timer(0.2, lambda: (other.execute("COMMIT"), other.close()))
    release.start()
    index = Index(tmp_path)
    index.touch("a", 7, 1)
    assert index.total() == 7
    index.close()
    release.join()


@pytest.mark.parametrize("harm", [b"not a database at all" * 99, b"", None])
def test_a_lost_or_damaged_index_loses_no_picture(tmp_path, harm):
    _fill(tmp_path, range(5))
    for file in tmp_path.glob("index*"):
        file.unlink()
    if harm is not None:
        (tmp_path / "index-1.sqlite").write_bytes(harm)
    cache = Cache(tmp_path, ROOM)
    assert all((cache.get(name(n)) == picture(n)).all() for n in range(5))
    assert cache.size_bytes == sum(file.stat().st_size for file in tmp_path.glob("??/*.picture"))
    cache.close()


def test_an_index_of_damaged_pages_is_begun_anew(tmp_path):
    _fill(tmp_path, range(60))
    index = tmp_path / "index-1.sqlite"
    with sqlite3.connect(index) as base:
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    base.close()
    data = bytearray(index.read_bytes())
    data[1024:] = b"\xff" * (len(data) - 1024)
    index.write_bytes(data)
    _fill(tmp_path, range(60, 62))
    cache = Cache(tmp_path, ROOM)
    assert all(cache.get(name(n)) is not None for n in range(62))
    cache.close()


def test_a_folder_that_cannot_be_used_is_said_once_and_nothing_stops(tmp_path, caplog):
    (tmp_path / "file").write_text("in the way")
    with caplog.at_level(logging.WARNING):
        cache = Cache(tmp_path / "file" / "cache", ROOM)
        for number in range(3):
            cache.put(name(number), picture(number))
            assert cache.get(name(number)) is None and not cache.has(name(number))
    assert len(caplog.records) == 1


def test_a_disk_that_refuses_in_the_middle_is_said_once(tmp_path, caplog):
    cache = Cache(tmp_path, ROOM)
    cache.put(name(1), picture(1))
    (tmp_path / name(2)[:2]).write_text("in the way of a folder")
    with caplog.at_level(logging.WARNING):
        cache.put(name(2), picture(2))
        cache.put(name(3), picture(3))
    assert len(caplog.records) == 1 and "not written to" in caplog.text
    assert (cache.get(name(1)) == picture(1)).all()
    assert not list(tmp_path.glob("??/*.part"))
    cache.close()


def test_clearing_removes_every_picture(cache):
    for number in range(4):
        cache.put(name(number), picture(number))
    cache.clear()
    assert cache.size_bytes == 0 and not any(cache.has(name(n)) for n in range(4))


def test_a_cache_without_room_keeps_nothing(tmp_path):
    cache = Cache(tmp_path, 0)
    cache.put(name(1), picture(1))
    assert cache.get(name(1)) is None
    cache.close()
