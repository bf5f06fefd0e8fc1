"""A weights file says what it is, and one that lies, is damaged or too large is refused with a sentence."""

import json
import os
import struct
from dataclasses import asdict, replace
from pathlib import Path

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.torch import load, save

from vgan_studio.errors import ModelError
from vgan_studio.gan import weights
from vgan_studio.gan.networks.compact import Compact
from vgan_studio.gan.weights import KEY, Card, build, find_model, list_models, mix, read_card, read_model, write_model

SMALL = Card("small", "upscale", "compact", {"width": 4, "depth": 1, "scale": 2}, 2, 3, 1, "MIT", "a test")


def made(path: Path, card: Card = SMALL, seed: int = 0) -> Card:
    torch.manual_seed(seed)
    return write_model(path, card, build(card))


def forged(path: Path, *, tensors: dict[str, torch.Tensor] | None = None, **changes: object) -> None:
    """Write a file whose digest is right for what it says, but what it says is wrong."""
    card = {**asdict(SMALL), **changes}
    torch.manual_seed(0)
    tensors = tensors if tensors is not None else {k: t.half() for k, t in build(SMALL).state_dict().items()}
    known = {name: value for name, value in card.items() if name in asdict(SMALL)}
    card.setdefault("digest", "")
    if not card["digest"]:
        card["digest"] = weights._digest(Card(**known), tensors)
    path.write_bytes(save(tensors, {KEY: json.dumps(card)}))


def test_what_is_written_is_read_again_in_half_precision(tmp_path: Path) -> None:
    torch.manual_seed(0)
    network = build(SMALL)
    card = write_model(tmp_path / "small.safetensors", SMALL, network)
    model = read_model(tmp_path / "small.safetensors")
    assert model.card == card == read_card(tmp_path / "small.safetensors")
    for name, tensor in network.state_dict().items():
        assert torch.equal(model.network.state_dict()[name], tensor.half().float())
    assert not (tmp_path / "small.safetensors.part").exists()


def test_the_digest_depends_on_the_tensors_and_on_the_card(tmp_path: Path) -> None:
    digests = {
        made(tmp_path / "a").digest,
        made(tmp_path / "b", seed=1).digest,
        made(tmp_path / "c", replace(SMALL, license="CC0")).digest,
    }
    assert len(digests) == 3
    assert made(tmp_path / "d").digest == made(tmp_path / "e").digest


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"architecture": "oracle"}, "does not know"),
        ({"config": {"width": 10**9, "depth": 1, "scale": 2}}, "impossible size"),
        ({"config": {"width": "4", "depth": 1, "scale": 2}}, "impossible size"),
        ({"config": {"width": True, "depth": 1, "scale": 2}}, "impossible size"),
        ({"config": {"width": 4}}, "impossible size"),
        ({"scale": 3}, "mislabelled"),
        ({"reach": 0}, "mislabelled"),
        ({"multiple": 2}, "mislabelled"),
        ({"name": 7}, "cannot be understood"),
        ({"config": None}, "cannot be understood"),
        ({"config": {"width": 5, "depth": 1, "scale": 2}}, "mislabelled"),
        ({"config": {"width": 4, "depth": 2, "scale": 2}, "reach": 4}, "mislabelled"),
        ({"digest": "0" * 64}, "digest"),
    ],
)
def test_a_file_that_is_not_what_its_card_says_is_refused(
    tmp_path: Path, changes: dict[str, object], word: str
) -> None:
    forged(tmp_path / "forged.safetensors", **changes)
    with pytest.raises(ModelError, match=word):
        read_model(tmp_path / "forged.safetensors")


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_weights_that_are_no_numbers_are_refused(tmp_path: Path, value: float) -> None:
    torch.manual_seed(0)
    tensors = {name: tensor.half() for name, tensor in build(SMALL).state_dict().items()}
    tensors["body.0.bias"][0] = value
    forged(tmp_path / "nan.safetensors", tensors=tensors)
    with pytest.raises(ModelError, match="numbers that are none"):
        read_model(tmp_path / "nan.safetensors")


def test_weights_of_a_whole_number_type_are_refused(tmp_path: Path) -> None:
    tensors = {name: tensor.to(torch.int8) for name, tensor in build(SMALL).state_dict().items()}
    forged(tmp_path / "int.safetensors", tensors=tensors)
    with pytest.raises(ModelError, match="wrong shape or type"):
        read_model(tmp_path / "int.safetensors")


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(share=st.floats(0, 1, exclude_max=True))
def test_a_truncated_file_is_refused(tmp_path: Path, share: float) -> None:
    made(tmp_path / "whole")
    content = (tmp_path / "whole").read_bytes()
    (tmp_path / "cut").write_bytes(content[: int(len(content) * share)])
    with pytest.raises(ModelError):
        read_model(tmp_path / "cut")


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_a_flipped_bit_is_found_or_leaves_a_valid_model(tmp_path: Path, data: st.DataObject) -> None:
    made(tmp_path / "whole")
    content = bytearray((tmp_path / "whole").read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    (tmp_path / "flipped").write_bytes(content)
    try:
        model = read_model(tmp_path / "flipped")
    except ModelError:
        return
    assert all(tensor.isfinite().all() for tensor in model.network.state_dict().values())


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(content=st.binary(max_size=300))
def test_any_bytes_are_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "any").write_bytes(content)
    with pytest.raises(ModelError, match=r"\.$"):
        read_model(tmp_path / "any")


def test_a_header_that_claims_to_be_huge_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "huge").write_bytes(struct.pack("<Q", 2**62) + b"{}" * 10)
    with pytest.raises(ModelError, match="no sane length"):
        read_card(tmp_path / "huge")


def test_a_deeply_nested_header_is_refused(tmp_path: Path) -> None:
    nested = b'{"a":' + b"[" * 200_000 + b"]" * 200_000 + b"}"
    (tmp_path / "deep").write_bytes(struct.pack("<Q", len(nested)) + nested)
    with pytest.raises(ModelError):
        read_card(tmp_path / "deep")


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "large").open("wb") as file:
        file.truncate(weights.FILE_LIMIT + 1)
    with pytest.raises(ModelError, match="too large"):
        read_model(tmp_path / "large")


def test_weights_without_a_card_and_missing_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "bare").write_bytes(save({"a": torch.zeros(1)}))
    with pytest.raises(ModelError, match="no card"):
        read_model(tmp_path / "bare")
    with pytest.raises(ModelError, match="Cannot read"):
        read_model(tmp_path / "missing")


def test_models_are_found_by_name_and_by_task_and_doubles_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    made(first / "x.safetensors", replace(SMALL, name="x", task="t"))
    made(first / "y.safetensors", replace(SMALL, name="y", task="t"))
    made(second / "x.safetensors", replace(SMALL, name="x", task="t"), seed=1)
    (second / "bad.safetensors").write_bytes(b"nothing")
    monkeypatch.setenv("VGAN_MODELS", os.pathsep.join([str(first), str(second)]))
    names = [card.name for _, card in list_models()]
    assert names == sorted(names) and {"x", "y"} <= set(names)
    assert find_model("y") == first / "y.safetensors"
    assert find_model("t") == find_model("x") == first / "x.safetensors"
    assert "is also called x" in caplog.text and "bad.safetensors" in caplog.text
    with pytest.raises(ModelError, match="no model for 'z'"):
        find_model("z")


@given(share=st.floats(0, 1))
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_mixed_weights_lie_between_the_two(tmp_path: Path, share: float) -> None:
    made(tmp_path / "a")
    made(tmp_path / "b", seed=1)
    a, b = read_model(tmp_path / "a"), read_model(tmp_path / "b")
    mixed = mix(a, b, share)
    for name, tensor in mixed.network.state_dict().items():
        want = a.network.state_dict()[name] * (1 - share) + b.network.state_dict()[name] * share
        assert torch.allclose(tensor, want, atol=1e-5)
    assert (mixed.card.digest == a.card.digest) == (share == 0)


def test_unlike_networks_cannot_be_mixed(tmp_path: Path) -> None:
    wide = replace(SMALL, config={"width": 5, "depth": 1, "scale": 2})
    made(tmp_path / "a")
    made(tmp_path / "b", wide)
    with pytest.raises(ModelError, match="networks differ"):
        mix(read_model(tmp_path / "a"), read_model(tmp_path / "b"), 0.5)


def test_the_shipped_models_are_whole_and_say_where_they_come_from() -> None:
    shipped = Path(__file__).parents[1] / "models"
    cards = [read_model(path).card for path in sorted(shipped.glob("*.safetensors"))]
    assert {"upscale"} <= {card.task for card in cards}
    for card in cards:
        assert card.license and card.source and card.about and card.limits and card.training
        assert (shipped / f"{card.name}.safetensors").stat().st_size < 4 * 2**20


def test_the_tensors_have_the_names_of_the_layout_that_other_programs_know(tmp_path: Path) -> None:
    made(tmp_path / "a")
    tensors = load((tmp_path / "a").read_bytes())
    wanted = [f"body.{i}.{kind}" for i in (0, 2, 4) for kind in ("bias", "weight")]
    assert sorted(tensors) == sorted([*wanted, "body.1.weight", "body.3.weight"])
    assert all(float((tensors[f"body.{i}.weight"] - 0.1).abs().max()) < 1e-3 for i in (1, 3))


@pytest.mark.parametrize("slope", [0.2, float("nan")])
def test_a_file_with_activations_of_another_slope_is_refused(tmp_path: Path, slope: float) -> None:
    torch.manual_seed(0)
    network = build(SMALL)
    assert isinstance(network, Compact)
    tensors = {name: tensor.half() for name, tensor in network.for_others().items()}
    forged(tmp_path / "same.safetensors", tensors=tensors)
    assert read_model(tmp_path / "same.safetensors").card.name == "small"
    tensors["body.1.weight"] = torch.full_like(tensors["body.1.weight"], slope)
    forged(tmp_path / "other.safetensors", tensors=tensors)
    with pytest.raises(ModelError, match=r"in that place|numbers that are none"):
        read_model(tmp_path / "other.safetensors")


@pytest.mark.parametrize("scale", [2, 4])
def test_spandrel_reads_our_files_as_compact(tmp_path: Path, scale: int) -> None:
    spandrel = pytest.importorskip("spandrel", reason="spandrel is not installed: the extra `community`")
    card = replace(SMALL, config={"width": 6, "depth": 2, "scale": scale}, scale=scale, reach=4)
    made(tmp_path / "a.safetensors", card)
    theirs = spandrel.ModelLoader().load_from_file(tmp_path / "a.safetensors")
    assert theirs.architecture.name == "RealESRGAN Compact" and theirs.scale == scale
    x = torch.rand(1, 3, 9, 12, generator=torch.Generator().manual_seed(1))
    ours = read_model(tmp_path / "a.safetensors").network(x)
    assert torch.allclose(theirs.model.float()(x), ours, atol=1e-3)
