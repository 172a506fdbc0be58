"""Acceptance (παραλαβή): what waits for a committee, what minutes say, who has signed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from didaskaleio.finance.amounts import ZERO
from didaskaleio.finance.enums import MinutesState, WorkState
from didaskaleio.finance.models import Committee, CommitteeMember, Minutes, MinutesItem, WorkLine
from didaskaleio.finance.queries.work import lines
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Post


@dataclass(frozen=True)
class Seat:
    """One member under minutes (θέση μέλους): signed or awaited."""

    member: CommitteeMember
    signed: bool


def minutes_list() -> QuerySet[Minutes]:
    """Minutes with what a row of a list shows."""
    rows = Minutes.objects.select_related("committee__action", "document__file")
    return rows.annotate(
        size=Count("items", distinct=True), signed=Count("signatures", distinct=True)
    ).order_by("-pk")


def committees() -> QuerySet[Committee]:
    return Committee.objects.select_related("action").order_by("-valid_from", "pk")


def items_of(minutes: Minutes) -> QuerySet[MinutesItem]:
    """The lines of minutes in order of payee and day."""
    rows = minutes.items.select_related(
        "line__payee__person", "line__payee__centre", "line__programme", "line__rate"
    )
    return rows.order_by("line__payee__person__sort_key", "line__payee_id", "line__worked_on", "pk")


def seats_of(minutes: Minutes) -> list[Seat]:
    """Every member of the committee, signed or not."""
    signed = set(minutes.signatures.values_list("person_id", flat=True))
    members = minutes.committee.members.select_related("person")
    return [Seat(member, member.person_id in signed) for member in members]


def digest_of(minutes: Minutes) -> str:
    """What the members sign: every line with its quantity, rate, amount and verdict."""
    rows = minutes.items.order_by("line_id").values_list(
        "line_id", "line__counted", "line__price", "line__amount", "refusal"
    )
    told = json.dumps([[str(cell) for cell in row] for row in rows], ensure_ascii=False)
    return hashlib.sha256(f"{minutes.pk}|{told}".encode()).hexdigest()


def totals(minutes: Minutes) -> dict[str, Decimal]:
    """Amounts taken over and refused."""
    found = minutes.items.aggregate(
        accepted=Sum("line__amount", filter=Q(refusal="")),
        refused=Sum("line__amount", filter=~Q(refusal="")),
    )
    return {name: amount or ZERO for name, amount in found.items()}


def examinable(committee: Committee, day: date) -> QuerySet[WorkLine]:
    """Lines of the action that this committee may take over: nobody's own, nobody's centre's."""
    mine = committee.members.values("person_id")
    centres = Post.objects.filter(
        person__in=mine, role=Role.CENTRE_MANAGER, scope=Scope.CENTRE
    ).filter(Q(valid_until=None) | Q(valid_until__date__gte=day))
    rows = lines().filter(action=committee.action_id, state=WorkState.DUE)
    rows = rows.exclude(payee__person__in=mine)
    return rows.exclude(payee__centre__in=centres.values("scope_id")).order_by("worked_on", "pk")


def to_sign(person_id: int) -> QuerySet[Any]:
    """Minutes that wait for this member's signature."""
    rows = minutes_list().filter(state=MinutesState.SIGNING, committee__members__person=person_id)
    return rows.exclude(signatures__person=person_id)
