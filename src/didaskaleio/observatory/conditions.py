"""Conditions of a report (φίλτρα): a column, an operator of its kind, checked values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q, Value

from didaskaleio.kernel import greek
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.fields import GreekKeyOf
from didaskaleio.observatory.columns import Chosen, resolve
from didaskaleio.observatory.errors import DefinitionError

LONGEST, MOST_VALUES = 200, 60
LARGEST = Decimal(10) ** 9
MOST_DAYS = 3_660
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 1, 1)
BLANKS = {"blank": "είναι κενό", "filled": "δεν είναι κενό"}
FIGURES = {"is": "ίσο με", "least": "τουλάχιστον", "most": "το πολύ"}
DAYS = {"from": "από", "to": "έως", "last": "τις τελευταίες ημέρες"}
OPERATORS: Mapping[str, Mapping[str, str]] = {
    "text": {"contains": "περιέχει", "is": "είναι ακριβώς", **BLANKS},
    "number": FIGURES | BLANKS,
    "hours": FIGURES | BLANKS,
    "date": DAYS | BLANKS,
    "moment": DAYS | BLANKS,
    "choice": {"among": "είναι ένα από", "apart": "δεν είναι κανένα από", **BLANKS},
    "yes": {"yes": "ναι", "no": "όχι", **BLANKS},
}
ALONE = frozenset({"blank", "filled", "yes", "no"})  # they take no value


@dataclass(frozen=True)
class Condition:
    """One filter (φίλτρο): ``values`` are as the person wrote them and have been checked."""

    column: Chosen
    operator: str
    values: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """As it is stored."""
        return {"column": self.column.key, "operator": self.operator, "values": [*self.values]}

    @property
    def whole(self) -> bool:
        """Whether it can be asked: a value is still missing otherwise."""
        return bool(self.values) or self.operator in ALONE

    def in_words(self) -> str:
        """The filter as people read it."""
        labels = self.column.choices
        dated = self.operator in {"from", "to"}
        words = [greek.short_date(_day(self))] if dated and self.values else self.values
        said = ", ".join(labels.get(one, one) for one in words)
        verb = OPERATORS[self.column.kind][self.operator]
        return " ".join(filter(None, [self.column.title, verb, f"«{said}»" if said else ""]))

    def asked(self, name: str, at: datetime) -> Q:
        """What it asks of the rows, where ``name`` is the column there."""
        if self.operator in {"blank", "filled"}:
            empty = Q(**{f"{name}__isnull": True})
            if self.column.kind in {"text", "choice"}:
                empty |= Q(**{name: ""})
            return empty if self.operator == "blank" else ~empty
        return _asked(self, name, at)


def condition(subject: str, raw: Any) -> Condition:
    """The filter that plain values state; refused where they state none."""
    if not isinstance(raw, Mapping):
        raise DefinitionError("Ένα φίλτρο δεν διαβάζεται. Αφαιρέστε το και προσθέστε το ξανά.")
    column = resolve(subject, raw.get("column", ""))
    operator = str(raw.get("operator", ""))
    if operator not in OPERATORS[column.kind]:
        raise DefinitionError(
            f"«{column.title}»: δεν υπάρχει τέτοιο φίλτρο. Διαλέξτε από τη λίστα."
        )
    given = raw.get("values", ())
    values = tuple(str(one).strip() for one in given) if isinstance(given, (list, tuple)) else ()
    values = tuple(one for one in values if one)
    if len(values) > MOST_VALUES or any(len(one) > LONGEST or "\0" in one for one in values):
        raise DefinitionError(
            f"«{column.title}»: η τιμή είναι πολύ μεγάλη. Γράψτε έως {LONGEST} χαρακτήρες."
        )
    found = Condition(column, operator, () if operator in ALONE else values)
    if found.values:
        found.asked("checked", datetime(2023, 1, 1, tzinfo=ATHENS))
    return found


def _asked(one: Condition, name: str, at: datetime) -> Q:
    kind, operator = one.column.kind, one.operator
    if kind == "text":
        key = GreekKeyOf(Value(greek.clean(one.values[0])))
        lookup = "contains" if operator == "contains" else "exact"
        return Q(**{f"{name}_key__{lookup}": key})
    if kind == "choice":
        _known(one)
        among = Q(**{f"{name}__in": one.values})
        return among if operator == "among" else ~among
    if kind == "yes":
        return Q(**{name: operator == "yes"})
    if kind in {"number", "hours"}:
        lookup = {"is": "exact", "least": "gte", "most": "lte"}[operator]
        return Q(**{f"{name}__{lookup}": _figure(one)})
    return _on_day(one, name, at)


def _known(one: Condition) -> None:
    if strange := [value for value in one.values if value not in one.column.choices]:
        raise DefinitionError(
            f"«{one.column.title}»: δεν υπάρχει τιμή «{strange[0][:40]}». Διαλέξτε από τη λίστα."
        )


def _figure(one: Condition) -> Decimal:
    try:
        found = greek.parse_decimal(one.values[0])
    except (greek.NumberFormatError, ArithmeticError) as error:
        raise DefinitionError(f"«{one.column.title}»: γράψτε έναν αριθμό, π.χ. 12,5.") from error
    if not found.is_finite() or abs(found) >= LARGEST:
        raise DefinitionError(f"«{one.column.title}»: γράψτε αριθμό κάτω από 1.000.000.000.")
    return found


def _on_day(one: Condition, name: str, at: datetime) -> Q:
    timed = one.column.kind == "moment"
    if one.operator == "last":
        day = at.astimezone(ATHENS).date() - timedelta(days=_days(one))
        return Q(**{f"{name}__gte": _begins(day, timed=timed)})
    day = _day(one)
    if one.operator == "from":
        return Q(**{f"{name}__gte": _begins(day, timed=timed)})
    if timed:
        return Q(**{f"{name}__lt": _begins(day + timedelta(days=1), timed=True)})
    return Q(**{f"{name}__lte": day})


def _begins(day: date, *, timed: bool) -> date | datetime:
    return datetime.combine(day, time.min, ATHENS) if timed else day


def _days(one: Condition) -> int:
    text = one.values[0]
    if not (text.isascii() and text.isdigit() and 0 < int(text[:9]) <= MOST_DAYS):
        raise DefinitionError(f"«{one.column.title}»: γράψτε πόσες ημέρες, από 1 έως {MOST_DAYS}.")
    return int(text)


def _day(one: Condition) -> date:
    try:
        found = date.fromisoformat(one.values[0])
    except ValueError:
        found = LAST_DAY
    if not FIRST_DAY <= found < LAST_DAY:
        raise DefinitionError(f"«{one.column.title}»: γράψτε ημερομηνία από το 1900 και μετά.")
    return found
