"""Subjects (θέματα αναφορών) of room delivery: meetings and attendance."""

from __future__ import annotations

from django.db.models import Q

from didaskaleio.delivery.enums import Attendee, Mark, SessionState
from didaskaleio.delivery.lifecycle import SETTLED
from didaskaleio.delivery.models import Attendance, TrainingSession
from didaskaleio.kernel.subjects import Field, Many, Subject, Way, count, declare, person
from didaskaleio.programmes.enums import SlotKind

SESSIONS = declare(
    Subject(
        name="delivery.sessions",
        title="Συναντήσεις",
        model=TrainingSession,
        permission="session.read",
        fields=(
            Field("sequence", "Συνάντηση", kind="number"),
            Field("programme_code", "Πρόγραμμα", "programme__code"),
            Field("kind", "Είδος", kind="choice", choices=tuple(SlotKind.choices)),
            Field("state", "Κατάσταση", kind="choice", choices=tuple(SessionState.choices)),
            Field("starts_at", "Έναρξη", kind="moment"),
            Field("ends_at", "Λήξη", kind="moment"),
            Field("hours", "Ώρες", kind="hours"),
            Field("async_hours", "Ασύγχρονες ώρες", kind="hours"),
            Field("topic", "Θέμα"),
            Field("revision", "Αλλαγές ώρας", kind="number"),
        ),
        ways=(Way("programme", "Πρόγραμμα", "programmes.programmes", "programme"),),
        order=("starts_at", "pk"),
    )
)
ATTENDANCE = declare(
    Subject(
        name="delivery.attendance",
        title="Παρουσίες",
        model=Attendance,
        permission="session.read",
        about="session",
        fields=(
            Field("person", "Πρόσωπο", made=person("person")),
            Field("attendee", "Ιδιότητα", kind="choice", choices=tuple(Attendee.choices)),
            Field("mark", "Σημείωση", kind="choice", choices=tuple(Mark.choices)),
            Field("minutes", "Λεπτά παρακολούθησης", kind="number"),
            Field("starts_at", "Έναρξη συνάντησης", "session__starts_at", "moment"),
            Field("async_done", "Ασύγχρονες ώρες", kind="yes"),
        ),
        ways=(
            Way("session", "Συνάντηση", "delivery.sessions", "session"),
            Way("programme", "Πρόγραμμα", "programmes.programmes", "session__programme"),
            Way("application", "Αίτηση", "enrolment.applications", "application"),
            Way("teacher", "Εκπαιδευτικός", "people.teachers", "person"),
        ),
        where=Q(session__state__in=SETTLED),
        order=("session__starts_at", "person__sort_key", "pk"),
        note="Μόνο υπογεγραμμένα παρουσιολόγια.",
    )
)
count(SESSIONS.name, Many("roll", "Πλήθος παρουσιών", ATTENDANCE.name, "session"))
count("programmes.programmes", Many("sessions", "Πλήθος συναντήσεων", SESSIONS.name, "programme"))
count(
    "enrolment.applications", Many("attendance", "Πλήθος παρουσιών", ATTENDANCE.name, "application")
)
