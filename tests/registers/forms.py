"""A small form of a candidacy: two questions with points, one document."""

from __future__ import annotations

from itertools import count

from didaskaleio.kernel.forms import exchange, operations
from didaskaleio.kernel.forms.operations import Owner
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.queries import actor_of
from tests.factories import people
from tests.factories.structures import a_body

_serial = count(1)
DEFINITION = exchange.read(
    {
        "schema": exchange.SCHEMA,
        "title": "Κριτήρια δοκιμών",
        "cap": "20",
        "sections": [
            {
                "key": "work",
                "title": "Έργο",
                "cap": "15",
                "questions": [
                    {
                        "key": "hours",
                        "kind": "number",
                        "label": "Ώρες διδασκαλίας",
                        "unit": "ώρες",
                        "low": "0",
                        "high": "1000",
                        "required": True,
                        "rule": {"way": "per_unit", "rate": "0.1", "cap": "10"},
                    },
                    {
                        "key": "paper",
                        "kind": "file",
                        "label": "Βεβαίωση έργου",
                        "required": True,
                        "expires": True,
                        "rule": {"way": "given", "rate": "2"},
                    },
                    {"key": "note", "kind": "long_text", "label": "Σημείωση"},
                ],
            }
        ],
        "ties": [{"of": "work"}],
    }
)


def a_form(body, at):
    """A published version of a new form of ``body``."""
    found = a_body(body)
    actor = actor_of(people.officer(body, Role.BODY_HEAD), at=at)
    owner = Owner(Scope.BODY, found.pk, found.short_name)
    code = f"dokimi-{next(_serial)}"
    version = operations.begin(owner, code=code, definition=DEFINITION, actor=actor, at=at)
    operations.publish(version, actor=actor, at=at)
    return version
