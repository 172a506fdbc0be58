"""The public check of documents that several signed: known to a case, or judged as they are."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from didaskaleio.credentials.enums import SIGNED_FILE, SigningState
from didaskaleio.credentials.models import SigningCase
from didaskaleio.credentials.queries.checking import Line, Verdict
from didaskaleio.credentials.queries.signing import facts_about, trusted_roots
from didaskaleio.credentials.signing.apart import judge_apart
from didaskaleio.credentials.signing.findings import Finding, Question
from didaskaleio.kernel import greek


def by_signatures(pdf: bytes, at: datetime) -> Verdict:
    """A signed file that is no attestation: whether each signature counts, and whose it is."""
    case = SigningCase.objects.filter(
        file__kind=SIGNED_FILE, file__sha256=sha256(pdf).hexdigest()
    ).first()
    if case is not None:
        return _of_case(case)
    return _of_finding(judge_apart(Question(pdf, at, trusted_roots())))


def _of_case(case: SigningCase) -> Verdict:
    """The document exactly as a case of ours has it, with the signatures so far."""
    rows = case.signatories.filter(signed_at__isnull=False).select_related("person", "body")
    lines = [
        (str(row), f"{greek.long_moment(row.signed_at)}, {row.get_method_display()}")
        for row in rows
        if row.signed_at
    ]
    whole = case.state == SigningState.COMPLETED
    return Verdict(
        whole,
        "Το έγγραφο υπογράφηκε από όλους" if whole else "Το έγγραφο δεν έχει όλες τις υπογραφές",
        f"Είναι ακριβώς το έγγραφο «{case.title}» που υπογράφηκε στην πλατφόρμα."
        if whole
        else f"Η κατάσταση του φακέλου υπογραφών είναι «{SigningState(case.state).label}».",
        evidence=tuple(lines),
    )


def _of_finding(finding: Finding) -> Verdict:
    if finding.valid:
        return Verdict(
            True,
            "Οι υπογραφές του αρχείου είναι έγκυρες",
            "Δεν είναι βεβαίωση της πλατφόρμας: ελέγχθηκαν μόνο οι υπογραφές. "
            "Δείτε ποιος υπέγραψε και αν έχει το δικαίωμα.",
            evidence=_lines(finding),
        )
    ruling = finding.ruling
    return Verdict(
        False,
        "Οι υπογραφές του αρχείου δεν είναι έγκυρες",
        f"Κανόνας που δεν τηρείται: «{ruling.rule}». Μην το δεχτείτε." if ruling else "",
    )


def _lines(finding: Finding) -> tuple[Line, ...]:
    return tuple((label, text) for one in finding.signatures for label, text in facts_about(one))
