"""Trainers who take over in the story: one substitution in each state, in a class at a distance."""

from __future__ import annotations

from datetime import datetime, timedelta

from didaskaleio.delivery import operations as delivery
from didaskaleio.delivery.enums import SessionState
from didaskaleio.delivery.models import Substitution, TrainingSession
from didaskaleio.kernel import lifecycle
from didaskaleio.programmes.models import TrainingPeriod
from didaskaleio.site.story.cast import Cast, actor
from didaskaleio.site.story.moments import NOW, local

CLUSTER = "B2.5"
ILL = "Ασθένεια: προσκομίστηκε ιατρική βεβαίωση."


def took_over(cast: Cast, period: TrainingPeriod) -> None:
    """In December one session passed over; another proposal was left unanswered, one withdrawn."""
    first, second, third, *_ = _ahead(period, local(2022, 12, 5))
    made = _asked(cast, first, "KOZ", first.starts_at - timedelta(days=3))
    _accepted(made, made.proposed_at + timedelta(hours=4))
    _asked(cast, second, "LAR", second.starts_at - timedelta(hours=5))
    lifecycle.fire_due(second.starts_at)
    at = third.starts_at - timedelta(days=2)
    back = _asked(cast, third, "LAR", at)
    officer, reason = cast.actor("officer"), "Επέστρεψε νωρίτερα από την άδεια."
    delivery.withdraw_substitution(back, actor=officer, at=at + timedelta(hours=3), reason=reason)


def asked_now(cast: Cast, period: TrainingPeriod) -> None:
    """Of the sessions ahead: one asked and declined, the next waits for its answer."""
    first, second, *_ = _ahead(period, NOW)
    declined = _asked(cast, first, "HER", NOW - timedelta(days=1))
    delivery.decline_substitution(
        declined,
        actor=actor(declined.substitute),
        at=NOW - timedelta(hours=20),
        reason="Την ίδια ώρα έχω παιδαγωγική συνεδρίαση.",
    )
    _asked(cast, second, "LAR", NOW - timedelta(hours=2))


def _ahead(period: TrainingPeriod, at: datetime) -> list[TrainingSession]:
    """The sessions still ahead of the class at a distance."""
    rows = TrainingSession.objects.filter(
        programme__period=period,
        programme__category__face_to_face=0,
        programme__cluster__code=CLUSTER,
        state=SessionState.PLANNED,
        starts_at__gt=at,
    )
    return list(rows.select_related("programme").order_by("starts_at"))


def _asked(cast: Cast, session: TrainingSession, place: str, at: datetime) -> Substitution:
    who = cast.trainers[place, CLUSTER]
    return delivery.propose_substitute(
        session, who, rest=False, reason=ILL, actor=cast.actor("officer"), at=at
    )


def _accepted(substitution: Substitution, at: datetime) -> None:
    delivery.accept_substitution(substitution, actor=actor(substitution.substitute), at=at)
