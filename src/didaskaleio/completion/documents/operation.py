"""What an audit pack says of the funded project itself (στοιχεία Πράξης)."""

from __future__ import annotations

from datetime import datetime

from didaskaleio.completion.models import ProjectMeasure
from didaskaleio.kernel import greek
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.dossiers import Extract
from didaskaleio.structures.models import FundedProject
from didaskaleio.structures.queries import authority_lines, project_text
from didaskaleio.structures.reports import achievements

FOLDER = "operation"


def identity(project: FundedProject, at: datetime) -> Extract:
    """Codes, predecessor, fund, eligibility, and every indicator against its target."""
    eligible = "–"
    if project.eligible_from and project.eligible_until:
        eligible = greek.date_span(project.eligible_from, project.eligible_until)
    lines = tuple(
        (
            line.indicator.title,
            greek.number(line.indicator.target),
            greek.number(line.reached),
            f"{greek.number(line.share, 1)} %",
        )
        for line in achievements(project, SYSTEM)
    )
    return Extract(
        "Πράξη: ταυτότητα και δείκτες",
        authority_lines(project.body),
        at,
        (
            ("Κωδικός", project.code),
            ("Τίτλος", project.title),
            ("Συνέχεια της Πράξης", project.predecessor_code or "–"),
            ("Ταμείο", project.fund),
            ("Πλαίσιο", project.framework),
            ("Επιλεξιμότητα δαπανών", eligible),
        ),
        ("Δείκτης", "Στόχος", "Επιτεύχθηκε", "Του στόχου"),
        lines,
        project_text(project.pk, at),
    )


def publicity(project: FundedProject, at: datetime) -> Extract:
    """The texts that documents had to carry, by the day from which."""
    lines = tuple(
        (text.statement, greek.short_date(text.valid_from), ", ".join(text.logos) or "–")
        for text in project.texts.order_by("valid_from")
    )
    return Extract(
        "Πράξη: κείμενα δημοσιότητας ανά ημερομηνία",
        authority_lines(project.body),
        at,
        (("Πράξη", project.code),),
        ("Κείμενο", "Από", "Σήματα"),
        lines,
        project_text(project.pk, at),
    )


def measures(project: FundedProject, at: datetime) -> Extract:
    """Evaluation, quality, sustainability, publicity and equipment with their results."""
    return Extract(
        "Πράξη: ενέργειες και εξοπλισμός",
        authority_lines(project.body),
        at,
        (("Πράξη", project.code),),
        ("Ενέργεια", "Είδος", "Ποσότητα", "Κατάσταση", "Ημέρα"),
        tuple(_measure(row) for row in project.measures.order_by("kind", "due_on", "pk")),
        project_text(project.pk, at),
    )


def _measure(row: ProjectMeasure) -> tuple[str, ...]:
    title = f"{row.title}. {row.result}" if row.result else row.title
    return (
        title,
        str(row.get_kind_display()),
        greek.number(row.quantity) if row.quantity is not None else "–",
        str(row.get_state_display()),
        greek.short_date(row.done_on or row.due_on),
    )
