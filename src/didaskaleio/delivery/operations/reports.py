"""The trainer's report of a session (έκθεση συνάντησης): what was taught, what happened."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from didaskaleio.courses.models import SyllabusUnit
from didaskaleio.delivery import notices, queries
from didaskaleio.delivery.errors import NotApplicableError, SheetChangedError
from didaskaleio.delivery.models import SessionReport, TrainingSession
from didaskaleio.delivery.operations.marks import hold
from didaskaleio.delivery.operations.shipped import current, published
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.forms import operations as forms
from didaskaleio.kernel.forms.definition import (
    Condition,
    Definition,
    Kind,
    Op,
    Option,
    Question,
    Section,
    Test,
)
from didaskaleio.kernel.forms.models import FormVersion
from didaskaleio.kernel.forms.operations import AnswersRefusedError

CODE = "session-report"
NO_YES = (Option("no", "Όχι"), Option("yes", "Ναι"))
PACE = (
    Option("planned", "Όπως προβλεπόταν"),
    Option("slower", "Έμεινε ύλη για επόμενη συνάντηση"),
    Option("other", "Άλλαξε το περιεχόμενο"),
)


def _happened(key: str, label: str, what: str) -> tuple[Question, Question]:
    """Whether something happened; when it did, what."""
    only_if = Condition((Test(key, Op.IS, "yes"),))
    return (
        Question(key, Kind.CHOICE, label, required=True, options=NO_YES),
        Question(f"{key}_text", Kind.LONG_TEXT, what, required=True, only_if=only_if, most=2_000),
    )


SHIPPED = Definition(
    title="Έκθεση συνάντησης",
    intro="Τη διαβάζουν το κέντρο και ο φορέας υλοποίησης. Μετά την υποβολή διορθώνεται μόνο με "
    "νέα έκδοση.",
    sections=(
        Section(
            "course",
            "Η διδασκαλία",
            questions=(
                Question(
                    "taught",
                    Kind.LONG_TEXT,
                    "Τι διδάχθηκε",
                    help="Λίγες φράσεις: δραστηριότητες, εργαλεία, παραδείγματα.",
                    required=True,
                    most=2_000,
                ),
                Question("pace", Kind.CHOICE, "Η πορεία", required=True, options=PACE),
            ),
        ),
        Section(
            "events",
            "Ό,τι συνέβη",
            questions=(
                *_happened("incident", "Υπήρξε συμβάν;", "Το συμβάν"),
                *_happened("technical", "Υπήρξε τεχνικό πρόβλημα;", "Το τεχνικό πρόβλημα"),
            ),
        ),
    ),
)


def report_questions(session: TrainingSession) -> Definition:
    """What the report of a session asks."""
    return current(session.programme.period.action.body, CODE, SHIPPED)


def _form(session: TrainingSession, at: datetime) -> FormVersion:
    missing = NotApplicableError(
        "Ο φορέας δεν έχει δημοσιευμένη φόρμα έκθεσης. Επικοινωνήστε με τον φορέα υλοποίησης."
    )
    return published(session.programme.period.action.body, CODE, SHIPPED, missing, at=at)


@dataclass(frozen=True)
class Told:
    """What a report says (περιεχόμενο έκθεσης): the answers and the units that were covered."""

    answers: Mapping[str, Any]
    units: Collection[int] = ()


def file_report(
    session: TrainingSession,
    answers: Mapping[str, Any],
    *,
    units: Collection[int],
    actor: Actor,
    at: datetime,
) -> SessionReport:
    """File the report (υποβολή): complete, once, by whoever teaches the session.

    Raises ``AnswersRefusedError`` with everything that is wrong or missing; nothing is kept then.
    """
    with transaction.atomic():
        held = hold(session)
        access.require(actor, "session.teach", held)
        _check(held, at)
        made = new_version(held, Told(answers, units), None, actor=actor, at=at)
        journal.write(held, "Υποβλήθηκε η έκθεση της συνάντησης", actor=actor, at=at)
    return made


def new_version(
    session: TrainingSession,
    told: Told,
    last: SessionReport | None,
    *,
    actor: Actor,
    at: datetime,
    reason: str = "",
) -> SessionReport:
    """The next version of the report, complete; of an incident that is new the centre is told."""
    known = _units(session, told.units)
    sheet = forms.open_sheet(_form(session, at), last or session, person=actor.person_id, at=at)
    if wrong := forms.save(sheet, told.answers, actor=actor, at=at):
        raise AnswersRefusedError(wrong)
    forms.complete(sheet, actor=actor, at=at)
    version = last.version + 1 if last else 1
    made = SessionReport.objects.create(
        session=session, version=version, sheet=sheet, reason=reason, by_id=actor.person_id, at=at
    )
    made.units.set(known)
    incident = sheet.values.get("incident_text", "")
    if incident and (last is None or incident != last.sheet.values.get("incident_text")):
        notices.incident_reported(made, incident, at=at)
    return made


def _check(session: TrainingSession, at: datetime) -> None:
    if SessionReport.objects.filter(session=session).exists():
        raise NotApplicableError(
            "Η έκθεση της συνάντησης έχει ήδη υποβληθεί. Αν κάτι πρέπει να αλλάξει, διορθώστε τη "
            "με νέα έκδοση."
        )
    if not queries.may_report(session, at):
        raise NotApplicableError(
            "Η έκθεση υποβάλλεται από 15 λεπτά πριν από τη λήξη συνάντησης που γίνεται."
        )


def _units(session: TrainingSession, ids: Collection[int]) -> list[SyllabusUnit]:
    known = list(queries.units_of(session).filter(pk__in=ids))
    if len(known) < len(set(ids)):
        raise SheetChangedError("Οι ενότητες του θεματικού άλλαξαν. Ανανεώστε τη σελίδα.")
    return known
