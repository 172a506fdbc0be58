"""A form as JSON: there and back unchanged; what cannot be read is named by its place.

Shows: R-016.
"""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.kernel.forms import exchange, soundness
from didaskaleio.kernel.forms.differences import compare
from didaskaleio.kernel.forms.exchange import UnreadableFormError
from didaskaleio.site.story.questions import CRITERIA
from tests.kernel.forms.making import definitions


@given(definitions())
def test_a_form_written_and_read_is_the_same_form(definition):
    text = json.dumps(exchange.write(definition), ensure_ascii=False)
    assert exchange.read(json.loads(text)) == definition
    assert soundness.problems(definition) == []
    assert compare(definition, definition) == []


def broken(*path, to):
    data = copy.deepcopy(CRITERIA)
    place = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return data


FIRST = ("sections", 0, "questions", 0)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ([], "αρχείο"),
        ("φόρμα", "αρχείο"),
        (broken("schema", to="other-1"), "schema"),
        (broken("cap", to=75), "cap"),
        (broken("cap", to="NaN"), "cap"),
        (broken("reference", to="31/1/2023"), "reference"),
        (broken(*FIRST, "kind", to="guess"), "sections[0].questions[0].kind"),
        (broken(*FIRST, "key", to="Ά λ"), "sections[0].questions[0].key"),
        (broken(*FIRST, "requird", to=True), "sections[0].questions[0].requird"),
        (broken(*FIRST, "required", to="yes"), "sections[0].questions[0].required"),
        (broken("sections", 0, "questions", to={}), "sections[0].questions"),
        (broken("sections", 0, "questions", 0, to=7), "sections[0].questions[0]"),
        (broken("ties", 0, to={"of": "nobody"}), "form"),
        (broken(*FIRST, "key", to="certificate"), "certificate"),
        (broken("sections", 1, "cap", to="-2"), "studies"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(data, place):
    with pytest.raises(UnreadableFormError) as refused:
        exchange.read(data)
    assert place in {problem.place for problem in refused.value.problems}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*CRITERIA, "key", "kind", "rule", "questions"]), inner)
    ),
    max_leaves=12,
)


@given(json_values)
def test_no_data_breaks_the_reader(data):
    with pytest.raises(UnreadableFormError):
        exchange.read(data)


def test_the_criteria_of_the_demonstration_are_sound():
    definition = exchange.read(CRITERIA)
    assert len(list(definition.questions())) == 15
    assert definition.scored()
