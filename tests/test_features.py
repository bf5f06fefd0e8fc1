"""The perceptual network is folded exactly, and its distance is one."""

from pathlib import Path

import cv2
import pytest
import torch

from vgan_studio.gan.data import Source
from vgan_studio.gan.losses import perceptual
from vgan_studio.gan.networks.features import ExemplarNet, FeatNet
from vgan_studio.gan.ordering import ordering
from vgan_studio.gan.weights import read_model

MODELS = Path(__file__).parents[1] / "models"


def test_folding_the_normalisation_changes_no_feature():
    torch.manual_seed(0)
    net = ExemplarNet(5, 4, 6)
    x = torch.rand(4, 3, 32, 32)
    for _ in range(5):
        net(x)  # moves the running means
    net.eval()
    last = net.folded()(x)[-1].mean((2, 3))
    assert net(x)[:, :6].allclose(net.which(last), atol=1e-4)


def test_the_distance_is_zero_for_equal_pictures_and_symmetric():
    torch.manual_seed(0)
    net, (a, b) = FeatNet(6), torch.rand(2, 2, 3, 32, 32)
    assert perceptual(net, a, a).abs().max() == 0
    assert perceptual(net, a, b).allclose(perceptual(net, b, a))
    assert (perceptual(net, a, b) > 0).all()


@pytest.mark.parametrize("name", ["features", "features-measure"])
def test_the_shipped_network_orders_pictures_as_people_do(name, data):
    photos = [data / "photos" / file for file in ("nasa-astronaut.png", "elementary-rob-bye.jpg", "wikipd-043.jpg")]
    validation = [Source(photo.name, (cv2.imread(str(photo)),)) for photo in photos]
    found = ordering(read_model(MODELS / f"{name}.safetensors").network, validation, count=4)
    assert len(found) == 8
    assert all(share >= 0.75 for share in found.values()), found
    assert sum(found.values()) >= 7.5  # one of random weights has 6.5
