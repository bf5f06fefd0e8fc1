"""The table of awkward files: each works, or gives one sentence, within 20 seconds of work.

`awkward.json` is the expectation.  Each row was judged by hand, beside ffprobe, and by looking at the pictures.
"""

import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
TABLE: dict[str, dict[str, Any]] = json.loads((ROOT / "tests" / "awkward.json").read_text())

Outcomes = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def outcomes(data: Path) -> Outcomes:
    """What comes of each file, read in a process of its own."""
    files = [str(data / "awkward" / name) for name in TABLE]
    run = subprocess.run(
        [sys.executable, "-m", "tests.awkward", *files], cwd=ROOT, capture_output=True, text=True, check=False
    )
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    assert run.returncode == 0, f"{files[len(lines)]} crashes or hangs: {run.stderr[-2000:]}"
    return {line.pop("file"): line for line in lines}


@pytest.mark.parametrize("name", TABLE)
def test_each_works_or_gives_one_sentence(name: str, outcomes: Outcomes) -> None:
    expected, found = dict(TABLE[name]), dict(outcomes[name])
    expected.pop("why", None)
    for row, looks in zip(expected.pop("looks", []), found.pop("looks", []), strict=True):
        assert _distance(row, looks) <= 3
    assert found == expected


def test_the_table_has_a_row_for_each_file(data: Path) -> None:
    assert sorted(TABLE) == sorted(path.name for path in (data / "awkward").iterdir())


def test_every_error_is_one_sentence() -> None:
    for row in TABLE.values():
        if "error" in row:
            assert row["error"] == "MediaError"
            assert re.fullmatch(r"[A-Z][^\n]*\.", row["says"])


def test_the_limit_is_of_work_and_not_of_waiting() -> None:
    loop = "import time, tests.limits as limits\nwith limits.at_most(0.3):\n    {}\nprint('done')"
    spins, waits = (
        subprocess.run([sys.executable, "-c", loop.format(does)], cwd=ROOT, capture_output=True, text=True, check=False)
        for does in ("while True: pass", "time.sleep(0.6)")
    )
    assert (waits.returncode, waits.stdout) == (0, "done\n")
    assert (spins.returncode, spins.stdout) == (-signal.SIGPROF, "") and "most recent call first" in spins.stderr


def _distance(a: str, b: str) -> int:
    pairs = [(x, y) for x, y in zip(a.split(), b.split(), strict=True) if x != "-"]
    return max(abs(p - q) for x, y in pairs for p, q in zip(bytes.fromhex(x), bytes.fromhex(y), strict=True))
