"""The command line: verbs, progress, and sentences instead of tracebacks.

Exit status: 0 only for success, 1 for what went wrong, 2 for a wrong call, 130 for a cancel.
torch is imported inside the verbs that need it, so that `vgan --help` is quick.
"""

import json
import logging
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import cast

from vgan_studio.cli.parser import build_parser
from vgan_studio.errors import VganError


def main(argv: Sequence[str] | None = None) -> int:
    """Run the verb that the command line names; the exit status."""
    args = build_parser().parse_args(argv)
    _set_up_logging(args.verbose)
    signal.signal(signal.SIGTERM, _cancel)
    try:
        status: int = args.run(args)
        sys.stdout.flush()
        return status
    except VganError as error:
        return _failed(str(error), 1, as_json=args.json)
    except KeyboardInterrupt:
        return _failed("Cancelled.", 130, as_json=args.json)
    except BrokenPipeError:
        # The reader of our output has gone; what is left in the buffer has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _failed(sentence: str, status: int, *, as_json: bool) -> int:
    if as_json:
        print(json.dumps({"error": sentence}, ensure_ascii=False), flush=True)
    print(f"vgan: {sentence}", file=sys.stderr)
    return status


def _cancel(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _set_up_logging(verbose: int) -> None:
    level = (logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)]
    os.environ.setdefault("SVT_LOG", "1")  # SVT-AV1 prints its settings otherwise, past every log
    logging.basicConfig(level=level, format="%(message)s", handlers=[_Teller(verbose)])


class _Teller(logging.Handler):
    """Prints to standard error by rich, which is imported at the first word: the window is there sooner without it."""

    def __init__(self, verbose: int) -> None:
        super().__init__()
        self._verbose, self._printer = verbose, cast(logging.Handler | None, None)

    def emit(self, record: logging.LogRecord) -> None:
        if self._printer is None:
            from rich.console import Console
            from rich.logging import RichHandler

            self._printer = RichHandler(
                console=Console(stderr=True), show_time=self._verbose > 0, show_path=self._verbose > 1, markup=False
            )
            self._printer.setFormatter(self.formatter)
        self._printer.emit(record)
