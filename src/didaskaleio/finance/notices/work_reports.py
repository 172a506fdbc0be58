"""Notices of reports of work: what waits for judgement, what was decided."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from didaskaleio.finance.models import WorkReport
from didaskaleio.kernel.notices import Kind, Message, declare, send
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.queries import holders

REPORTS = declare(Kind("finance.work_reports", "Εκθέσεις πεπραγμένων προς έλεγχο"))
MINE = declare(Kind("finance.work_report", "Οι εκθέσεις πεπραγμένων μου", optional=False))


def submitted(report: WorkReport, *, at: datetime) -> None:
    """Whoever judges it: the centre where the work was done, else the body; never the author."""
    contract = report.contract
    if report.centre_id is not None:
        found = holders(Role.CENTRE_MANAGER, Scope.CENTRE, report.centre_id, at=at)
    else:
        found = holders(Role.BODY_OFFICER, Scope.BODY, contract.body_id, at=at)
    text = f"{contract.payee}, {contract.duties}. Διαβάστε την και κρίνετε."
    people = found.exclude(pk=contract.payee.person_id or 0).order_by("pk")
    _send(REPORTS, report, list(people.values_list("pk", flat=True)), "προς έλεγχο", text, at)


def returned(report: WorkReport, reason: str, *, at: datetime) -> None:
    """The contributor learns what to correct."""
    text = f"Διορθώστε και υποβάλετε ξανά. Παρατηρήσεις: {reason}"
    _send(MINE, report, _own(report), "επιστράφηκε", text, at)


def accepted(report: WorkReport, *, at: datetime) -> None:
    """The contributor learns the number."""
    text = f"Αριθμός {report.number}. Το σφραγισμένο έγγραφο είναι στη σελίδα της."
    _send(MINE, report, _own(report), "έγινε δεκτή", text, at)


def _own(report: WorkReport) -> list[int]:
    person = report.contract.payee.person_id
    return [person] if person else []


def _send(
    kind: Kind, report: WorkReport, people: list[int], what: str, text: str, at: datetime
) -> None:
    page = reverse("finance:work-report", args=[report.pk])
    key = f"{report.pk}:{what}:{at.timestamp():.0f}"
    title = f"Έκθεση πεπραγμένων: {what}"
    send(kind, [Message(pk, title, text, key, page) for pk in people], at=at)
