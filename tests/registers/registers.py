"""A small register: a free field, one with proof, two with approval, one of the body alone."""

from __future__ import annotations

from itertools import count

from didaskaleio.kernel.forms import exchange
from didaskaleio.kernel.forms import operations as forms
from didaskaleio.kernel.forms.operations import Owner
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.queries import actor_of
from tests.factories import people
from tests.factories.structures import a_body

_serial = count(1)


def choice(key, label, *options, kind="choice", **more):
    pairs = [{"key": name, "label": words} for name, words in options]
    return {"key": key, "kind": kind, "label": label, "options": pairs, **more}


DEFINITION = exchange.read(
    {
        "schema": exchange.SCHEMA,
        "title": "Στοιχεία επιμορφωτών",
        "sections": [
            {
                "key": "work",
                "title": "Έργο",
                "questions": [
                    {"key": "phone", "kind": "text", "label": "Τηλέφωνο"},
                    {"key": "hours", "kind": "number", "label": "Ώρες", "unit": "ώρες"},
                    choice(
                        "days",
                        "Ημέρες",
                        ("tuesday", "Τρίτη"),
                        ("friday", "Παρασκευή"),
                        kind="choices",
                    ),
                    choice("level", "Επίπεδο", ("b1", "Β1"), ("b2", "Β2"), required=True),
                    {"key": "code", "kind": "text", "label": "Κωδικός έργου"},
                ],
            }
        ],
    }
)
PROCEDURES = {"phone": "free", "hours": "proof", "code": "body"}
VALUES = {"phone": "2310", "hours": "100", "days": ["tuesday"], "level": "b2"}


def a_fields_form(body, at, definition=DEFINITION):
    """A published version of a form of fields of ``body``."""
    found = a_body(body)
    actor = actor_of(people.officer(body, Role.BODY_HEAD), at=at)
    owner = Owner(Scope.BODY, found.pk, found.short_name)
    code = f"stoixeia-{next(_serial)}"
    version = forms.begin(owner, code=code, definition=definition, actor=actor, at=at)
    forms.publish(version, actor=actor, at=at)
    return version
