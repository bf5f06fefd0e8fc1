"""Convolutions run with what follows them give what they give without."""

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from vgan_studio.gan.metrics import psnr
from vgan_studio.gan.networks import fused
from vgan_studio.gan.networks.compact import Compact
from vgan_studio.gan.networks.interpolate import Tween
from vgan_studio.gan.networks.unet import PlainUNet

NETWORKS = {
    "compact": (lambda: Compact(8, 2, 3), 3, 1),
    "unet": (lambda: PlainUNet(inputs=10, width=8, fine=1, middle=1, coarse=1), 10, 8),
    "unet of large squares": (lambda: PlainUNet(width=8, fine=1, middle=1, coarse=1, fold=4), 3, 16),
    "tween": (lambda: Tween(width=8, coarse=1), 26, 8),
}
KINDS = {"fp32": (torch.float32, 100.0), "bf16": (torch.bfloat16, 45.0)}


def pieces(name: str, kind: torch.dtype, seed: int, height: int, width: int, batch: int) -> tuple[nn.Module, Tensor]:
    build, channels, multiple = NETWORKS[name]
    torch.manual_seed(seed)
    network = build()
    for layer in network.modules():  # some begin with zeros, and would hide what is wrong
        if isinstance(layer, nn.Conv2d):
            nn.init.normal_(layer.weight, std=(2 / layer.weight[0].numel()) ** 0.5 / 2)
            assert layer.bias is not None
            nn.init.normal_(layer.bias, std=0.1)
    x = torch.rand(batch, channels, height * multiple, width * multiple)
    network = network.to(kind).to(memory_format=torch.channels_last)
    return network, x.contiguous(memory_format=torch.channels_last)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", NETWORKS)
@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy
@given(seed=st.integers(0, 99), height=st.integers(1, 4), width=st.integers(1, 4), batch=st.integers(1, 2))
def test_networks_give_the_same_with_gradients_and_without(name, kind, seed, height, width, batch):
    network, x = pieces(name, KINDS[kind][0], seed, height, width, batch)
    learning = network(x).detach()
    with torch.no_grad():
        running = network(x)
    assert running.shape == learning.shape and running.dtype == learning.dtype == torch.float32
    span = float(learning.max() - learning.min())
    assert float(psnr(running / span, learning / span).min()) >= KINDS[kind][1]


@pytest.mark.parametrize("name", NETWORKS)
def test_a_batch_and_a_view_give_what_pictures_alone_give(name):
    network, x = pieces(name, torch.float32, 3, 3, 4, 2)
    multiple = NETWORKS[name][2]
    with torch.inference_mode():
        both = network(x)
        for one in range(2):
            assert torch.allclose(network(x[one : one + 1]), both[one : one + 1], atol=1e-6)
        part = x[..., multiple:, 2 * multiple :]  # as a tile is cut
        assert torch.allclose(network(part), network(part.clone()), atol=1e-6)


@pytest.mark.skipif(not torch.backends.mkldnn.is_available(), reason="the operations are oneDNN's")
def test_the_operations_are_there_where_they_should_be():
    assert fused._able(torch.float32)


def test_nothing_is_fused_where_something_is_learnt_or_the_layer_is_another():
    x = torch.rand(1, 4, 8, 8)
    plain, grouped = nn.Conv2d(4, 4, 3, padding=1), nn.Conv2d(4, 4, 3, padding=1, groups=2)
    assert not fused.fusible(plain, x)
    with torch.no_grad():
        assert not fused.fusible(grouped, x)
        assert not fused.fusible(nn.Conv2d(4, 4, 3, padding=1, padding_mode="reflect"), x)
        assert not fused.fusible(torch.nn.utils.parametrizations.weight_norm(plain), x)
