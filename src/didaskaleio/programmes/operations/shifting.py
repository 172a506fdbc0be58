"""A whole week moved at once (μαζική μετακίνηση): shown first, applied and undone like a plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from didaskaleio.kernel import access
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.kernel.calendar import monday_of
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.greek import short_date
from didaskaleio.programmes import parameters, queries, timetable
from didaskaleio.programmes.models import Arrangement, ArrangementLine, Programme, TrainingPeriod
from didaskaleio.programmes.operations import drafts
from didaskaleio.programmes.operations.arrangements import as_data, find
from didaskaleio.programmes.operations.arranging import asked
from didaskaleio.programmes.queries import arranging
from didaskaleio.structures.models import TrainingCentre

MOST_WEEKS = 8


@transaction.atomic
def shift_week(
    period: TrainingPeriod,
    centre: TrainingCentre,
    *,
    actor: Actor,
    at: datetime,
    week: date,
    by: int,
) -> Arrangement:
    """Μετακίνηση εβδομάδας: the meetings of all drafts in a week, so many weeks on or back.

    Nothing moves yet: the arrangement waits for the decision, with every rule that it would break.
    """
    access.require(actor, "centre.propose", centre)
    drafts.require_window(period, at)
    if by == 0 or abs(by) > MOST_WEEKS:
        raise Refusal(f"Δώστε από 1 έως {MOST_WEEKS} εβδομάδες, πριν ή μετά.")
    monday = monday_of(week)
    rows = _held_in(period, centre, monday)
    made = asked(period, rows, actor=actor, at=at, pins={}, centre=centre)
    lines = {line.programme_id: line for line in made.lines.all()}
    broken = [words for row in rows for words in _moved(row, lines[row.pk], monday, by, at)]
    ArrangementLine.objects.bulk_update(lines.values(), ["after"])
    figures: dict[str, Any] = {"programmes": len(rows), "week": str(monday), "by": by}
    find(made, actor=SYSTEM, at=at, figures=figures, why=(broken, []))
    return made


def _held_in(period: TrainingPeriod, centre: TrainingCentre, monday: date) -> list[Programme]:
    rows = [row for row in arranging.drafts(period, centre=centre) if _in_week(row, monday)]
    if not rows:
        raise Refusal(
            f"Καμία συνάντηση πρόχειρης πρότασης την εβδομάδα από {short_date(monday)}. "
            "Επιλέξτε άλλη εβδομάδα."
        )
    return rows


def _in_week(row: Programme, monday: date) -> bool:
    return any(monday_of(slot.date) == monday for slot in row.slots.all())


def _moved(row: Programme, line: ArrangementLine, monday: date, by: int, at: datetime) -> list[str]:
    """Put the moved slots into the line; what they break and stood unbroken before, in words."""
    before = queries.plan_of(row)
    changes = [
        replace(slot, date=slot.date + timedelta(weeks=by))
        for slot in before.slots
        if monday_of(slot.date) == monday
    ]
    after = before.changed(changes)
    line.after = {**line.before, "slots": [as_data(slot) for slot in after.slots]}
    context = queries.context_of(row)
    numbers = parameters.of(row.period.action, at).timetable()
    known = {found.key for found in timetable.find(before, context, numbers)}
    return [
        f"{row.code}: {found.sentence}"
        for found in timetable.find(after, context, numbers)
        if found.key not in known
    ]
