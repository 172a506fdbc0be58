"""Ανταλλαγή φόρμας ως JSON: writing a definition, and reading one with an error for each place.

``read(write(d)) == d`` for every definition that has no problems. Decimals travel as text, so
that no reader rounds them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.forms.definition import (
    ALWAYS,
    Band,
    Condition,
    Definition,
    Kind,
    Op,
    Option,
    Problem,
    Question,
    Rule,
    Section,
    Test,
    Tie,
    Way,
)
from didaskaleio.kernel.forms.reading import Reader
from didaskaleio.kernel.forms.soundness import problems

SCHEMA = "didaskaleio-form-1"


class UnreadableFormError(Refusal):
    """A file that is not a sound form; ``problems`` says what and where."""

    def __init__(self, found: Iterable[Problem]) -> None:
        self.problems = tuple(found)
        super().__init__("Η φόρμα δεν διαβάζεται. Διορθώστε το αρχείο στα σημεία που σημειώνονται.")


# Writing ----------------------------------------------------------------------------------------


def write(definition: Definition) -> dict[str, Any]:
    """A definition as JSON data; what is at its default is left out."""
    return _lean(
        {
            "schema": SCHEMA,
            "title": definition.title,
            "intro": definition.intro,
            "reference": definition.reference and definition.reference.isoformat(),
            "cap": _text(definition.cap),
            "sections": [_section(section) for section in definition.sections],
            "ties": [
                _lean({"of": t.of, "answer": t.answer, "lower": t.lower}) for t in definition.ties
            ],
        }
    )


def _lean(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if value not in (None, "", [], {}, False, 0)}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _section(section: Section) -> dict[str, Any]:
    return _lean(
        {
            "key": section.key,
            "title": section.title,
            "help": section.help,
            "only_if": _condition(section.only_if),
            "cap": _text(section.cap),
            "questions": [question(one) for one in section.questions],
        }
    )


def question(one: Question) -> dict[str, Any]:
    """One question as JSON data."""
    return _lean(
        {
            "key": one.key,
            "kind": one.kind.value,
            "label": one.label,
            "help": one.help,
            "required": one.required,
            "only_if": _condition(one.only_if),
            "unit": one.unit,
            "unit_one": one.unit_one,
            "low": _text(one.low),
            "high": _text(one.high),
            "places": one.places,
            "most": one.most,
            "options": [{"key": o.key, "label": o.label} for o in one.options],
            "lines": [{"key": o.key, "label": o.label} for o in one.lines],
            "expires": one.expires,
            "prefill": one.prefill,
            "rule": _rule(one.rule),
        }
    )


def _condition(condition: Condition) -> dict[str, Any]:
    if not condition.tests:
        return {}
    tests = [
        _lean({"question": t.question, "op": t.op.value, "value": t.value}) for t in condition.tests
    ]
    return {"match": "all" if condition.every else "any", "tests": tests}


def _rule(rule: Rule | None) -> dict[str, Any]:
    if rule is None:
        return {}
    return {"way": rule.way.value} | _lean(
        {
            "rate": str(rule.rate) if rule.way in RATED else None,
            "cap": _text(rule.cap),
            "options": [{"key": key, "points": str(points)} for key, points in rule.options],
            "bands": [{"from": str(b.start), "points": str(b.points)} for b in rule.bands],
        }
    )


RATED = frozenset({Way.PER_UNIT, Way.PER_YEAR, Way.GIVEN})


# Reading ----------------------------------------------------------------------------------------


def read(data: Any) -> Definition:
    """The definition in JSON data; raises :class:`UnreadableFormError` with every problem."""
    reader = Reader(data)
    found = _definition(reader)
    wrong = reader.problems or problems(found)
    if wrong:
        raise UnreadableFormError(wrong)
    return found


def read_draft(data: Any) -> Definition:
    """The definition of a draft, which may still have gaps; its shape must be right."""
    reader = Reader(data)
    found = _definition(reader)
    if reader.problems:
        raise UnreadableFormError(reader.problems)
    return found


def _definition(r: Reader) -> Definition:
    if r.word("schema") != SCHEMA:
        r.wrong("schema", f"αναμένεται «{SCHEMA}».")
    r.only("schema", "title", "intro", "reference", "cap", "sections", "ties")
    return Definition(
        title=r.text("title", 300),
        intro=r.text("intro", 4_000),
        reference=_day(r, "reference"),
        cap=r.decimal("cap"),
        sections=tuple(_read_section(row) for row in r.rows("sections", 60)),
        ties=tuple(
            Tie(t.word("of"), t.flag("answer"), t.flag("lower")) for t in r.rows("ties", 20)
        ),
    )


def _day(r: Reader, name: str) -> date | None:
    given = r.word(name)
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        r.wrong(name, "γράψτε ημερομηνία ως ΕΕΕΕ-ΜΜ-ΗΗ.")
        return None


def _read_section(r: Reader) -> Section:
    r.only("key", "title", "help", "only_if", "cap", "questions")
    return Section(
        key=r.key("key"),
        title=r.text("title", 300),
        help=r.text("help", 2_000),
        only_if=_read_condition(r.inner("only_if")),
        cap=r.decimal("cap"),
        questions=tuple(_read_question(row) for row in r.rows("questions", 200)),
    )


def _read_question(r: Reader) -> Question:
    r.only(*(slot for slot in Question.__slots__))
    rule = r.inner("rule")
    return Question(
        key=r.key("key"),
        kind=r.among("kind", Kind, Kind.TEXT),
        label=r.text("label", 500),
        help=r.text("help", 2_000),
        required=r.flag("required"),
        only_if=_read_condition(r.inner("only_if")),
        unit=r.text("unit", 40),
        unit_one=r.text("unit_one", 40),
        low=r.decimal("low"),
        high=r.decimal("high"),
        places=r.whole("places", 6),
        most=r.whole("most", 100_000),
        options=_options(r, "options"),
        lines=_options(r, "lines"),
        expires=r.flag("expires"),
        prefill=r.text("prefill", 60),
        rule=_read_rule(rule) if rule.data else None,
    )


def _options(r: Reader, name: str) -> tuple[Option, ...]:
    return tuple(Option(o.key("key"), o.text("label", 300)) for o in r.rows(name, 200))


def _read_condition(r: Reader) -> Condition:
    if not r.data:
        return ALWAYS
    r.only("match", "tests")
    match = r.word("match") or "all"
    if match not in {"all", "any"}:
        r.wrong("match", "γράψτε all ή any.")
    tests = tuple(
        Test(t.word("question"), t.among("op", Op, Op.ANSWERED), t.text("value", 300))
        for t in r.rows("tests", 20)
    )
    return Condition(tests, match == "all") if tests else ALWAYS


def _read_rule(r: Reader) -> Rule:
    r.only("way", "rate", "cap", "options", "bands")
    zero = Decimal(0)
    options = r.rows("options", 200)
    bands = r.rows("bands", 100)
    return Rule(
        way=r.among("way", Way, Way.GIVEN),
        rate=r.decimal("rate") or zero,
        cap=r.decimal("cap"),
        options=tuple((o.word("key"), o.decimal("points") or zero) for o in options),
        bands=tuple(Band(b.decimal("from") or zero, b.decimal("points") or zero) for b in bands),
    )
