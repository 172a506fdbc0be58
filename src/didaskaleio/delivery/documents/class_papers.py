"""Printed forms (έντυπα) of a class: who takes part, when it meets, one person's attendance."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from didaskaleio.delivery import hours, queries
from didaskaleio.delivery.documents.session_papers import NOBODY
from didaskaleio.delivery.enums import SessionState
from didaskaleio.delivery.lifecycle import SETTLED
from didaskaleio.delivery.models import Attendance, TrainingSession
from didaskaleio.delivery.wording import when, where
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel import greek
from didaskaleio.kernel.printouts import Paper, Printout, Table, declare
from didaskaleio.programmes.documents import paper_of
from didaskaleio.programmes.models import Programme
from didaskaleio.programmes.queries import with_relations

TAUGHT = frozenset({"running", "suspended", "completed", "documented"})
GATHERED = frozenset({"enrolling", *TAUGHT})


def _programmes() -> QuerySet[Programme]:
    return with_relations(Programme.objects.all())


def _people(programme: Programme, at: datetime) -> Paper:
    rows = ParticipationApplication.objects.filter(
        programme=programme, state__in=queries.TAKING_PART
    )
    found = rows.select_related("person__teacher__specialty").order_by("person__sort_key", "pk")
    lines = [
        (
            str(n),
            str(row.person),
            row.person.teacher.specialty_code if hasattr(row.person, "teacher") else "–",
            row.person.mobile or "–",
            row.person.email or "–",
            "",
        )
        for n, row in enumerate(found, start=1)
    ]
    return paper_of(
        programme,
        at,
        fields=[
            ("Επιμορφωτής/τρια", str(programme.trainer or "–")),
            ("Πρόσωπα", str(len(lines))),
        ],
        tables=[
            Table(
                "Επιμορφούμενοι",
                ("Α/Α", "Ονοματεπώνυμο", "Κλάδος", "Κινητό", "Ηλ. ταχυδρομείο", "Παρατηρήσεις"),
                lines,
                ("auto", "1fr", "auto", "auto", "auto", "45mm"),
                right=(0,),
                nothing=NOBODY,
            )
        ],
        notes=[
            "Προσωπικά δεδομένα: μόνο για τις ανάγκες του προγράμματος. Μην το αναρτάτε και "
            "καταστρέψτε το όταν δεν χρειάζεται."
        ],
    )


def _timetable(programme: Programme, at: datetime) -> Paper:
    rows = queries.with_programme(TrainingSession.objects.filter(programme=programme))
    gone = (SessionState.CANCELLED, SessionState.NOT_HELD)
    return paper_of(
        programme,
        at,
        fields=[
            ("Κ.Σ.Ε.", f"{programme.centre.name}, {programme.centre.town}"),
            ("Επιμορφωτής/τρια", programme.trainer.full_name if programme.trainer else "–"),
        ],
        tables=[
            Table(
                "Συναντήσεις",
                ("Α/Α", "Πότε", "Πού", "Είδος", "Ώρες"),
                [
                    (
                        str(row.sequence),
                        when(row),
                        where(row),
                        row.get_kind_display(),
                        str(row.hours),
                    )
                    for row in rows.exclude(state__in=gone).order_by("starts_at", "pk")
                ],
                ("auto", "auto", "1fr", "auto", "auto"),
                right=(0, 4),
                nothing="Οι συναντήσεις ορίζονται με την έναρξη του προγράμματος.",
            )
        ],
        notes=["Αν αλλάξει ώρα, τυπώστε το ξανά: κάτω γράφει πότε τυπώθηκε."],
    )


def _applications() -> QuerySet[ParticipationApplication]:
    rows = ParticipationApplication.objects.filter(programme__isnull=False)
    return rows.select_related(
        "person",
        "period__action",
        "programme__period__action__body",
        "programme__centre",
        "programme__cluster",
        "programme__trainer",
    )


def _card(application: ParticipationApplication, at: datetime) -> Paper:
    programme = application.programme
    if programme is None:
        raise ValueError(f"application {application.pk} holds no place")
    standing = queries.absence_of(application, at)
    rows = Attendance.objects.filter(application=application, session__state__in=SETTLED)
    found = rows.select_related("session").order_by("session__starts_at", "pk")
    return paper_of(
        programme,
        at,
        fields=[
            ("Επιμορφούμενος/η", str(application.person)),
            ("Αρ. αίτησης", application.number),
            ("Κ.Σ.Ε.", programme.centre.name),
            ("Απουσίες", standing.in_words()),
        ],
        tables=[_sessions_of(list(found), standing.rules)],
        notes=[
            "Μετρούν μόνο υπογεγραμμένα παρουσιολόγια. Για λάθος σημείωση υποβάλλεται "
            "αντίρρηση από τις «Παρουσίες μου»."
        ],
        signatures=("Υπεύθυνος/η Κ.Σ.Ε.",),
    )


def _sessions_of(rows: list[Attendance], rules: hours.Rules) -> Table:
    lines = [
        (
            str(row.session),
            greek.short_moment(row.session.starts_at),
            row.get_mark_display(),
            str(row.minutes),
            str(hours.absence_hours(queries.entry_of(row), rules)),
        )
        for row in rows
    ]
    return Table(
        "Συναντήσεις",
        ("Συνάντηση", "Πότε", "Σημείωση", "Λεπτά", "Ώρες απουσίας"),
        lines,
        ("1fr", "auto", "auto", "auto", "auto"),
        right=(3, 4),
        nothing="Δεν έχει υπογραφεί ακόμη κανένα παρουσιολόγιο.",
    )


declare(
    Printout(
        name="delivery.people",
        title="Κατάλογος επιμορφουμένων με στοιχεία επικοινωνίας",
        permission="programme.roll",
        rows=_programmes,
        paper=_people,
        found="Από τη σελίδα των συναντήσεων του προγράμματος",
        states=GATHERED,
        flipped=True,
    )
)
declare(
    Printout(
        name="delivery.timetable",
        title="Ωρολόγιο για την πόρτα",
        permission="programme.sheet",
        rows=_programmes,
        paper=_timetable,
        found="Από τη σελίδα των συναντήσεων του προγράμματος",
        states=TAUGHT,
    )
)
declare(
    Printout(
        name="delivery.card",
        title="Καρτέλα παρουσιών",
        permission="attendance_card.read",
        rows=_applications,
        paper=_card,
        found="Από τις «Παρουσίες μου» και από τις συναντήσεις του προγράμματος",
        states=frozenset({*map(str, queries.TAKING_PART), "removed"}),
    )
)
