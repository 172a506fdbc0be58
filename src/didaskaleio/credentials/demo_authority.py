"""Δοκιμαστική αρχή (demonstration authority): a root, and a seal and a key for each body.

For demonstrations and tests only: the root's key lies beside the others.
"""

from __future__ import annotations

import fcntl
import json
import os
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from didaskaleio.credentials.authority import MANIFEST, PUBLISHED, Authority, loaded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# The demonstration's clock starts in January 2023 and may be moved by years.
VALID_FROM: Final = datetime(2020, 1, 1, tzinfo=UTC)
VALID_UNTIL: Final = datetime(2049, 12, 31, 23, 59, 59, tzinfo=UTC)
ROOT_NAME: Final = "Διδασκαλείο: δοκιμαστική αρχή πιστοποίησης"
BITS: Final = 3072
COMMON_NAME_OCTETS: Final = 64

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


def create_demo_authority(folder: Path, bodies: Mapping[str, str]) -> Authority:
    """Δημιουργία: keys for every body (code → organisation) that has none yet.

    Idempotent: what exists is kept, so earlier attestations go on verifying. Writes
    ``keys.json``, the published key set. Two processes at once wait for each other.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _locked(folder):
        manifest = _manifest(folder)
        known = {entry["code"] for entry in manifest["bodies"]}
        for code, organisation in bodies.items():
            if code not in known:
                stem = f"body-{len(manifest['bodies']) + 1:02}"
                manifest["bodies"].append(_new_body(folder, stem, code, organisation))
                _write(folder / MANIFEST, _text(manifest))
        authority = loaded(folder)
        published = folder / PUBLISHED
        text = authority.published.as_json().encode()
        if not published.is_file() or published.read_bytes() != text:
            _write(published, text, mode=0o644)
    return authority


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    if path.is_file():
        manifest: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return manifest
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    name = _name(ROOT_NAME, "Didaskaleio demonstration root")
    root = (
        _certificate(name, name, key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(authority=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    _write(folder / "root.key", _private(key))
    _write(folder / "root.pem", root.public_bytes(serialization.Encoding.PEM))
    manifest = {"roots": ["root.pem"], "bodies": []}
    _write(path, _text(manifest))
    return manifest


def _new_body(folder: Path, stem: str, code: str, organisation: str) -> dict[str, Any]:
    root_key = serialization.load_pem_private_key((folder / "root.key").read_bytes(), None)
    root = x509.load_pem_x509_certificate((folder / "root.pem").read_bytes())
    if not isinstance(root_key, rsa.RSAPrivateKey):
        raise TypeError("the demonstration's root key is RSA")
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
    certificate = (
        _certificate(_name(organisation, code), root.subject, key.public_key())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(authority=False), critical=True)
        .add_extension(issuer, critical=False)
        .sign(root_key, hashes.SHA256())
    )
    _write(folder / f"{stem}.key", _private(key))
    _write(folder / f"{stem}.pem", certificate.public_bytes(serialization.Encoding.PEM))
    _write(folder / f"{stem}-content.key", _private(ec.generate_private_key(ec.SECP256R1())))
    return {
        "code": code,
        "organisation": organisation,
        "seal": {"certificate": f"{stem}.pem", "key": f"{stem}.key", "chain": ["root.pem"]},
        "content_key": f"{stem}-content.key",
        "valid_from": VALID_FROM.isoformat(),
        "valid_until": VALID_UNTIL.isoformat(),
    }


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: rsa.RSAPublicKey
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(VALID_FROM)
        .not_valid_after(VALID_UNTIL)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _name(organisation: str, code: str) -> x509.Name:
    # X.520 bounds common names at 64, which readers count in octets: 32 Greek letters.
    common = organisation if len(organisation.encode()) <= COMMON_NAME_OCTETS else code
    return x509.Name(
        [
            x509.NameAttribute(x509.NameOID.COUNTRY_NAME, "GR"),
            x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(x509.NameOID.COMMON_NAME, common),
        ]
    )


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _private(key: Key) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _text(manifest: dict[str, Any]) -> bytes:
    return (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()


def _write(path: Path, octets: bytes, *, mode: int = 0o600) -> None:
    """Whole or not at all, and never readable by others for a moment."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(octets)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
