"""What lies in a cache folder: size and last use of every picture, in SQLite, shared by processes."""

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_NAME = "index-1.sqlite"
_PATIENCE_S = 5.0  # for another process's write
_SCHEMA = """
CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, bytes INTEGER NOT NULL, used_ns INTEGER NOT NULL)
    WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_use ON pictures (used_ns);
CREATE TABLE IF NOT EXISTS total (bytes INTEGER NOT NULL);
INSERT INTO total SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM total);
CREATE TRIGGER IF NOT EXISTS added AFTER INSERT ON pictures
    BEGIN UPDATE total SET bytes = bytes + NEW.bytes; END;
CREATE TRIGGER IF NOT EXISTS removed AFTER DELETE ON pictures
    BEGIN UPDATE total SET bytes = bytes - OLD.bytes; END;
CREATE TRIGGER IF NOT EXISTS changed AFTER UPDATE OF bytes ON pictures
    BEGIN UPDATE total SET bytes = bytes + NEW.bytes - OLD.bytes; END;
CREATE TABLE IF NOT EXISTS kept (owner TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (key, owner)) WITHOUT ROWID;
"""
_AT_ONCE = 500  # keys in one question


class Index:
    """The index of a cache folder; used by one thread at a time.

    An index that is damaged is begun anew.  Every method raises `OSError` where SQLite fails.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._open_in_turn(folder / _NAME)
        except sqlite3.OperationalError as error:
            raise OSError(f"its index cannot be used: {error}") from error
        except sqlite3.DatabaseError:
            for leftover in folder.glob(f"{_NAME}*"):
                leftover.unlink(missing_ok=True)
            with _as_os_error():
                self._open(folder / _NAME)

    def touch(self, key: str, size_bytes: int, used_ns: int) -> None:
        """Enter a picture, or that it was used."""
        with _as_os_error():
            self._base.execute(
                "INSERT INTO pictures VALUES (?, ?, ?) "
                "ON CONFLICT (key) DO UPDATE SET bytes = excluded.bytes, used_ns = excluded.used_ns",
                (key, size_bytes, used_ns),
            )

    def forget(self, *keys: str) -> None:
        """Take pictures out."""
        with _as_os_error():
            self._base.executemany("DELETE FROM pictures WHERE key = ?", [(key,) for key in keys])

    def total(self) -> int:
        """Give the bytes of all pictures."""
        with _as_os_error():
            return int(self._base.execute("SELECT bytes FROM total").fetchone()[0])

    def known(self) -> set[str]:
        """Give all keys."""
        with _as_os_error():
            return {str(key) for (key,) in self._base.execute("SELECT key FROM pictures")}

    def oldest(self, size_bytes: int) -> list[str]:
        """Give the keys least recently used, without those that are kept, that have at least so many bytes together."""
        found: list[str] = []
        with _as_os_error():
            for key, size in self._base.execute(
                "SELECT key, bytes FROM pictures WHERE key NOT IN (SELECT key FROM kept) ORDER BY used_ns"
            ):
                if size_bytes <= 0:
                    break
                found.append(str(key))
                size_bytes -= int(size)
        return found

    def keep(self, owner: str, keys: Iterable[str]) -> None:
        """Let these be the keys that an owner keeps, and no others."""
        with _as_os_error():
            self._base.execute("BEGIN IMMEDIATE")
            try:
                self._base.execute("DELETE FROM kept WHERE owner = ?", (owner,))
                self._base.executemany("INSERT OR IGNORE INTO kept VALUES (?, ?)", [(owner, key) for key in keys])
            finally:
                self._base.execute("COMMIT")

    def keeps(self, owner: str) -> bool:
        """Tell whether an owner keeps anything."""
        with _as_os_error():
            return self._base.execute("SELECT 1 FROM kept WHERE owner = ? LIMIT 1", (owner,)).fetchone() is not None

    def size_of(self, keys: Sequence[str]) -> int:
        """Give the bytes of these pictures together."""
        total = 0
        with _as_os_error():
            for first in range(0, len(keys), _AT_ONCE):
                some = keys[first : first + _AT_ONCE]
                marks = ",".join("?" * len(some))
                row = self._base.execute(f"SELECT sum(bytes) FROM pictures WHERE key IN ({marks})", some).fetchone()
                total += int(row[0] or 0)
        return total

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def _open_in_turn(self, path: Path) -> None:
        """Open it when others let us: while one changes the journal's mode, SQLite refuses without waiting."""
        until = time.monotonic() + _PATIENCE_S
        while True:
            try:
                return self._open(path)
            except sqlite3.OperationalError as error:
                busy = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
                if not busy or time.monotonic() > until:
                    raise
            time.sleep(0.01)

    def _open(self, path: Path) -> None:
        # autocommit: every statement stands for itself; what a power cut loses is found again in the folder
        self._base = sqlite3.connect(path, timeout=_PATIENCE_S, isolation_level=None, check_same_thread=False)
        try:
            self._base.execute("PRAGMA journal_mode = WAL")
            self._base.execute("PRAGMA synchronous = OFF")
            self._base.executescript(_SCHEMA)
            self._base.execute("SELECT count(*), sum(bytes) FROM pictures").fetchone()
        except sqlite3.Error:
            self._base.close()
            raise


@contextmanager
def _as_os_error() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise OSError(f"its index cannot be used: {error}") from error
