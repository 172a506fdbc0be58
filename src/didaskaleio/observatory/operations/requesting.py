"""Requests to the operating service (αιτήματα): asked, taken on, cleared up, delivered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from didaskaleio.kernel import access, files, greek, journal, notices
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.files import IMAGES, PDF, Kind
from didaskaleio.kernel.notices import Message
from didaskaleio.kernel.packages import XLSX, ZIP
from didaskaleio.observatory import notices as kinds
from didaskaleio.observatory import queries
from didaskaleio.observatory.definition import plain
from didaskaleio.observatory.enums import RequestKind
from didaskaleio.observatory.errors import DeliveryMissingError
from didaskaleio.observatory.lifecycle import REQUEST
from didaskaleio.observatory.models import AdHocReport, ReportVersion, SpecialRequest
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.queries import holders

REQUEST.model = SpecialRequest
ANSWER = files.declare(
    Kind("observatory.answer", "Παραδοτέο αιτήματος", "request.read", (XLSX, PDF, ZIP, *IMAGES))
)


@transaction.atomic
def request_service(
    *, kind: str, title: str, text: str, needed_on: date | None = None, actor: Actor, at: datetime
) -> SpecialRequest:
    """Υποβολή αιτήματος: every operator is told."""
    access.require(actor, "request.file")
    row = SpecialRequest.objects.create(
        person_id=actor.person_id,
        kind=RequestKind(kind),
        title=greek.clean(title).strip()[:200],
        text=greek.clean(text).strip(),
        needed_on=needed_on,
        at=at,
    )
    journal.write(row, "Υποβλήθηκε το αίτημα", actor=actor, at=at)
    operators = holders(Role.OPERATOR, Scope.COUNTRY, None, at=at)
    told = [
        Message(one.pk, f"Νέο αίτημα: {row}", row.text[:500], f"filed:{row.pk}", _url(row))
        for one in operators
    ]
    notices.send(kinds.FILED, told, at=at)
    return row


@REQUEST.performs("take")
def take(row: SpecialRequest, *, actor: Actor, at: datetime) -> None:
    """Ανάληψη: from now on this operator answers for it."""
    row.operator_id = actor.person_id
    _tell(row, row.person_id, "Το αίτημά σας αναλήφθηκε", "", at)


@REQUEST.performs("ask")
def ask(row: SpecialRequest, *, actor: Actor, at: datetime, reason: str) -> None:
    """Ερώτηση to the person who asked."""
    _tell(row, row.person_id, "Χρειάζεται διευκρίνιση για το αίτημά σας", reason, at)


@REQUEST.performs("answer")
def answer(row: SpecialRequest, *, actor: Actor, at: datetime, reason: str) -> None:
    """Απάντηση to the operator who asked."""
    _tell(row, row.operator_id, "Δόθηκε διευκρίνιση σε αίτημα", reason, at)


@REQUEST.performs("deliver")
def deliver(
    row: SpecialRequest,
    *,
    reply: str,
    upload: Any = None,
    report: AdHocReport | None = None,
    actor: Actor,
    at: datetime,
) -> None:
    """Παράδοση with a file, or as a report of one's own; a setting may be told in words alone."""
    if upload is None and report is None and row.kind == RequestKind.REPORT:
        raise DeliveryMissingError(
            "Η ειδική αναφορά παραδίδεται με αρχείο ή ως αποθηκευμένη αναφορά. Διαλέξτε ένα."
        )
    row.reply = greek.clean(reply).strip()
    if upload is not None:
        row.file = files.accept(ANSWER, upload, upload.name, row, actor=actor, at=at)
    if report is not None:
        row.report = _given(report, row, actor, at)
    _tell(row, row.person_id, "Το αίτημά σας παραδόθηκε", row.reply, at)


@REQUEST.performs("accept")
def accept(row: SpecialRequest, *, actor: Actor, at: datetime) -> None:
    """Αποδοχή: what was delivered is what was asked."""
    _tell(row, row.operator_id, "Το αίτημα έγινε αποδεκτό", "", at)


@REQUEST.performs("give_back")
def give_back(row: SpecialRequest, *, actor: Actor, at: datetime, reason: str) -> None:
    """Επιστροφή: it is not what was asked."""
    _tell(row, row.operator_id, "Το αίτημα επιστράφηκε", reason, at)


@REQUEST.performs("decline")
def decline(row: SpecialRequest, *, actor: Actor, at: datetime, reason: str) -> None:
    """Δεν θα γίνει, with the reason that the person reads."""
    _tell(row, row.person_id, "Το αίτημά σας δεν θα γίνει", reason, at)


@REQUEST.performs("withdraw")
def withdraw(row: SpecialRequest, *, actor: Actor, at: datetime) -> None:
    """Απόσυρση by the person who asked."""
    if row.operator_id:
        _tell(row, row.operator_id, "Το αίτημα αποσύρθηκε", "", at)


def _given(report: AdHocReport, row: SpecialRequest, actor: Actor, at: datetime) -> AdHocReport:
    """The operator's report as one of the person who asked: it shows that person's rows."""
    access.require(actor, "adhoc.read", report)
    found = queries.definition_of(report)
    made = AdHocReport.objects.create(
        owner_id=row.person_id, title=row.title, subject=found.subject, number=1, at=at
    )
    ReportVersion.objects.create(
        report=made, number=1, definition=plain(found), by_id=actor.person_id, at=at
    )
    journal.write(made, "Παραδόθηκε από την υπηρεσία λειτουργίας", actor=actor, at=at)
    return made


def _url(row: SpecialRequest) -> str:
    return reverse("observatory:request", args=[row.pk])


def _tell(row: SpecialRequest, person: int | None, title: str, text: str, at: datetime) -> None:
    if person is None:
        return
    key = f"{row.pk}:{at.timestamp():.0f}:{title[:40]}"
    told = Message(person, title, "\n".join(filter(None, [str(row), text])), key, _url(row))
    notices.send(kinds.MOVED, [told], at=at)
