"""What officers must do about corrections, pulls and pushes (εκκρεμότητες)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from didaskaleio.connectors.enums import PushState
from didaskaleio.connectors.lifecycle import CORRECTION, IMPORT, PUSH
from didaskaleio.connectors.models import Correction
from didaskaleio.kernel import greek
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.agenda import Todo, open_rows, shortened, todos
from didaskaleio.people.enums import Role


@todos("connectors.corrections")
def corrections(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Requests that wait for an answer, the oldest first."""
    del at
    if not actor.holds(Role.MINISTRY_OFFICER):
        return
    rows = open_rows(CORRECTION, "accept", actor).select_related("person").order_by("at", "pk")
    yield from shortened(
        rows, _one, rest="αιτήματα διόρθωσης", url=reverse("connectors:corrections")
    )


@todos("connectors.pulled")
def pulled(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Pulls that wait to be looked at, and what MySchool would not take."""
    del at
    if not actor.holds(Role.MINISTRY_OFFICER):
        return
    for row in open_rows(IMPORT, "apply", actor).filter(pull__isnull=False).order_by("pk"):
        url = reverse("connectors:import", args=[row.pk])
        yield Todo("Προεπισκόπηση λήψης από το MySchool", url, detail=str(row))
    if refused := open_rows(PUSH, "send_again", actor).count():
        told = greek.count(refused, "βεβαίωση δεν έγινε δεκτή", "βεβαιώσεις δεν έγιναν δεκτές")
        url = f"{reverse('connectors:pushes')}?state={PushState.REFUSED}"
        yield Todo("Αποστολές στο MySchool", url, detail=told)


def _one(row: Correction) -> Todo:
    return Todo(
        "Απάντηση σε αίτημα διόρθωσης",
        reverse("connectors:correction", args=[row.pk]),
        detail=f"{row.get_fact_display()}, {row.person}",
    )
