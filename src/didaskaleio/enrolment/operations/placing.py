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
)
from didaskaleio.kernel import events as kernel_events
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.kernel.among import Each, among, update_each
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.lifecycle import PERIOD, PROGRAMME
from didaskaleio.programmes.models import Programme, TrainingPeriod

PARTS = 5
LISTS = """
COPY enrolment_waitinglist
    (programme_id, numbers, next_index, last_placed_rank, places, open_in_phase_b)
FROM STDIN
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
        lambda: _draw_programmes(period, programmes, at),  # locked before people
        lambda: _settle_programmes(period, programmes, result, at),
        lambda: _settle_applications(period, programmes, result, at),
        lambda: _write_lists(bundle, programmes, result),
        lambda: _free_withdrawn(period, at),
    )
    for write in parts:
        write()
        progress()


def _write_lists(bundle: draws.Bundle, ids: dict[str, int], result: draws.Result) -> None:
    last: dict[str, int] = {}
    for rank, number in enumerate(result.order, start=1):
        code = result.placements[number]
        if code is not None:
            last[code] = rank
    with connection.cursor() as cursor, cursor.copy(LISTS) as copy:
        for programme in bundle.frozen.programmes:
            code = programme.id
            numbers = "{" + ",".join(result.waiting[code]) + "}"
            copy.write_row((ids[code], numbers, 0, last.get(code), programme.capacity, False))


def _draw_programmes(period: TrainingPeriod, ids: dict[str, int], at: datetime) -> None:
    drawn = Programme.objects.filter(among(ids.values()), period=period)
    PROGRAMME.perform_all("draw", drawn, actor=SYSTEM, at=at, state_since=at)


def _settle_programmes(
    period: TrainingPeriod, ids: dict[str, int], result: draws.Result, at: datetime
) -> None:
    drawn = Programme.objects.filter(period=period)
    viable = [ids[code] for code, holds in result.viable.items() if holds]
    filling = [ids[code] for code, holds in result.viable.items() if not holds]
    PROGRAMME.perform_all(
        "reach_minimum", drawn.filter(among(viable)), actor=SYSTEM, at=at, state_since=at
    )
    PROGRAMME.perform_all(
        "below_minimum", drawn.filter(among(filling)), actor=SYSTEM, at=at, state_since=at
    )


def _settle_applications(
    period: TrainingPeriod, ids: dict[str, int], result: draws.Result, at: datetime
) -> None:
    """Rank, place and state at once; who withdrew after the freeze gets the first two."""
    rows = ParticipationApplication.objects.filter(period=period, in_draw=True)
    known = dict(rows.values_list("number", "pk"))
    ranked = {known[number]: rank for rank, number in enumerate(result.order, start=1)}
    places = {known[number]: ids[code] for number, code in result.placements.items() if code}
    placed = rows.filter(among(places))
    waiting = rows.filter(among(ranked.keys() - places.keys()))
    each: Each = {"rank": ranked, "programme_id": places}
    moved = APPLICATION.perform_all("draw_place", placed, actor=SYSTEM, at=at, each=each)
    moved += APPLICATION.perform_all(
        "draw_wait", waiting, actor=SYSTEM, at=at, each={"rank": ranked}
    )
    rest = sorted(ranked.keys() - set(moved))
    found = {pk: places.get(pk) for pk in rest}
    update_each(ParticipationApplication, rest, {"rank": ranked, "programme_id": found})


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
    PROGRAMME.bulk_operations["draw"] = _draw_programmes
    PROGRAMME.bulk_operations["below_minimum"] = _settle_programmes


_register_bulk()
