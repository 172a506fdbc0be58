"""Registers that an action draws on, per role (μητρώα δράσης; R-170), and who is in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import make_aware

from didaskaleio.courses import profiles
from didaskaleio.people.models import Person
from didaskaleio.programmes import timetable
from didaskaleio.programmes.enums import ActionRole, StaffRole
from didaskaleio.programmes.models import ActionRegister, Programme, TrainingAction
from didaskaleio.programmes.models.assignments import SINGULAR
from didaskaleio.registers.enums import MemberState
from didaskaleio.registers.models import Membership, Register

STAFF = {
    StaffRole.TECHNICAL: ActionRole.TECHNICAL,
    StaffRole.ADMINISTRATIVE: ActionRole.ADMINISTRATIVE,
}
OF_LEVEL = frozenset({"cluster_any_of"})
STANDING = (MemberState.ACTIVE, MemberState.EXPIRING)


def sources(action_id: int) -> QuerySet[ActionRegister]:
    """The registers of an action with their roles, in the order of naming."""
    rows = ActionRegister.objects.filter(action=action_id).order_by("pk")
    return rows.select_related("register", "call")


def drawn_on(action_id: int, role: ActionRole) -> Register | None:
    """The register that the action names for ``role``, None when it names none."""
    source = sources(action_id).filter(role=role).first()
    return source.register if source else None


def titles(action_id: int) -> tuple[str, ...]:
    """The titles of all registers of an action, each once."""
    return tuple(dict.fromkeys(source.register.title for source in sources(action_id)))


@dataclass(frozen=True)
class Drawn:
    """A role of an action with its register (ρόλος δράσης); ``members`` stand in it now."""

    role: ActionRole
    source: ActionRegister | None
    members: int


def board(action_id: int) -> list[Drawn]:
    """Every role of an action, with the register that it draws on where one is named."""
    standing = Q(register__members__state__in=STANDING)
    rows = sources(action_id).annotate(standing=Count("register__members", filter=standing))
    known = {row.role: row for row in rows}
    return [
        Drawn(role, known.get(role), known[role].standing if role in known else 0)
        for role in ActionRole
    ]


def members(register: Register, day: date) -> QuerySet[Membership]:
    """Memberships that stand now and hold on ``day``."""
    begins = make_aware(datetime.combine(day, time.min))
    rows = Membership.objects.filter(register=register, state__in=STANDING)
    return rows.filter(valid_until__gte=begins)


def terms(action: TrainingAction, role: ActionRole) -> list[dict[str, Any]]:
    """Who may become a member for this role, as rules of a call: the course's profile of trainers.

    What depends on a programme, its cluster or its place, is asked of the programme and not here.
    """
    if role != ActionRole.TRAINER:
        return []
    rows = action.course_version.trainer_profile
    rules = profiles.parse(rows).rules
    return [
        row
        for row, rule in zip(rows, rules, strict=True)
        if not rule.of_programme and rule.kind not in OF_LEVEL
    ]


def outsiders(programme: Programme) -> tuple[timetable.Outsider, ...]:
    """The people of a programme who are not members of the register named for their role."""
    day = programme.period.first_day
    found: list[timetable.Outsider] = []
    for source in sources(programme.period.action_id):
        role = ActionRole(source.role)
        wanted = {person.pk: person for person in _people(programme, role)}
        inside = members(source.register, day).filter(person__in=wanted)
        missing = wanted.keys() - set(inside.values_list("person_id", flat=True))
        found += [
            timetable.Outsider(str(pk), wanted[pk].full_name, SINGULAR[role], source.register.title)
            for pk in sorted(missing)
        ]
    return tuple(found)


def _people(programme: Programme, role: ActionRole) -> Iterable[Person]:
    if role == ActionRole.TRAINER:
        return [programme.trainer] if programme.trainer else []
    return [
        row.person
        for row in programme.staff.select_related("person")
        if STAFF[StaffRole(row.role)] == role
    ]
