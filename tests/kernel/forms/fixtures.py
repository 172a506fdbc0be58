"""A body's officers and a form of theirs."""

from __future__ import annotations

from datetime import datetime

from didaskaleio.kernel.calendar import ATHENS
from didaskaleio.kernel.forms import exchange, operations
from didaskaleio.kernel.forms.operations import Owner
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.queries import actor_of
from didaskaleio.site.story.questions import CRITERIA
from tests.factories import people
from tests.factories.structures import a_body

NOW = datetime(2023, 1, 18, 10, tzinfo=ATHENS)
DEFINITION = exchange.read(CRITERIA)


def actor(person):
    return actor_of(person, at=NOW)


def an_officer(role=Role.BODY_OFFICER, body="itye"):
    return people.officer(body, role)


def an_owner(body="itye"):
    found = a_body(body)
    return Owner(Scope.BODY, found.pk, found.short_name)


def a_draft(person=None, *, definition=DEFINITION, code="kritiria"):
    """The first draft of a form of the body of ``person``."""
    by = actor(person or an_officer())
    return operations.begin(an_owner(), code=code, definition=definition, actor=by, at=NOW)


def a_published(**facts):
    version = a_draft(**facts)
    operations.publish(version, actor=actor(an_officer(Role.BODY_HEAD)), at=NOW)
    return version
