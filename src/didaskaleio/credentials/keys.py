"""Δημοσιευμένα κλειδιά (published key set): all that a stranger needs to verify offline.

A JSON Web Key Set (RFC 7517) whose EC keys (P-256, ES256) also name the organisation and the
period in which the key may issue, with a member ``roots`` of X.509 certificates to which seals
chain. Browsers import each key by ``crypto.subtle.importKey("jwk", …)``.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from didaskaleio.credentials.errors import KeysUnreadableError

SIZE: Final = 32  # octets of a P-256 coordinate


@dataclass(frozen=True, slots=True)
class PublicKey:
    """Δημόσιο κλειδί φορέα: verifies the signed contents of one body."""

    kid: bytes
    organisation: str
    key: ec.EllipticCurvePublicKey
    valid_from: datetime
    valid_until: datetime

    def covers(self, moment: datetime) -> bool:
        """Whether the key was allowed to issue at ``moment``."""
        return self.valid_from <= moment <= self.valid_until


@dataclass(frozen=True, slots=True)
class KeySet:
    """Σύνολο κλειδιών: public keys by kid, and the root certificates (DER) of the seals."""

    keys: dict[bytes, PublicKey]
    roots: tuple[bytes, ...]

    @classmethod
    def parse(cls, text: str | bytes) -> KeySet:
        """Ανάγνωση του δημοσιευμένου αρχείου. KeysUnreadableError when it is not one."""
        try:
            data = json.loads(text)
            keys = [_key(entry) for entry in data["keys"]]
            roots = tuple(base64.b64decode(root["x5c"], validate=True) for root in data["roots"])
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise KeysUnreadableError(
                "Το αρχείο κλειδιών δεν διαβάζεται· "
                "κατεβάστε το ξανά από τον φορέα που το δημοσιεύει."
            ) from error
        return cls({key.kid: key for key in keys}, roots)

    def as_json(self) -> str:
        """Δημοσίευση: the text of the file, in a stable order."""
        keys = [_entry(self.keys[kid]) for kid in sorted(self.keys)]
        roots = [{"x5c": base64.b64encode(root).decode()} for root in self.roots]
        return json.dumps({"keys": keys, "roots": roots}, ensure_ascii=False, indent=2) + "\n"


def kid_of(key: ec.EllipticCurvePublicKey) -> bytes:
    """Αναγνωριστικό κλειδιού: the first 8 octets of the SHA-256 of its SubjectPublicKeyInfo."""
    info = key.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return sha256(info).digest()[:8]


def _key(entry: dict[str, Any]) -> PublicKey:
    if (entry["kty"], entry["crv"]) != ("EC", "P-256"):
        raise ValueError("only P-256 is published")
    x, y = (int.from_bytes(_octets(entry[name])) for name in ("x", "y"))
    key = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    return PublicKey(
        bytes.fromhex(entry["kid"]),
        str(entry["organisation"]),
        key,
        _moment(entry["valid_from"]),
        _moment(entry["valid_until"]),
    )


def _entry(key: PublicKey) -> dict[str, str]:
    numbers = key.key.public_numbers()
    return {
        "kty": "EC",
        "crv": "P-256",
        "alg": "ES256",
        "use": "sig",
        "kid": key.kid.hex(),
        "x": _text(numbers.x.to_bytes(SIZE)),
        "y": _text(numbers.y.to_bytes(SIZE)),
        "organisation": key.organisation,
        "valid_from": key.valid_from.isoformat(),
        "valid_until": key.valid_until.isoformat(),
    }


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    return moment


def _octets(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _text(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")
