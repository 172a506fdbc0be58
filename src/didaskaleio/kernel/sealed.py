"""Σφραγισμένα πεδία (sealed columns): personal data encrypted at rest, found by a blind index.

AES-256-GCM under a key derived from the first of ``settings.DATA_KEYS``; the name of the column is
bound to the bytes, so that a value moved to another column does not open. The keys after the
first still open what was sealed with them, so that a key is changed without a halt.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models

NONCE, MARK = 12, 4
AT_REST, INDEX = b"didaskaleio column v1", b"didaskaleio blind index v1"


class SealBrokenError(Exception):
    """Η σφραγίδα του πεδίου δεν ανοίγει: none of the keys fits, or the bytes were altered."""


@cache
def _derived(key: str, purpose: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=purpose).derive(key.encode())


def _mark(key: bytes) -> bytes:
    return hashlib.sha256(key).digest()[:MARK]


def seal(text: str, about: str) -> bytes:
    """Σφράγιση: ``about`` (the column) is bound to the bytes."""
    key, nonce = _derived(settings.DATA_KEYS[0], AT_REST), os.urandom(NONCE)
    return _mark(key) + nonce + AESGCM(key).encrypt(nonce, text.encode(), about.encode())


def unseal(sealed: bytes, about: str) -> str:
    """Αποσφράγιση: raises SealBrokenError."""
    mark, nonce, rest = sealed[:MARK], sealed[MARK : MARK + NONCE], sealed[MARK + NONCE :]
    for key in (_derived(given, AT_REST) for given in settings.DATA_KEYS):
        if _mark(key) != mark:
            continue
        try:
            return AESGCM(key).decrypt(nonce, rest, about.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise SealBrokenError(about) from error
    raise SealBrokenError(about)


def blind_index(text: str, purpose: str) -> str:
    """Τυφλό ευρετήριο: equal texts give equal marks that nobody without the key can guess.

    The last of the keys makes it, so that a new first key leaves the marks as they are.
    """
    if not text:
        return ""
    key = _derived(settings.DATA_KEYS[-1], INDEX)
    return hmac.new(key, f"{purpose}\0{text}".encode(), hashlib.sha256).hexdigest()


class SealedTextField(models.Field):  # type: ignore[type-arg]
    """A column of text that the database holds only sealed (σφραγισμένο κείμενο)."""

    description = "Text, sealed at rest"
    empty_values = [None, ""]

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("default", "")
        options.setdefault("blank", True)
        super().__init__(*args, **options)

    def db_type(self, connection: Any) -> str:  # noqa: ARG002 - as Django calls it
        return "bytea"

    @property
    def about(self) -> str:
        return f"{self.model._meta.label_lower}.{self.attname}"  # noqa: SLF001

    def get_prep_value(self, value: Any) -> Any:
        return seal(value, self.about) if value else b""

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> str:
        return unseal(bytes(value), self.about) if value else ""
