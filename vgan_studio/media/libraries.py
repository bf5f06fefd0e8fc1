"""Which FFmpeg this program runs on."""

import av


def library_versions() -> dict[str, str]:
    """Give the versions of the FFmpeg libraries by name, and that of PyAV first."""
    libraries = {name: ".".join(map(str, numbers)) for name, numbers in sorted(av.library_versions.items())}
    return {"PyAV": av.__version__, **libraries}
