"""Τα στοιχεία μέλους με λόγια (fields in words): an answer as a person reads it."""

from __future__ import annotations

from datetime import date
from typing import Any

from didaskaleio.kernel import greek
from didaskaleio.kernel.forms import units
from didaskaleio.kernel.forms.conditions import amount, given
from didaskaleio.kernel.forms.definition import Kind, Question


def said(asked: Question, value: Any) -> str:
    """A kept answer in words; «» where there is none. Never fails on what a form once allowed."""
    if not given(value):
        return ""
    named = {option.key: option.label for option in asked.options}
    match asked.kind:
        case Kind.CHOICE:
            return named.get(value, str(value))
        case Kind.CHOICES:
            return ", ".join(named.get(key, str(key)) for key in value)
        case Kind.MATRIX:
            return "\n".join(_lines(asked, value, named))
        case Kind.TABLE:
            return "\n".join(", ".join(filter(None, row.values())) for row in value)
        case Kind.CONSENT:
            return "Ναι"
        case Kind.DATE:
            return _day(value)
        case Kind.NUMBER | Kind.SCALE:
            return _number(asked, value)
    return str(value)


def _lines(asked: Question, value: dict[str, str], named: dict[str, str]) -> list[str]:
    rows = [(line.label, value.get(line.key)) for line in asked.lines]
    return [f"{label}: {named.get(key, key)}" for label, key in rows if key]


def _day(value: str) -> str:
    try:
        return greek.short_date(date.fromisoformat(value))
    except ValueError:
        return value


def _number(asked: Question, value: str) -> str:
    found = amount(value)
    return value if found is None else units.measured(asked, found)
