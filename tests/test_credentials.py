"""Content credentials: signed as changed by networks, and read back by the library's own reader."""

import importlib.util
import json

import pytest

from tests.films import write_film
from vgan_studio.cli import main
from vgan_studio.errors import MediaError
from vgan_studio.media.probe import probe
from vgan_studio.media.reader import VideoReader
from vgan_studio.render import credentials
from vgan_studio.render.credentials import Credentials, Found, made_credentials, read_credentials, sign

here = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("c2pa", "cryptography")),
    reason="needs the extra credentials (c2pa-python), which is not installed",
)
MODEL = {"name": "upscale-x2", "digest": "1" * 64, "license": "MIT"}


@pytest.fixture
def signer(tmp_path):
    return made_credentials(tmp_path / "keys")


@here
@pytest.mark.parametrize("suffix", ["mp4", "mov"])
def test_a_signed_film_says_that_networks_changed_it_and_is_otherwise_the_same(tmp_path, signer, suffix):
    film = write_film(tmp_path / f"film.{suffix}", 20)
    before = probe(film)
    assert read_credentials(film) is None
    sign(film, signer, [MODEL])
    assert read_credentials(film) == Found("Valid", "vgan_studio test signer", ai=True, models=(MODEL,))
    after = probe(film)
    assert (after.frames, after.duration, after.width) == (before.frames, before.duration, before.width)
    with VideoReader(film) as reader:
        assert len(reader.times()) == 20
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


@here
def test_a_film_without_networks_is_not_called_ai(tmp_path, signer):
    film = write_film(tmp_path / "film.mp4", 5)
    sign(film, signer, [])
    found = read_credentials(film)
    assert found is not None and (found.state, found.ai, found.models) == ("Valid", False, ())


@here
def test_a_change_after_signing_is_found(tmp_path, signer):
    film = write_film(tmp_path / "film.mp4", 5)
    sign(film, signer, [MODEL])
    data = bytearray(film.read_bytes())
    data[data.rfind(b"mdat") + 100] ^= 1
    film.write_bytes(data)
    found = read_credentials(film)
    assert found is not None and found.state == "Invalid"


@here
def test_the_test_certificate_is_made_once_and_its_key_is_private(tmp_path):
    first = made_credentials(tmp_path / "keys")
    pem = first.certificate.read_bytes()
    assert made_credentials(tmp_path / "keys").certificate.read_bytes() == pem
    assert first.key.stat().st_mode & 0o077 == 0


@here
@pytest.mark.parametrize("spoil", ["certificate", "key", "missing", "other"])
def test_what_cannot_sign_is_a_sentence_and_the_film_stays(tmp_path, signer, spoil):
    film = write_film(tmp_path / "film.mp4", 5)
    before = film.read_bytes()
    bad = tmp_path / "bad.pem"
    bad.write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    given = {
        "certificate": Credentials(bad, signer.key),
        "key": Credentials(signer.certificate, bad),
        "missing": Credentials(tmp_path / "none.pem", signer.key),
        "other": Credentials(signer.certificate, made_credentials(tmp_path / "others").key),
    }[spoil]
    with pytest.raises(MediaError, match=r"\.$"):
        sign(film, given, [MODEL])
    assert film.read_bytes() == before


def test_without_the_library_the_sentence_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(credentials, "find_spec", lambda name: None)
    with pytest.raises(MediaError, match=r"install vgan-studio\[credentials\]"):
        made_credentials(tmp_path)


@here
def test_an_export_is_signed_where_it_is_asked_for(tmp_path, monkeypatch, capsys):
    for name, folder in (("VGAN_CACHE", "cache"), ("XDG_CACHE_HOME", "home"), ("XDG_DATA_HOME", "home")):
        monkeypatch.setenv(name, str(tmp_path / folder))
    film = write_film(tmp_path / "film.mp4", 3)
    words = ["apply", str(film), "--effect", "gan.upscale", "--precision", "fp32", "--json"]
    assert main([*words, "-o", str(tmp_path / "plain.mp4")]) == 0
    assert read_credentials(tmp_path / "plain.mp4") is None
    assert main([*words, "-o", str(tmp_path / "signed.mp4"), "--credentials", "test"]) == 0
    result = json.loads(capsys.readouterr().out.splitlines()[-1])["result"]
    found = read_credentials(tmp_path / "signed.mp4")
    assert result["signed"] == "AI-modified" and found is not None and found.ai
    assert {one["name"] for one in found.models} >= {"upscale-x2"}
    assert main(["verify", str(tmp_path / "signed.mp4"), "--samples", "1"]) == 0  # the sidecar is of the signed file
    assert main([*words, "-o", str(tmp_path / "out.mkv"), "--credentials", "test"]) == 1
    assert not (tmp_path / "out.mkv").exists()
