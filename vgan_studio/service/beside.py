"""Small files that are written beside their place and then put there."""

from pathlib import Path


def replace_file(path: Path, data: bytes) -> None:
    """Write a file beside its place and put it there: at no time is there half a file.

    Raises:
        OSError: it cannot be written; the old file is as it was.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
