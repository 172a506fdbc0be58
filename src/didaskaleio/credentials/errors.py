"""Αρνήσεις του ελέγχου γνησιότητας: what can be wrong with an attestation, one type each.

``str`` is one Greek sentence for the person who checks; ``flaw`` is the stable name for machines.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from didaskaleio.credentials.claims import Claims


class Flaw(StrEnum):
    """Ελάττωμα: why something is not valid or cannot be read."""

    UNREADABLE = "unreadable"
    KEYS_UNREADABLE = "keys_unreadable"
    UNKNOWN_KEY = "unknown_key"
    BAD_SIGNATURE = "bad_signature"
    EXPIRED_KEY = "expired_key"
    UNSEALED = "unsealed"
    DAMAGED = "damaged"
    EXTENDED = "extended"
    ALTERED = "altered"
    WEAK_SEAL = "weak_seal"
    UNTRUSTED_SEAL = "untrusted_seal"
    OTHER_BODY = "other_body"
    NO_CONTENT = "no_content"


class CredentialError(Exception):
    """Μη αποδεκτό: nothing may be concluded from what was shown."""

    flaw: Flaw

    def __init__(self, sentence: str, flaw: Flaw | None = None) -> None:
        super().__init__(sentence)
        self.flaw = flaw or self.flaw


class UnreadableError(CredentialError):
    """Μη αναγνώσιμο: neither a signed text of ours nor a PDF."""

    flaw = Flaw.UNREADABLE


class KeysUnreadableError(CredentialError):
    """Μη αναγνώσιμα κλειδιά: the published key set is missing or malformed."""

    flaw = Flaw.KEYS_UNREADABLE


class NotGenuineError(CredentialError):
    """Μη έγκυρο: readable, and the check failed.

    ``claims`` is the genuine content that a failing file still carries, to compare with.
    """

    claims: Claims | None = None


class UnknownKeyError(NotGenuineError):
    """Άγνωστο κλειδί: signed by a key that is not published."""

    flaw = Flaw.UNKNOWN_KEY


class BadSignatureError(NotGenuineError):
    """Άκυρη υπογραφή: the content is not what the body signed."""

    flaw = Flaw.BAD_SIGNATURE


class ExpiredKeyError(NotGenuineError):
    """Ληγμένο κλειδί: issued at a moment when the key was not valid."""

    flaw = Flaw.EXPIRED_KEY


class ContentTooLongError(Exception):
    """Υπέρβαση μήκους: the content would not print as a code of 30 mm that scans."""
