"""Structures of the directory and whoever keeps them, for tests."""

from __future__ import annotations

from datetime import date
from itertools import count

from didaskaleio.directory import operations
from didaskaleio.directory.enums import OfficeKind
from didaskaleio.people.enums import Role, Scope
from didaskaleio.structures.models import StructureType
from tests.factories import people
from tests.factories.structures import a_prefecture

_serial = count(1)
DAYS = {"begins_on": date(2023, 1, 1), "ends_on": date(2023, 12, 31)}


def regional(place="KOZ"):
    """An officer of the region of a prefecture."""
    person = people.a_person()
    people.a_post(person, Role.REGIONAL_OFFICER, Scope.REGION, a_prefecture(place).region)
    return person


def of_ministry():
    person = people.a_person()
    people.a_post(person, Role.MINISTRY_OFFICER)
    return person


def content(code="EKFE", place="KOZ", **changes):
    """What an entry says."""
    found = {
        "type": StructureType.objects.get(code=code),
        "name": f"{next(_serial)}ο Ε.Κ.Φ.Ε. Δοκιμών",
        "prefecture": a_prefecture(place),
        "town": "Κοζάνη",
        "phone": "2461000000",
    }
    return found | changes


def a_structure(actor, at, **changes):
    return operations.enter(actor=actor, at=at, **content(**changes))


def head_of(structure):
    return structure.offices.get(kind=OfficeKind.HEAD)


def a_term(office, actor, at, person=None, **changes):
    """A term of the whole of 2023."""
    facts = DAYS | {"decision": "Φ.1/1/2023", "actor": actor, "at": at}
    return operations.appoint(office, person or people.a_person(), **facts | changes)
