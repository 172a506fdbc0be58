"""Συνθήκες (conditions): which questions apply to whoever gave these answers.

A question that does not apply hides what depends on it too: its answer counts as not given.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from didaskaleio.kernel.forms.definition import Condition, Definition, Kind, Op, Test, Values

EMPTY: tuple[Any, ...] = (None, "", [], {}, False)


def given(value: object) -> bool:
    """Whether there is an answer at all."""
    return value not in EMPTY


def applying(definition: Definition, values: Values) -> frozenset[str]:
    """The keys of the questions that apply, in one pass: conditions look only backwards."""
    found: set[str] = set()
    seen: dict[str, Any] = {}
    for section in definition.sections:
        if section.only_if.tests and not holds(section.only_if, seen):
            continue
        for one in section.questions:
            if one.only_if.tests and not holds(one.only_if, seen):
                continue
            found.add(one.key)
            if one.key in values:
                seen[one.key] = values[one.key]
    return frozenset(found)


def counted(definition: Definition, values: Values) -> dict[str, Any]:
    """The answers that count: to questions that apply, and not empty."""
    keys = applying(definition, values)
    return {key: value for key, value in values.items() if key in keys and given(value)}


def holds(condition: Condition, values: Values) -> bool:
    """Whether the condition holds for these answers."""
    results = (_true(test, values.get(test.question)) for test in condition.tests)
    return not condition.tests or (all(results) if condition.every else any(results))


def _true(test: Test, value: Any) -> bool:
    if not given(value):
        return False
    match test.op:
        case Op.ANSWERED:
            return True
        case Op.IS:
            return _is(value, test.value)
        case Op.IS_NOT:
            return not _is(value, test.value)
    found, wanted = amount(value), amount(test.value)
    if found is None or wanted is None:
        return False
    return found >= wanted if test.op == Op.AT_LEAST else found <= wanted


def _is(value: Any, wanted: str) -> bool:
    if isinstance(value, list):
        return wanted in value
    numbers = amount(value), amount(wanted)
    return str(value) == wanted or (None not in numbers and numbers[0] == numbers[1])


def amount(value: object) -> Decimal | None:
    """A number as it is kept, None for anything else; of a table how many rows it has."""
    if isinstance(value, list):
        return Decimal(len(value))
    if not isinstance(value, str):
        return None
    try:
        found = Decimal(value)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


OPS_OF: dict[Kind, tuple[Op, ...]] = {
    Kind.NUMBER: (Op.AT_LEAST, Op.AT_MOST, Op.IS, Op.ANSWERED),
    Kind.SCALE: (Op.AT_LEAST, Op.AT_MOST, Op.IS, Op.ANSWERED),
    Kind.TABLE: (Op.AT_LEAST, Op.AT_MOST, Op.ANSWERED),
    Kind.CHOICE: (Op.IS, Op.IS_NOT, Op.ANSWERED),
    Kind.CHOICES: (Op.IS, Op.IS_NOT, Op.ANSWERED),
}


def ops_of(kind: Kind) -> tuple[Op, ...]:
    """How an answer of this kind may be compared."""
    return OPS_OF.get(kind, (Op.ANSWERED,))
