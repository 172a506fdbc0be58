"""Terms of the lists (όροι κατάταξης; R-019): said in the draft of a call, frozen with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from didaskaleio.kernel import journal
from didaskaleio.kernel.access import Actor
from didaskaleio.registers import standings
from didaskaleio.registers.errors import CallRefusedError
from didaskaleio.registers.models import Call, ListTerms
from didaskaleio.registers.operations.calling import hold_draft

TERMS = "Ορίστηκαν οι όροι κατάταξης"
MOST_DAYS = 30


@transaction.atomic
def write_terms(
    call: Call,
    *,
    thresholds: Mapping[str, Decimal],
    objection_days: int,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> ListTerms:
    """Όροι κατάταξης: least points by section ("" for all), working days for objections.

    Refused: a section that the form does not have, more points than its cap, days out of 1–30.
    """
    row = hold_draft(call, actor)
    journal.require_latest(row, TERMS, seen)
    told = [{"of": of, "least": f"{least:f}"} for of, least in thresholds.items()]
    if wrong := standings.wrong_thresholds(row, told):
        raise CallRefusedError(" ".join(wrong))
    if not 1 <= objection_days <= MOST_DAYS:
        raise CallRefusedError(f"Οι ημέρες για ενστάσεις είναι από 1 ως {MOST_DAYS}.")
    terms, _ = ListTerms.objects.get_or_create(call=row)
    terms.thresholds, terms.objection_days = told, objection_days
    terms.save(update_fields=["thresholds", "objection_days"])
    journal.write(row, TERMS, actor=actor, at=at)
    return terms
