"""Printed form (έντυπο) of an on-site visit: the checklist on paper, where no device works."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from didaskaleio.delivery.models import SiteVisit
from didaskaleio.delivery.wording import when, where
from didaskaleio.kernel.forms.definition import Kind, Question
from didaskaleio.kernel.printouts import Paper, Printout, Table, declare
from didaskaleio.programmes.documents import paper_of

BOX = "[\u00a0\u00a0\u00a0]"


def _visits() -> QuerySet[SiteVisit]:
    return SiteVisit.objects.select_related(
        "checklist",
        "inspector",
        "session__slot__room",
        "session__programme__period__action__body",
        "session__programme__centre",
        "session__programme__cluster",
        "session__trainer",
        "session__programme__room",
    )


def _checklist(visit: SiteVisit, at: datetime) -> Paper:
    session = visit.session
    asked = [line for one in visit.checklist.parsed().questions() for line in _asked(one)]
    return paper_of(
        session.programme,
        at,
        fields=[
            ("Συνάντηση", f"{session} ({session.get_kind_display()})"),
            ("Πότε", when(session)),
            ("Πού", where(session)),
            ("Επιμορφωτής/τρια", str(session.trainer or "–")),
            ("Έλεγχος από", str(visit.inspector or "–")),
            ("Ώρα έναρξης, παρόντες", ""),
        ],
        tables=[
            Table(
                "Φύλλο ελέγχου",
                ("Α/Α", "Ερώτηση", "Απάντηση"),
                [(str(n), label, words) for n, (label, words) in enumerate(asked, start=1)],
                ("auto", "1fr", "75mm"),
                right=(0,),
                tall=True,
            ),
            Table(
                "Ευρήματα",
                ("Βαρύτητα", "Διαπίστωση", "Τι ζητείται"),
                [("", "", "")] * 3,
                ("28mm", "1fr", "1fr"),
                tall=True,
            ),
        ],
        notes=["Περάστε το στην πλατφόρμα: η έκθεση υπογράφεται μόνο εκεί."],
        signatures=("Έλεγχος", "Υπεύθυνος/η Κ.Σ.Ε."),
    )


def _asked(one: Question) -> list[tuple[str, str]]:
    choices = "   ".join(f"{BOX} {option.label}" for option in one.options)
    if one.kind == Kind.MATRIX:
        return [(f"{one.label} {line.label}", choices) for line in one.lines]
    return [(one.label, choices)]


declare(
    Printout(
        name="delivery.checklist",
        title="Φύλλο επιτόπιου ελέγχου",
        permission="visit.paper",
        rows=_visits,
        paper=_checklist,
        found="Από τη σελίδα του ελέγχου, ώσπου να υπογραφεί η έκθεση",
        states=frozenset({"assigned", "in_progress"}),
    )
)
