"""Running ahead in a thread: the same items, the same errors, bounded, and gone when nobody wants them."""

import threading
from itertools import count, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vgan_studio.render.ahead import ahead
from vgan_studio.render.shelf import Shelf


def one(item):
    return 1


@given(st.lists(st.integers(0, 50)), st.integers(0, 60))
def test_the_items_come_in_order_whatever_the_limit(items, limit):
    assert list(ahead((item for item in items), lambda item: item, limit)) == items


def test_what_the_other_thread_raises_comes_after_the_items_before_it():
    def failing():
        yield from range(3)
        raise OSError("no more")

    items = ahead(failing(), one, 1)
    assert [next(items) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(OSError, match="no more"):
        next(items)


def test_never_more_than_the_limit_waits():
    made = []

    def counted():
        for number in count():
            made.append(number)
            yield number

    items = ahead(counted(), one, 3)
    for taken in islice(items, 20):
        assert len(made) - (taken + 1) <= 3 + 1  # those that wait, and the one in hand
    items.close()


def test_closing_ends_the_thread_and_runs_what_must_be_run():
    ended = []

    def endless():
        try:
            yield from count()
        finally:
            ended.append(threading.current_thread().name)

    before = set(threading.enumerate())  # threads of other tests may still end meanwhile
    items = ahead(ahead(endless(), one, 2), one, 2)
    assert list(islice(items, 5)) == [0, 1, 2, 3, 4]
    assert set(threading.enumerate()) - before
    items.close()
    assert ended == ["ahead"] and not set(threading.enumerate()) - before


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 40)), max_size=40))
def test_a_shelf_keeps_what_was_used_last_within_its_limit(uses):
    shelf, sizes = Shelf(100), {}
    for name, size in uses:
        sizes[name] = size
        shelf.put(name, (name, size), size)
        kept = {n for n in sizes if n in shelf._things}
        assert shelf.get(name) == (name, size)
        assert sum(sizes[n] for n in kept) <= 100
