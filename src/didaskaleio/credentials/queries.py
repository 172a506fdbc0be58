"""Questions of the public check: what is genuine, and whether it still stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from didaskaleio.credentials import verification
from didaskaleio.credentials.authority import PUBLISHED
from didaskaleio.credentials.errors import CredentialError
from didaskaleio.credentials.keys import KeySet
from didaskaleio.credentials.models import Credential, CredentialState


@dataclass(frozen=True)
class Verdict:
    """The answer of the check: genuine or not, why, what the credential really says."""

    genuine: bool
    title: str
    sentence: str
    lines: tuple[tuple[str, str], ...] = ()
    credential: Credential | None = None


@cache
def _parsed(path: Path, _stamp: float) -> KeySet:
    return KeySet.parse(path.read_bytes())


def published_keys() -> KeySet:
    """The key set as it is published to strangers."""
    path = Path(settings.AUTHORITY_DIR) / PUBLISHED
    if not path.exists():
        return KeySet({}, ())
    return _parsed(path, path.stat().st_mtime)


def by_code(code: str) -> Verdict:
    """The credential that bears ``code``."""
    rows = Credential.objects.select_related("replaced_by", "body")
    credential = rows.filter(code=code).first()
    if credential is None:
        return Verdict(
            False,
            "Δεν βρέθηκε βεβαίωση με αυτόν τον κωδικό",
            "Ελέγξτε τους χαρακτήρες. Αν είναι ίδιοι με το έγγραφο, το έγγραφο δεν εκδόθηκε από εδώ.",
        )
    return _standing(credential)


def by_file(pdf: bytes) -> Verdict:
    """A PDF: its seal, its signed content, and whether it still stands."""
    try:
        genuine = verification.verify_pdf(pdf, published_keys())
    except CredentialError as error:
        return Verdict(False, "Το αρχείο δεν είναι γνήσιο", str(error))
    return _known(genuine)


def by_text(text: str) -> Verdict:
    """The text of a QR: its signature, and whether the credential still stands."""
    try:
        genuine = verification.verify_text(text.strip(), published_keys())
    except CredentialError as error:
        return Verdict(False, "Το QR δεν είναι γνήσιο", str(error))
    return _known(genuine)


def _known(genuine: verification.Genuine) -> Verdict:
    code = genuine.claims.code
    credential = Credential.objects.select_related("replaced_by", "body").filter(code=code).first()
    lines = tuple(genuine.claims.labelled())
    if credential is None:
        return Verdict(
            True,
            "Η βεβαίωση είναι γνήσια",
            "Η σφραγίδα και το υπογεγραμμένο περιεχόμενο είναι ακέραια.",
            lines,
        )
    return _standing(credential)


def _standing(credential: Credential) -> Verdict:
    lines = tuple((label, value) for label, value in credential.content)
    if credential.state == CredentialState.REVOKED:
        return Verdict(
            False,
            "Η βεβαίωση έχει ανακληθεί",
            "Εκδόθηκε από τον φορέα αλλά δεν ισχύει πια.",
            lines,
            credential,
        )
    if credential.state == CredentialState.REPLACED:
        newer = getattr(credential, "replaced_by", None)
        number = f" με την {newer.number}" if newer else ""
        return Verdict(
            False,
            "Η βεβαίωση έχει αντικατασταθεί",
            f"Αντικαταστάθηκε{number}. Ζητήστε τη νεότερη.",
            lines,
            credential,
        )
    return Verdict(
        True,
        "Η βεβαίωση είναι γνήσια και ισχύει",
        "Συγκρίνετε το έγγραφο που έχετε με τα στοιχεία εδώ: πρέπει να είναι ίδια.",
        lines,
        credential,
    )
