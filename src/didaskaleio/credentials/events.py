"""Events (γεγονότα) of room credentials."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from didaskaleio.kernel.events import Event


@dataclass(frozen=True)
class CredentialsMoved(Event):
    """Credentials were issued, revoked or replaced (``state``), many at once or one."""

    ids: tuple[int, ...]
    state: str
    at: datetime


@dataclass(frozen=True)
class SignerSigned(Event):
    """One signatory of a signing case has signed; the case is saved."""

    case_id: int
    signatory_id: int
    subject: str
    subject_id: int
    at: datetime


@dataclass(frozen=True)
class CaseCompleted(Event):
    """All have signed; the document with every signature is the ``file`` of the case."""

    case_id: int
    subject: str
    subject_id: int
    at: datetime


@dataclass(frozen=True)
class CaseDeclined(Event):
    """A signatory refused to sign; nobody signs this case any more."""

    case_id: int
    subject: str
    subject_id: int
    reason: str
    at: datetime
