"""Έλεγχος απαντήσεων (checking of answers): shape, range and what is still missing, in Greek."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from didaskaleio.kernel import greek
from didaskaleio.kernel.forms.conditions import amount, applying, given
from didaskaleio.kernel.forms.definition import Definition, Kind, Problem, Question, Values

LONGEST = {Kind.TEXT: 300, Kind.LONG_TEXT: 10_000}
MOST_ROWS = 50
CELL = 300
LARGEST = 10**12


def check(definition: Definition, values: Values, *, complete: bool = True) -> list[Problem]:
    """What is wrong with the answers; with ``complete`` also which required ones are missing.

    Only questions that apply are looked at: what does not apply may say anything.
    """
    keys = applying(definition, values)
    found: list[Problem] = []
    for one in definition.questions():
        if one.key not in keys:
            continue
        value = values.get(one.key)
        if given(value):
            found += [Problem(one.key, text) for text in _wrong(one, value)]
        elif complete and one.required:
            found.append(Problem(one.key, f"«{one.label}»: συμπληρώστε την απάντηση."))
    return found


def longest(one: Question) -> int:
    """The most characters of a text, or rows of a table."""
    return one.most or LONGEST.get(one.kind, MOST_ROWS)


def _wrong(one: Question, value: Any) -> list[str]:
    return [f"«{one.label}»: {text}" for text in CHECKS[one.kind](one, value)]


def _text(one: Question, value: Any) -> list[str]:
    if not isinstance(value, str):
        return ["γράψτε κείμενο."]
    limit = longest(one)
    return [f"έως {greek.number(limit)} χαρακτήρες."] if len(value) > limit else []


def _number(one: Question, value: Any) -> list[str]:
    found = amount(value) if isinstance(value, str) else None
    if found is None:
        return ["γράψτε αριθμό, με κόμμα για τα δεκαδικά."]
    if abs(found) >= LARGEST:
        return ["ο αριθμός είναι πολύ μεγάλος."]
    places = 0 if one.kind == Kind.SCALE else one.places
    exponent = found.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > places:
        return [f"έως {places} δεκαδικά." if places else "γράψτε ακέραιο αριθμό."]
    if one.low is not None and found < one.low:
        return [f"τουλάχιστον {shown(one.low)}."]
    if one.high is not None and found > one.high:
        return [f"το πολύ {shown(one.high)}."]
    return []


def shown(value: Decimal) -> str:
    """A decimal as people read it, with as many decimals as it has."""
    return greek.exact(value)


def is_date(value: Any) -> bool:
    """Whether a kept value is a day."""
    try:
        return bool(date.fromisoformat(value))
    except (TypeError, ValueError):
        return False


def _date(_one: Question, value: Any) -> list[str]:
    return [] if is_date(value) else ["δώστε ημερομηνία."]


def _choice(one: Question, value: Any) -> list[str]:
    known = isinstance(value, str) and value in {o.key for o in one.options}
    return [] if known else ["επιλέξτε από τον κατάλογο."]


def _choices(one: Question, value: Any) -> list[str]:
    known = {o.key for o in one.options}
    good = isinstance(value, list) and all(isinstance(v, str) and v in known for v in value)
    return [] if good and len(set(value)) == len(value) else ["επιλέξτε από τον κατάλογο."]


def _matrix(one: Question, value: Any) -> list[str]:
    rows, known = [o.key for o in one.lines], {o.key for o in one.options}
    if not isinstance(value, dict) or not set(value) <= set(rows):
        return ["επιλέξτε από το πλέγμα."]
    if not all(isinstance(v, str) and v in known for v in value.values()):
        return ["επιλέξτε από το πλέγμα."]
    left = [row.label for row in one.lines if row.key not in value]
    return [f"απαντήστε και για: {', '.join(left)}."] if one.required and left else []


def _table(one: Question, value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        return ["συμπληρώστε τις γραμμές του πίνακα."]
    if len(value) > longest(one):
        return [f"έως {greek.count(longest(one), 'γραμμή', 'γραμμές')}."]
    columns = {o.key for o in one.lines}
    cells = [cell for row in value for cell in row.items()]
    if any(key not in columns or not isinstance(text, str) for key, text in cells):
        return ["συμπληρώστε τις γραμμές του πίνακα."]
    if any(len(text) > CELL for _, text in cells):
        return [f"έως {CELL} χαρακτήρες σε κάθε κελί."]
    return []


def _file(one: Question, value: Any) -> list[str]:
    if not isinstance(value, dict) or not value.get("file"):
        return ["ανεβάστε το αρχείο."]
    if one.expires and not is_date(value.get("until")):
        return ["γράψτε ως πότε ισχύει το έγγραφο."]
    return []


def _consent(_one: Question, value: Any) -> list[str]:
    return [] if value is True else ["σημειώστε τη δήλωση."]


CHECKS: dict[Kind, Callable[[Question, Any], list[str]]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.SCALE: _number,
    Kind.MATRIX: _matrix,
    Kind.TABLE: _table,
    Kind.FILE: _file,
    Kind.CONSENT: _consent,
}
