"""On-site visits in every state, made by the room's operations."""

from __future__ import annotations

from datetime import timedelta

from didaskaleio.delivery import operations
from didaskaleio.delivery.models import SiteVisit
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.queries import actor_of
from tests.factories import people
from tests.factories.structures import a_body

BEACON = "9f" * 32
ALL_WELL = {
    **dict.fromkeys(("on_time", "trainer", "topic", "sheet", "identity", "guidance"), "yes"),
    "room": dict.fromkeys(("seats", "network", "projector", "access"), "yes"),
}
JPEG = bytes.fromhex("ffd8ffe00004abcdffda000312ffd9")


def an_inspector(**facts):
    """A person who inspects for the body."""
    person = people.a_person(**({"surname": "Ελεγκτίδου", "given_name": "Δοκιμή"} | facts))
    people.a_post(person, Role.INSPECTOR, Scope.BODY, a_body())
    return person


def the_officer(at):
    return actor_of(people.officer(), at=at)


def a_decided_visit(session, *, at=None) -> SiteVisit:
    """A visit that an officer decided two days before the session."""
    moment = at or session.starts_at - timedelta(days=2)
    return operations.add_visit(
        session, reason="Δείγμα του μήνα", actor=the_officer(moment), at=moment
    )


def an_assigned_visit(session, inspector=None, *, at=None) -> SiteVisit:
    moment = at or session.starts_at - timedelta(days=2)
    visit = a_decided_visit(session, at=moment)
    person = inspector or an_inspector()
    operations.assign(visit, actor=the_officer(moment), at=moment, inspector=person)
    return visit


def a_begun_visit(session, inspector=None) -> SiteVisit:
    """A visit whose inspector is in the room."""
    visit = an_assigned_visit(session, inspector)
    operations.begin(visit, actor=inspector_of(visit), at=session.starts_at)
    return visit


def inspector_of(visit):
    return actor_of(visit.inspector, at=visit.session.starts_at)


def a_reported_visit(session, *, counted=3, findings=(), inspector=None) -> SiteVisit:
    """A visit with its report; ``findings`` are pairs of severity and text."""
    visit = a_begun_visit(session, inspector)
    by = {"actor": inspector_of(visit), "at": session.ends_at + timedelta(minutes=10)}
    operations.record_visit(visit, ALL_WELL, counted=counted, **by)
    for severity, text in findings:
        operations.add_finding(visit, severity=severity, text=text, asked="Διορθώστε το", **by)
    operations.report(visit, summary="Η συνάντηση έγινε.", **by)
    visit.refresh_from_db()
    return visit
