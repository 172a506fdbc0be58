"""A period in phase A with its draw, programmes and teachers, shared by the tests of enrolment."""

from __future__ import annotations

from datetime import timedelta

import pytest

from didaskaleio.enrolment import operations
from didaskaleio.programmes.enums import ProgrammeState
from tests.factories import enrolment as make
from tests.factories import people, programmes


@pytest.fixture
def period(db):
    found = programmes.a_period("phase_a")
    make.a_draw(found)
    return found


@pytest.fixture
def in_period(period):
    """``in_period(category, **facts)``: an open programme of the period in Kozani."""

    def programme(category="IIb", **facts):
        facts.setdefault("slots", False)
        return programmes.a_programme(
            ProgrammeState.OPEN, period=period, category=category, **facts
        )

    return programme


@pytest.fixture
def teacher(db):
    return people.a_teacher()


@pytest.fixture
def submitted(period, actor_for, at):
    """``submitted(person, [programmes])``: the application as the operations leave it."""

    def submit(person, preferences, moment=at):
        actor = actor_for(person)
        codes = [programme.code for programme in preferences]
        application = operations.start(period, actor=actor, at=moment)
        operations.save_draft(
            application, actor=actor, at=moment, preferences=codes, will_teach=True
        )
        application.refresh_from_db()
        last = application.submission
        operations.send(
            application,
            actor=actor,
            at=moment,
            reviewed=codes,
            version=last.version if last else 0,
            accepts=True,
        )
        application.refresh_from_db()
        return application

    return submit


@pytest.fixture
def officers(period):
    """Two officers and the head's ministry: whoever acts in the ceremony."""
    body = period.action.body
    from didaskaleio.people.enums import Role, Scope

    found = []
    for _ in range(2):
        person = people.a_person(surname="Στελεχίδου", given_name="Εικονική")
        people.a_post(person, Role.BODY_OFFICER, Scope.BODY, body)
        found.append(person)
    return found


@pytest.fixture
def after_beacon(period):
    return period.draw.beacon_at + timedelta(minutes=5)
