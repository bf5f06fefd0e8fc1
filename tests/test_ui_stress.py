"""The short version of `tests/stress.py`: random gestures on a real window."""

import pytest

from tests.stress import run

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the offscreen platform


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_is_done_the_film_stays_sound_and_undo_leads_to_the_start(windows, seed):
    assert run(windows.open(), 150, seed)["steps"] > 10
