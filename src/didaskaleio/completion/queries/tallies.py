"""Tallies (απολογισμός ωρών): what each trainee of a programme attended, kind by kind.

Only signed sheets count. Hours are teaching hours of the programme; asynchronous hours belong to
their session and support meetings count like any other.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import F

from didaskaleio.completion.rules import Facts
from didaskaleio.delivery import hours
from didaskaleio.delivery.enums import Attendee, ClassApplicationState, Mark, SessionState
from didaskaleio.delivery.lifecycle import SETTLED
from didaskaleio.delivery.models import Attendance, TrainingSession
from didaskaleio.programmes.enums import SlotKind
from didaskaleio.programmes.models import Programme
from didaskaleio.programmes.parameters import Parameters

ASYNCHRONOUS = "async"
KINDS = (*SlotKind.values, ASYNCHRONOUS)
HERE = (Mark.PRESENT, Mark.LATE)
NONE = Decimal(0)


@dataclass(frozen=True)
class Tally:
    """Hours attended and absent by kind (``f2f``, ``sync``, ``support``, ``async``)."""

    facts: Facts
    attended: dict[str, Decimal]
    absent: dict[str, Decimal]


def is_settled(programme: Programme) -> bool:
    """Whether every session is signed, so that completion can be decided."""
    sessions = _due(programme)
    return bool(sessions) and all(session.state in SETTLED for session in sessions)


def tallies(programme: Programme, parameters: Parameters) -> dict[int, Tally]:
    """The tally of each application with a row in the roll; two queries, whatever their number."""
    sessions = _due(programme)
    signed = {s.pk: s for s in sessions if s.state in SETTLED}
    rows = Attendance.objects.filter(session__in=signed, attendee=Attendee.TRAINEE)
    rows = rows.annotate(in_class=F("application__class_application__state"))
    by_application: dict[int, list[Attendance]] = defaultdict(list)
    for row in rows.exclude(application=None):
        row.session = signed[row.session_id]
        by_application[row.application_id or 0].append(row)
    due = len(sessions)
    return {
        pk: _tally(of_one, list(signed.values()), due, parameters)
        for pk, of_one in by_application.items()
    }


def _due(programme: Programme) -> list[TrainingSession]:
    rows = TrainingSession.objects.filter(programme=programme)
    return list(rows.exclude(state__in=[SessionState.NOT_HELD, SessionState.CANCELLED]))


def _tally(
    rows: list[Attendance], signed: list[TrainingSession], due: int, parameters: Parameters
) -> Tally:
    attended, absent = dict.fromkeys(KINDS, NONE), dict.fromkeys(KINDS, NONE)
    rules, final, met = hours.rules_of(parameters), len(signed) == due, 0
    for row in rows:
        for kind, given, missed in _parts(row, rules, final=final):
            attended[kind] += given - missed
            absent[kind] += missed
        met += row.session.kind == SlotKind.FACE_TO_FACE and row.mark in HERE
    facts = Facts(
        total_hours=parameters.total_hours,
        absent_hours=sum(absent.values(), NONE),
        face_to_face_attended=met,
        face_to_face_held=sum(s.kind == SlotKind.FACE_TO_FACE for s in signed),
        sheets_due=due,
        sheets_signed=len(signed),
        class_application=any(
            getattr(row, "in_class", "") == ClassApplicationState.ACCEPTED for row in rows
        ),
        excused_hours=Decimal(sum(r.session.hours for r in rows if r.mark == Mark.EXCUSED)),
    )
    return Tally(facts, attended, absent)


def _parts(row: Attendance, rules: hours.Rules, *, final: bool) -> tuple[tuple[str, int, int], ...]:
    """(kind, hours given, hours missed) of the session itself and of its asynchronous hours."""
    session = row.session
    entry = hours.Entry(row.mark, row.minutes, session.hours, session.async_hours, row.async_done)
    own = hours.absence_hours(replace(entry, asynchronous=0), rules)
    both = hours.absence_hours(entry, rules, final=final)
    return (
        (session.kind, session.hours, own),
        (ASYNCHRONOUS, session.async_hours, both - own),
    )
