"""Report of assessments (αναφορά αξιολογήσεων)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet, Value

from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.fields import GreekKeyOf
from didaskaleio.kernel.forms import points
from didaskaleio.kernel.reports import Choice, Column, Filter, Report, declare
from didaskaleio.registers import judging
from didaskaleio.registers.enums import AssessmentState
from didaskaleio.registers.models import Assessment
from didaskaleio.registers.reports.filters import calls, within


def _assessed(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[Assessment]:
    rows = access.visible(actor, "assessment.release", Assessment.objects.all())
    rows = rows.exclude(candidacy__person_id=actor.user_id or 0)
    rows = rows.select_related("call__form", "candidacy__submission", "person")
    return rows.order_by("-call_id", "person__sort_key", "candidacy__code", "pk")


def _allowed(row: Assessment) -> Decimal | None:
    """The points after the judgement; none before it is submitted."""
    submission, form = row.candidacy.submission, row.call.form
    if row.submitted_at is None or submission is None or form is None:
        return None
    ceilings = judging.ceilings(row.verdicts)
    return points.score(form.parsed(), submission.values, ceilings).points


def _assessment_states(_actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(value), str(label)) for value, label in AssessmentState.choices]


def _assessor(rows: QuerySet[Assessment], text: str) -> QuerySet[Assessment]:
    return rows.filter(person__sort_key__contains=GreekKeyOf(Value(text.strip()[:60])))


declare(
    Report(
        name="registers.assessments",
        title="Αξιολογήσεις υποψηφιοτήτων",
        permission="call.desk",
        columns=(
            Column("call", "Πρόσκληση", "call.title", order="call_id"),
            Column("person", "Αξιολογητής", lambda r: str(r.person), order="person__sort_key"),
            Column("code", "Κωδικός υποψηφιότητας", "candidacy.code", order="candidacy__code"),
            Column("state", "Κατάσταση", lambda r: r.get_state_display(), order="state"),
            Column("assigned", "Ανατέθηκε", "assigned_at", kind="moment", order="assigned_at"),
            Column("at", "Υποβλήθηκε", "submitted_at", kind="moment", order="submitted_at"),
            Column("claimed", "Μόρια που δηλώθηκαν", "candidacy.submission.total", kind="points"),
            Column("allowed", "Μόρια μετά την κρίση", _allowed, kind="points"),
        ),
        rows=_assessed,
        filters=(
            Filter("call", "Πρόσκληση", calls, within("call_id")),
            Filter("state", "Κατάσταση", _assessment_states, within("state")),
        ),
        search=_assessor,
    )
)
