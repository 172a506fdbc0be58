"""Θύρα απομακρυσμένης υπογραφής (port): what the platform asks of a provider of signatures.

The person's key stays with the provider and answers only to the person: on the provider's own
pages, once to show the certificates, once for the very hash that is to be signed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from didaskaleio.kernel.errors import Refusal


class ProviderError(Refusal):
    """Ο πάροχος δεν υπέγραψε: the sentence says what happened and what to do now."""


class AwayError(ProviderError):
    """Δεν απαντά: down, slow, or it broke off; nothing was signed as far as we know."""


class RefusedError(ProviderError):
    """Δεν δέχτηκε: the person, the provider or an expired permission said no."""


class UnreadableError(ProviderError):
    """Ακατανόητη απάντηση: not what the protocol promises."""


@dataclass(frozen=True)
class Doorway:
    """Πέρασμα προς τον πάροχο: what ties the way there to the way back (PKCE, state)."""

    key: str
    verifier: str
    back: str


@dataclass(frozen=True)
class Certified:
    """Διαπιστευτήριο: a key at the provider with its chain (DER), the person's own first."""

    credential: str
    certificates: tuple[bytes, ...]
    algorithm: str


class Provider(Protocol):
    """Πάροχος: four acts, two of them addresses to which the person's browser is sent."""

    def to_enter(self, door: Doorway) -> str:
        """The address where the person lets us see the certificates."""

    def certified(self, door: Doorway, code: str) -> list[Certified]:
        """The usable keys of whoever came back with ``code``."""

    def to_sign(self, door: Doorway, credential: str, digest: bytes, about: str) -> str:
        """The address where the person allows one signature over ``digest``."""

    def sign(self, door: Doorway, code: str, chosen: Certified, digest: bytes) -> bytes:
        """The signature over ``digest`` that was allowed by ``code``."""
