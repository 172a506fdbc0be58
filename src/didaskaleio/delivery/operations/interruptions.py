"""Interruptions (αναστολή, διακοπή): what becomes of the sessions that cannot be held."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q, QuerySet

from didaskaleio.delivery.enums import SessionState
from didaskaleio.delivery.lifecycle import BEFORE, SESSION
from didaskaleio.delivery.models import TrainingSession
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.programmes.models import Programme

WAS_SUSPENDED = "Το πρόγραμμα ήταν σε αναστολή."


def cancel_rest(
    programme: Programme, *, actor: Actor, at: datetime, reason: str
) -> QuerySet[TrainingSession]:
    """Cancel what a stopped programme will not hold (ματαίωση), all in one act.

    Sessions whose time had come stay as they are: what took place may still be signed.
    """
    ahead = Q(state__in=BEFORE, starts_at__gt=at) | Q(state=SessionState.NOT_HELD)
    rows = TrainingSession.objects.filter(ahead, programme=programme)
    ids = SESSION.perform_all(
        "cancel",
        rows,
        actor=actor,
        at=at,
        reason=reason,
        proposed_starts_at=None,
        proposal_reason="",
        revision=F("revision") + 1,
    )
    return _these(ids)


SESSION.bulk_operations["cancel"] = cancel_rest


def drop_missed(programme: Programme, *, at: datetime) -> QuerySet[TrainingSession]:
    """Sessions that fell inside a suspension (αναστολή) did not take place: to be replaced."""
    rows = TrainingSession.objects.filter(
        programme=programme,
        state__in=BEFORE,
        starts_at__gte=programme.state_since or at,
        starts_at__lt=at,
    )
    ids = SESSION.perform_all(
        "mark_not_held",
        rows,
        actor=SYSTEM,
        at=at,
        reason=WAS_SUSPENDED,
        proposed_starts_at=None,
        proposal_reason="",
    )
    return _these(ids)


def _these(ids: tuple[int, ...]) -> QuerySet[TrainingSession]:
    return TrainingSession.objects.filter(pk__in=ids).order_by("sequence")
