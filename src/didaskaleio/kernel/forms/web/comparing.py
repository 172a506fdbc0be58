"""Συνθήκες στη σύνταξη (conditions in the composer): comparisons as rows, and back."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from didaskaleio.kernel.forms import wording
from didaskaleio.kernel.forms.conditions import ops_of
from didaskaleio.kernel.forms.definition import (
    ALWAYS,
    Condition,
    Definition,
    Op,
    Question,
    Test,
)
from didaskaleio.kernel.forms.web.fields import GreekDecimal, SpareChoice

LONGEST = 60


class TestForm(forms.Form):
    """One comparison of a condition."""

    __test__ = False
    test = SpareChoice(label="Απάντηση σε προηγούμενη ερώτηση")
    value = GreekDecimal(label="Αριθμός", spare=True)

    def __init__(self, *args: Any, choices: Sequence[Any] = (), **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["test"] = SpareChoice(label="Απάντηση σε προηγούμενη ερώτηση", choices=choices)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        parts = (given.get("test") or "").split("|")
        if len(parts) == 3 and parts[1] in NUMERIC and not parts[2] and given.get("value") is None:  # noqa: PLR2004
            self.add_error("value", "Γράψτε τον αριθμό της σύγκρισης.")
        return given


NUMERIC = {Op.AT_LEAST.value, Op.AT_MOST.value, Op.IS.value}
Tests = formset_factory(TestForm, extra=2, max_num=10, absolute_max=10)


def choices_before(definition: Definition, before: str, home: str = "") -> list[Any]:
    """Every comparison with a question that stands before the part ``before``, by question.

    A new question has no key yet: it will stand at the end of section ``home``.
    """
    found: list[Any] = [("", "–")]
    for section in definition.sections:
        if section.key == before:
            break
        for one in section.questions:
            if one.key == before:
                return found
            found.append((one.label, _tests_of(one)))
        if section.key == home:
            break
    return found


def _tests_of(one: Question) -> list[tuple[str, str]]:
    found, name = [], one.label if len(one.label) <= LONGEST else f"{one.label[:LONGEST]}…"
    for op in ops_of(one.kind):
        if one.options and op in {Op.IS, Op.IS_NOT}:
            said = [(o.key, f"{name}: {wording.OPS[op]} {o.label}") for o in one.options]
        else:
            said = [("", f"{name}: {wording.OPS[op]}")]
        found += [(f"{one.key}|{op}|{value}", words) for value, words in said]
    return found


def shown_tests(condition: Condition) -> list[dict[str, Any]]:
    """The tests of a condition as their forms show them."""
    found = []
    for test in condition.tests:
        number = test.op in {Op.AT_LEAST, Op.AT_MOST} or (
            test.op == Op.IS and _is_number(test.value)
        )
        value = Decimal(test.value) if number and test.value else None
        found.append(
            {"test": f"{test.question}|{test.op}|{'' if number else test.value}", "value": value}
        )
    return found


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).lstrip("-").isdecimal()


def condition_of(forms_of_tests: BaseFormSet[Any], match: str) -> Condition:
    """The condition that was typed."""
    tests = []
    for row in forms_of_tests.cleaned_data:
        if row.get("test"):
            question, op, value = row["test"].split("|")
            number = "" if row.get("value") is None else str(row["value"])
            tests.append(Test(question, Op(op), value or ("" if op == Op.ANSWERED else number)))
    return Condition(tuple(tests), match != "any") if tests else ALWAYS
