"""What an officer may ask: only what rooms declare, so much and no more, refused in Greek.

Shows: R-079.
"""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.kernel import subjects
from didaskaleio.kernel.subjects import Field, Subject, Way
from didaskaleio.observatory.definition import parse, plain
from didaskaleio.observatory.errors import DefinitionError
from didaskaleio.structures.models import School

APPLICATIONS = "enrolment.applications"


def asked(**more):
    return {"subject": APPLICATIONS, "columns": ["number"], **more}


def only(column, operator, *values):
    return [{"column": column, "operator": operator, "values": list(values)}]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"subject": "nothing", "columns": ["number"]}, "Δεν υπάρχει τέτοιο θέμα"),
        (asked(columns=["password"]), "Δεν υπάρχει στήλη «password»"),
        (asked(columns=["person__password"]), "Δεν υπάρχει στήλη"),
        (asked(columns=["number; DROP TABLE people_person"]), "Δεν υπάρχει στήλη"),
        (asked(columns=["number", "number"]), "δύο φορές"),
        (asked(columns=[f"c{n}" for n in range(21)]), "έως 20 στήλες"),
        (asked(columns=[]), "Διαλέξτε μία στήλη"),
        (asked(columns="number"), "δεν διαβάζεται"),
        ("SELECT 1", "δεν διαβάζεται"),
        (asked(filters=["1=1"]), "Ένα φίλτρο δεν διαβάζεται"),
        (asked(filters=only("number", "regex", "(a+)+$")), "δεν υπάρχει τέτοιο φίλτρο"),
        (asked(filters=only("number", "is", "Ω" * 201)), "πολύ μεγάλη"),
        (asked(filters=only("number", "is", "\0")), "πολύ μεγάλη"),
        (asked(filters=only("state", "among", "nowhere")), "δεν υπάρχει τιμή «nowhere»"),
        (asked(filters=only("submitted_at", "from", "31/2/2023")), "γράψτε ημερομηνία"),
        (asked(filters=only("submitted_at", "last", "9" * 30)), "γράψτε πόσες ημέρες"),
        (asked(filters=only("waiting", "least", "9" * 30)), "κάτω από 1.000.000.000"),
        (asked(filters=only("waiting", "least", "πολλά")), "γράψτε έναν αριθμό"),
        (asked(groups=["submitted_at"]), "ανά μήνα ή έτος"),
        (asked(groups=["state@month"]), "ανά μήνα ή έτος"),
        (asked(groups=["state"], measures=["sum:state"]), "μόνο από στήλες με αριθμούς"),
        (asked(groups=["state"], measures=["evil:waiting"]), "μόνο από στήλες με αριθμούς"),
        (asked(measures=["sum:waiting"]), "χρειάζονται ομαδοποίηση"),
        (asked(chart="pie"), "Δεν υπάρχει τέτοιο γράφημα"),
        (asked(columns=["teacher.employment"]), "ευαίσθητο στοιχείο"),
        (asked(filters=only("teacher.employment", "among", "hourly")), "ευαίσθητο στοιχείο"),
        (asked(columns=["programme.teacher.a.b.number"]), "Δεν υπάρχει στήλη|έως 3 συνδέσεις"),
    ],
)
def test_what_is_not_offered_is_refused_with_what_to_do(raw, said):
    with pytest.raises(DefinitionError, match=said) as refused:
        parse(raw)
    assert str(refused.value).endswith(".")


@pytest.fixture
def circle(monkeypatch):
    """Two subjects, each a way from the other."""
    made = dict(subjects.known)
    monkeypatch.setattr(subjects, "known", made)
    for here, there in (("toys.a", "toys.b"), ("toys.b", "toys.a")):
        way = Way("other", "Η άλλη", there, "region")
        made[here] = Subject(here, here, School, "school.list", (Field("name", "Όνομα"),), (way,))


def test_a_circle_is_refused_and_never_walked(circle):
    assert parse({"subject": "toys.a", "columns": ["other.name"]}).columns[0].key == "other.name"
    with pytest.raises(DefinitionError, match="κύκλος"):
        parse({"subject": "toys.a", "columns": ["other.other.name"]})


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=30),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["subject", "columns", "filters", "groups", "measures", "chart"])
                | st.text(max_size=8),
                inner,
                max_size=6,
            )
        ),
        max_leaves=12,
    )
)
def test_whatever_comes_is_a_definition_or_a_refusal(raw):
    with suppress(DefinitionError):
        found = parse(raw)
        assert found.columns or found.groups


def test_a_definition_comes_back_from_what_is_stored():
    raw = asked(
        columns=["number", "programme.of_centre.name"],
        filters=only("state", "among", "submitted", "placed"),
        groups=["submitted_at@month", "state"],
        measures=["mean:waiting"],
        share=True,
        chart="bars",
        order="-n",
    )
    found = parse(raw)
    assert plain(found) == raw
    assert parse(plain(found)) == found


def test_at_least_twelve_subjects_are_declared_across_the_rooms():
    assert len(subjects.known) >= 16
    assert len({one.room for one in subjects.known.values()}) >= 9


def test_a_subject_or_a_column_declared_twice_is_refused():
    one = subjects.known["structures.schools"]
    with pytest.raises(ValueError, match="declared twice"):
        subjects.declare(one)
    twice = (Field("name", "Όνομα"), Field("name", "Όνομα"))
    with pytest.raises(ValueError, match="declared twice"):
        subjects.declare(Subject("toys.c", "Γ", School, "school.list", twice))
    with pytest.raises(ValueError, match="kind choice"):
        Field("state", "Κατάσταση", kind="choice")
