"""Models of room credentials: what was issued, and the cases in which documents are signed."""

from __future__ import annotations

from didaskaleio.credentials.models.issued import Credential, CredentialState
from didaskaleio.credentials.models.signing import (
    RemoteSigning,
    Signatory,
    SigningCase,
    TrustRoot,
)

__all__ = [
    "Credential",
    "CredentialState",
    "RemoteSigning",
    "Signatory",
    "SigningCase",
    "TrustRoot",
]
