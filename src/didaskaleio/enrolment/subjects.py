"""Subjects (θέματα αναφορών) of room enrolment: applications and waiting lists."""

from __future__ import annotations

from django.db.models import Q

from didaskaleio.enrolment.enums import ApplicationState, EntryState
from didaskaleio.enrolment.models import ParticipationApplication, WaitingEntry
from didaskaleio.kernel.subjects import Field, Many, Subject, Way, count, declare, person

APPLICATIONS = declare(
    Subject(
        name="enrolment.applications",
        title="Αιτήσεις συμμετοχής και εγγραφές",
        model=ParticipationApplication,
        permission="application.read",
        fields=(
            Field("number", "Αριθμός κλήρωσης"),
            Field("person", "Πρόσωπο", made=person("person")),
            Field("period", "Περίοδος", "period__code"),
            Field("cluster", "Συστάδα", "cluster__title"),
            Field("state", "Κατάσταση", kind="choice", choices=tuple(ApplicationState.choices)),
            Field("submitted_at", "Υποβλήθηκε", "submission__at", "moment"),
            Field("receipt", "Απόδειξη", "submission__receipt_number"),
            Field("place", "Πρόγραμμα θέσης", "programme__code"),
        ),
        ways=(
            Way("programme", "Πρόγραμμα", "programmes.programmes", "programme"),
            Way("action", "Δράση", "programmes.actions", "period__action"),
            Way("teacher", "Εκπαιδευτικός", "people.teachers", "person"),
        ),
        where=~Q(state=ApplicationState.DRAFT),
        order=("period__code", "number", "pk"),
        note="Χωρίς τις πρόχειρες.",
    )
)
WAITING = declare(
    Subject(
        name="enrolment.waiting",
        title="Λίστες αναμονής",
        model=WaitingEntry,
        permission="application.read",
        about="application",
        fields=(
            Field("state", "Κατάσταση", kind="choice", choices=tuple(EntryState.choices)),
            Field("from_draw", "Από την κλήρωση", kind="yes"),
            Field("joined_at", "Μπήκε στη λίστα", kind="moment"),
            Field("offered_at", "Προσφορά", kind="moment"),
            Field("expires_at", "Λήξη προσφοράς", kind="moment"),
        ),
        ways=(
            Way("application", "Αίτηση", "enrolment.applications", "application"),
            Way("programme", "Πρόγραμμα", "programmes.programmes", "programme"),
        ),
        order=("programme_id", "joined_sequence", "pk"),
    )
)
count(APPLICATIONS.name, Many("waiting", "Πλήθος αναμονών", WAITING.name, "application"))
count(
    "programmes.programmes",
    Many("places", "Πλήθος αιτήσεων με θέση", APPLICATIONS.name, "programme"),
)
count("programmes.periods", Many("applications", "Πλήθος αιτήσεων", APPLICATIONS.name, "period"))
