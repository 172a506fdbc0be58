"""Πιστοποιητικά της επίδειξης (demo certificates): an invented authority and people under it.

For the demonstration and the tests only: one key serves everybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

NAME: Final = "Δοκιμαστικός πάροχος υπογραφών"
SINCE: Final = datetime(2020, 1, 1, tzinfo=UTC)
UNTIL: Final = datetime(2049, 12, 31, tzinfo=UTC)
PEM: Final = serialization.Encoding.PEM
BITS: Final = 2048


@dataclass(frozen=True)
class Holder:
    """Κάτοχος: whose certificate it is, and when it holds."""

    surname: str
    given_name: str
    afm: str = ""
    since: datetime = SINCE
    until: datetime = UNTIL


@dataclass(frozen=True)
class Issuer:
    """Δοκιμαστική αρχή: its root, and the key of everybody who has a certificate under it."""

    root_key: rsa.RSAPrivateKey
    key: rsa.RSAPrivateKey
    name: str = NAME

    @classmethod
    def new(cls, name: str = NAME) -> Issuer:
        """An authority with keys of its own."""
        return cls(_new_key(), _new_key(), name)

    @classmethod
    def kept(cls, folder: Path) -> Issuer:
        """The one whose keys a folder keeps; made when it has none."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        paths = [folder / "root.key", folder / "people.key"]
        if not all(path.exists() for path in paths):
            fresh = cls.new()
            for path, key in zip(paths, (fresh.root_key, fresh.key), strict=True):
                path.touch(mode=0o600)
                path.write_bytes(_private(key))
        return cls(_loaded(paths[0]), _loaded(paths[1]))

    @cached_property
    def root(self) -> x509.Certificate:
        """The certificate that a list of trust holds."""
        subject = _name((x509.NameOID.COMMON_NAME, self.name))
        builder = self._builder(subject, subject, self.root_key.public_key(), SINCE, UNTIL)
        builder = builder.serial_number(1).add_extension(
            x509.BasicConstraints(ca=True, path_length=0), critical=True
        )
        return builder.add_extension(_usage(ca=True), critical=True).sign(
            self.root_key, hashes.SHA256()
        )

    def of(self, holder: Holder) -> x509.Certificate:
        """The certificate of a person, with the ΑΦΜ where it is given."""
        common = f"{holder.given_name} {holder.surname}"
        parts = [
            (x509.NameOID.COMMON_NAME, common),
            (x509.NameOID.SURNAME, holder.surname),
            (x509.NameOID.GIVEN_NAME, holder.given_name),
        ]
        if holder.afm:
            parts.append((x509.NameOID.SERIAL_NUMBER, f"TINGR-{holder.afm}"))
        builder = self._builder(
            _name(*parts), self.root.subject, self.key.public_key(), holder.since, holder.until
        )
        builder = builder.serial_number(x509.random_serial_number()).add_extension(
            x509.BasicConstraints(ca=False, path_length=None), critical=True
        )
        return builder.add_extension(_usage(ca=False), critical=True).sign(
            self.root_key, hashes.SHA256()
        )

    def _builder(
        self,
        subject: x509.Name,
        issuer: x509.Name,
        key: rsa.RSAPublicKey,
        since: datetime,
        until: datetime,
    ) -> x509.CertificateBuilder:
        above = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.root_key.public_key())
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(key)
            .not_valid_before(since)
            .not_valid_after(until)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
            .add_extension(above, critical=False)
        )


def _name(*parts: tuple[x509.ObjectIdentifier, str]) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(x509.NameOID.COUNTRY_NAME, "GR"),
            *(x509.NameAttribute(kind, text) for kind, text in parts),
        ]
    )


def _usage(*, ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not ca,
        content_commitment=not ca,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=ca,
        crl_sign=ca,
        encipher_only=False,
        decipher_only=False,
    )


def _new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=BITS)


def _private(key: rsa.RSAPrivateKey) -> bytes:
    plain = serialization.NoEncryption()
    return key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, plain)


def _loaded(path: Path) -> rsa.RSAPrivateKey:
    key = serialization.load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError(f"{path} is not an RSA key")
    return key
