"""Η φόρμα με λόγια (wording): conditions and rules as Greek sentences, for whoever answers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from didaskaleio.kernel import greek
from didaskaleio.kernel.forms import units
from didaskaleio.kernel.forms.answers import shown
from didaskaleio.kernel.forms.definition import (
    Condition,
    Definition,
    Kind,
    Op,
    Question,
    Rule,
    Test,
    Tie,
    Way,
)

OPS: dict[Op, str] = {
    Op.IS: "είναι",
    Op.IS_NOT: "δεν είναι",
    Op.AT_LEAST: "είναι τουλάχιστον",
    Op.AT_MOST: "είναι το πολύ",
    Op.ANSWERED: "έχει απαντηθεί",
}
WAYS: dict[Way, str] = {
    Way.PER_UNIT: "Μόρια ανά μονάδα",
    Way.PER_OPTION: "Μόρια ανά επιλογή",
    Way.PER_YEAR: "Μόρια ανά πλήρες έτος",
    Way.BANDS: "Πίνακας τιμών",
    Way.GIVEN: "Μόρια για κάθε απάντηση",
}


def points(value: Decimal) -> str:
    """«2,5 μόρια»."""
    return f"{shown(value)} {'μόριο' if value == 1 else 'μόρια'}"


def condition(only_if: Condition, definition: Definition) -> str:
    """«Μόνο αν «Α» είναι «Β» και …»; empty where it always holds."""
    if not only_if.tests:
        return ""
    joint = " και " if only_if.every else " ή "
    return f"Μόνο αν {joint.join(_test(test, definition) for test in only_if.tests)}"


def _test(test: Test, definition: Definition) -> str:
    asked = definition.question(test.question)
    name = asked.label if asked else "ερώτηση που δεν υπάρχει"
    if test.op == Op.ANSWERED:
        return f"η ερώτηση «{name}» {OPS[test.op]}"
    return f"η απάντηση στο «{name}» {OPS[test.op]} «{_value(test.value, asked)}»"


def _value(value: str, asked: Question | None) -> str:
    named = {o.key: o.label for o in asked.options} if asked else {}
    return named.get(value, value.replace(".", ","))


def rule(one: Question) -> str:
    """«2 μόρια ανά έτος, έως 10»; empty where the question gives none."""
    if one.rule is None:
        return ""
    said = _rule(one, one.rule)
    return said if one.rule.cap is None else f"{said}, έως {points(one.rule.cap)}"


def _rule(one: Question, by: Rule) -> str:
    match by.way:
        case Way.PER_UNIT:
            return f"{points(by.rate)} ανά {units.one(one)}"
        case Way.PER_YEAR:
            return f"{points(by.rate)} ανά πλήρες έτος ως την ημερομηνία αναφοράς"
        case Way.GIVEN:
            return points(by.rate)
        case Way.PER_OPTION:
            named = {o.key: o.label for o in one.options}
            return "· ".join(f"{named.get(key, key)}: {points(p)}" for key, p in by.options)
    return "· ".join(f"από {units.measured(one, b.start)}: {points(b.points)}" for b in by.bands)


def tie(one: Tie, definition: Definition) -> str:
    """«Προηγείται όποιος/α έχει περισσότερα μόρια: …»."""
    asked = definition.question(one.of)
    section = definition.section(one.of)
    name = asked.label if asked else section.title if section else "σημείο που δεν υπάρχει"
    if not one.answer:
        return f"{'Λιγότερα' if one.lower else 'Περισσότερα'} μόρια: {name}"
    if asked and asked.kind == Kind.DATE:
        return f"{'Παλαιότερη' if one.lower else 'Νεότερη'} ημερομηνία: {name}"
    return f"{'Μικρότερη' if one.lower else 'Μεγαλύτερη'} απάντηση: {name}"


def answer(one: Question, value: object) -> str:
    """An answer as people read it."""
    named = {o.key: o.label for o in one.options}
    lines = {o.key: o.label for o in one.lines}
    match value:
        case None | "" | [] | False:
            return ""
        case True:
            return "Ναι"
        case str() if one.kind in {Kind.NUMBER, Kind.SCALE}:
            return units.measured(one, Decimal(value))
        case str() if one.kind == Kind.DATE:
            return greek.long_date(date.fromisoformat(value))
        case str():
            return named.get(value, value)
        case list() if one.kind == Kind.CHOICES:
            return ", ".join(named.get(str(each), str(each)) for each in value)
        case list():
            return "· ".join(", ".join(row.get(key, "") for key in lines) for row in value)
        case dict() if one.kind == Kind.FILE:
            return str(value.get("name", ""))
        case dict():
            return "· ".join(f"{lines.get(k, k)}: {named.get(v, v)}" for k, v in value.items())
    return str(value)
