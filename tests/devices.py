"""Sound devices of no sound, for machines that have none."""

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtMultimedia import QAudioFormat, QAudioSink


class Device(QAudioSink):
    """Takes stereo float of a rate in Hz, and has heard as much as the test says.

    Attributes:
        heard_s: seconds.
        taken: what it was given.
        stopped: it was closed.
    """

    def __init__(self, rate: int) -> None:
        form = QAudioFormat()
        form.setSampleRate(rate)
        form.setChannelCount(2)
        form.setSampleFormat(QAudioFormat.SampleFormat.Float)
        super().__init__(form)
        self.heard_s, self.taken, self.stopped = 0.0, QBuffer(), False
        self.taken.open(QIODevice.OpenModeFlag.WriteOnly)

    def start(self):
        return self.taken

    def bytesFree(self):
        return 40_000

    def processedUSecs(self):
        return int(self.heard_s * 1e6)

    def stop(self):
        self.stopped = True
