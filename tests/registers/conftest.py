"""What tests of registers share: a body's officers, a published form, a call with its window."""

from __future__ import annotations

from datetime import timedelta

import pytest

from didaskaleio.registers import operations
from tests.factories import people
from tests.factories.structures import a_body
from tests.registers.forms import a_form


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
