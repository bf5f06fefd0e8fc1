"""Content credentials (C2PA): a film says of itself, signed, that networks have changed it.

Needs the extra `credentials`.  With a certificate that this program made itself, readers find the signature valid and
its issuer unknown: good for trying, and for finding out whether a file was changed since.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from vgan_studio import __version__
from vgan_studio.errors import MediaError
from vgan_studio.media.part import Part, saying

SUFFIXES = (".mp4", ".m4v", ".mov")
MODELS = "org.vgan_studio.models"  # the label of our own assertion

_SOURCES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_DAYS = 365
_NEEDED = "Content credentials need c2pa-python, which is not here: install vgan-studio[credentials]."


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who signs.

    Attributes:
        certificate: a PEM file, the signer's own certificate first, then those above it.
        key: a PEM file with the private key, not encrypted.
    """

    certificate: Path
    key: Path


@dataclass(frozen=True, slots=True)
class Found:
    """What the library's own reader found in a file.

    Attributes:
        state: "Valid" (whole, the signer unknown), "Trusted" or "Invalid" (changed since).
        signer: the name on the certificate.
        ai: the film says that networks have changed it.
        models: those that it names.
    """

    state: str
    signer: str
    ai: bool
    models: tuple[dict[str, str], ...]


def check_credentials(film: Path, credentials: Credentials) -> None:
    """Make sure before a long export that it can be signed.

    Raises:
        MediaError: the library is not here, the container cannot be signed, or the certificate or key cannot be used.
    """
    _library()
    if film.suffix.lower() not in SUFFIXES:
        raise MediaError(f"Content credentials go into {', '.join(SUFFIXES)}; {film.name} is something else.")
    _signer(credentials)


def sign(film: Path, credentials: Credentials, models: Sequence[dict[str, str]]) -> None:
    """Sign a film that is whole; it gets its name when it is signed, and stays as it was if that fails.

    Args:
        models: name, digest and licence of every network that took part; none: a film edited by people alone.

    Raises:
        MediaError: it cannot be signed.
    """
    c2pa = _library()
    signer = _signer(credentials)
    part = Part(film)
    try:
        with saying(film.name):
            c2pa.Builder(_manifest(film, models)).sign_file(film, part.temporary, signer)
        part.finish()
    except c2pa.C2paError as error:
        part.discard()
        raise MediaError(f"{film.name} could not be signed: {error}.") from error
    except BaseException:
        part.discard()
        raise


def read_credentials(film: Path) -> Found | None:
    """Read and verify the credentials of a film, by the library's reader; None if it has none.

    Raises:
        MediaError: the library is not here, or the file cannot be read.
    """
    c2pa = _library()
    try:
        with saying(film.name):
            reader = c2pa.Reader.try_create(str(film))
            if reader is None:
                return None
            with reader:
                state, active = reader.get_validation_state(), reader.get_active_manifest() or {}
    except c2pa.C2paError as error:
        raise MediaError(f"The credentials of {film.name} cannot be read: {error}.") from error
    kept = {one.get("label"): one.get("data", {}) for one in active.get("assertions", [])}
    actions: list[dict[str, Any]] = next(
        (data.get("actions", []) for label, data in kept.items() if str(label).startswith("c2pa.actions")), []
    )
    ai = any(str(one.get("digitalSourceType", "")).endswith("compositeWithTrainedAlgorithmicMedia") for one in actions)
    signer = active.get("signature_info", {}).get("common_name", "")
    return Found(str(state), str(signer), ai, tuple(kept.get(MODELS, {}).get("models", [])))


def made_credentials(folder: Path) -> Credentials:
    """Give the test certificate in a folder, made there if there is none: known to nobody, good for a year.

    Raises:
        MediaError: the library is not here, or the folder cannot be written.
    """
    _library()
    credentials = Credentials(folder / "test-certificate.pem", folder / "test-key.pem")
    if not (credentials.certificate.is_file() and credentials.key.is_file()) or _past(credentials.certificate):
        certificate, key = _made()
        with saying(credentials.certificate.name):
            folder.mkdir(parents=True, exist_ok=True)
            credentials.key.touch(mode=0o600)
            credentials.key.write_bytes(key)
            credentials.certificate.write_bytes(certificate)
    return credentials


def _library() -> Any:
    if find_spec("c2pa") is None or find_spec("cryptography") is None:
        raise MediaError(_NEEDED)
    try:
        import c2pa
    except (ImportError, OSError) as error:  # OSError: its own library does not fit this system
        raise MediaError(f"{_NEEDED} ({error})") from error
    return c2pa


def _manifest(film: Path, models: Sequence[dict[str, str]]) -> str:
    source = "compositeWithTrainedAlgorithmicMedia" if models else "humanEdits"
    program = {"name": "vgan_studio", "version": __version__}
    edited = {"action": "c2pa.edited", "softwareAgent": program, "digitalSourceType": _SOURCES + source}
    actions = [{"action": "c2pa.created", "digitalSourceType": _SOURCES + source}, edited]
    assertions: list[dict[str, Any]] = [{"label": "c2pa.actions.v2", "data": {"actions": actions}}]
    if models:
        assertions.append({"label": MODELS, "data": {"models": list(models)}})
    return json.dumps({"claim_generator_info": [program], "title": film.name, "assertions": assertions})


def _signer(credentials: Credentials) -> Any:
    c2pa = _library()
    try:
        certificate, key = credentials.certificate.read_bytes(), credentials.key.read_bytes()
    except OSError as error:
        raise MediaError(f"Cannot read {Path(str(error.filename)).name}: {error.strerror}.") from error
    try:
        return c2pa.Signer.from_info(c2pa.C2paSignerInfo(_algorithm(key), certificate, key, None))
    except c2pa.C2paError as error:
        raise MediaError(f"{credentials.certificate.name} cannot sign films: {error}.") from error


def _algorithm(key: bytes) -> str:
    """Name how a key signs, as C2PA knows it."""
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        loaded = load_pem_private_key(key, None)
    except (ValueError, TypeError) as error:
        raise MediaError("The private key is no PEM file, or it is encrypted; decrypt it first.") from error
    if isinstance(loaded, ed25519.Ed25519PrivateKey):
        return "ed25519"
    if isinstance(loaded, rsa.RSAPrivateKey):
        return "ps256"
    sizes = {256: "es256", 384: "es384", 521: "es512"}
    if isinstance(loaded, ec.EllipticCurvePrivateKey) and loaded.key_size in sizes:
        return sizes[loaded.key_size]
    raise MediaError("The private key is of a kind that content credentials do not know.")


def _past(certificate: Path) -> bool:
    from cryptography import x509

    try:
        return x509.load_pem_x509_certificate(certificate.read_bytes()).not_valid_after_utc < _now()
    except (OSError, ValueError):
        return True


def _now() -> datetime:
    return datetime.now(UTC)


def _made() -> tuple[bytes, bytes]:
    """Make a signer below an authority of its own, as C2PA wants it; PEM of both certificates, and of the key."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    authority, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    leaf = _certificate("vgan_studio test signer", key.public_key(), authority, own=False)
    root = _certificate("vgan_studio test authority", authority.public_key(), authority, own=True)
    form = serialization.Encoding.PEM
    kept = key.private_bytes(form, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return leaf.public_bytes(form) + root.public_bytes(form), kept


def _certificate(subject: str, public: Any, authority: Any, *, own: bool) -> Any:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.x509.oid import ExtendedKeyUsageOID

    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name("vgan_studio test authority"))
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(_now() - timedelta(hours=1))
        .not_valid_after(_now() + timedelta(days=_DAYS))
        .add_extension(x509.BasicConstraints(ca=own, path_length=None), critical=True)
        .add_extension(_usage("key_cert_sign" if own else "digital_signature"), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key()), critical=False)
    )
    if not own:
        purposes = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])  # C2PA asks for it
        builder = builder.add_extension(purposes, critical=False)
    return builder.sign(authority, hashes.SHA256())


def _name(words: str) -> Any:
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    pairs = ((NameOID.ORGANIZATION_NAME, "vgan_studio"), (NameOID.COMMON_NAME, words))
    return x509.Name([x509.NameAttribute(kind, text) for kind, text in pairs])


def _usage(allowed: str) -> Any:
    from cryptography import x509

    kinds = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
             "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")  # fmt: skip
    return x509.KeyUsage(**{kind: kind == allowed for kind in kinds})
