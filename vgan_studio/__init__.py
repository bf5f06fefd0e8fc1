"""vgan_studio: a video editor in which GAN effects are live."""

__version__ = "0.1.0"
