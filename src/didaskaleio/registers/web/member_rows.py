"""Γραμμές των σελίδων των μελών: fields, differences, history, the rules of a search."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from didaskaleio.kernel.forms.conditions import amount, applying, ops_of
from didaskaleio.kernel.forms.definition import Condition, Definition, Op, Question, Test
from didaskaleio.kernel.forms.sheets import Group
from didaskaleio.kernel.forms.wording import OPS
from didaskaleio.kernel.greek import NumberFormatError, parse_decimal
from didaskaleio.registers.enums import Procedure, ProposalState
from didaskaleio.registers.models import ChangeProposal, FieldChange, Membership
from didaskaleio.registers.wording import said

MOST_RULES = 3
NUMERIC = frozenset({Op.AT_LEAST, Op.AT_MOST})


@dataclass(frozen=True)
class Field:
    """One field of a member: its words, what it says now, how the member changes it."""

    label: str
    value: str
    procedure: str
    way: str


@dataclass(frozen=True)
class Section:
    title: str
    fields: list[Field]


def fields_of(member: Membership) -> list[Section]:
    """The fields that apply to this member, section by section."""
    definition, register = member.register.fields(), member.register
    keys = applying(definition, member.values)
    return [
        Section(
            section.title,
            [
                Field(one.label, said(one, member.values.get(one.key)), way.label, way.value)
                for one in section.questions
                if one.key in keys
                for way in [register.procedure(one.key)]
            ],
        )
        for section in definition.sections
        if any(one.key in keys for one in section.questions)
    ]


def closed_fields(member: Membership) -> frozenset[str]:
    """The fields that only the body changes."""
    keys = (one.key for one in member.register.fields().questions())
    return frozenset(key for key in keys if member.register.procedure(key) == Procedure.BODY)


def close(groups: list[Group], keys: frozenset[str]) -> None:
    """Show these fields to be read and not written."""
    for each in (asked for group in groups for asked in group.asked):
        if each.question.key in keys:
            for bound in [*each.fields, *(cell for row in each.rows for cell in row)]:
                # a disabled field shows its first value and not what was posted
                bound.field.initial = bound.data
                bound.field.disabled = True


@dataclass(frozen=True)
class Difference:
    """A field before and after; ``moved`` when it no longer says what a proposal saw."""

    label: str
    before: str
    after: str


def differences(proposal: ChangeProposal) -> list[Difference]:
    """What a proposal asks, beside what stands; of a decided one, beside what stood."""
    member = proposal.membership
    before: dict[str, Any] = member.values
    if proposal.state == ProposalState.ACCEPTED:
        made = member.changes.filter(
            key__in=proposal.values, at__gte=proposal.at, procedure=Procedure.APPROVAL
        )
        before = before | {one.key: one.before for one in made}
    return [
        Difference(asked.label, said(asked, before.get(asked.key)), said(asked, value))
        for asked in member.register.fields().questions()
        if asked.key in proposal.values
        for value in [proposal.values[asked.key]]
    ]


@dataclass(frozen=True)
class Changed:
    change: FieldChange
    label: str
    before: str
    after: str


def history_of(member: Membership) -> list[Changed]:
    """Every change of a field, the latest first."""
    asked = {one.key: one for one in member.register.fields().questions()}
    rows = member.changes.select_related("actor", "proof")[:100]
    return [_changed(row, asked.get(row.key)) for row in rows]


def _changed(row: FieldChange, asked: Question | None) -> Changed:
    if asked is None:
        return Changed(row, row.key, str(row.before or ""), str(row.after or ""))
    return Changed(row, asked.label, said(asked, row.before), said(asked, row.after))


@dataclass(frozen=True)
class Search:
    """The rules of a search: those that hold good, as typed, and what to choose from."""

    rule: Condition
    lines: list[tuple[str, str]]
    choices: list[tuple[str, str]]
    wrong: str = ""


def rules_asked(fields: Definition, asked: Any) -> Search:
    """The rules of a page's address: pairs of ``test`` (field and comparison) and ``value``."""
    choices = list(_choices(fields))
    known = {key for key, _ in choices}
    pairs = zip(asked.getlist("test"), asked.getlist("value"), strict=False)
    lines = [(test, value.strip()[:100]) for test, value in pairs if test in known][:MOST_RULES]
    tests = [_test(test, value) for test, value in lines]
    wrong = "" if all(tests) else "Γράψτε αριθμό, με κόμμα για τα δεκαδικά."
    kept = tuple(test for test in tests if test)
    blanks = [("", "")] * (MOST_RULES - len(lines))
    return Search(Condition(kept), lines + blanks, choices, wrong)


def _choices(fields: Definition) -> Iterator[tuple[str, str]]:
    """Each comparison that a field admits: of choices one for each option."""
    for one in fields.questions():
        for op in ops_of(one.kind):
            if one.options and op != Op.ANSWERED:
                for option in one.options:
                    yield f"{one.key}|{op}|{option.key}", f"{one.label}: {OPS[op]} «{option.label}»"
            else:
                yield f"{one.key}|{op}|", f"{one.label}: {OPS[op]}"


def _test(choice: str, value: str) -> Test | None:
    key, op, option = choice.split("|")
    if option or op == Op.ANSWERED:
        return Test(key, Op(op), option)
    try:
        number = str(parse_decimal(value))
    except NumberFormatError:
        return None
    return Test(key, Op(op), number) if amount(number) is not None else None
