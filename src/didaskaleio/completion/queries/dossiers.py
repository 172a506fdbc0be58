"""Dossiers of programmes (φάκελοι): completeness of many, who is waited for in one; packs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet, Value

from didaskaleio.completion.enums import PackState
from didaskaleio.completion.models import Pack
from didaskaleio.kernel import dossiers
from didaskaleio.kernel.dossiers import Listed, Part
from didaskaleio.kernel.fields import GreekKeyOf
from didaskaleio.programmes.dossiers import PROGRAMME
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.models import Programme
from didaskaleio.structures.models import FundedProject

KEPT = (
    ProgrammeState.RUNNING,
    ProgrammeState.SUSPENDED,
    ProgrammeState.COMPLETED,
    ProgrammeState.DOCUMENTED,
)
OVER = (ProgrammeState.COMPLETED, ProgrammeState.DOCUMENTED)


@dataclass(frozen=True)
class Awaited:
    """Of whom documents are awaited (ποιος περιμένει ποιον): how many, the oldest since when."""

    whom: str
    documents: int
    since: datetime | None


def programmes() -> QuerySet[Programme]:
    """Programmes that have a dossier: those that run or are over."""
    rows = Programme.objects.filter(state__in=KEPT).select_related(
        "period__action__body", "centre", "cluster", "trainer"
    )
    return rows.order_by("-period__first_day", "code", "pk")


def completeness(rows: QuerySet[Programme], at: datetime) -> QuerySet[Programme]:
    """The programmes with how many documents they owe and how many of them are missing."""
    return dossiers.counted(rows, at)


def narrowed(rows: QuerySet[Any], view: str) -> QuerySet[Any]:
    """Of rows with their completeness, those that lack something, or those that are whole."""
    if view == "missing":
        return rows.filter(missing__gt=0).order_by("-missing", "code", "pk")
    return rows.filter(missing=0) if view == "whole" else rows


def named(rows: QuerySet[Programme], text: str) -> QuerySet[Programme]:
    """Programmes by code, or by any part of the name of their centre."""
    for word in text.replace("\0", "").split()[:5]:
        key = GreekKeyOf(Value(word))
        rows = rows.filter(Q(centre__sort_key__contains=key) | Q(code__istartswith=word))
    return rows


def parts() -> list[Part]:
    """The parts of the dossier of a programme."""
    return dossiers.of(PROGRAMME)


def awaited(listed: Iterable[Listed]) -> list[Awaited]:
    """Who is waited for, whoever owes longest first."""
    held: dict[str, list[datetime | None]] = {}
    for each in listed:
        for entry in each.missing:
            held.setdefault(entry.waits_for, []).append(entry.since)
    found = [
        Awaited(whom, len(since), min((s for s in since if s), default=None))
        for whom, since in held.items()
    ]
    return sorted(found, key=lambda one: (one.since is None, one.since, one.whom))


def packs() -> QuerySet[Pack]:
    """Packs with what a row of a list shows, the newest first."""
    return Pack.objects.select_related(
        "body", "project", "programme__period", "by", "work", "manifest", "document__file"
    ).order_by("-pk")


def standing_packs(programme: Programme) -> QuerySet[Pack]:
    """The packs of one programme that are made or may be given."""
    return packs().filter(programme=programme).exclude(state=PackState.LAPSED)


def key_of(programme: Programme) -> str:
    """By what a programme is known in samples and in the paths of a pack."""
    return f"{programme.period.code}/{programme.code}"


def auditable(project: FundedProject) -> QuerySet[Programme]:
    """The programmes of a funded project that are over: what a sample is drawn from."""
    rows = Programme.objects.filter(period__action__project=project, state__in=OVER)
    return rows.select_related("period").order_by(F("period__code"), "code", "pk")
