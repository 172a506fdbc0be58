"""Questions of the public check: what is genuine, and whether it still stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from didaskaleio.credentials import verification
from didaskaleio.credentials.authority import PUBLISHED
from didaskaleio.credentials.claims import Claims
from didaskaleio.credentials.errors import CredentialError, Flaw, NotGenuineError, UnreadableError
from didaskaleio.credentials.keys import KeySet
from didaskaleio.credentials.models import Credential, CredentialState
from didaskaleio.credentials.verification import SealFacts
from didaskaleio.kernel import greek, journal

Line = tuple[str, str]
S = CredentialState
# flaws of an attestation that a document signed by others has by nature
OF_OTHERS = frozenset({Flaw.EXTENDED, Flaw.NO_CONTENT})
ASK_CODE = (
    "Αν το έγγραφο γράφει κωδικό επαλήθευσης, γράψτε τον παραπάνω: "
    "θα δείτε τι λέει η γνήσια βεβαίωση, αν υπάρχει."
)


@dataclass(frozen=True)
class Verdict:
    """The answer of the check: ``good`` where genuine, why, and what the credential really says.

    ``lines`` are the signed content; ``differences`` (label, signed, in the register) where the
    two do not agree; ``credential`` the row of the register, None when it is not there; ``other``
    that the file is signed and is no attestation.
    """

    good: bool
    title: str
    sentence: str
    lines: tuple[Line, ...] = ()
    credential: Credential | None = None
    evidence: tuple[Line, ...] = ()
    differences: tuple[tuple[str, str, str], ...] = ()
    other: bool = False


@lru_cache(maxsize=4)
def _parsed(path: Path, _stamp: int) -> KeySet:
    return KeySet.parse(path.read_bytes())


def published_keys() -> KeySet:
    """The key set as it is published to strangers; empty before an authority exists."""
    path = Path(settings.AUTHORITY_DIR) / PUBLISHED
    if not path.exists():
        return KeySet({}, ())
    return _parsed(path, path.stat().st_mtime_ns)


def by_code(code: str) -> Verdict:
    """The credential that bears ``code``."""
    credential = _rows().filter(code=code).first()
    if credential is None:
        return Verdict(
            False,
            "Δεν βρέθηκε βεβαίωση με αυτόν τον κωδικό",
            "Ελέγξτε τους χαρακτήρες. Αν είναι ίδιοι με του εγγράφου, δεν εκδόθηκε από εδώ.",
        )
    try:
        genuine = verification.verify_text(credential.signed_content, published_keys())
    except CredentialError as error:
        return Verdict(
            False,
            "Η βεβαίωση δεν επαληθεύεται τώρα",
            f"Βρέθηκε στο μητρώο, αλλά η υπογραφή της δεν ελέγχεται: {error}",
            evidence=_standing_facts(credential),
        )
    return _judged(genuine.claims, credential)


def by_file(pdf: bytes) -> Verdict:
    """A PDF: its seal, its signed content, and whether it still stands."""
    try:
        genuine = verification.verify_pdf(pdf, published_keys())
    except UnreadableError as error:
        return Verdict(False, "Το αρχείο δεν διαβάζεται", str(error))
    except NotGenuineError as error:
        verdict = _edited(str(error), error.claims)
        return replace(verdict, other=error.claims is None and error.flaw in OF_OTHERS)
    return _known(genuine)


def by_text(text: str) -> Verdict:
    """The text of a QR: its signature, and whether the credential still stands."""
    try:
        genuine = verification.verify_text(text.strip(), published_keys())
    except UnreadableError as error:
        return Verdict(False, "Το κείμενο του QR δεν διαβάζεται", str(error))
    except CredentialError as error:
        return Verdict(False, "Το QR δεν είναι γνήσιο", str(error))
    return _known(genuine)


def _rows() -> QuerySet[Credential]:
    return Credential.objects.select_related("replaced_by", "body")


def _edited(reason: str, claims: Claims | None) -> Verdict:
    """A file that fails: what was really issued, when the file still tells."""
    if claims is None:
        return Verdict(False, "Το αρχείο δεν είναι γνήσιο", f"{reason} Μην το δεχτείτε. {ASK_CODE}")
    credential = _rows().filter(code=claims.code).first()
    return Verdict(
        False,
        "Το αρχείο δεν είναι γνήσιο",
        f"{reason} Μην το δεχτείτε: ισχύουν μόνο όσα γράφονται παρακάτω.",
        tuple(claims.labelled()),
        credential,
        _standing_facts(credential) if credential else (),
        _differences(claims, credential) if credential else (),
    )


def _known(genuine: verification.Genuine) -> Verdict:
    credential = _rows().filter(code=genuine.claims.code).first()
    if credential is not None:
        return _judged(genuine.claims, credential, genuine.seal)
    return Verdict(
        True,
        "Η βεβαίωση είναι γνήσια",
        "Η υπογραφή του φορέα είναι ακέραια. Δεν βρέθηκε στο μητρώο αυτής της πλατφόρμας, "
        "επομένως δεν ελέγχθηκε αν ανακλήθηκε.",
        tuple(genuine.claims.labelled()),
        evidence=_signature_facts(genuine.claims, genuine.seal),
    )


def _judged(claims: Claims, credential: Credential, seal: SealFacts | None = None) -> Verdict:
    verdict = replace(
        _standing(credential),
        lines=tuple(claims.labelled()),
        evidence=(*_signature_facts(claims, seal), *_standing_facts(credential)),
        differences=_differences(claims, credential),
    )
    if not verdict.differences:
        return verdict
    return replace(
        verdict,
        good=False,
        title="Το μητρώο δεν συμφωνεί με την υπογραφή",
        sentence="Ισχύουν μόνο τα υπογεγραμμένα στοιχεία. Ενημερώστε τον φορέα υλοποίησης.",
    )


def _standing(credential: Credential) -> Verdict:
    if credential.state == S.REVOKED:
        return Verdict(
            False,
            "Η βεβαίωση έχει ανακληθεί",
            "Εκδόθηκε από τον φορέα αλλά δεν ισχύει πια.",
            credential=credential,
        )
    if credential.state == S.REPLACED:
        newer = getattr(credential, "replaced_by", None)
        number = f" με την {newer.number}" if newer else ""
        return Verdict(
            False,
            "Η βεβαίωση έχει αντικατασταθεί",
            f"Αντικαταστάθηκε{number}. Ζητήστε από τον κάτοχο τη νεότερη.",
            credential=credential,
        )
    return Verdict(
        True,
        "Η βεβαίωση είναι γνήσια και ισχύει",
        "Συγκρίνετε το έγγραφο που έχετε με τα στοιχεία εδώ: πρέπει να είναι ίδια.",
        credential=credential,
    )


def _differences(claims: Claims, credential: Credential) -> tuple[tuple[str, str, str], ...]:
    signed = dict(claims.labelled())
    register = dict(credential.content)
    return tuple(
        (label, signed.get(label, "–"), register.get(label, "–"))
        for label in dict.fromkeys((*signed, *register))
        if signed.get(label) != register.get(label)
    )


def _signature_facts(claims: Claims, seal: SealFacts | None) -> tuple[Line, ...]:
    facts = [
        ("Εκδόθηκε", f"{greek.long_moment(claims.issued_at)}, από τον φορέα υλοποίησης"),
        ("Υπογραφή στοιχείων", "Ισχυρή: τα στοιχεία είναι ακριβώς όσα υπέγραψε ο φορέας"),
    ]
    if seal is not None:
        facts.append(("Σφραγίδα αρχείου", f"Ακέραια: «{seal.organisation}», αρχή «{seal.issuer}»"))
    return tuple(facts)


def _standing_facts(credential: Credential) -> tuple[Line, ...]:
    if credential.state == S.ISSUED:
        return (("Ανάκληση", "Δεν έχει ανακληθεί ούτε αντικατασταθεί"),)
    ended = _ended_at(credential)
    moment = f" {greek.long_moment(ended)}" if ended else ""
    return ((str(S(credential.state).label), f"Από τον φορέα υλοποίησης{moment}"),)


def _ended_at(credential: Credential) -> datetime | None:
    return journal.of(credential).values_list("at", flat=True).first()
