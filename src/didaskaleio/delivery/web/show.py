"""What the pages of room delivery show of sessions and rolls: plain values for templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from didaskaleio.delivery import hours, queries, wording
from didaskaleio.delivery.enums import Attendee, Mark, Source
from didaskaleio.delivery.models import (
    Attendance,
    Ruling,
    SessionReport,
    Sign,
    TrainingSession,
)
from didaskaleio.kernel import clock, greek
from didaskaleio.programmes.models import Programme

SIGNS = {"present": "tick", "absent": "cross", "late": "clock", "excused": "file"}
KINDS = {"present": "good", "absent": "bad", "late": "wait", "excused": "info", "unknown": ""}
GIVEN_MINUTES = 10
LATEST = 50
when, where = wording.when, wording.where


@dataclass(frozen=True)
class Person:
    """One line of the roll."""

    row: Attendance
    late: int
    standing: hours.Standing | None
    seen: str = ""

    @property
    def warned(self) -> bool:
        return self.standing is not None and self.standing.absent >= self.standing.rules.warn_at


def people(session: TrainingSession, at: datetime, *, standings: bool = True) -> list[Person]:
    """The roll with minutes late and, for trainees, how they stand to the limit."""
    programme = session.programme
    full = longest(session, at) + 1
    known = {}
    if standings:
        known = {a.application.pk: a.standing for a in queries.absences_of(programme, at)}
    told = queries.sources(session)
    return [
        Person(
            row,
            full - row.minutes if row.mark == Mark.LATE else GIVEN_MINUTES,
            known.get(row.application_id or 0),
            seen(told.get(row.pk, [])),
        )
        for row in queries.roll(session)
    ]


def longest(session: TrainingSession, at: datetime) -> int:
    """The most minutes that somebody may be late and still have attended."""
    return session.hours * queries.rules_for(session.programme.period.action, at).hour_minutes - 1


def trainees(found: list[Person]) -> list[Person]:
    return [person for person in found if person.row.attendee == Attendee.TRAINEE]


def others(found: list[Person]) -> list[Person]:
    return [person for person in found if person.row.attendee != Attendee.TRAINEE]


def counts(found: list[Person]) -> dict[str, int]:
    """How many have each mark, and how many have one."""
    marks = [person.row.mark for person in found]
    return {
        "present": marks.count(Mark.PRESENT),
        "absent": marks.count(Mark.ABSENT),
        "late": marks.count(Mark.LATE),
        "marked": len(marks) - marks.count(Mark.UNKNOWN),
        "all": len(marks),
    }


def what(session: TrainingSession, total: int) -> str:
    """«Μαθηματικά (Β2.3), 7η συνάντηση από 20, διά ζώσης»."""
    cluster = session.programme.cluster
    kind = {"f2f": "διά ζώσης", "sync": "σύγχρονη", "support": "υποστηρικτική"}[session.kind]
    return f"{cluster.title} ({cluster.shown_code}), {session} από {total}, {kind}"


def crumbs(*items: tuple[str, str]) -> list[dict[str, str]]:
    return [{"label": "Αρχική", "url": "/"}, *({"label": a, "url": b} for a, b in items)]


def width(standing: hours.Standing) -> str:
    """How much of the limit is used, in hundredths, for the picture."""
    return f"{min(100.0, 100 * standing.absent / max(standing.limit, 1)):.1f}"


def total_of(programme: Programme) -> int:
    return TrainingSession.objects.filter(programme=programme).count()


def table(session: TrainingSession, found: list[Person]) -> list[dict[str, Any]]:
    """The roll as a table: name, capacity, mark in words with its colour, own work."""
    return [
        {
            "name": str(person.row.person),
            "capacity": person.row.get_attendee_display(),
            "mark": person.row.get_mark_display(),
            "kind": KINDS[person.row.mark],
            "late": person.late if person.row.mark == Mark.LATE else None,
            "own": own_work(person.row, session),
            "standing": person.standing,
        }
        for person in found
    ]


def own_work(row: Attendance, session: TrainingSession) -> str:
    """Asynchronous hours in words; empty where there are none."""
    if not session.async_hours or row.attendee != Attendee.TRAINEE:
        return ""
    return {True: "Έγινε", False: "Δεν έγινε", None: "Εκκρεμεί"}[row.async_done]


def seen(signs: list[Sign]) -> str:
    """«Κωδικός αίθουσας 17:31 · Αρχείο: απουσία»: how else a person was seen."""
    return " · ".join(
        f"{sign.get_source_display()} {hour(sign.seen_at)}"
        if sign.source == Source.CODE
        else f"{sign.get_source_display()}: {in_words(sign.mark, sign.late)}"
        for sign in signs
    )


def hour(moment: datetime) -> str:
    """The hour in Greece."""
    return f"{moment.astimezone(clock.ATHENS):%H:%M}"


def in_words(mark: str, late: int) -> str:
    """A mark in words, a delay with its minutes."""
    text = str(Mark(mark).label).lower()
    return f"{text} {greek.count(late, 'λεπτό', 'λεπτά')}" if mark == Mark.LATE else text


def disagreements(found: list[queries.Disagreement]) -> list[dict[str, Any]]:
    """What each source says of each person on whom they disagree."""
    return [
        {
            "row": one.row,
            "stands": in_words(one.row.mark, one.late),
            "kind": KINDS[one.row.mark],
            "late": one.late or GIVEN_MINUTES,
            "signs": [
                {
                    "source": Source(sign.source).label,
                    "said": in_words(sign.mark, sign.late),
                    "kind": KINDS[sign.mark],
                    "seen_at": sign.seen_at,
                    "overtaken": sign.overtaken,
                }
                for sign in one.signs
            ],
        }
        for one in found
    ]


def marks_too_late(session: TrainingSession) -> list[dict[str, Any]]:
    """Marks that reached the platform after the signature, for whoever may ask for a correction."""
    return [
        {"person": one.row.person, "said": in_words(one.mark, one.late), "seen_at": one.seen_at}
        for one in queries.too_late(session)
    ]


def reports_of(session: TrainingSession) -> list[dict[str, Any]]:
    """The versions of the trainer's report in words, the one in force first."""
    rows = SessionReport.objects.filter(session=session).select_related("sheet__version", "by")
    return [_report(row) for row in rows.prefetch_related("units", "requests__by")[:LATEST]]


def _report(found: SessionReport) -> dict[str, Any]:
    said = queries.answers.in_words(found.sheet.version.parsed(), found.sheet.values)
    return {
        "version": found.version,
        "reason": found.reason,
        "lines": [line for line in said if line[1] != "–"],
        "units": [unit.title for unit in found.units.all()],
        "requests": list(found.requests.all()),
        "by": found.by,
        "at": found.at,
    }


def rulings(session: TrainingSession) -> list[dict[str, Any]]:
    """What was decided already, the latest first."""
    rows = Ruling.objects.filter(row__session=session).select_related("row__person", "by")
    return [
        {"ruling": one, "said": in_words(one.mark, one.late)}
        for one in rows.order_by("-at", "-pk")[:LATEST]
    ]
