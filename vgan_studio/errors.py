"""The one tree of errors that are not our fault.

    VganError
    ├── EditError      an edit that cannot be made
    ├── ProjectError   a project file that cannot be read or written
    ├── MediaError     a media file that cannot be read or written
    ├── EffectError    an effect or a parameter that does not exist or does not fit
    ├── ModelError     a weights file that is missing, damaged or of the wrong kind
    └── EngineError    a device that fails or has too little memory
        └── DeviceError    a device that may work again after a new start

Each carries one sentence that a user can act on.
"""


class VganError(Exception):
    """Something outside this program went wrong; `str(error)` is a sentence for the user."""


class EditError(VganError):
    """An edit that the timeline does not allow; nothing has changed."""


class ProjectError(VganError):
    """A project file that cannot be read or written."""


class MediaError(VganError):
    """A media file that cannot be read or written."""


class EffectError(VganError):
    """An effect or a parameter that does not exist or does not fit."""


class ModelError(VganError):
    """A weights file that is missing, damaged or of the wrong kind."""


class EngineError(VganError):
    """A device that fails or has too little memory."""


class DeviceError(EngineError):
    """A device that failed at work, and may work again after a new start."""


class EffectFault(Exception):  # noqa: N818  (no error of the tree: it is our fault)
    """The code of an effect failed by a mistake of ours, which is the cause; `str(error)` is a sentence."""
