"""What a weights file of a stranger is, by its bytes alone: nothing in it is run, and no torch is needed."""

import zipfile
from pathlib import Path

from vgan_studio.errors import ModelError

SUFFIXES = (".safetensors", ".pth", ".pt", ".ckpt")
FILE_LIMIT = 256 << 20  # bytes
HEADER_LIMIT = 1 << 20  # bytes, of a safetensors file

_MOST_MEMBERS = 50_000
_MOST_PICKLE = 32 << 20  # bytes
_CODE = "holds a program (TorchScript), not only numbers; programs of strangers are not run here"


def check_file(path: Path) -> str:
    """Refuse what is no weights file, or a trap.

    Returns:
        "safetensors" or "pickle".

    Raises:
        ModelError: it is refused; the sentence says why.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise ModelError(f"{path.name} is none of {', '.join(SUFFIXES)}.")
    try:
        size = path.stat().st_size
        if size > FILE_LIMIT:
            raise ModelError(f"{path.name} is too large for a model: over {FILE_LIMIT >> 20} MiB.")
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise ModelError(f"Cannot read {path}: {error.strerror}.") from error
    if path.suffix.lower() == ".safetensors":
        length = int.from_bytes(head[:8], "little")
        if not 2 <= length <= min(HEADER_LIMIT, size - 8):
            raise ModelError(f"{path.name} is not a safetensors file, or is damaged: its header has no sane length.")
        return "safetensors"
    if head.startswith(b"PK"):
        _check_zip(path)
    elif not head.startswith((b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05")):
        raise ModelError(f"{path.name} is not a weights file of PyTorch, or is damaged.")
    return "pickle"


def _check_zip(path: Path) -> None:
    """Refuse archives that unpack to more than they are, hold programs, or are not as torch writes them."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ModelError(f"{path.name} is damaged: it is cut off, or no archive of PyTorch's.") from error
    names = [member.filename for member in members]
    if any("/code/" in name or name.endswith("constants.pkl") for name in names):
        raise ModelError(f"{path.name} {_CODE}.")
    packed = any(member.compress_type != zipfile.ZIP_STORED for member in members)
    if packed or sum(member.file_size for member in members) > FILE_LIMIT or len(members) > _MOST_MEMBERS:
        raise ModelError(
            f"{path.name} is packed so that it grows when it is opened, which PyTorch's own files never are."
        )
    pickles = [member for member in members if member.filename.endswith("data.pkl")]
    if len(pickles) != 1 or pickles[0].file_size > _MOST_PICKLE:
        raise ModelError(f"{path.name} is not a weights file of PyTorch, or is damaged.")
