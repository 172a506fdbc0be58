"""Sessions, their rolls and sheets: what the pages of one programme or one session show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Max, Q, QuerySet, Value, When

from didaskaleio.delivery import hours, rules
from didaskaleio.delivery.enums import Attendee, Mark
from didaskaleio.delivery.lifecycle import BEFORE, EARLY, SETTLED, UNMARKED
from didaskaleio.delivery.models import Attendance, AttendanceSheet, TrainingSession
from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.kernel import clock, greek
from didaskaleio.programmes.models import Programme

START_DAYS = 7
SIGN_EARLY = timedelta(minutes=15)
ORDER = {Attendee.TRAINEE: 0, Attendee.TRAINER: 1, Attendee.STAFF: 2}


def with_programme(sessions: QuerySet[TrainingSession]) -> QuerySet[TrainingSession]:
    """Everything that a line about a session shows, without a query for each."""
    return sessions.select_related(
        "programme__period__action__body",
        "programme__centre",
        "programme__cluster",
        "programme__category",
        "programme__trainer",
        "trainer",
        "programme__room",
        "slot__room",
    )


def with_tally(sessions: QuerySet[TrainingSession]) -> QuerySet[Any]:
    """Sessions with ``trainees``, ``there`` (present or late) and ``marked``."""
    trainee = Q(roll__attendee=Attendee.TRAINEE)
    return sessions.annotate(
        trainees=Count("roll", filter=trainee, distinct=True),
        there=Count(
            "roll", filter=trainee & Q(roll__mark__in=[Mark.PRESENT, Mark.LATE]), distinct=True
        ),
        marked=Count("roll", filter=trainee & ~Q(roll__mark=Mark.UNKNOWN), distinct=True),
        countersigned_version=Max(
            "sheets__version", filter=Q(sheets__countersigned_at__isnull=False)
        ),
    )


def roll(session: TrainingSession) -> QuerySet[Attendance]:
    """The people of a session: trainees by name, then the trainer, then the centre's staff."""
    place = Case(
        *(When(attendee=kind, then=Value(n)) for kind, n in ORDER.items()),
        output_field=IntegerField(),
    )
    rows = Attendance.objects.filter(session=session).select_related("person", "application")
    return rows.order_by(place, "person__sort_key", "pk")


def sheet_rows(session: TrainingSession) -> list[dict[str, Any]]:
    """The roll as it is signed: plain values, in the order of the screen."""
    return [
        {
            "person": row.person_id,
            "name": str(row.person),
            "attendee": row.attendee,
            "application": row.application.number if row.application else "",
            "mark": row.mark,
            "minutes": row.minutes,
            "async": row.async_done,
        }
        for row in roll(session)
    ]


def latest_sheet(session: TrainingSession) -> AttendanceSheet | None:
    """The sheet in force, None before the signature."""
    rows = AttendanceSheet.objects.filter(session=session)
    return rows.select_related("signed_by", "countersigned_by").order_by("-version").first()


def next_digest(session: TrainingSession) -> str:
    """The digest that the next version would have, as the roll stands."""
    last = latest_sheet(session)
    version = last.version + 1 if last else 1
    return rules.digest(session.pk, version, session.topic, sheet_rows(session))


def may_mark(session: TrainingSession, at: datetime) -> bool:
    """Whether the roll is open to the trainer."""
    return session.state not in UNMARKED and at >= session.starts_at - EARLY


def may_sign(session: TrainingSession, at: datetime) -> bool:
    """Whether the sheet may be signed: from shortly before the end on."""
    return session.state not in UNMARKED and at >= session.ends_at - SIGN_EARLY


def entry_of(row: Attendance) -> hours.Entry:
    """A row as the rules of absences read it."""
    session = row.session
    return hours.Entry(row.mark, row.minutes, session.hours, session.async_hours, row.async_done)


@dataclass(frozen=True)
class Condition:
    """One precondition of the start (προϋπόθεση έναρξης), fulfilled or not."""

    label: str
    fulfilled: bool
    detail: str


def start_conditions(programme: Programme, at: datetime) -> list[Condition]:
    """What must hold before a programme starts, each with the facts."""
    return [_enrolled(programme), _timetable(programme, at), _trainer(programme)]


def _enrolled(programme: Programme) -> Condition:
    count = programme.places.filter(state=ApplicationState.ENROLLED).count()
    return Condition(
        "Τουλάχιστον μία επιβεβαιωμένη εγγραφή",
        count >= 1,
        greek.count(count, "εγγραφή", "εγγραφές"),
    )


def _timetable(programme: Programme, at: datetime) -> Condition:
    first = programme.slots.order_by("date", "start").first()
    label = f"Η πρώτη συνάντηση είναι μέσα στις επόμενες {START_DAYS} ημέρες ή έχει φτάσει"
    if first is None:
        return Condition(label, fulfilled=False, detail="Δεν υπάρχει ωρολόγιο πρόγραμμα")
    today = at.astimezone(clock.ATHENS).date()
    near = first.date <= today + timedelta(days=START_DAYS)
    return Condition(label, near, greek.long_date(first.date))


def _trainer(programme: Programme) -> Condition:
    person = programme.trainer
    profile = getattr(person, "trainer_profile", None)
    first = programme.period.first_day
    valid = profile is not None and (profile.valid_until is None or profile.valid_until >= first)
    there = person is not None and person.is_active and valid
    return Condition(
        "Ο επιμορφωτής ή η επιμορφώτρια είναι στο μητρώο και έχει ενεργό λογαριασμό",
        there,
        str(person) if person else "Δεν έχει οριστεί",
    )


def to_sign(sessions: QuerySet[TrainingSession], at: datetime) -> QuerySet[TrainingSession]:
    """Sessions whose time is over and whose sheet is not signed; stopped programmes' ones too."""
    unsigned = (*BEFORE, "in_progress", "held")
    stopped = Q(programme__state="cancelled", starts_at__lte=F("programme__state_since"))
    return sessions.filter(
        Q(programme__state="running") | stopped,
        state__in=unsigned,
        ends_at__lte=at + SIGN_EARLY,
    )


def without_async(sessions: QuerySet[TrainingSession]) -> QuerySet[TrainingSession]:
    """Signed sessions whose asynchronous hours nobody has confirmed."""
    return sessions.filter(state__in=SETTLED, async_hours__gt=0, async_confirmed_at=None)
