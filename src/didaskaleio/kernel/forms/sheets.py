"""Φύλλο απαντήσεων στην οθόνη (a sheet on the screen): questions as fields of the house.

The public piece for rooms: :func:`filled` makes what ``kernel/forms/questions.html`` shows, and
:func:`told` reads what comes back as answers in the form in which they are kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField

from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.forms import units, wording
from didaskaleio.kernel.forms.answers import is_date, longest, shown
from didaskaleio.kernel.forms.conditions import applying, given
from didaskaleio.kernel.forms.definition import (
    Definition,
    Kind,
    Problem,
    Question,
    Section,
    Values,
)
from didaskaleio.kernel.forms.totals import Tally, tally
from didaskaleio.kernel.greek import NumberFormatError, parse_decimal

__all__ = ["Asked", "Group", "Tally", "chosen", "filled", "tally", "told", "untils", "upload_name"]
Kept = Sequence[tuple[str, str]]
SPARE_ROWS = 2
DAY = {"type": "date"}


@dataclass(frozen=True)
class Asked:
    """One question as the page shows it."""

    question: Question
    fields: list[BoundField]
    rows: list[list[BoundField]]
    applies: bool
    rule: str
    only_if: str
    paper: Mapping[str, Any]


@dataclass(frozen=True)
class Group:
    """One section as the page shows it; ``applies`` when any of its questions does."""

    section: Section
    asked: list[Asked]
    applies: bool


def _name(key: str, *more: object) -> str:
    return "-".join(["a", key, *(str(part) for part in more)])


# From the page ----------------------------------------------------------------------------------


def told(definition: Definition, posted: Any) -> dict[str, Any]:
    """The answers in a posted page, as they are kept; a number that is none stays as typed.

    What the page does not send counts as emptied; so a page that did not arrive whole, its last
    field missing, is refused.
    """
    if not posted.get("whole"):
        raise Refusal("Η σελίδα δεν έφτασε ολόκληρη και δεν άλλαξε τίποτε. Δοκιμάστε ξανά.")
    return {one.key: _told(one, posted) for one in definition.questions() if one.kind != Kind.FILE}


def untils(definition: Definition, posted: Any) -> dict[str, str]:
    """The last days of validity of files in a posted page."""
    papers = [one for one in definition.questions() if one.kind == Kind.FILE and one.expires]
    typed = {one.key: posted.get(_name(one.key, "until"), "") for one in papers}
    return {key: day if is_date(day) else "" for key, day in typed.items()}


def upload_name(key: str) -> str:
    """The name under which the page sends the file of a question."""
    return _name(key)


def chosen(definition: Definition, posted: Any) -> dict[str, str]:
    """The files chosen among those kept before, by question; empty where none is."""
    names = {o.key: _name(o.key, "kept") for o in definition.questions() if o.kind == Kind.FILE}
    return {key: posted.get(name, "") for key, name in names.items() if name in posted}


def _told(one: Question, posted: Any) -> Any:
    name = _name(one.key)
    match one.kind:
        case Kind.CHOICES:
            return [value for value in dict.fromkeys(posted.getlist(name)) if value]
        case Kind.MATRIX:
            pairs = {line.key: posted.get(_name(one.key, line.key), "") for line in one.lines}
            return {key: value for key, value in pairs.items() if value}
        case Kind.TABLE:
            return _table(one, posted)
        case Kind.CONSENT:
            return bool(posted.get(name))
        case Kind.NUMBER | Kind.SCALE:
            return _number(posted.get(name, "").strip())
    return str(posted.get(name, "")).replace("\r\n", "\n").replace("\0", "").strip()


def _number(text: str) -> str:
    try:
        return str(parse_decimal(text)) if text else ""
    except NumberFormatError:
        return text


def _table(one: Question, posted: Any) -> list[dict[str, str]]:
    found = []
    for n in range(longest(one)):
        cells = {
            o.key: posted.get(_name(one.key, n, o.key), "").replace("\0", "").strip()
            for o in one.lines
        }
        if any(cells.values()):
            found.append(cells)
    return found


# To the page ------------------------------------------------------------------------------------


def filled(
    definition: Definition,
    values: Values,
    problems: list[Problem] | None = None,
    kept: Kept = (),
) -> tuple[forms.Form, list[Group]]:
    """The form (for its error summary) and its sections, with ``values`` in the fields.

    ``kept`` are files that the person has given before (key, words): each question that asks for
    a file offers them beside a new one, see :func:`chosen`.
    """
    form = _form(definition, values, kept)
    keys = applying(definition, values)
    for problem in problems or []:
        asked = definition.question(problem.place)
        if asked is not None:
            form.add_error(_first(asked), problem.text)
    fields = {
        one.key: list(_fields(one, values.get(one.key), kept)) for one in definition.questions()
    }
    return form, [
        _group(section, form, definition, values, keys, fields) for section in definition.sections
    ]


def _group(
    section: Section,
    form: Any,
    definition: Definition,
    values: Values,
    keys: frozenset[str],
    fields: Mapping[str, list[str]],
) -> Group:
    asked = [
        _asked(one, form, definition, values, keys, fields[one.key]) for one in section.questions
    ]
    return Group(section, asked, any(each.applies for each in asked))


def _asked(
    one: Question,
    form: Any,
    definition: Definition,
    values: Values,
    keys: frozenset[str],
    names: list[str],
) -> Asked:
    bound = [form[name] for name in names]
    wide = len(one.lines) if one.kind == Kind.TABLE else 0
    paper = values.get(one.key) if one.kind == Kind.FILE else None
    return Asked(
        question=one,
        fields=[] if wide else bound,
        rows=[bound[n : n + wide] for n in range(0, len(bound), wide)] if wide else [],
        applies=one.key in keys,
        rule=wording.rule(one),
        only_if=wording.condition(one.only_if, definition),
        paper=paper or {},
    )


def _form(definition: Definition, values: Values, kept: Kept) -> forms.Form:
    form = forms.Form({}, auto_id="%s")
    data: dict[str, Any] = {}
    for one in definition.questions():
        for name, (field, value) in _fields(one, values.get(one.key), kept).items():
            form.fields[name] = field
            data[name] = value
    form.data = data
    form.cleaned_data = {}
    form._errors = forms.utils.ErrorDict()  # type: ignore[attr-defined]  # noqa: SLF001 - answers are checked by their own core
    return form


def _first(one: Question) -> str:
    return next(iter(_fields(one, None)))


def _fields(one: Question, value: Any, kept: Kept = ()) -> dict[str, tuple[forms.Field, Any]]:
    """The fields of one question by name, each with its value."""
    match one.kind:
        case Kind.MATRIX:
            held = value if isinstance(value, dict) else {}
            return {
                _name(one.key, line.key): (_radio(one, line.label), held.get(line.key, ""))
                for line in one.lines
            }
        case Kind.TABLE:
            return _cells(one, value if isinstance(value, list) else [])
        case Kind.FILE:
            return _paper(one, value if isinstance(value, dict) else {}, kept)
    return {_name(one.key): (_field(one), _typed(one, value))}


def _typed(one: Question, value: Any) -> Any:
    if one.kind == Kind.NUMBER and isinstance(value, str):
        try:
            return shown(Decimal(value)) if value else ""
        except ArithmeticError:
            return value
    return value if given(value) else ([] if one.kind == Kind.CHOICES else "")


def _field(one: Question) -> forms.Field:
    common: dict[str, Any] = {"label": one.label, "help_text": one.help, "required": one.required}
    pairs = [(o.key, o.label) for o in one.options]
    match one.kind:
        case Kind.LONG_TEXT:
            return forms.CharField(widget=forms.Textarea({"maxlength": longest(one)}), **common)
        case Kind.NUMBER:
            common["label"] = f"{one.label} ({units.many(one)})" if one.unit else one.label
            attrs = {"inputmode": "decimal", "class": "d-input--short"}
            return forms.CharField(widget=forms.TextInput(attrs), **common)
        case Kind.DATE:
            return forms.CharField(
                widget=forms.DateInput(DAY | {"class": "d-input--short"}), **common
            )
        case Kind.CHOICE:
            return forms.ChoiceField(widget=forms.RadioSelect, choices=pairs, **common)
        case Kind.CHOICES:
            return forms.MultipleChoiceField(
                widget=forms.CheckboxSelectMultiple, choices=pairs, **common
            )
        case Kind.SCALE:
            return forms.ChoiceField(widget=forms.RadioSelect, choices=_steps(one), **common)
        case Kind.CONSENT:
            return forms.BooleanField(**common)
    return forms.CharField(widget=forms.TextInput({"maxlength": longest(one)}), **common)


def _steps(one: Question) -> list[tuple[str, str]]:
    low, high = int(one.low or 0), int(one.high or 0)
    return [(str(n), units.measured(one, Decimal(n))) for n in range(low, min(high, low + 10) + 1)]


def _radio(one: Question, label: str) -> forms.Field:
    pairs = [(o.key, o.label) for o in one.options]
    return forms.ChoiceField(
        label=label, choices=pairs, widget=forms.RadioSelect, required=one.required
    )


def _cells(one: Question, rows: list[dict[str, str]]) -> dict[str, tuple[forms.Field, Any]]:
    many = min(longest(one), len(rows) + SPARE_ROWS)
    return {
        _name(one.key, n, column.key): (
            forms.CharField(label=column.label, required=one.required and n == 0),
            rows[n].get(column.key, "") if n < len(rows) else "",
        )
        for n in range(many)
        for column in one.lines
    }


def _paper(one: Question, value: dict[str, str], kept: Kept) -> dict[str, tuple[forms.Field, Any]]:
    paper = forms.FileField(label=one.label, help_text=one.help, required=one.required)
    found: dict[str, tuple[forms.Field, Any]] = {_name(one.key): (paper, None)}
    if kept:
        known = forms.ChoiceField(
            label=f"{one.label}: από όσα έχετε ήδη ανεβάσει",
            choices=[("", "Κανένα"), *kept],
            required=False,
        )
        found[_name(one.key, "kept")] = (known, value.get("file", ""))
    if one.expires:
        until = forms.CharField(
            label="Ισχύει έως",
            required=one.required,
            widget=forms.DateInput(DAY | {"class": "d-input--short"}),
        )
        found[_name(one.key, "until")] = (until, value.get("until", ""))
    return found
