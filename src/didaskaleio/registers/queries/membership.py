"""Questions of registers (ερωτήματα μητρώων): members by field, place, subject, free day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from didaskaleio.kernel.access import NOTHING, Actor, visible
from didaskaleio.kernel.forms.definition import Condition, Definition, Kind, Op, Question, Test
from didaskaleio.kernel.forms.searching import holding
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import SchoolService, TrainerProfile
from didaskaleio.people.queries import find_people
from didaskaleio.registers.enums import MemberState
from didaskaleio.registers.models import Membership, Register
from didaskaleio.structures.models import ImplementingBody

WEEKDAYS = {
    "monday": "Δευτέρα",
    "tuesday": "Τρίτη",
    "wednesday": "Τετάρτη",
    "thursday": "Πέμπτη",
    "friday": "Παρασκευή",
    "saturday": "Σάββατο",
    "sunday": "Κυριακή",
}


def registers(bodies: QuerySet[ImplementingBody] | None = None) -> QuerySet[Register]:
    """Registers by title, each below the one it is part of, with how many members stand."""
    standing = Q(members__state__in=[MemberState.ACTIVE, MemberState.EXPIRING])
    rows = Register.objects.select_related("body", "parent", "cluster", "prefecture")
    if bodies is not None:
        rows = rows.filter(body__in=bodies)
    above = Coalesce(F("parent__sort_key"), F("sort_key"))
    return rows.annotate(standing=Count("members", filter=standing), above=above).order_by(
        "above", F("parent").asc(nulls_first=True), "sort_key", "pk"
    )


def members(register: Register, words: str = "", state: str = "") -> QuerySet[Membership]:
    """Members by name; those who were removed only when their state is asked for."""
    rows = Membership.objects.filter(register=register).select_related("person")
    rows = rows.filter(state=state) if state else rows.exclude(state=MemberState.REMOVED)
    if words:
        rows = rows.filter(Q(person__in=find_people(words)) | Q(number=words))
    return rows.order_by("person__sort_key", "pk")


def matching(rows: QuerySet[Membership], rule: Condition) -> QuerySet[Membership]:
    """Those whose fields fulfil the rule, by the conditions of forms, in the database."""
    return rows.filter(holding(rule, "values"))


def in_cluster(rows: QuerySet[Membership], cluster: int) -> QuerySet[Membership]:
    """Members for a cluster: by register, by a part of it, or by their profile as trainers."""
    profile = TrainerProfile.objects.filter(person=OuterRef("person"), clusters=cluster)
    parts = _in_part(register__cluster=cluster)
    return rows.filter(Q(register__cluster=cluster) | Exists(parts) | Exists(profile))


def in_prefecture(rows: QuerySet[Membership], prefecture: int, day: date) -> QuerySet[Membership]:
    """Members of a prefecture: by register, by a part of it, or by the school they serve at."""
    serves = SchoolService.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=day),
        teacher__person=OuterRef("person"),
        school__prefecture=prefecture,
        valid_from__lte=day,
    )
    parts = _in_part(register__prefecture=prefecture)
    return rows.filter(Q(register__prefecture=prefecture) | Exists(parts) | Exists(serves))


def _in_part(**part: int) -> QuerySet[Membership]:
    standing = Q(state__in=[MemberState.ACTIVE, MemberState.EXPIRING])
    above = {"register__parent": OuterRef("register"), "person": OuterRef("person")}
    return Membership.objects.filter(standing, **above, **part)


def registers_found(actor: Actor) -> QuerySet[Register]:
    """The registers whose members ``actor`` may find: those kept, and those of a planner's body."""
    planned = {pk for pk in actor.scopes(Role.PLANNER, Scope.BODY) if pk is not None}
    kept = visible(actor, "register.manage", Register.objects.all())
    rows = Register.objects.filter(Q(pk__in=kept.values("pk")) | Q(body__in=planned))
    return rows.select_related("form").order_by("sort_key", "pk")


def with_place(rows: QuerySet[Membership], day: date) -> QuerySet[Any]:
    """Members with person, register, clusters and ``place``: the prefecture of most hours."""
    serves = SchoolService.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=day),
        teacher__person=OuterRef("person"),
        valid_from__lte=day,
    ).order_by("-hours", "pk")
    place = Subquery(serves.values("school__prefecture__name")[:1])
    found = rows.select_related("person", "register").annotate(place=place)
    return found.prefetch_related("person__trainer_profile__clusters")


def clusters_of(member: Membership) -> str:
    """The clusters of the member's profile as a trainer, in words; see :func:`with_place`."""
    profile = getattr(member.person, "trainer_profile", None)
    rows = sorted(profile.clusters.all(), key=lambda one: one.code) if profile else []
    return ", ".join(dict.fromkeys(one.shown_code for one in rows))


def day_question(definition: Definition) -> Question | None:
    """The question about days on which somebody is free: options by the names of weekdays."""
    for one in definition.questions():
        keys = {option.key for option in one.options}
        if one.kind == Kind.CHOICES and keys and keys <= set(WEEKDAYS):
            return one
    return None


def free_on(
    rows: QuerySet[Membership], registers: Iterable[Register], weekday: str
) -> QuerySet[Membership]:
    """Members of these registers who are free on a weekday; who has not said is left out."""
    found = NOTHING
    for register in registers:
        asked = day_question(register.fields())
        if asked is not None:
            rule = Condition((Test(asked.key, Op.IS, weekday),))
            found |= Q(holding(rule, "values"), register=register.pk)
    return rows.filter(found)
