"""Sealing (σφράγιση) of the draw's secret: at rest under the platform's key, and in escrow.

The platform's copy is AES-256-GCM under a key derived from its secret key; the second copy is
sealed to the ministry's X25519 public key, so that only the ministry opens it (SPEC-draw §1.1).
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE, POINT = 12, 32
AT_REST, ESCROW = b"didaskaleio draw secret v1", b"didaskaleio draw escrow v1"


class SealBrokenError(Exception):
    """Η σφραγίδα δεν ανοίγει: another key, or altered bytes."""


def _derived(material: bytes, purpose: bytes) -> AESGCM:
    return AESGCM(HKDF(hashes.SHA256(), 32, salt=None, info=purpose).derive(material))


def seal(secret: bytes, platform_key: str, about: str) -> bytes:
    """Σφράγιση για φύλαξη: ``about`` (the period) is bound to the sealed bytes."""
    nonce = os.urandom(NONCE)
    return nonce + _derived(platform_key.encode(), AT_REST).encrypt(nonce, secret, about.encode())


def unseal(sealed: bytes, platform_key: str, about: str) -> bytes:
    """Αποσφράγιση: raises SealBrokenError."""
    try:
        box = _derived(platform_key.encode(), AT_REST)
        return box.decrypt(sealed[:NONCE], sealed[NONCE:], about.encode())
    except (InvalidTag, ValueError) as error:
        raise SealBrokenError(about) from error


def new_escrow_pair() -> tuple[bytes, bytes]:
    """Ζεύγος κλειδιών του Υπουργείου: private and public half, PEM."""
    private = X25519PrivateKey.generate()
    return (
        private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
        private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        ),
    )


def escrow(secret: bytes, public_pem: bytes, about: str) -> bytes:
    """Σφραγισμένο αντίγραφο: readable only with the private half of ``public_pem``."""
    receiver = serialization.load_pem_public_key(public_pem)
    if not isinstance(receiver, X25519PublicKey):
        raise TypeError("the escrow key must be an X25519 public key in PEM")
    once = X25519PrivateKey.generate()
    point = once.public_key().public_bytes_raw()
    box = _derived(once.exchange(receiver) + point, ESCROW)
    nonce = os.urandom(NONCE)
    return point + nonce + box.encrypt(nonce, secret, about.encode())


def open_escrow(sealed: bytes, private_pem: bytes, about: str) -> bytes:
    """Άνοιγμα του αντιγράφου με το κλειδί του Υπουργείου: raises SealBrokenError."""
    private = serialization.load_pem_private_key(private_pem, password=None)
    if not isinstance(private, X25519PrivateKey):
        raise TypeError("the escrow key must be an X25519 private key in PEM")
    point, nonce, rest = sealed[:POINT], sealed[POINT : POINT + NONCE], sealed[POINT + NONCE :]
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(point))
        return _derived(shared + point, ESCROW).decrypt(nonce, rest, about.encode())
    except (InvalidTag, ValueError) as error:
        raise SealBrokenError(about) from error
