"""Αρχή (authority): the keys by which implementing bodies seal and sign.

A folder with ``authority.json`` names, for each body, the certificate of its seal (PEM with its
key, or PKCS#12), the key of its signed contents (PEM, P-256) and the roots to publish. A
ministry writes that file over its own keys; a demonstration makes it by ``demo_authority``.

``authority.json``: ``{"roots": [file], "bodies": [{"code", "organisation", "seal": {"pkcs12": file}
or {"certificate": file, "key": file, "chain": [file]}, "content_key": file, "password_env": name,
"valid_from": moment, "valid_until": moment}]}``; files are relative to the folder. A retired
content key stays published through ``"retired": [entry of the key set]``.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from didaskaleio.credentials.keys import KeySet, PublicKey, kid_of
from didaskaleio.credentials.signed_content import ContentKey

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer

MANIFEST: Final = "authority.json"
PUBLISHED: Final = "keys.json"


class AuthorityError(Exception):
    """Ελλιπής αρχή: a key is missing, closed, or not of the kind that seals need."""


@dataclass(frozen=True)
class Sealer:
    """Σφραγίδα φορέα: the certificate, its RSA key (loaded once) and the chain to the root."""

    organisation: str
    certificate: x509.Certificate
    key: rsa.RSAPrivateKey
    chain: tuple[x509.Certificate, ...]

    @cached_property
    def signer(self) -> Signer:
        """The signer that pyHanko calls; made at the first seal because the import is slow."""
        from didaskaleio.credentials.seal import signer_of

        return signer_of(self)


@dataclass(frozen=True)
class BodyKeys:
    """Κλειδιά φορέα: the seal of its documents and the key of its signed contents."""

    code: str
    organisation: str
    sealer: Sealer
    content_key: ContentKey


@dataclass(frozen=True)
class Authority:
    """Αρχή: the bodies by code, and what is published for strangers to verify."""

    bodies: dict[str, BodyKeys]
    published: KeySet


def load(folder: Path) -> Authority:
    """Φόρτωση: the authority of ``folder/authority.json``, or AuthorityError."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        bodies = {entry["code"]: _body(folder, entry) for entry in manifest["bodies"]}
        roots = tuple(_certificate(folder / name) for name in manifest["roots"])
        retired = KeySet.parse(json.dumps({"keys": manifest.get("retired", []), "roots": []}))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AuthorityError(f"{folder / MANIFEST}: {error!r}") from error
    keys = dict(retired.keys)
    for body in bodies.values():
        keys[body.content_key.public.kid] = body.content_key.public
    der = tuple(root.public_bytes(serialization.Encoding.DER) for root in roots)
    return Authority(bodies, KeySet(keys, der))


def loaded(folder: Path) -> Authority:
    """The same, kept in memory until the folder changes."""
    return _kept(folder, (folder / MANIFEST).stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _kept(folder: Path, _stamp: int) -> Authority:
    return load(folder)


def _body(folder: Path, entry: dict[str, Any]) -> BodyKeys:
    name = entry.get("password_env", "")
    password = os.environ[name].encode() if name else None
    organisation = str(entry["organisation"])
    sealer = _sealer(folder, entry["seal"], organisation, password)
    private = _private(folder / entry["content_key"], password)
    if not isinstance(private, ec.EllipticCurvePrivateKey) or private.curve.name != "secp256r1":
        raise ValueError(f"{entry['content_key']} is not a P-256 key")
    public = private.public_key()
    period = (datetime.fromisoformat(entry[edge]) for edge in ("valid_from", "valid_until"))
    key = PublicKey(kid_of(public), organisation, public, *period)
    return BodyKeys(entry["code"], organisation, sealer, ContentKey(key, private))


def _sealer(
    folder: Path, entry: dict[str, Any], organisation: str, password: bytes | None
) -> Sealer:
    key: object
    if "pkcs12" in entry:
        bundle = pkcs12.load_pkcs12((folder / entry["pkcs12"]).read_bytes(), password)
        certificate = bundle.cert.certificate if bundle.cert else None
        key, chain = bundle.key, tuple(extra.certificate for extra in bundle.additional_certs)
    else:
        certificate = _certificate(folder / entry["certificate"])
        key = _private(folder / entry["key"], password)
        chain = tuple(_certificate(folder / name) for name in entry.get("chain", ()))
    # An elliptic-curve seal would lift the file to PDF 2.0, and so out of PDF/A-2.
    if certificate is None or not isinstance(key, rsa.RSAPrivateKey):
        raise ValueError("a seal needs a certificate and its RSA key")
    if organisation_of(certificate) != organisation:
        raise ValueError(f"the certificate does not name {organisation}")
    return Sealer(organisation, certificate, key, chain)


def organisation_of(certificate: x509.Certificate) -> str:
    """Οργανισμός του πιστοποιητικού: organizationName, or the common name without one."""
    for oid in (x509.NameOID.ORGANIZATION_NAME, x509.NameOID.COMMON_NAME):
        for attribute in certificate.subject.get_attributes_for_oid(oid):
            return str(attribute.value)
    return ""


def _certificate(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def _private(path: Path, password: bytes | None) -> object:
    return serialization.load_pem_private_key(path.read_bytes(), password)
