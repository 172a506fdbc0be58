"""What centres, trainers and officers must do about programmes (εκκρεμότητες)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, F, Min, Q
from django.urls import reverse

from didaskaleio.kernel.access import Actor, visible
from didaskaleio.kernel.agenda import Todo, open_rows, todos
from didaskaleio.kernel.greek import count
from didaskaleio.people.enums import Role
from didaskaleio.programmes.enums import PeriodState, ProgrammeState
from didaskaleio.programmes.lifecycle import PROGRAMME
from didaskaleio.programmes.models import Programme

SHOWN = 20


@todos("programmes.centre")
def of_centre(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Drafts to finish and submit, proposals that came back."""
    if not actor.holds(Role.CENTRE_MANAGER):
        return
    rows = visible(actor, "programme.edit", Programme.objects.select_related("cluster", "centre"))
    rows = rows.filter(period__state=PeriodState.PROPOSING).select_related("period")
    for row in rows.order_by("period__proposals_close", "code")[:SHOWN]:
        back = row.state == ProgrammeState.RETURNED
        due = row.period.phase_a_opens if back else row.period.proposals_close
        title = f"{'Διόρθωση' if back else 'Ολοκλήρωση και υποβολή'} της πρότασης {row.code}"
        yield Todo(title, reverse("programmes:timetable", args=[row.pk]), due, str(row))


@todos("programmes.trainer")
def of_trainer(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Proposals whose present revision waits for my agreement."""
    if actor.user_id is None:
        return
    rows = Programme.objects.filter(
        ~Q(agreed_revision=F("revision")) | Q(agreed_revision=None),
        trainer_id=actor.user_id,
        state__in=(ProgrammeState.DRAFT, ProgrammeState.RETURNED),
        period__state=PeriodState.PROPOSING,
        slots__isnull=False,
    ).distinct()
    for row in rows.select_related("period", "cluster", "centre").order_by("code")[:SHOWN]:
        url = reverse("programmes:proposal", args=[row.pk])
        yield Todo(
            f"Συμφωνία με το ωρολόγιο του {row.code}", url, row.period.proposals_close, str(row)
        )


@todos("programmes.officer")
def of_officer(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Checked proposals that wait for approval, one line a period."""
    waiting = open_rows(PROGRAMME, "approve", actor).order_by()
    periods = waiting.values("period_id", "period__title").annotate(
        amount=Count("pk"), due=Min("period__phase_a_opens")
    )
    for row in periods.order_by("due"):
        words = count(row["amount"], "προγράμματος", "προγραμμάτων")
        url = f"{reverse('programmes:desk')}?period={row['period_id']}&view=check"
        yield Todo(f"Έγκριση {words}", url, row["due"], row["period__title"])
