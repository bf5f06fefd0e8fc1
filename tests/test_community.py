"""Models from elsewhere: taken in, asked, and refused where they are traps."""

import importlib.util
import json
import os
import pickle
import struct
import zipfile
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from torch import nn

from tests.films import write_film
from vgan_studio.cli import main
from vgan_studio.cli.project import open_project
from vgan_studio.effects.spec import registry
from vgan_studio.engine import precision
from vgan_studio.engine.adopt import adopt
from vgan_studio.engine.examine import examine, limit_memory, measured_reach
from vgan_studio.engine.run import Engine
from vgan_studio.engine.tiling import cover
from vgan_studio.errors import ModelError, ProjectError
from vgan_studio.gan.community import WHOLE, check_tensors
from vgan_studio.gan.networks.compact import Compact
from vgan_studio.gan.stranger import FILE_LIMIT, check_file
from vgan_studio.gan.weights import Card, find_model, list_models, read_model, user_folder, write_model, write_tensors
from vgan_studio.media.probe import probe
from vgan_studio.render.evaluate import Renderer
from vgan_studio.render.models import missing_models, recorded_models, without_missing
from vgan_studio.render.plan import plan
from vgan_studio.render.project import save_project
from vgan_studio.service.project import opening
from vgan_studio.timeline import otio
from vgan_studio.timeline.values import Clip, EffectCall, Timeline, Track

spandrel = pytest.mark.skipif(
    importlib.util.find_spec("spandrel") is None, reason="needs the extra community (spandrel), which is not installed"
)
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning", "ignore::DeprecationWarning", "ignore::FutureWarning")


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An own folder of models, empty."""
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("VGAN_CACHE", str(tmp_path / "cache"))
    user_folder().mkdir(parents=True)
    return tmp_path


def made(architecture):
    """A small network of an architecture of spandrel's, with weights of a fixed seed."""
    torch.manual_seed(3)
    if architecture == "Compact":
        from spandrel.architectures.Compact.__arch.SRVGG import SRVGGNetCompact

        return SRVGGNetCompact(num_feat=8, num_conv=3, upscale=2)
    if architecture == "SPAN":
        from spandrel.architectures.SPAN.__arch.span import SPAN

        return SPAN(num_in_ch=3, num_out_ch=3, feature_channels=8, upscale=2)
    if architecture == "DnCNN":
        from spandrel.architectures.DnCNN.__arch.network_dncnn import DnCNN

        return DnCNN(nc=8, nb=5)
    if architecture == "ESRGAN":
        from spandrel.architectures.ESRGAN.__arch.RRDB import RRDBNet

        return RRDBNet(num_filters=8, num_blocks=1, scale=2)
    from spandrel.architectures.NAFNet.__arch.NAFNet_arch import NAFNet

    network = NAFNet(width=4, middle_blk_num=1, enc_blk_nums=[1], dec_blk_nums=[1])
    for parameter in network.parameters():
        nn.init.normal_(parameter, std=0.3)  # its blocks begin as nothing
    return network


def taken_in(file, name="other", **more):
    """Look at a file in this process, without limits; the new file."""
    out = user_folder() / f"{name}.safetensors"
    order = {"file": str(file), "out": str(out), "name": name, "task": "", "license": "", "source": "a test",
             "memory_bytes": 0, "seconds": 60}  # fmt: skip
    return out, examine({**order, **more})


@spandrel
@pytest.mark.parametrize(
    ("architecture", "task", "scale"),
    [
        ("Compact", "upscale", 2),
        ("SPAN", "upscale", 2),
        ("DnCNN", "denoise", 1),
        ("ESRGAN", "upscale", 2),
        ("NAFNet", "deblur", 1),
    ],
)
def test_a_network_of_an_architecture_is_asked_as_spandrel_asks_it(home, architecture, task, scale):
    from spandrel import ModelLoader

    network = made(architecture)
    file = home / "weights.pth"
    torch.save({"params_ema": network.state_dict()}, file, _use_new_zipfile_serialization=architecture != "ESRGAN")
    path, card = taken_in(file, task="deblur" if task == "deblur" else "")
    assert (card.task, card.scale, card.architecture) == (task, scale, f"spandrel:{architecture}")
    assert (card.license, card.source) == ("unknown", "a test") and card.digest == read_model(path).card.digest
    assert card.figures["bf16, dB"] >= 0 and card.config["bfloat16"] == (card.figures["bf16, dB"] >= precision.LEAST_DB)
    x = torch.rand((2, 3, 37, 50), generator=torch.Generator().manual_seed(1))
    engine = Engine("cpu", "fp32", home / "engine.json")
    y = engine.run(engine.model("other"), x)
    assert y.shape == (2, 3, 37 * scale, 50 * scale)
    descriptor = ModelLoader().load_from_state_dict(network.state_dict())
    grey = descriptor.input_channels == 1
    parts = [
        torch.cat([descriptor(one[:, c : c + 1]) for c in range(3)], 1) if grey else descriptor(one)
        for one in x.split(1)
    ]
    assert torch.allclose(y, torch.cat(parts), atol=1e-5)


@spandrel
def test_our_own_network_comes_back_with_equal_pictures(home):
    ours = read_model(find_model("upscale-x2"))
    assert isinstance(ours.network, Compact)
    save_file(ours.network.for_others(), home / "ours.safetensors")
    path, card = taken_in(home / "ours.safetensors")
    assert card.architecture == "spandrel:Compact" and ours.card.reach <= card.reach < 2 * ours.card.reach
    x = precision.picture()
    with torch.no_grad():
        assert torch.allclose(read_model(path).network(x), ours.network(x).clamp(0, 1), atol=1e-6)


@spandrel
def test_a_model_of_our_own_is_taken_as_it_is(home):
    ours = find_model("upscale-x2")
    path, card = taken_in(ours, "mine")
    assert card == replace(read_model(ours).card, name="mine", digest=card.digest)
    assert torch.equal(read_model(path).network(precision.picture()), read_model(ours).network(precision.picture()))
    with pytest.raises(ModelError, match="for upscale"):
        taken_in(ours, "mine", task="denoise")


@spandrel
def test_a_model_from_elsewhere_never_stands_in_for_ours(home):
    torch.save(made("Compact").state_dict(), home / "a.pth")
    taken_in(home / "a.pth", "a-first-by-name")
    assert "a-first-by-name" in [card.name for _, card in list_models()]
    assert find_model("upscale").name != "a-first-by-name.safetensors"


@spandrel
@pytest.mark.parametrize(
    ("id", "architecture"), [("gan.upscale", "Compact"), ("gan.denoise", "DnCNN"), ("gan.deblur", "NAFNet")]
)
def test_the_effects_take_it_by_their_parameter_model(home, id, architecture):
    if id not in registry():
        pytest.skip(f"there is no {id} yet")
    torch.save(made(architecture).state_dict(), home / "weights.pth")
    taken_in(home / "weights.pth", task="deblur" if id == "gan.deblur" else "")
    media = probe(write_film(home / "film.mp4", 3)).media()
    clip = Clip(1, 0, 3, media, effects=(EffectCall(id, (("model", "other"),)),))
    film = Timeline(Fraction(25), 64, 48, tracks=(Track("video", (clip,)),), media=(media,), next_id=2)
    engine = Engine("cpu", "fp32", home / "engine.json")
    renderer = Renderer(engine)
    (picture,) = renderer.render([plan(film, 1)])
    assert picture.shape == (1, 4, 48, 64) and bool(picture.isfinite().all()) and renderer.counters.inferred == 1
    renderer.close()


class Bomb:
    def __reduce__(self):
        return os.system, ("touch pwned",)


def _zip(path, members, how=zipfile.ZIP_STORED):
    with zipfile.ZipFile(path, "w", how) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def _safe(path, header, data=b"\0" * 4, length=None):
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text) if length is None else length) + text + data)


def _deep(path):
    path.write_bytes(b"\x80\x02" + b"(" * 20_000 + b".")


def _cut(path):
    torch.save({"body.0.weight": torch.rand(64, 64)}, path)
    path.write_bytes(path.read_bytes()[:9000])


def _cut_old(path):
    torch.save({"body.0.weight": torch.rand(64, 64)}, path, _use_new_zipfile_serialization=False)
    path.write_bytes(path.read_bytes()[:9000])


_ONE = {"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}
HOSTILE = {
    "bomb.pth": (lambda path: torch.save({"params": Bomb()}, path), "more than numbers"),
    "old-bomb.pth": (lambda path: torch.save(Bomb(), path, _use_new_zipfile_serialization=False), "more than numbers"),
    "raw-bomb.pth": (lambda path: path.write_bytes(pickle.dumps(Bomb())), "more than numbers"),
    "script.pth": (lambda path: torch.jit.script(nn.Conv2d(3, 3, 3)).save(str(path)), "TorchScript"),
    "zip-bomb.pth": (lambda path: _zip(path, {"a/data.pkl": b"\0" * 10**7}, zipfile.ZIP_DEFLATED), "packed so that"),
    "no-pickle.pth": (lambda path: _zip(path, {"a/readme": b"x"}), "not a weights file"),
    "cut.pth": (_cut, "cut off"),
    "cut-old.pth": (_cut_old, "read to its end"),
    "deep.pth": (_deep, "damaged"),
    "long.pth": (
        lambda path: path.write_bytes(b"\x80\x04\x8e" + struct.pack("<Q", 1 << 40) + b"x."),
        "refused|damaged",
    ),
    "text.pth": (lambda path: path.write_text("import os"), "not a weights file"),
    "wide.pth": (lambda path: torch.save({"a": torch.zeros(1).expand(10**5, 10**5)}, path), "larger than the file"),
    "program.py": (lambda path: path.write_text("import os"), "none of"),
    "huge-header.safetensors": (lambda path: _safe(path, {**_ONE, "__metadata__": {"x": "y" * (2 << 20)}}), "header"),
    "lying-header.safetensors": (lambda path: _safe(path, _ONE, length=1 << 60), "header"),
    "lying-shape.safetensors": (
        lambda path: _safe(path, {"a": {"dtype": "F32", "shape": [1 << 40], "data_offsets": [0, 4]}}),
        "damaged",
    ),
    "no-json.safetensors": (lambda path: path.write_bytes(struct.pack("<Q", 4) + b"{{{{" + b"\0" * 8), "damaged"),
    "nothing.pth": (lambda path: torch.save({"a": torch.rand(3, 3)}, path), "no architecture"),
    "words.pth": (lambda path: torch.save(["a", 1], path), "no network"),
}


@spandrel
@pytest.mark.parametrize("name", HOSTILE)
def test_a_trap_is_refused_with_a_sentence_and_nothing_runs(home, monkeypatch, name):
    monkeypatch.chdir(home)
    write, words = HOSTILE[name]
    write(home / name)
    with pytest.raises(ModelError, match=words) as caught:
        taken_in(home / name)
    assert str(caught.value).endswith(".") and len(str(caught.value)) < 300 and "\n" not in str(caught.value)
    assert not (home / "pwned").exists() and list(user_folder().iterdir()) == []


def spoilt(state, how):
    first = next(name for name, tensor in state.items() if tensor.dim() == 4)
    changed = {"shape": state[first][:, :1], "nan": state[first] * float("nan"), "empty": state[first][:0]}
    if how == "missing":
        return {name: tensor for name, tensor in state.items() if name != first}
    return {**state, first: changed[how]} if how in changed else {**state, "body.99999999.weight": torch.zeros(1)}


@spandrel
@pytest.mark.parametrize("how", ["shape", "nan", "empty", "missing", "numbers"])
def test_tensors_that_are_no_network_are_refused(home, how):
    torch.save(spoilt(made("Compact").state_dict(), how), home / "bad.pth")
    with pytest.raises(ModelError, match=r"bad\.pth .*\.$"):
        taken_in(home / "bad.pth")
    assert list(user_folder().iterdir()) == []


@spandrel
def test_a_file_that_claims_to_be_from_elsewhere_is_checked_again_when_it_is_read(home):
    torch.save(made("Compact").state_dict(), home / "a.pth")
    path, card = taken_in(home / "a.pth")
    tensors = dict(made("Compact").state_dict())
    for lie in (
        replace(card, architecture="spandrel:ESRGAN"),
        replace(card, config={**card.config, "scale": 4}, scale=4),
    ):
        write_tensors(path, lie, tensors)
        with pytest.raises(ModelError, match="mislabelled"):
            read_model(path)
    write_tensors(path, replace(card, config={**card.config, "reach": -1}, reach=-1), tensors)
    with pytest.raises(ModelError, match="impossible size"):
        read_model(path)
    with pytest.raises(ModelError, match="holds numbers that are none"):
        check_tensors("x", {"a": torch.tensor([float("inf")])})


class Seeing(nn.Module):
    """Sees so far, or all; or works in windows."""

    def __init__(self, far=0, *, everywhere=False, window=0):
        super().__init__()
        self.far, self.everywhere, self.window = far, everywhere, window

    def forward(self, x):
        h, w = x.shape[2:]
        wide = nn.functional.pad(x, (self.far,) * 4)
        y = x + wide[..., :h, :w] + wide[..., 2 * self.far :, 2 * self.far :]
        if self.window:
            small = nn.functional.avg_pool2d(x, self.window, ceil_mode=True)
            y = nn.functional.interpolate(small, scale_factor=self.window)[..., :h, :w]
        return y + x.mean((2, 3), keepdim=True) if self.everywhere else y


def test_how_far_a_network_sees_is_measured_and_never_too_short():
    for far in (0, 3, 17):
        assert far <= measured_reach(Seeing(far), 1, 1) <= far + far // 4 + 4
    assert measured_reach(Seeing(everywhere=True), 1, 1) == WHOLE
    assert measured_reach(Seeing(60), 1, 1) in range(60, 80)
    assert measured_reach(Seeing(window=8), 1, 1) == WHOLE  # a cut that is no multiple of 8 would be seen
    assert measured_reach(Seeing(window=8), 1, 8) < WHOLE


def test_a_picture_that_is_seen_whole_is_never_cut():
    assert len(cover(1080, 1920, 512, reach=WHOLE, pieces=8)) == 1


@spandrel
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is limited on Linux alone")
def test_a_file_that_takes_too_much_is_refused_in_its_own_process(home):
    wide = {
        "body.0.weight": torch.zeros(20000, 3, 3, 3), "body.0.bias": torch.zeros(20000),
        "body.1.weight": torch.zeros(20000), "body.2.weight": torch.zeros(12, 20000, 3, 3), "body.2.bias": torch.zeros(12),
    }  # fmt: skip
    torch.save(wide, home / "wide.pth")
    with pytest.raises(ModelError, match="needs more than 64 MiB"):
        adopt(home / "wide.pth", memory_bytes=64 << 20)
    with pytest.raises(ModelError, match="took longer"):
        adopt(home / "wide.pth", seconds=1)
    assert list(user_folder().iterdir()) == []
    assert callable(limit_memory)


def test_a_file_that_is_too_large_is_not_opened(tmp_path):
    with (tmp_path / "large.pth").open("wb") as file:
        file.truncate(FILE_LIMIT + 1)
    with pytest.raises(ModelError, match="too large"):
        check_file(tmp_path / "large.pth")


@spandrel
def test_the_verbs_take_in_list_verify_and_remove(home, capsys):
    torch.save(made("Compact").state_dict(), home / "Some net.pth")
    assert main(["models", "import", str(home / "Some net.pth"), "--license", "CC0-1.0", "--json"]) == 0
    card = json.loads(capsys.readouterr().out)
    assert (card["name"], card["license"], card["task"]) == ("Some-net", "CC0-1.0", "upscale")
    assert main(["models", "import", str(home / "Some net.pth")]) == 1
    assert "called Some-net already" in capsys.readouterr().err
    assert main(["models", "verify", "Some-net"]) == 0
    assert card["digest"] in capsys.readouterr().out
    with Path(card["path"]).open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        file.write(b"\x7f")
    assert main(["models", "verify", "Some-net", "--json"]) == 1
    assert "digest" in json.loads(capsys.readouterr().out)["fault"]
    assert main(["models", "remove", "upscale-x2"]) == 1
    assert "stays" in capsys.readouterr().err
    assert main(["models", "remove", "Some-net"]) == 0
    assert not Path(card["path"]).exists()
    assert main(["models", "remove", "Some-net"]) == 1


@pytest.fixture
def project(home):
    """A project whose one clip asks for a model of the user's."""
    torch.manual_seed(1)
    card = Card("mine", "upscale", "compact", {"width": 4, "depth": 1, "scale": 2}, 2, 3, 1, "MIT", "a test")
    network = Compact(4, 1, 2)
    path = user_folder() / "mine.safetensors"
    write_model(path, card, network)
    media = probe(write_film(home / "film.mp4", 5)).media()
    calls = (EffectCall("gan.upscale", (("model", "mine"),)), EffectCall("color.exposure", (("stops", 0.5),)))
    clip = Clip(7, 0, 5, media, effects=calls)
    film = Timeline(Fraction(25), 64, 48, tracks=(Track("video", (clip,)),), media=(media,), next_id=8)
    save_project(film, home / "film.otio")
    return home / "film.otio", path, card, network


def test_a_project_notes_the_digests_of_its_models(project):
    path, weights, _, _ = project
    noted = recorded_models(otio.load(path))
    assert noted["mine"] == read_model(weights).card.digest and any("crisp" in name for name in noted)
    assert missing_models(otio.load(path)) == ()


def test_a_missing_model_is_named_and_the_film_shown_without_it(project, home):
    path, weights, _, _ = project
    weights.unlink()
    (opened,) = opening(path)
    (missing,) = opened.models
    assert (missing.clip, missing.effect, missing.model, missing.changed) == (7, "gan.upscale", "mine", False)
    assert str(missing) == "mine (for gan.upscale on clip 7) is not here"
    shown = without_missing(opened.timeline)
    assert [call.enabled for call in shown.tracks[0].clips[0].effects] == [False, True]
    renderer = Renderer(Engine("cpu", "fp32", home / "engine.json"))
    with pytest.raises(ModelError, match="mine"):
        renderer.render([plan(opened.timeline, 0)])
    assert renderer.render([plan(shown, 0)])[0].shape == (1, 4, 48, 64)
    renderer.close()
    with pytest.raises(ProjectError, match=r"mine \(for gan\.upscale on clip 7\).*vgan models import"):
        open_project(path, [])


def test_a_model_that_is_another_one_now_is_said_and_used(project, caplog):
    path, weights, card, network = project
    network.body[0].weight.data.mul_(2)
    write_model(weights, card, network)
    (opened,) = opening(path)
    assert [one.changed for one in opened.models] == [True]
    assert without_missing(opened.timeline) == opened.timeline
    open_project(path, [])
    assert "mine (for gan.upscale on clip 7) is another one" in caplog.text
