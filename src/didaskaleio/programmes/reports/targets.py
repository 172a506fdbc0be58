"""Targets (στόχοι) against what was planned: by centre and period, by action."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.reports import Column, Report, declare
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.models import Programme, TrainingAction
from didaskaleio.programmes.queries import APPROVED_STATES
from didaskaleio.programmes.reports.standing import COMPLETED, programme_filters

WAITING = (ProgrammeState.SUBMITTED, ProgrammeState.RETURNED, ProgrammeState.CHECKED)
APPROVED = Q(state__in=APPROVED_STATES)


def _number(name: str, title: str) -> Column:
    return Column(name, title, kind="number", order=name, total=True)


def _centres(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[Any]:
    """What became of the proposals of each centre in each period."""
    rows = access.visible(actor, "programme.read", Programme.objects.order_by())
    place = ("centre", "centre__name", "centre__region__name", "period", "period__code")
    counted: QuerySet[Any] = rows.values(*place).annotate(
        proposals=Count("pk"),
        drafts=Count("pk", filter=Q(state=ProgrammeState.DRAFT)),
        waiting=Count("pk", filter=Q(state__in=WAITING)),
        approved=Count("pk", filter=APPROVED),
        rejected=Count("pk", filter=Q(state=ProgrammeState.REJECTED)),
        cancelled=Count("pk", filter=Q(state=ProgrammeState.CANCELLED)),
        seats=Sum("capacity", filter=APPROVED, default=0),
    )
    return counted.order_by("period__code", "centre__name", "centre")


declare(
    Report(
        name="programmes.centres",
        title="Προτάσεις και προγράμματα ανά Κ.Σ.Ε.",
        permission="programme.report",
        columns=(
            Column("centre", "Κ.Σ.Ε.", "centre__name", order="centre__name"),
            Column("region", "Περιφέρεια", "centre__region__name", order="centre__region__name"),
            Column("period", "Περίοδος", "period__code", order="period__code"),
            _number("proposals", "Προτάσεις"),
            _number("drafts", "Σε σύνταξη"),
            _number("waiting", "Προς απόφαση"),
            _number("approved", "Εγκρίθηκαν"),
            _number("rejected", "Απορρίφθηκαν"),
            _number("cancelled", "Ματαιώθηκαν"),
            _number("seats", "Θέσεις"),
        ),
        rows=_centres,
        filters=programme_filters(),
        key="centre",
        note="Θέσεις: όσων προγραμμάτων εγκρίθηκαν και δεν ματαιώθηκαν.",
    )
)


def _of_action(figure: Any, *states: str) -> Any:
    rows = Programme.objects.filter(period__action=OuterRef("pk"))
    chosen = rows.filter(state__in=states).order_by().values("period__action")
    return Coalesce(Subquery(chosen.annotate(n=figure).values("n")), 0)


def _actions(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[TrainingAction]:
    rows = access.visible(actor, "action.read", TrainingAction.objects.all())
    return (
        rows.select_related("body", "course_version__course")
        .annotate(
            programmes=_of_action(Count("pk"), *APPROVED_STATES),
            centres=_of_action(Count("centre", distinct=True), *APPROVED_STATES),
            seats=_of_action(Sum("capacity"), *APPROVED_STATES),
            running=_of_action(Count("pk"), ProgrammeState.RUNNING),
            completed=_of_action(Count("pk"), *COMPLETED),
            wanted=F("target"),
        )
        .order_by("code", "pk")
    )


def _share(row: Any) -> Decimal | None:
    return Decimal(row.seats) / Decimal(row.target) if row.target else None


declare(
    Report(
        name="programmes.actions",
        title="Στόχοι δράσεων και θέσεις",
        permission="action.report",
        columns=(
            Column("code", "Κωδικός", order="code"),
            Column("title", "Δράση", order="title"),
            Column("body", "Φορέας", "body.short_name"),
            Column("state", "Κατάσταση", lambda row: row.get_state_display(), order="state"),
            Column("target", "Στόχος", "wanted", "number", "wanted", total=True),
            _number("seats", "Θέσεις"),
            Column("share", "Θέσεις προς στόχο", _share, kind="share"),
            _number("programmes", "Προγράμματα"),
            _number("centres", "Κ.Σ.Ε."),
            _number("running", "Σε εξέλιξη"),
            _number("completed", "Ολοκληρώθηκαν"),
        ),
        rows=_actions,
        note="Προγράμματα και θέσεις: όσα εγκρίθηκαν και δεν ματαιώθηκαν, σε όλες τις περιόδους.",
    )
)
