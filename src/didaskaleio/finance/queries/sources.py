"""Sources of work (πηγές έργου): signed sheets, confirmed hours, deliverables, programmes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain

from django.db.models import QuerySet

from didaskaleio.courses.models import Assignment
from didaskaleio.delivery.enums import Attendee, Mark
from didaskaleio.delivery.hours import Rules, late_hours, rules_of
from didaskaleio.delivery.models import AttendanceSheet, TrainingSession
from didaskaleio.finance.enums import ContractKind, Source, Unit
from didaskaleio.kernel import greek
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.programmes import parameters
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.models import Programme, TrainingAction

PRESENT = (Mark.PRESENT, Mark.LATE)
OF_TRAINER = (Unit.HOUR, ContractKind.TRAINER)
OF_STAFF = (Unit.STAFF_HOUR, ContractKind.STAFF)


@dataclass(frozen=True)
class Found:
    """Work that its source shows now (έργο που βρέθηκε): whose, how much, by which version."""

    person_id: int | None
    centre_id: int | None
    role: str
    unit: str
    quantity: Decimal
    source: str
    source_id: int
    version: int
    title: str
    worked_on: date
    programme: Programme | None

    @property
    def order(self) -> tuple[date, str, int]:
        """In which order work uses up a cap: as it was done."""
        return self.worked_on, self.source, self.source_id


def found_in(action: TrainingAction, at: datetime) -> list[Found]:
    """All work of an action that is paid by calculation, as its sources stood at ``at``."""
    sheets = AttendanceSheet.objects.filter(session__programme__period__action=action)
    return _found(action, sheets, at)


def found_of(programme: Programme, at: datetime) -> list[Found]:
    """The same of one programme, with the deliverables of its action."""
    sheets = AttendanceSheet.objects.filter(session__programme=programme)
    return _found(programme.period.action, sheets, at)


def _found(action: TrainingAction, sheets: QuerySet[AttendanceSheet], at: datetime) -> list[Found]:
    rules = rules_of(parameters.of(action, at))
    found = chain(
        _of_sheets(sheets, rules, at), _of_assignments(action, at), _of_programmes(action, at)
    )
    return sorted(found, key=lambda each: each.order)


def _of_sheets(sheets: QuerySet[AttendanceSheet], rules: Rules, at: datetime) -> Iterator[Found]:
    latest = (
        sheets.filter(signed_at__lte=at)
        .select_related("session__programme__period")
        .order_by("session_id", "-version")
        .distinct("session_id")
    )
    for sheet in latest:
        for row in sheet.rows:
            if row["attendee"] == Attendee.TRAINER:
                yield _hours(sheet, row, rules, *OF_TRAINER)
                yield from _asynchronous(sheet, row, at)
            elif row["attendee"] == Attendee.STAFF:
                yield _hours(sheet, row, rules, *OF_STAFF)


def _hours(
    sheet: AttendanceSheet, row: dict[str, object], rules: Rules, unit: str, role: str
) -> Found:
    session = sheet.session
    hours = session.hours if row["mark"] in PRESENT else 0
    if row["mark"] == Mark.LATE:
        missed = session.hours * rules.hour_minutes - int(str(row["minutes"]))
        hours -= late_hours(missed, session.hours, rules)
    day = session.starts_at.astimezone(ATHENS).date()
    return _of_session(sheet, session, row, (Source.SHEET, unit, role), hours, day)


def _asynchronous(sheet: AttendanceSheet, row: dict[str, object], at: datetime) -> Iterator[Found]:
    session, confirmed_at = sheet.session, sheet.session.async_confirmed_at
    if confirmed_at is not None and confirmed_at <= at and session.async_hours:
        hours = session.async_hours if row["mark"] in PRESENT else 0
        day = confirmed_at.astimezone(ATHENS).date()
        what = (Source.ASYNC, Unit.ASYNC_HOUR, ContractKind.TRAINER)
        yield _of_session(sheet, session, row, what, hours, day)


def _of_session(
    sheet: AttendanceSheet,
    session: TrainingSession,
    row: dict[str, object],
    what: tuple[str, str, str],
    hours: int,
    day: date,
) -> Found:
    source, unit, role = what
    programme = session.programme
    return Found(
        person_id=int(str(row["person"])),
        centre_id=None,
        role=role,
        unit=unit,
        quantity=Decimal(hours),
        source=source,
        source_id=session.pk,
        version=sheet.version,
        title=f"{programme.code}, {session}, {greek.short_date(session.starts_at)}",
        worked_on=day,
        programme=programme,
    )


def _of_assignments(action: TrainingAction, at: datetime) -> Iterator[Found]:
    """Deliverables (παραδοτέα): work done on the version that the action teaches, once approved."""
    version = action.course_version
    rows = Assignment.objects.filter(version=version, done_at__lte=at, version__frozen_at__lte=at)
    for each in rows.order_by("pk"):
        assert each.done_at is not None  # noqa: S101 - the query says so
        yield Found(
            person_id=each.person_id,
            centre_id=None,
            role=ContractKind.AUTHOR,
            unit=Unit.DELIVERABLE,
            quantity=Decimal(1),
            source=Source.ASSIGNMENT,
            source_id=each.pk,
            version=version.number,
            title=f"{each.get_component_display()}, {version}",
            worked_on=each.done_at.astimezone(ATHENS).date(),
            programme=None,
        )


def _of_programmes(action: TrainingAction, at: datetime) -> Iterator[Found]:
    """Lump sums (κατ' αποκοπή): a centre's programme whose documents were accepted."""
    rows = Programme.objects.filter(period__action=action, state=ProgrammeState.DOCUMENTED)
    rows = rows.exclude(state_since__gt=at)
    for each in rows.select_related("period", "centre").order_by("pk"):
        day = each.state_since.astimezone(ATHENS).date() if each.state_since else None
        yield Found(
            person_id=None,
            centre_id=each.centre_id,
            role=ContractKind.CENTRE,
            unit=Unit.PROGRAMME,
            quantity=Decimal(1),
            source=Source.PROGRAMME,
            source_id=each.pk,
            version=each.revision,
            title=f"{each.code}, {each.period.title}",
            worked_on=day or each.period.last_day,
            programme=each,
        )
