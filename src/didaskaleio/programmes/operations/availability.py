"""A trainer declares when they can teach and what they wish (δήλωση διαθεσιμότητας; R-029)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction

from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.people.models import Person
from didaskaleio.programmes.enums import WishKind
from didaskaleio.programmes.models import Availability, DaysOff, WeeklyWish

# the parts of a day that a person is asked about; meetings of the solver fit into the evening ones
PARTS = (
    (time(8), time(12)),
    (time(12), time(15)),
    (time(15), time(17, 30)),
    (time(17, 30), time(19, 45)),
    (time(19, 45), time(22)),
)
CHANGED = "Δηλώθηκε διαθεσιμότητα"
MOST_DAYS_OFF = 20


@dataclass(frozen=True)
class Declared:
    """What is declared (δήλωση): wishes by weekday and part of the day, days off, a limit."""

    wishes: Mapping[tuple[int, int], str]
    days_off: Sequence[tuple[date, date]] = ()
    hours_per_week: int | None = None
    note: str = ""


@transaction.atomic
def declare(content: Declared, *, actor: Actor, at: datetime) -> Availability:
    """Δήλωση: replaces the one before; what is not said is free. Programmes that stand stay."""
    access.require(actor, "programme.of_trainer")
    _require_order(content.days_off)
    Person.objects.select_for_update(no_key=True).get(pk=actor.person_id)
    row, _new = Availability.objects.update_or_create(
        person_id=actor.person_id,
        defaults={"hours_per_week": content.hours_per_week, "note": content.note, "at": at},
    )
    row.wishes.all().delete()
    WeeklyWish.objects.bulk_create(_wishes(row, content.wishes))
    row.days_off.all().delete()
    DaysOff.objects.bulk_create(
        DaysOff(availability=row, first=first, last=last) for first, last in content.days_off
    )
    said = [f"{day}/{part}: {wish}" for (day, part), wish in sorted(content.wishes.items())]
    off = [f"{first} – {last}" for first, last in content.days_off]
    journal.write(row, CHANGED, actor=actor, at=at, wishes=said, days_off=off)
    return row


def _require_order(days: Sequence[tuple[date, date]]) -> None:
    if len(days) > MOST_DAYS_OFF:
        raise Refusal(f"Δηλώστε έως {MOST_DAYS_OFF} διαστήματα απουσίας: ενώστε όσα εφάπτονται.")
    if any(last < first for first, last in days):
        raise Refusal("Κάθε διάστημα απουσίας τελειώνει μετά την αρχή του. Διορθώστε τις ημέρες.")


def _wishes(row: Availability, wishes: Mapping[tuple[int, int], str]) -> Iterable[WeeklyWish]:
    for (weekday, part), wish in wishes.items():
        if WishKind(wish) is not WishKind.CAN:
            start, end = PARTS[part]
            yield WeeklyWish(availability=row, weekday=weekday, start=start, end=end, wish=wish)
