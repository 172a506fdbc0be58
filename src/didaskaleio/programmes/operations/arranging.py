"""Automatic timetable and staffing (αυτόματος σχεδιασμός; R-033): asked, computed, applied."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from didaskaleio.kernel import access, jobs, journal
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.greek import count
from didaskaleio.programmes import queries, solver
from didaskaleio.programmes.models import (
    Arrangement,
    ArrangementLine,
    Programme,
    TrainingPeriod,
)
from didaskaleio.programmes.operations import drafts
from didaskaleio.programmes.operations.arrangements import as_data, as_slots, find, give_up
from didaskaleio.programmes.queries import arranging
from didaskaleio.programmes.queries.arranging import Kept
from didaskaleio.structures.models import Region, TrainingCentre

WAITING, JOB = 3.0, 110.0  # seconds of search: for a person, for a job
WORDS = "Σχέδιο ωρολογίου και στελέχωσης"
Pins = Mapping[int, Sequence[str]]


def arrange_centre(
    period: TrainingPeriod,
    centre: TrainingCentre,
    *,
    actor: Actor,
    at: datetime,
    pins: Pins | None = None,
    seen: Arrangement | None = None,
    seconds: float = WAITING,
) -> Arrangement:
    """Σχέδιο ενός κέντρου, while the person waits; ``pins`` say what stays of each programme.

    With ``seen`` the plan on the screen is improved, not the stored one.
    """
    access.require(actor, "centre.propose", centre)
    drafts.require_window(period, at)
    rows = list(arranging.drafts(period, centre=centre)[: arranging.MOST])
    made = asked(period, rows, actor=actor, at=at, centre=centre, pins=pins or {})
    compute(made, at=at, seconds=seconds, seen=seen)
    return made


@transaction.atomic
def arrange_period(
    period: TrainingPeriod, *, actor: Actor, at: datetime, region: Region | None = None
) -> Arrangement:
    """Σχέδιο περιόδου ή περιφέρειας: a job computes it, with a bar."""
    access.require(actor, "period.manage", period)
    drafts.require_window(period, at)
    rows = list(arranging.drafts(period, region=region))
    made = asked(period, rows, actor=actor, at=at, region=region, pins={})
    title = f"{WORDS}: {region or period}"
    made.work = jobs.begin(
        "programmes.arrange",
        title[:200],
        actor=actor,
        at=at,
        total=len(rows),
        url=reverse("programmes:arrangement", args=[made.pk]),
    )
    made.save(update_fields=["work"])
    jobs.enqueue("programmes.arrange", arrangement=made.pk, at=at.isoformat())
    return made


@transaction.atomic
def asked(
    period: TrainingPeriod,
    rows: list[Programme],
    *,
    actor: Actor,
    at: datetime,
    pins: Pins,
    **where: Any,
) -> Arrangement:
    """An arrangement of these drafts as they stand, not yet computed."""
    if not rows:
        raise Refusal("Δεν υπάρχει πρόχειρη πρόταση για σχεδιασμό. Ξεκινήστε πρώτα μία πρόταση.")
    made = Arrangement.objects.create(period=period, asked_by_id=actor.person_id, at=at, **where)
    ArrangementLine.objects.bulk_create(
        ArrangementLine(
            arrangement=made,
            programme=row,
            revision=row.revision,
            pinned=[*pins.get(row.pk, ())],
            before=_stored(row),
        )
        for row in rows
    )
    many = count(len(rows), "πρόγραμμα", "προγράμματα")
    journal.write(made, f"Ζητήθηκε σχέδιο για {many}", actor=actor, at=at)
    return made


def _stored(row: Programme) -> dict[str, Any]:
    plan = queries.plan_of(row)
    return {
        "trainer": row.trainer_id,
        "room": row.room_id,
        "slots": [as_data(slot) for slot in plan.slots],
    }


def compute(
    arrangement: Arrangement,
    *,
    at: datetime,
    seconds: float,
    seen: Arrangement | None = None,
    advance: Callable[[int], None] | None = None,
) -> None:
    """Search, then tell: a plan that keeps every rule, or why there is none and what would help."""
    lines = list(arrangement.lines.select_related("programme").order_by("programme__code", "pk"))
    found = arranging.drafts(arrangement.period).filter(pk__in=[one.programme_id for one in lines])
    rows = {row.pk: row for row in found}
    lines = [line for line in lines if line.programme_id in rows]
    shown = {} if seen is None else _shown(seen)
    kept = {line.programme_id: _kept(line, shown) for line in lines}
    books = arranging.books(list(rows.values()), at, kept=kept, seen=shown)
    began = time.monotonic()
    outcome = solver.arrange(books, seconds, advance=advance)
    figures = {"seconds": round(time.monotonic() - began, 1), "programmes": len(rows)}
    with transaction.atomic():
        _keep(lines, outcome)
        figures |= {"cost": outcome.cost, "bound": outcome.bound}
        why = ([], []) if outcome.whole else _why(books, outcome)
        settle = find if outcome.planned else give_up
        settle(arrangement, actor=SYSTEM, at=at, figures=figures, why=why)


def _shown(seen: Arrangement) -> dict[int, dict[str, Any]]:
    return {
        line.programme_id: {"trainer": data["trainer"], "slots": as_slots(data)}
        for line in seen.lines.all()
        if (data := line.after or line.before)
    }


def _kept(line: ArrangementLine, shown: Mapping[int, Mapping[str, Any]]) -> Kept:
    there = shown.get(line.programme_id, {"slots": as_slots(line.before)})["slots"]
    return Kept("trainer" in line.pinned, tuple(slot for slot in there if slot.id in line.pinned))


def _keep(lines: Sequence[ArrangementLine], outcome: solver.Outcome) -> None:
    planned = {int(one.id): one for one in outcome.planned}
    for line in lines:
        if one := planned.get(line.programme_id):
            rooms = Counter(slot.room_id for slot in one.slots if slot.room_id)
            most = rooms.most_common(1)
            line.after = {
                "trainer": int(one.trainer),
                "room": int(most[0][0] or 0) if most else line.before["room"],
                "slots": [as_data(slot) for slot in one.slots],
            }
    ArrangementLine.objects.bulk_update(lines, ["after"])


def _why(books: solver.Books, outcome: solver.Outcome) -> tuple[list[str], list[str]]:
    """The conflicting rules and the repairs of the first group that is stuck, in words."""
    if not outcome.stuck:
        ids = [one for group in outcome.undecided for one in group]
        codes = ", ".join(one.code for one in books.only(*ids).programmes)
        return [f"Ο χρόνος τελείωσε χωρίς απάντηση: {codes}"], []
    part = books.only(*outcome.stuck[0])
    found = solver.explain(part)
    if found is None:
        codes = ", ".join(one.code for one in part.programmes)
        return [f"Δεν χωρούν μαζί: {codes}"], []
    if not found.rules:
        codes = ", ".join(one.code for one in part.programmes)
        return [f"Λείπει πρόσωπο ή αίθουσα για: {codes}"], [
            solver.repair_in_words(unit, part) for unit in found.repair
        ]
    return (
        [solver.rule_in_words(group, part) for group in found.rules],
        [solver.repair_in_words(unit, part) for unit in found.repair],
    )
