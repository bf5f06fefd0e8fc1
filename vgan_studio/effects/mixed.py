"""The live part of effects whose networks keep the size: how much of the result is mixed in."""

from vgan_studio.picture import Picture


def mixed_in(x: Picture, heavy: Picture | None, *, strength: float) -> Picture:
    """Go from the picture at strength 0 to the network's at 1; (B, 4, H, W) each."""
    if heavy is None or strength == 0:
        return x
    return heavy if strength == 1 else x.lerp(heavy.to(x.device), strength)
