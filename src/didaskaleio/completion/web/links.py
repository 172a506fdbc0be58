"""Ways (σύνδεσμοι) from the pages of courses and programmes to those of completion."""

from __future__ import annotations

from didaskaleio.completion.queries.dossiers import KEPT
from didaskaleio.courses.models import Course
from didaskaleio.kernel import journal
from didaskaleio.kernel.links import Link, ReportLink, declare
from didaskaleio.programmes.models import Programme
from didaskaleio.structures.models import FundedProject

declare(
    ReportLink(
        journal.label(Course),
        "completion.impact",
        "course",
        "course.read",
        excerpt=("version", "action", "state", "programmes", "people", "attested"),
    )
)
declare(
    Link(
        journal.label(Programme),
        "Φάκελος του προγράμματος",
        "completion:dossier",
        "dossier.read",
        states=frozenset(str(state) for state in KEPT),
    )
)
for label, page, permission in (
    ("Ενέργειες και εξοπλισμός", "completion:measures", "project.measures"),
    ("Πακέτο ελέγχου", "completion:pack-audit", "project.pack"),
):
    declare(Link(journal.label(FundedProject), label, page, permission))
