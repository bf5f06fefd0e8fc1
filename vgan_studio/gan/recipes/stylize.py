"""The recipe of the painter, and the styles that it keeps."""

from .recipe import Recipe

# By the name of the style: the files of its paintings, in the order of `Stylist.codes`.
STYLES: dict[str, tuple[str, ...]] = {
    "van-gogh": ("starry-night.jpg", "the-starry-night-over-the-rhone.jpg"),
    "van-gogh-arles": ("langlois-bridge-at-arles.jpg", "harvest-in-provence.jpg", "the-trinquetaille-bridge.jpg"),
    "monet": ("water-lilies-1919.jpg", "aic-81537-bordighera.jpg", "aic-14620-cliff-walk-at-pourville.jpg"),
    "hokusai": ("great-wave-kanagawa.jpg", "great-wave-aic-16c.jpg"),
    "munch": ("the-scream.jpg",),
    "turner": ("shipwreck-of-the-minotaur.jpg",),
    "kandinsky": ("composition-vii.jpg",),
    "renoir": (
        "aic-95654-near-the-lake.jpg", "aic-16617-chrysanthemums.jpg", "aic-14655-two-sisters-on-the-terrace.jpg",
    ),
    "klimt": ("klimt-baby-16c.jpg",),
    "kirchner": ("kirchner-the-visit-16c.jpg",),
    "gauguin": ("aic-19339-arlesiennes-mistral.jpg", "aic-16496-no-te-aha-oe-riri-why-are-you-angry.jpg"),
    "delaunay": ("delaunay-portrait-1906.jpg",),
}  # fmt: skip

RECIPES = (
    Recipe(
        "stylize", "stylize", "stylize", {"width": 64, "blocks": 8, "styles": len(STYLES)}, scale=1, batch=4, side=128,
        rate=8e-4, warmup=0.01, clip=15.0, memory=0.995, seed=11, steps=9000,
        about="Paints films and pictures in the style of painters, or of any pictures.",
        limits="Of a style that it was not taught it takes the colours and the grain, less of the strokes.",
    ),
)  # fmt: skip
