"""What `vgan apply` makes of awkward files: each works, or gives one sentence, within 20 seconds of work.

`awkward_apply.json` is the expectation.  Each row was judged by hand: sizes and counts beside ffprobe (odd sizes grow
by a row or column for 4:2:0), errors beside what FFmpeg's own program says.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
TABLE: dict[str, dict[str, Any]] = json.loads((ROOT / "tests" / "awkward_apply.json").read_text())


@pytest.mark.slow
def test_an_effect_on_each_awkward_file_works_or_gives_one_sentence(data: Path, tmp_path: Path) -> None:
    files = [str(path) for path in sorted((data / "awkward").iterdir())]
    run = subprocess.run(
        [sys.executable, "-m", "tests.awkward_apply", str(tmp_path), *files],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = [json.loads(line) for line in run.stdout.splitlines()]
    assert run.returncode == 0, f"{files[len(found)]} crashes or hangs: {run.stderr[-2000:]}"
    assert {row.pop("file"): row for row in found} == TABLE
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("out")] == []
