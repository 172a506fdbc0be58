"""What follows from a result (τοποθέτηση): ranks, places, lists, states; written set-based."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection

from didaskaleio.enrolment import draw as draws
from didaskaleio.enrolment import events
from didaskaleio.enrolment.enums import ApplicationState, ChangeKind
from didaskaleio.enrolment.lifecycle import APPLICATION
from didaskaleio.enrolment.models import (
    ParticipationApplication,
    PublicChange,
    WaitingList,
)
from didaskaleio.kernel import events as kernel_events
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.lifecycle import PERIOD, PROGRAMME
from didaskaleio.programmes.models import Programme, TrainingPeriod

PARTS = 5
RANKS = """
UPDATE enrolment_participationapplication a SET rank = x.rank, programme_id = x.programme
FROM unnest(%s::text[], %s::int[], %s::bigint[]) AS x(number, rank, programme)
WHERE a.period_id = %s AND a.number = x.number
"""


def figures(bundle: draws.Bundle, result: draws.Result) -> dict[str, Any]:
    """Αριθμοί της κλήρωσης, for the head of its page."""
    codes = [programme.id for programme in bundle.frozen.programmes]
    firsts = sum(
        1
        for number, ranked in zip(bundle.frozen.numbers, bundle.frozen.preferences, strict=True)
        if ranked and result.placements[number] == codes[ranked[0]]
    )
    placed = sum(1 for code in result.placements.values() if code is not None)
    return {
        "applications": len(result.order),
        "placed": placed,
        "first_preference": firsts,
        "waiting": len(result.order) - placed,
        "programmes": len(codes),
        "viable": sum(result.viable.values()),
    }


@PERIOD.performs("draw")
def write_result(
    period: TrainingPeriod,
    *,
    actor: Actor,
    at: datetime,
    bundle: draws.Bundle,
    result: draws.Result,
    progress: Callable[[], None],
) -> None:
    """Τα αποτελέσματα στη βάση: ranks, places, lists, programmes, applications; no row by row."""
    rows = Programme.objects.filter(period=period, state=ProgrammeState.OPEN)
    programmes = dict(rows.values_list("code", "pk"))
    del actor  # what follows from the result is the platform's own doing
    parts: tuple[Callable[[], None], ...] = (
        lambda: _settle_programmes(period, programmes, result, at),  # locked before people
        lambda: _write_ranks(period, programmes, result),
        lambda: _write_lists(bundle, programmes, result),
        lambda: _settle_applications(period, at),
        lambda: _free_withdrawn(period, at),
    )
    for write in parts:
        write()
        progress()


def _write_ranks(period: TrainingPeriod, ids: dict[str, int], result: draws.Result) -> None:
    places = [result.placements[number] for number in result.order]
    with connection.cursor() as cursor:
        cursor.execute(
            RANKS,
            [
                result.order,
                list(range(1, len(result.order) + 1)),
                [ids[code] if code else None for code in places],
                period.pk,
            ],
        )


def _write_lists(bundle: draws.Bundle, ids: dict[str, int], result: draws.Result) -> None:
    last: dict[str, int] = {}
    for rank, number in enumerate(result.order, start=1):
        code = result.placements[number]
        if code is not None:
            last[code] = rank
    WaitingList.objects.bulk_create(
        (
            WaitingList(
                programme_id=ids[programme.id],
                numbers=result.waiting[programme.id],
                last_placed_rank=last.get(programme.id),
                places=programme.capacity,
            )
            for programme in bundle.frozen.programmes
        ),
        batch_size=1_000,
    )


def _settle_programmes(
    period: TrainingPeriod, ids: dict[str, int], result: draws.Result, at: datetime
) -> None:
    drawn = Programme.objects.filter(period=period, pk__in=ids.values())
    viable = [ids[code] for code, holds in result.viable.items() if holds]
    PROGRAMME.perform_all("draw", drawn, actor=SYSTEM, at=at, state_since=at)
    PROGRAMME.perform_all(
        "reach_minimum", drawn.filter(pk__in=viable), actor=SYSTEM, at=at, state_since=at
    )
    PROGRAMME.perform_all(
        "below_minimum", drawn.exclude(pk__in=viable), actor=SYSTEM, at=at, state_since=at
    )


def _settle_applications(period: TrainingPeriod, at: datetime) -> None:
    rows = ParticipationApplication.objects.filter(period=period, in_draw=True)
    APPLICATION.perform_all("draw_place", rows.filter(programme__isnull=False), actor=SYSTEM, at=at)
    APPLICATION.perform_all("draw_wait", rows.filter(programme=None), actor=SYSTEM, at=at)


def _free_withdrawn(period: TrainingPeriod, at: datetime) -> None:
    """Who withdrew after the freeze was drawn as frozen; the place counts as freed now."""
    rows = ParticipationApplication.objects.filter(
        period=period, state=ApplicationState.WITHDRAWN, in_draw=True, programme__isnull=False
    )
    freed = list(rows.order_by("rank").values_list("pk", "number", "programme_id"))
    PublicChange.objects.bulk_create(
        PublicChange(
            period=period,
            kind=ChangeKind.WITHDRAWAL,
            number=number,
            from_programme_id=programme,
            reason="Απόσυρση μετά το πάγωμα",
            at=at,
        )
        for _, number, programme in freed
    )
    rows.update(programme=None)
    if freed:
        kernel_events.publish(events.PlacesFreed(tuple(p for _, _, p in freed), at))


def _register_bulk() -> None:
    """The set-based steps of the draw, for the house test that every step is performed."""
    APPLICATION.bulk_operations["draw_place"] = _settle_applications
    APPLICATION.bulk_operations["draw_wait"] = _settle_applications
    PROGRAMME.bulk_operations["draw"] = _settle_programmes
    PROGRAMME.bulk_operations["below_minimum"] = _settle_programmes


_register_bulk()
