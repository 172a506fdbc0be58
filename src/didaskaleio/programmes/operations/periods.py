"""Steps and figures of a training period (περίοδος επιμόρφωσης; 001 §3–4)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from didaskaleio.kernel import access, journal, numbering
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.kernel.errors import Refusal, StepRefusedError
from didaskaleio.programmes import rules
from didaskaleio.programmes.enums import ActionState, ActKind, PeriodState, ProgrammeState
from didaskaleio.programmes.lifecycle import ACTION, PERIOD, PROGRAMME
from didaskaleio.programmes.models import (
    PeriodAct,
    Programme,
    Quota,
    TrainingAction,
    TrainingPeriod,
)
from didaskaleio.programmes.operations.actions import require_spaces
from didaskaleio.programmes.queries.quotas import named_by

PERIOD.model = TrainingPeriod
ENDED = (
    ProgrammeState.DOCUMENTED,
    ProgrammeState.CANCELLED,
    ProgrammeState.REJECTED,
    ProgrammeState.DRAFT,
    ProgrammeState.RETURNED,
)
EDITABLE = (PeriodState.DRAFT, PeriodState.ANNOUNCED, PeriodState.PROPOSING)


@PERIOD.performs("open_proposals")
def open_proposals(period: TrainingPeriod, *, actor: Actor, at: datetime) -> None:
    """The window of proposals opens by the clock."""


@PERIOD.performs("open_phase_a")
def open_phase_a(period: TrainingPeriod, *, actor: Actor, at: datetime) -> None:
    """Phase A opens by the clock: every approved programme begins to take applications.

    It waits as long as the action is not ready, and opens as soon as it is.
    """
    require_spaces(period.action)
    approved = Programme.objects.filter(period=period)
    PROGRAMME.perform_all("open_applications", approved, actor=SYSTEM, at=at)
    planning = TrainingAction.objects.filter(pk=period.action_id, state=ActionState.PLANNING)
    if approved.filter(state=ProgrammeState.OPEN).exists():
        ACTION.perform_all("open_applications", planning, actor=SYSTEM, at=at)


@PERIOD.performs("start")
def start_period(period: TrainingPeriod, *, actor: Actor, at: datetime) -> None:
    """Lessons begin by the clock."""


@PERIOD.performs("close")
def close_period(period: TrainingPeriod, *, actor: Actor, at: datetime) -> None:
    """Close: every programme is documented or cancelled."""
    if count := period.programmes.exclude(state__in=ENDED).count():
        raise StepRefusedError(
            f"Εκκρεμούν {count} προγράμματα. Ολοκληρώστε ή ακυρώστε τα πριν κλείσετε την περίοδο."
        )


@PERIOD.performs("cancel")
def cancel_period(period: TrainingPeriod, *, actor: Actor, at: datetime, reason: str = "") -> None:
    """Cancel the period by an announced act with its reason."""
    PeriodAct.objects.create(
        period=period,
        kind=ActKind.CANCELLATION,
        number=numbering.protocol(f"period.{period.pk}", at=at),
        text=f"Ματαιώνεται η περίοδος «{period.title}».",
        reason=reason,
        at=at,
        actor_id=actor.user_id,
    )


@transaction.atomic
def change_dates(
    period: TrainingPeriod, *, actor: Actor, at: datetime, **values: object
) -> TrainingPeriod:
    """Change the dates of a period before its phase A opens; the journal keeps old and new."""
    access.require(actor, "period.manage", period)
    row = TrainingPeriod.objects.select_for_update().get(pk=period.pk)
    if row.state not in EDITABLE:
        raise StepRefusedError(
            "Μετά το άνοιγμα της Α΄ φάσης οι ημερομηνίες αλλάζουν μόνο με ανακοινωμένη πράξη."
        )
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    old = {name: str(getattr(row, name)) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    _in_order(row)
    if changed:
        row.save(update_fields=list(changed))
        new = {name: str(value) for name, value in changed.items()}
        journal.write(row, "Άλλαξαν οι ημερομηνίες", actor=actor, at=at, old=old, new=new)
    return row


def _in_order(period: TrainingPeriod) -> None:
    moments = {name: getattr(period, name) for name in (*rules.MOMENTS, *rules.DAYS)}
    for name, sentence in rules.out_of_order(moments).items():
        raise Refusal(f"Οι ημερομηνίες δεν είναι στη σειρά. {sentence}", code=name)


@transaction.atomic
def set_quota(
    period: TrainingPeriod, *, actor: Actor, at: datetime, kind: str, key: str, limit: int | None
) -> None:
    """Set or (with None) lift the quota of a cluster, a prefecture or a centre."""
    access.require(actor, "period.manage", period)
    if limit is None:
        Quota.objects.filter(period=period, kind=kind, key=key).delete()
    else:
        named_by(period, kind, key)
        Quota.objects.update_or_create(period=period, kind=kind, key=key, defaults={"limit": limit})
    words = "Άρθηκε όριο προγραμμάτων" if limit is None else "Ορίστηκε όριο προγραμμάτων"
    journal.write(period, words, actor=actor, at=at, kind=kind, key=key, limit=limit)
