"""The composer's edits: nothing is lost by moving, copies are independent, gaps are named."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.kernel.errors import OvertakenError
from didaskaleio.kernel.forms import editing, soundness, wording
from didaskaleio.kernel.forms.definition import (
    Condition,
    Definition,
    Kind,
    Op,
    Option,
    Question,
    Rule,
    Section,
    Test,
    Way,
)
from didaskaleio.kernel.forms.differences import compare
from didaskaleio.kernel.forms.editing import GonePartError
from didaskaleio.kernel.forms.marks import mark, unless_changed
from tests.kernel.forms.making import definitions

YES = (Option("o1", "Ναι"), Option("o2", "Όχι"))
FORM = Definition(
    "Φόρμα",
    sections=(
        Section("s1", "Πρώτη", questions=(
            Question("q1", Kind.CHOICE, "Έχετε πείρα;", options=YES),
            Question("q2", Kind.NUMBER, "Πόσα έτη;", unit="έτος",
                     only_if=Condition((Test("q1", Op.IS, "o1"),)),
                     rule=Rule(Way.PER_UNIT, Decimal("0.5"), Decimal(6))),
        )),
        Section("s2", "Δεύτερη", questions=(Question("q3", Kind.TEXT, "Σχόλιο"),)),
    ),
)  # fmt: skip


def keys(definition):
    return [[q.key for q in s.questions] for s in definition.sections]


def said(definition):
    return [problem.text for problem in soundness.problems(definition)]


@given(definitions(), st.data())
def test_moving_loses_no_question_and_repeats_none(definition, data):
    every = [q.key for q in definition.questions()]
    for _ in range(4):
        key = data.draw(st.sampled_from(every))
        definition = editing.move(definition, key, data.draw(st.sampled_from([-1, 1])))
    assert sorted(q.key for q in definition.questions()) == sorted(every)


def test_a_question_moves_within_its_section_and_on_into_the_next():
    down = editing.move(FORM, "q1", 1)
    assert keys(down) == [["q2", "q1"], ["q3"]]
    assert keys(editing.move(down, "q1", 1)) == [["q2"], ["q1", "q3"]]
    assert keys(editing.move(FORM, "q3", -1)) == [["q1", "q2", "q3"], []]
    assert editing.move(FORM, "q1", -1) == FORM
    assert keys(editing.move(FORM, "s2", -1)) == [["q3"], ["q1", "q2"]]


def test_a_question_moved_before_what_its_condition_asks_keeps_the_form_from_publication():
    assert said(FORM) == []
    assert said(editing.move(FORM, "q2", -1)) == [
        "Η συνθήκη αφορά ερώτηση που δεν προηγείται. Αλλάξτε τη σειρά ή τη συνθήκη."
    ]


def test_a_copied_section_asks_its_own_questions():
    copied = editing.copy(FORM, "s1")
    assert keys(copied) == [["q1", "q2"], ["q4", "q5"], ["q3"]]
    assert copied.question("q5").only_if.tests[0].question == "q4"
    assert said(copied) == []
    assert keys(editing.copy(FORM, "q1")) == [["q1", "q4", "q2"], ["q3"]]


def test_what_is_dropped_is_gone_and_what_asked_it_is_named():
    dropped = editing.drop(FORM, "q1")
    assert keys(dropped) == [["q2"], ["q3"]]
    assert len(said(dropped)) == 1
    assert keys(editing.drop(FORM, "s1")) == [["q3"]]
    with pytest.raises(GonePartError):
        editing.drop(dropped, "q1")
    with pytest.raises(GonePartError):
        editing.move(FORM, "q9", 1)


def test_an_edit_of_a_part_that_changed_meanwhile_is_refused_and_of_another_is_not():
    mine = replace(FORM.question("q1"), label="Άλλη")
    put = unless_changed(lambda d: editing.put_question(d, mine, "s1"), "q1", mark(FORM, "q1"))
    theirs = editing.put_question(FORM, replace(FORM.question("q3"), label="Γνώμη"), "s2")
    assert put(theirs).question("q1").label == "Άλλη"
    assert put(theirs).question("q3").label == "Γνώμη"
    with pytest.raises(OvertakenError):
        put(editing.put_question(FORM, replace(FORM.question("q1"), help="Ολόκληρα"), "s1"))


def test_conditions_and_rules_are_read_as_sentences():
    assert wording.condition(FORM.question("q2").only_if, FORM) == (
        "Μόνο αν η απάντηση στο «Έχετε πείρα;» είναι «Ναι»"
    )
    assert wording.rule(FORM.question("q2")) == "0,5 μόρια ανά έτος, έως 6 μόρια"


def test_differences_name_what_was_added_taken_out_changed_and_moved():
    new = editing.drop(FORM, "q3")
    new = editing.put_question(new, Question("q7", Kind.DATE, "Από πότε;"), "s2")
    new = editing.put_question(new, replace(new.question("q1"), required=True), "s1")
    found = {(c.what, c.name): c.facts for c in compare(FORM, new)}
    assert found[("Άλλαξε", "Έχετε πείρα;")] == (("Υποχρεωτική", "όχι", "ναι"),)
    assert ("Προστέθηκε", "Από πότε;") in found
    assert ("Αφαιρέθηκε", "Σχόλιο") in found
    moved = compare(FORM, editing.move(FORM, "q2", -1))
    assert {c.what for c in moved} == {"Μετακινήθηκε"}
