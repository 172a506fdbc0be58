"""Undoing an import: everything stands as before, but what somebody changed since.

Shows: R-020.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.connectors.conftest import DAY, FIRST, HEADING, SECOND, THIRD, line, sheet
from tests.connectors.stored import facts, held, of_kind
from tests.factories import people, structures

from didaskaleio.connectors.enums import ImportState
from didaskaleio.connectors.models import TeacherImport
from didaskaleio.connectors.wording import differences
from didaskaleio.kernel.identifiers import synthetic_afm
from didaskaleio.people.models import Identifier, Person, Teacher

pytestmark = pytest.mark.django_db


def test_undoing_gives_back_what_stood(apply, undo, school):
    other = structures.a_school()
    apply(sheet(line(FIRST, school, ΑΜ="800001"), line(SECOND, school)), as_of=date(2023, 1, 5))
    before = facts()
    content = sheet(
        line(FIRST, other, "ΑΛΛΟΥ", ΑΜ="800002", Από="10/1/2023"),
        line(THIRD, school),
    )
    row = apply(content, whole=True)
    assert facts() != before
    undo(row)
    assert (row.state, row.kept) == (ImportState.UNDONE, 0)
    assert facts() == before
    assert not Person.objects.filter(identifiers__value=THIRD).exists()


def test_the_day_of_appointment_comes_in_stays_where_it_is_not_told_and_goes_back(
    apply, compare, undo, school
):
    heading = (*HEADING, "Ημ/νία διορισμού")
    apply(sheet([*line(FIRST, school), "27/8/2021"], heading=heading))
    assert held(FIRST).appointed_on == date(2021, 8, 27)
    apply(sheet(line(FIRST, school, Ώρες="3")))
    apply(sheet([*line(FIRST, school, Ώρες="4"), ""], heading=heading))
    assert (held(FIRST).appointed_on, held(FIRST).services.get().hours) == (date(2021, 8, 27), 4)
    content = sheet([*line(FIRST, school, Ώρες="4"), "28/8/2021"], heading=heading)
    [change] = of_kind(compare(content), "changed")
    told = ("Ημερομηνία διορισμού", "27/8/2021", "28/8/2021")
    assert [tuple(one) for one in differences(change)] == [told]
    row = apply(content)
    assert held(FIRST).appointed_on == date(2021, 8, 28)
    undo(row)
    assert held(FIRST).appointed_on == date(2021, 8, 27)


def test_undoing_leaves_alone_whom_somebody_changed_since(apply, undo, school):
    row = apply(sheet(line(FIRST, school), line(SECOND, school)))
    Person.objects.filter(identifiers__value=FIRST).update(surname="Διορθωμένη")
    undo(row)
    assert row.kept == 1
    assert {c.afm: c.kept for c in row.changes.all()} == {
        FIRST: "Τα στοιχεία άλλαξαν στο μεταξύ.",
        SECOND: "",
    }
    assert held(FIRST).person.surname == "Διορθωμένη"
    assert not Identifier.objects.filter(value=SECOND).exists()


def test_undoing_keeps_a_person_who_has_come_to_have_something(apply, undo, school):
    row = apply(sheet(line(FIRST, school), line(SECOND, school)))
    people.a_certificate(held(FIRST).person)
    undo(row)
    assert row.kept == 1
    assert "έχει εγγραφές" in row.changes.get(afm=FIRST).kept
    assert held(FIRST).services.count() == 1
    assert not Identifier.objects.filter(value=SECOND).exists()


def test_an_account_without_a_record_becomes_a_teacher_and_back(apply, undo, school):
    person = people.a_person(surname="Λογαριασμός")
    Identifier.objects.create(person=person, kind="afm", value=FIRST)
    before = facts()
    row = apply(sheet(line(FIRST, school, ΑΜ="800007")))
    assert held(FIRST).person == person
    undo(row)
    assert (row.kept, facts()) == (0, before)


TEACHERS = st.dictionaries(
    st.integers(0, 5),
    st.tuples(
        st.sampled_from(["ΠΕ70", "ΠΕ86", "ΠΕ03.50"]),
        st.sampled_from(["Μόνιμος", "Αναπληρωτής"]),
        st.dictionaries(st.integers(0, 2), st.integers(0, 24), min_size=1, max_size=2),
    ),
    min_size=1,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=TEACHERS, second=TEACHERS)
def test_diff_then_apply_equals_the_file(apply, undo, first, second):
    schools = [structures.a_school() for _ in range(3)]
    serial = 50_000 + TeacherImport.objects.count() * 10

    def content(teachers):
        return sheet(
            *(
                line(
                    synthetic_afm(serial + n),
                    schools[place],
                    Ειδικότητα=specialty,
                    **{"Σχέση εργασίας": employment, "Ώρες": hours},
                )
                for n, (specialty, employment, places) in teachers.items()
                for place, hours in places.items()
            )
        )

    apply(content(first), as_of=date(2023, 1, 10))
    before = facts()
    row = apply(content(second), as_of=DAY, whole=True)
    for n, (specialty, employment, places) in second.items():
        teacher = held(synthetic_afm(serial + n))
        assert teacher.specialty_code == specialty
        assert teacher.employment == {"Μ": "permanent", "Α": "substitute"}[employment[0]]
        now = teacher.services.filter(valid_until=None)
        assert {s.school_id: s.hours for s in now} == {
            schools[place].pk: hours for place, hours in places.items()
        }
    in_force = Teacher.objects.filter(services__valid_until=None).distinct()
    assert in_force.filter(person__identifiers__value__gte="6").count() == len(second)
    undo(row)
    assert (row.kept, facts()) == (0, before)
