"""What reports of work ask of people: to write one's own, to judge those of others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from didaskaleio.finance.queries import work_reports as queries
from didaskaleio.kernel import access, agenda
from didaskaleio.kernel.access import Actor
from didaskaleio.people.enums import Role


@agenda.todos("finance.work_report")
def own(actor: Actor, at: datetime) -> Iterable[agenda.Todo]:
    """Contributor: contracts whose work is over and whose report is not submitted."""
    if actor.user_id is None:
        return
    rows = queries.owing().filter(payee__person=actor.user_id)
    yield from agenda.shortened(
        rows,
        lambda row: agenda.Todo(
            f"Έκθεση πεπραγμένων: {row.number}",
            reverse("finance:work-report-write", args=[row.pk]),
            detail=row.duties,
        ),
        rest="εκθέσεις πεπραγμένων",
        url=reverse("finance:work-reports-mine"),
    )


@agenda.todos("finance.work_reports")
def judge(actor: Actor, at: datetime) -> Iterable[agenda.Todo]:
    """Centre: reports of work done there; body: those of work that no centre saw."""
    if not actor.holds(Role.CENTRE_MANAGER, Role.BODY_OFFICER):
        return
    rows = access.visible(actor, "work_report.judge", queries.to_judge())
    if not actor.holds(Role.CENTRE_MANAGER):
        rows = rows.filter(centre=None)
    yield from agenda.shortened(
        rows.exclude(contract__payee__person=actor.user_id),
        lambda row: agenda.Todo(
            f"Έλεγχος έκθεσης πεπραγμένων: {row.contract.payee}",
            reverse("finance:work-report", args=[row.pk]),
            detail=row.contract.duties,
        ),
        rest="εκθέσεις πεπραγμένων προς έλεγχο",
        url=f"{reverse('finance:work-reports')}?state=submitted",
    )
