"""Candidacies (υποψηφιότητες): draft, submit, submit again, withdraw (000 §4 I.b, R-015, R-017).

The draft is the sheet of answers; the last submitted version stands until a new one is submitted.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from didaskaleio.kernel import access, jobs, journal, numbering
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.forms import operations as forms
from didaskaleio.kernel.forms import points
from didaskaleio.kernel.forms.answers import check
from didaskaleio.kernel.forms.conditions import counted
from didaskaleio.kernel.forms.definition import Definition, Problem
from didaskaleio.kernel.models import AnswerSheet
from didaskaleio.people.models import Person
from didaskaleio.registers import queries, rules
from didaskaleio.registers.enums import CandidacyState
from didaskaleio.registers.errors import EvidenceError, NotReceivedError, SeenElsewhereError
from didaskaleio.registers.lifecycle import CANDIDACY
from didaskaleio.registers.models import Call, Candidacy, Evidence, EvidenceUse, Submission
from didaskaleio.registers.operations import wallet

CANDIDACY.model = Candidacy
SERIES = "registers.receipt"


def start(call: Call, *, actor: Actor, at: datetime) -> Candidacy:
    """Πρόχειρη υποψηφιότητα: the actor's one candidacy in the call, made at the first touch."""
    access.require(actor, "call.apply", call)
    with transaction.atomic():
        held = Call.objects.select_for_update(of=("self",), no_key=True).get(pk=call.pk)
        _require_open(held, at)
        mine = Candidacy.objects.filter(call=held, person_id=actor.person_id).first()
        return mine or _begun(held, actor, at)


def _begun(call: Call, actor: Actor, at: datetime) -> Candidacy:
    assert call.form is not None  # noqa: S101 - a published call has its form
    code = rules.new_code(lambda taken: call.candidacies.filter(code=taken).exists())
    made = Candidacy.objects.create(call=call, person_id=actor.person_id, code=code, begun_at=at)
    made.sheet = forms.open_sheet(call.form, made, person=actor.person_id, at=at)
    made.save(update_fields=["sheet"])
    journal.write(made, "Άρχισε η υποψηφιότητα", actor=actor, at=at)
    return made


def _require_open(call: Call, at: datetime) -> None:
    if why := rules.why_closed(call, at):
        raise NotReceivedError(why, code="closed")


# The draft ----------------------------------------------------------------------------------------


def save_answers(
    candidacy: Candidacy, told: Mapping[str, Any], *, actor: Actor, at: datetime
) -> list[Problem]:
    """Αποθήκευση προχείρου: keeps what has the right shape, returns the rest; submits nothing."""
    with transaction.atomic():
        return forms.save(_writable(candidacy, actor, at), told, actor=actor, at=at)


def give_new(
    candidacy: Candidacy,
    key: str,
    upload: Any,
    *,
    until: date | None = None,
    actor: Actor,
    at: datetime,
) -> Evidence:
    """Νέο δικαιολογητικό as the answer to ``key``; it goes into the wallet too."""
    with transaction.atomic():
        sheet = _writable(candidacy, actor, at)
        asked = sheet.version.parsed().question(key)
        title = asked.label if asked else upload.name
        made = wallet.keep(upload, title=title, until=until, actor=actor, at=at)
        _place(sheet, key, made, actor, at)
        return made


def give_kept(
    candidacy: Candidacy, key: str, evidence: Evidence | None, *, actor: Actor, at: datetime
) -> None:
    """Δικαιολογητικό από τον φάκελο as the answer to ``key``; None takes the answer back."""
    with transaction.atomic():
        sheet = _writable(candidacy, actor, at)
        if evidence is None:
            forms.place(sheet, key, None, actor=actor, at=at)
            return
        if evidence.person_id != actor.person_id or evidence.dropped_at:
            raise EvidenceError("Το έγγραφο δεν είναι στον φάκελό σας. Διαλέξτε άλλο.")
        _place(sheet, key, evidence, actor, at)


def _place(sheet: AnswerSheet, key: str, evidence: Evidence, actor: Actor, at: datetime) -> None:
    until = evidence.valid_until.isoformat() if evidence.valid_until else ""
    forms.place(sheet, key, evidence.file, until=until, actor=actor, at=at)


def _writable(candidacy: Candidacy, actor: Actor, at: datetime) -> AnswerSheet:
    row = Candidacy.objects.select_related("call", "sheet__version").get(pk=candidacy.pk)
    access.require(actor, "candidacy.write", row)
    if row.state == CandidacyState.WITHDRAWN:
        raise NotReceivedError("Έχετε αποσύρει την υποψηφιότητα. Συνεχίστε την από τη σελίδα της.")
    _require_open(row.call, at)
    assert row.sheet is not None  # noqa: S101 - made together
    return row.sheet


# The submission -----------------------------------------------------------------------------------


def send(
    candidacy: Candidacy,
    *,
    actor: Actor,
    at: datetime,
    version: int,
    reviewed: str,
    accepts: bool,
) -> Submission:
    """Υποβολή, the first or a new version; ``version`` and ``reviewed`` are what was on screen.

    A second click, or a draft that another tab changed since, is refused: one act, one receipt.
    """
    act = submit if candidacy.state == CandidacyState.DRAFT else resubmit
    act(candidacy, actor=actor, at=at, version=version, reviewed=reviewed, accepts=accepts)
    assert candidacy.submission is not None  # noqa: S101 - just recorded
    return candidacy.submission


@CANDIDACY.performs("submit", locks=("call",))
def submit(
    candidacy: Candidacy,
    *,
    actor: Actor,
    at: datetime,
    version: int,
    reviewed: str,
    accepts: bool,
) -> None:
    """Πρώτη υποβολή, or one after a withdrawal."""
    _record(candidacy, at, version, reviewed, accepts=accepts)


@CANDIDACY.performs("resubmit", locks=("call",))
def resubmit(
    candidacy: Candidacy,
    *,
    actor: Actor,
    at: datetime,
    version: int,
    reviewed: str,
    accepts: bool,
) -> None:
    """Νέα έκδοση: until this moment the one before it counts."""
    _record(candidacy, at, version, reviewed, accepts=accepts)


@CANDIDACY.performs("withdraw", locks=("call",))
def withdraw(candidacy: Candidacy, *, actor: Actor, at: datetime) -> None:
    """Απόσυρση: nothing is examined; receipts and versions stay with the person."""
    candidacy.submission = None
    candidacy.asked, candidacy.complete_by, candidacy.verdict = [], None, ""
    jobs.enqueue("registers.tell_withdrawn", candidacy_id=candidacy.pk, at=at.isoformat())


@CANDIDACY.performs("resume", locks=("call",))
def resume(candidacy: Candidacy, *, actor: Actor, at: datetime) -> None:
    """Συνέχιση after a withdrawal, as long as the call is open; it must be submitted again."""


def _record(
    candidacy: Candidacy, at: datetime, version: int, reviewed: str, *, accepts: bool
) -> None:
    assert candidacy.sheet_id is not None  # noqa: S101 - made together
    sheets = AnswerSheet.objects.select_related("version").select_for_update(of=("self",))
    sheet = sheets.get(pk=candidacy.sheet_id)
    last = candidacy.submissions.first()
    _as_seen(sheet, last.version if last else 0, version, reviewed)
    if not accepts:
        raise NotReceivedError("Χρειάζεται η υπεύθυνη δήλωση. Διαβάστε την και σημειώστε την.")
    findings = _terms(candidacy, at)
    definition = sheet.version.parsed()
    papers = _checked_papers(candidacy, definition, sheet.values, at)
    values = counted(definition, sheet.values)
    keep_version(candidacy, version + 1, definition, values, findings, papers, at)


def keep_version(
    candidacy: Candidacy,
    version: int,
    definition: Definition,
    values: dict[str, Any],
    findings: list[dict[str, Any]],
    papers: Mapping[str, Evidence],
    at: datetime,
) -> None:
    """Make a version the one that counts, with its number; the receipt follows."""
    made = Submission.objects.create(
        candidacy=candidacy,
        version=version,
        values=values,
        points=points.as_data(points.score(definition, values)),
        findings=findings,
        declaration=rules.DECLARATION,
        receipt_number=numbering.protocol(SERIES, at=at),
        at=at,
    )
    EvidenceUse.objects.bulk_create(
        EvidenceUse(submission=made, evidence=paper, question=key) for key, paper in papers.items()
    )
    candidacy.submission = made
    jobs.enqueue("registers.receipt", submission_id=made.pk)


def _as_seen(sheet: AnswerSheet, newest: int, version: int, reviewed: str) -> None:
    if newest != version:
        raise SeenElsewhereError(
            f"Υποβλήθηκε ήδη η έκδοση {newest}. "
            "Δείτε την απόδειξή της στη σελίδα της υποψηφιότητας."
        )
    if sheet.saved_at.isoformat() != reviewed:
        raise SeenElsewhereError(
            "Οι απαντήσεις άλλαξαν από άλλη καρτέλα. Ελέγξτε τις ξανά και υποβάλετε."
        )


def _terms(candidacy: Candidacy, at: datetime) -> list[dict[str, Any]]:
    person = Person.objects.get(pk=candidacy.person_id)
    found = queries.audience_findings(candidacy.call, person, at)
    if missing := [each.sentence for each in found if not each.fulfilled]:
        raise NotReceivedError(f"Δεν πληρούνται οι όροι της πρόσκλησης. {' '.join(missing)}")
    return [{"code": each.code, "sentence": each.sentence} for each in found]


def _checked_papers(
    candidacy: Candidacy, definition: Definition, values: Mapping[str, Any], at: datetime
) -> dict[str, Evidence]:
    """The documents of complete answers, by question; refused with everything that is wrong."""
    wrong = check(definition, values) + queries.paper_problems(
        candidacy, definition, values, localdate(at)
    )
    if wrong:
        raise NotReceivedError(" ".join(problem.text for problem in wrong))
    return queries.papers_of(candidacy.person_id, definition, values)
