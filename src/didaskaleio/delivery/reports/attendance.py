"""Reports of attendance: marks of signed sheets, absences, hours of trainers and staff."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value

from didaskaleio.delivery import queries
from didaskaleio.delivery.enums import Mark, RecordingState, SessionState
from didaskaleio.delivery.lifecycle import SETTLED
from didaskaleio.delivery.models import (
    Attendance,
    AttendanceSheet,
    ScannedSheet,
    SessionRecording,
    SessionReport,
    TrainingSession,
)
from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.fields import GreekKeyOf
from didaskaleio.kernel.reports import Column, Filter, Map, Report, declare
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.models import Programme, TrainingAction
from didaskaleio.programmes.reports import equal, programme_filters, units_of

PICKED = 200


def _programmes(actor: Actor) -> QuerySet[Programme]:
    return access.visible(actor, "programme.roll", Programme.objects.all())


def programme_choices(actor: Actor, _at: datetime) -> list[tuple[str, str]]:
    """The programmes with sessions whose roll the actor may see, the newest first."""
    rows = _programmes(actor).filter(sessions__isnull=False).distinct().order_by("-pk")
    found = rows.select_related("cluster", "centre")[:PICKED]
    return [(str(row.pk), str(row)) for row in found]


def _attendance(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[Attendance]:
    sessions = access.visible(actor, "session.read", TrainingSession.objects.all())
    rows = Attendance.objects.filter(session__in=sessions, session__state__in=SETTLED)
    return rows.select_related("session__programme", "person", "application").order_by(
        "session__programme__code", "session__starts_at", "person__sort_key", "pk"
    )


def _by_name(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(person__sort_key__contains=GreekKeyOf(Value(text)))


ATTENDANCE = declare(
    Report(
        name="delivery.attendance",
        title="Παρουσίες προγραμμάτων",
        permission="delivery.report",
        columns=(
            Column("programme", "Πρόγραμμα", "session.programme.code"),
            Column("sequence", "Συνάντηση", "session.sequence", kind="number"),
            Column("starts_at", "Έναρξη", "session.starts_at", "moment", "session__starts_at"),
            Column("kind", "Είδος", lambda row: row.session.get_kind_display()),
            Column("person", "Πρόσωπο", "person", order="person__sort_key"),
            Column("attendee", "Ιδιότητα", lambda row: row.get_attendee_display()),
            Column("mark", "Σημείωση", lambda row: row.get_mark_display(), order="mark"),
            Column("minutes", "Λεπτά παρακολούθησης", kind="number", order="minutes", total=True),
            Column("hours", "Ώρες συνάντησης", "session.hours", "hours"),
        ),
        rows=_attendance,
        filters=(
            Filter(
                "programme",
                "Πρόγραμμα",
                programme_choices,
                equal("session__programme_id"),
            ),
            *programme_filters("session__programme__"),
            Filter(
                "mark",
                "Σημείωση",
                lambda _actor, _at: [(str(m), str(m.label)) for m in Mark if m != Mark.UNKNOWN],
                equal("mark"),
            ),
        ),
        search=_by_name,
        note="Μόνο υπογεγραμμένα παρουσιολόγια.",
    )
)


def _of_centre(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(programme__centre__sort_key__contains=GreekKeyOf(Value(text)))


def _near(actor: Actor, at: datetime, values: dict[str, str]) -> QuerySet[Any]:
    return _absent(actor, at, values, near=True)


def _all_absences(actor: Actor, at: datetime, values: dict[str, str]) -> QuerySet[Any]:
    return _absent(actor, at, values, near=False)


def _absent(actor: Actor, at: datetime, values: dict[str, str], *, near: bool) -> QuerySet[Any]:
    """One action at a time, because the limit is its own; without a choice the newest."""
    running = _programmes(actor).filter(state=ProgrammeState.RUNNING)
    actions = TrainingAction.objects.filter(periods__programmes__in=running).distinct()
    chosen = values.get("action", "")
    found = actions.filter(pk=chosen).first() if chosen.isascii() and chosen.isdigit() else None
    action = found or actions.order_by("-pk").first()
    rows = ParticipationApplication.objects.filter(state=ApplicationState.ENROLLED)
    if action is None:
        return rows.none()
    rules = queries.rules_for(action, at)
    rows = rows.filter(programme__in=running.filter(period__action=action))
    counted = queries.with_absences(rows, rules)
    told = counted.filter(absent__gte=rules.warn_at) if near else counted
    named: QuerySet[Any] = (
        told.annotate(left=rules.limit - F("absent"))
        .select_related("person", "programme__centre__region", "programme__cluster")
        .order_by("-absent", "person__sort_key", "pk")
    )
    return named


def _action_choices(actor: Actor, _at: datetime) -> list[tuple[str, str]]:
    running = _programmes(actor).filter(state=ProgrammeState.RUNNING)
    actions = TrainingAction.objects.filter(periods__programmes__in=running).distinct()
    return [(str(row.pk), row.title) for row in actions.order_by("-pk")]


def _units(rows: QuerySet[Any]) -> Mapping[str, int]:
    people = ParticipationApplication.objects.filter(pk__in=rows.values("pk"))
    return units_of(people, "programme__centre__regional_unit__code", Count("pk"))


BY_ACTION = Filter("action", "Δράση", _action_choices, lambda rows, _value: rows)
ABSENT = (
    Column("person", "Πρόσωπο", order="person__sort_key"),
    Column("programme", "Πρόγραμμα", "programme.code", order="programme__code"),
    Column("centre", "Κ.Σ.Ε.", "programme.centre.name"),
    Column("region", "Περιφέρεια", "programme.centre.region.name"),
    Column("absent", "Ώρες απουσίας", kind="hours", order="absent"),
    Column("left", "Ώρες ως το όριο", kind="hours", order="left"),
)

NEAR_LIMIT = declare(
    Report(
        name="delivery.near_limit",
        title="Απουσίες κοντά στο όριο",
        permission="delivery.exceptions",
        columns=ABSENT,
        rows=_near,
        filters=(BY_ACTION, *programme_filters("programme__")),
        search=_by_name,
        note="Αρνητικές ώρες ως το όριο: το όριο έχει ξεπεραστεί.",
        map=Map("Πρόσωπα", _units),
    )
)
declare(
    Report(
        name="delivery.absences",
        title="Απουσίες όλων των επιμορφουμένων",
        permission="delivery.report",
        columns=(
            *ABSENT,
            Column("to_come", "Ώρες που απομένουν", kind="hours", order="to_come"),
        ),
        rows=_all_absences,
        filters=(BY_ACTION, *programme_filters("programme__")),
        search=_by_name,
        note="Προγράμματα που τρέχουν· μόνο υπογεγραμμένα παρουσιολόγια.",
    )
)


def _staff_hours(actor: Actor, at: datetime, _values: dict[str, str]) -> QuerySet[Any]:
    sessions = access.visible(actor, "session.read", TrainingSession.objects.all())
    seen = Q(session__in=sessions.values("pk")) | Q(person_id=actor.user_id or 0)
    rows = queries.with_worked(Attendance.objects.filter(seen), at)
    named: QuerySet[Any] = (
        rows.annotate(total=F("taught") + F("guided"))
        .select_related("session__programme__centre", "person")
        .order_by("session__programme__code", "session__starts_at", "person__sort_key", "pk")
    )
    return named


STAFF_HOURS = declare(
    Report(
        name="delivery.staff_hours",
        title="Ώρες επιμορφωτών και προσωπικού",
        permission="delivery.report",
        columns=(
            Column("person", "Πρόσωπο", order="person__sort_key"),
            Column("attendee", "Ιδιότητα", lambda row: row.get_attendee_display()),
            Column("programme", "Πρόγραμμα", "session.programme.code"),
            Column("centre", "Κ.Σ.Ε.", "session.programme.centre.name"),
            Column("sequence", "Συνάντηση", "session.sequence", kind="number"),
            Column("starts_at", "Έναρξη", "session.starts_at", "moment", "session__starts_at"),
            Column("mark", "Σημείωση", lambda row: row.get_mark_display(), order="mark"),
            Column("taught", "Ώρες συνάντησης", kind="hours", order="taught", total=True),
            Column("guided", "Ασύγχρονες ώρες", kind="hours", order="guided", total=True),
            Column("total", "Σύνολο", kind="hours", order="total", total=True),
        ),
        rows=_staff_hours,
        filters=(
            Filter("programme", "Πρόγραμμα", programme_choices, equal("session__programme_id")),
            *programme_filters("session__programme__"),
        ),
        search=_by_name,
        note="Μόνο υπογεγραμμένα παρουσιολόγια και επιβεβαιωμένες ασύγχρονες ώρες.",
    )
)


UNSEEN = (RecordingState.EXPECTED, RecordingState.MISSING)
THERE, MISSING, NOT_OWED = "Υπάρχει", "Λείπει", "Δεν οφείλεται"


def _evidence(actor: Actor, at: datetime, _values: dict[str, str]) -> QuerySet[Any]:
    rows = access.visible(actor, "session.read", TrainingSession.objects.all())
    over = rows.filter(ends_at__lte=at).exclude(state=SessionState.CANCELLED)
    sheets = AttendanceSheet.objects.filter(session=OuterRef("pk"))
    named: QuerySet[Any] = over.annotate(
        signed=Exists(sheets),
        second=Exists(sheets.filter(countersigned_at__isnull=False)),
        reported=Exists(SessionReport.objects.filter(session=OuterRef("pk"))),
        filmed=Exists(
            SessionRecording.objects.filter(session=OuterRef("pk")).exclude(state__in=UNSEEN)
        ),
        scanned=Exists(ScannedSheet.objects.filter(session=OuterRef("pk"))),
    )
    return named.select_related("programme__centre", "trainer").order_by(
        "programme__code", "starts_at", "pk"
    )


def _owed(row: Any, name: str) -> str:
    if row.state == SessionState.NOT_HELD:
        return NOT_OWED
    return THERE if getattr(row, name) else MISSING


def _lacking(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    held = rows.exclude(state=SessionState.NOT_HELD)
    return held.filter(**{value: False}) if value in LACKS else rows


LACKS = {
    "signed": "Παρουσιολόγιο",
    "second": "Δεύτερη υπογραφή",
    "reported": "Έκθεση",
}
EVIDENCE = declare(
    Report(
        name="delivery.evidence",
        title="Τεκμήρια συναντήσεων",
        permission="delivery.report",
        columns=(
            Column("programme", "Πρόγραμμα", "programme.code", order="programme__code"),
            Column("centre", "Κ.Σ.Ε.", "programme.centre.name"),
            Column("sequence", "Συνάντηση", kind="number"),
            Column("starts_at", "Έναρξη", kind="moment", order="starts_at"),
            Column("kind", "Είδος", lambda row: row.get_kind_display()),
            Column("trainer", "Επιμορφωτής/τρια", order="trainer__sort_key"),
            Column("state", "Κατάσταση", lambda row: row.get_state_display(), order="state"),
            Column("signed", "Παρουσιολόγιο", lambda row: _owed(row, "signed"), order="signed"),
            Column("second", "Δεύτερη υπογραφή", lambda row: _owed(row, "second"), order="second"),
            Column("reported", "Έκθεση", lambda row: _owed(row, "reported"), order="reported"),
            Column(
                "filmed",
                "Μαγνητοσκόπηση",
                lambda row: THERE if row.filmed else "–",
                order="filmed",
            ),
            Column("scanned", "Σάρωση", lambda row: THERE if row.scanned else "–", order="scanned"),
        ),
        rows=_evidence,
        filters=(
            Filter("programme", "Πρόγραμμα", programme_choices, equal("programme_id")),
            *programme_filters("programme__"),
            Filter("lacks", "Λείπει", lambda _actor, _at: list(LACKS.items()), _lacking),
        ),
        search=_of_centre,
        note="Όσες συναντήσεις έχουν λήξει· όσες δεν έγιναν δεν οφείλουν τεκμήρια.",
    )
)
