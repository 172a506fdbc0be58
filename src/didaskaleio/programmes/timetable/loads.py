"""Όρια φόρτου επιμορφωτή: hours per week, per period and per operation (πράξη)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from didaskaleio.kernel.calendar import monday_of
from didaskaleio.kernel.greek import short_date
from didaskaleio.programmes.timetable import wording
from didaskaleio.programmes.timetable.rules import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from didaskaleio.programmes.timetable.case import Case
    from didaskaleio.programmes.timetable.composition import Composition, SlotKind
    from didaskaleio.programmes.timetable.plan import Slot


@dataclass(frozen=True, slots=True)
class Load:
    """Φόρτος από τα άλλα προγράμματα: hours by week (Monday), in the period, in the operation."""

    weeks: Mapping[date, float] = field(default_factory=dict)
    period: float = 0
    operation: float = 0


def hours_of(composition: Composition, kind: SlotKind) -> int:
    """Ώρες ενός τριώρου για τον επιμορφωτή: the asynchronous hour of a session counts too."""
    asynchronous = composition.async_hours_per_session if kind.is_session else 0
    return composition.hours_of(kind) + asynchronous


def hours_by_week(composition: Composition, slots: Iterable[Slot]) -> dict[date, float]:
    """Ώρες ανά εβδομάδα: Monday → hours of the trainer."""
    found: dict[date, float] = defaultdict(float)
    for slot in slots:
        found[monday_of(slot.date)] += hours_of(composition, slot.kind)
    return dict(found)


def load_findings(case: Case) -> Iterator[Finding]:
    """What a plan asks of its trainer beyond the limits, with what others ask already."""
    if case.plan.trainer is None:
        return
    own = hours_by_week(case.plan.composition, case.plan.slots)
    yield from _weeks(case, own)
    total, numbers, load = sum(own.values()), case.parameters, case.context.trainer_load
    yield from _total(case, Rule.LOAD_PERIOD, numbers.trainer_hours_per_period, load.period + total)
    limit = numbers.trainer_hours_per_operation
    yield from _total(case, Rule.LOAD_OPERATION, limit, load.operation + total)


def _weeks(case: Case, own: dict[date, float]) -> Iterator[Finding]:
    limits = (
        (case.parameters.trainer_hours_per_week, Severity.ERROR, "όριο της δράσης"),
        (case.context.availability.hours_per_week, Severity.WARNING, "όριο που δήλωσε"),
    )
    for monday, hours in sorted(own.items()):
        held = hours + case.context.trainer_load.weeks.get(monday, 0)
        for limit, severity, whose in limits:
            if limit is None or held <= limit:
                continue
            yield Finding(
                Rule.LOAD_WEEK,
                f"Την εβδομάδα από {short_date(monday)} ο/η {_name(case)} θα είχε "
                f"{wording.hours(held)} ώρες σε όλα τα προγράμματα ({whose}: {limit}): "
                "μεταφέρετε συνάντηση σε άλλη εβδομάδα ή ορίστε άλλο πρόσωπο.",
                subject=f"{monday.isoformat()} {severity.value}",
                slots=tuple(s.id for s in case.plan.slots if monday_of(s.date) == monday),
                severity=severity,
                weight=held - limit,
            )
            break


def _total(case: Case, rule: Rule, limit: int | None, hours: float) -> Iterator[Finding]:
    if limit is None or hours <= limit:
        return
    where = "στην περίοδο" if rule is Rule.LOAD_PERIOD else "στην πράξη"
    yield Finding(
        rule,
        f"Ο/Η {_name(case)} θα είχε {wording.hours(hours)} ώρες {where} (όριο: {limit}): "
        "ορίστε άλλο πρόσωπο ή ζητήστε από τον φορέα αύξηση του ορίου.",
        weight=hours - limit,
    )


def _name(case: Case) -> str:
    return case.plan.trainer.name if case.plan.trainer else ""
