"""Notices about on-site visits: the inspector, the centre and the officers of the body."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from didaskaleio.delivery.models import SiteVisit
from didaskaleio.delivery.notices.sessions import managers_of, tell
from didaskaleio.kernel import greek
from didaskaleio.kernel.notices import Kind, declare
from didaskaleio.people import queries as people
from didaskaleio.people.enums import Role, Scope

VISIT = declare(Kind("delivery.visit", "Επιτόπιοι έλεγχοι", optional=False))


def officers_of(visit: SiteVisit, at: datetime) -> list[int]:
    """The officers of the body whose programme is visited."""
    body = visit.session.programme.period.action.body_id
    held = people.holders(Role.BODY_OFFICER, Scope.BODY, body, at=at)
    return list(held.values_list("pk", flat=True))


def _url(visit: SiteVisit) -> str:
    return reverse("delivery:visit", args=[visit.pk])


def _named(visit: SiteVisit) -> str:
    return f"{visit.session} του {visit.session.programme.code}"


def visit_assigned(visit: SiteVisit, *, at: datetime) -> None:
    """The inspector learns when and where."""
    session = visit.session
    text = (
        f"{greek.long_moment(session.starts_at)}, {session.programme.centre.name}. "
        "Το κέντρο δεν έχει ενημερωθεί."
    )
    title = f"Σας ανατέθηκε επίσκεψη: {_named(visit)}"
    key = f"visit-assigned:{visit.pk}:{at.isoformat()}"
    tell(VISIT, [visit.inspector_id], title, text, key, _url(visit), at)


def visit_not_done(visit: SiteVisit, *, reason: str, at: datetime) -> None:
    """The officers learn that a visit was not made."""
    title, text = f"Δεν έγινε επίσκεψη: {_named(visit)}", f"Αιτιολογία: {reason}"
    tell(VISIT, officers_of(visit, at), title, text, f"visit-not:{visit.pk}", _url(visit), at)


def visit_reported(visit: SiteVisit, *, at: datetime) -> None:
    """Centre, trainer and officers learn of the report; the centre, until when it answers."""
    title = f"Έκθεση επιτόπιου ελέγχου: {_named(visit)}"
    text = "Η έκθεση είναι στη σελίδα της επίσκεψης."
    if visit.answer_due:
        text += f" Το κέντρο απαντά έως {greek.long_moment(visit.answer_due)}."
    programme = visit.session.programme
    heard = [*managers_of(programme, at), visit.session.trainer_id, *officers_of(visit, at)]
    tell(VISIT, heard, title, text, f"visit-report:{visit.pk}", _url(visit), at)


def visit_answered(visit: SiteVisit, *, at: datetime) -> None:
    """Officers and inspector learn that the centre answered."""
    title = f"Το κέντρο απάντησε στην έκθεση: {_named(visit)}"
    heard = [*officers_of(visit, at), visit.inspector_id]
    tell(VISIT, heard, title, visit.answer, f"visit-answer:{visit.pk}", _url(visit), at)


def visit_followed(visit: SiteVisit, *, reason: str, at: datetime) -> None:
    """The centre learns that its findings are followed."""
    title, text = f"Παρακολούθηση ευρημάτων: {_named(visit)}", f"Αιτιολογία: {reason}"
    heard = managers_of(visit.session.programme, at)
    tell(VISIT, heard, title, text, f"visit-follow:{visit.pk}", _url(visit), at)


def visit_closed(visit: SiteVisit, *, reason: str, at: datetime) -> None:
    """The centre learns that the visit is over."""
    title, text = f"Έκλεισε η επίσκεψη: {_named(visit)}", f"Αιτιολογία: {reason}"
    heard = managers_of(visit.session.programme, at)
    tell(VISIT, heard, title, text, f"visit-closed:{visit.pk}", _url(visit), at)
