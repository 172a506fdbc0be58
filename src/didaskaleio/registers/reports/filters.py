"""Filters (φίλτρα) that several reports of room registers share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Value

from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.fields import GreekKeyOf
from didaskaleio.kernel.reports import Choice
from didaskaleio.registers.enums import PASSED
from didaskaleio.registers.models import Call, Candidacy
from didaskaleio.structures.models import Prefecture

LATEST = 100


def calls(actor: Actor, _at: datetime) -> list[Choice]:
    rows = access.visible(actor, "call.manage", Call.objects.filter(state__in=PASSED))
    return [(str(row.pk), f"{row} ({row.number})") for row in rows.order_by("-pk")[:LATEST]]


def within(column: str) -> Any:
    return lambda rows, value: rows.filter(**{column: value})


def named(rows: QuerySet[Candidacy], text: str) -> QuerySet[Candidacy]:
    return rows.filter(person__sort_key__contains=GreekKeyOf(Value(text.strip()[:60])))


def prefectures(_actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(row.pk), row.name) for row in Prefecture.objects.order_by("sort_key")]
