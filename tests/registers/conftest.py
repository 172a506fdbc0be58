"""What tests of registers share: a body's officers, a published form, a call with its window."""

from __future__ import annotations

from datetime import timedelta

import pytest

from didaskaleio.registers import operations
from didaskaleio.registers.models import Register
from tests.factories import people
from tests.factories.structures import a_body
from tests.registers.forms import a_form
from tests.registers.registers import PROCEDURES, VALUES, a_fields_form


@pytest.fixture
def officer(actor_for):
    """An officer of «itye», as an actor."""
    return actor_for(people.officer())


@pytest.fixture
def content(officer, at):
    """What a complete call says; the window has begun and lasts ten days."""
    return {
        "title": "Μητρώο δοκιμών",
        "fills_name": "Μητρώο δοκιμών",
        "text": "Καλούνται όσα πρόσωπα ενδιαφέρονται.",
        "audience": "Εκπαιδευτικοί.",
        "form": a_form("itye", at),
        "opens_at": at - timedelta(hours=1),
        "closes_at": at + timedelta(days=10),
    }


@pytest.fixture
def a_draft(officer, content, at):
    """``a_draft(**changes)``: a draft of «itye»."""

    def make(**changes):
        return operations.prepare(
            a_body("itye"), actor=officer, at=at - timedelta(days=2), **(content | changes)
        )

    return make


@pytest.fixture
def a_call(a_draft, officer, at):
    """``a_call(**changes)``: published, and open at ``at`` unless the changes say otherwise."""

    def make(**changes):
        row = a_draft(**changes)
        operations.publish(row, actor=officer, at=at - timedelta(days=1))
        return row

    return make


@pytest.fixture
def a_register(officer, at):
    """``a_register(**changes)``: a register of «itye» with the procedures of the fields."""

    def make(**changes):
        content = {
            "title": "Μητρώο επιμορφωτών",
            "code": f"mitroo-{Register.objects.count() + 1}",
            "form": changes.get("form") or a_fields_form("itye", at),
        }
        by = {"actor": officer, "at": at}
        row = operations.define(a_body("itye"), **by, **(content | changes))
        return operations.set_procedures(row, PROCEDURES, **by)

    return make


@pytest.fixture
def a_member(a_register, officer, at):
    """``a_member(register, person, **values)``: entered at ``at``."""

    def make(register=None, person=None, **values):
        return operations.enter(
            register or a_register(),
            person or people.a_person(),
            actor=officer,
            at=at,
            values=VALUES | values,
        )

    return make
