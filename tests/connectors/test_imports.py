"""Imports from MySchool: compared, applied as one act, undone, and nothing else touched.

Shows: R-020.
"""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from tests.connectors.conftest import DAY, FIRST, HEADING, SECOND, THIRD, line, sheet
from tests.connectors.stored import held, kinds, of_kind, served
from tests.factories import people, structures

from didaskaleio.connectors import operations
from didaskaleio.connectors.enums import ImportState
from didaskaleio.connectors.errors import EarlierError, MappingError
from didaskaleio.connectors.models import Change, KnownHeadings
from didaskaleio.connectors.wording import differences
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.people.models import Identifier, Leave, SchoolService

pytestmark = pytest.mark.django_db


def test_a_new_teacher_is_shown_first_and_written_only_when_applied(compare, officer, at, school):
    row = compare(sheet(line(FIRST, school, ΑΜ="800001")))
    assert (row.state, kinds(row)) == (ImportState.COMPARED, {"new": 1})
    assert not Identifier.objects.filter(value=FIRST).exists()
    operations.apply(row, actor=officer, at=at)
    operations.carry_out(row, actor=SYSTEM, at=at)
    assert row.state == ImportState.APPLIED
    teacher = held(FIRST)
    assert (teacher.person.surname, teacher.person.given_name) == ("ΔΕΙΓΜΑΤΙΔΟΥ", "ΕΛΕΝΗ")
    assert (teacher.specialty_code, teacher.employment) == ("ΠΕ70", "permanent")
    assert (teacher.source, teacher.checked_on) == ("MySchool", DAY)
    assert served(FIRST) == [(school.code, 20, True, date(2022, 9, 1), None)]
    assert teacher.person.identifiers.get(kind="am").value == "800001"
    assert teacher.person.posts.get().role == "teacher"
    assert not teacher.person.has_usable_password()


def test_several_lines_of_one_person_are_as_many_schools(apply, school):
    other = structures.a_school()
    row = apply(sheet(line(FIRST, school), line(FIRST, other, Ώρες="4", Οργανική="Όχι")))
    assert (row.lines, row.new) == (2, 1)
    assert {(code, hours) for code, hours, *_ in served(FIRST)} == {
        (school.code, 20),
        (other.code, 4),
    }


def test_the_same_file_again_changes_nothing_but_the_day(apply, compare, officer, at, school):
    content = sheet(line(FIRST, school), line(SECOND, school))
    apply(content)
    again = compare(content, as_of=date(2023, 1, 15))
    assert kinds(again) == {"same": 2}
    operations.apply(again, actor=officer, at=at)
    operations.carry_out(again, actor=SYSTEM, at=at)
    assert held(FIRST).checked_on == date(2023, 1, 15)


def test_what_differs_is_told_fact_by_fact(apply, compare, school):
    apply(sheet(line(FIRST, school), line(SECOND, school)))
    row = compare(sheet(line(FIRST, school, Ειδικότητα="PE 86.00"), line(SECOND, school)))
    assert kinds(row) == {"changed": 1, "same": 1}
    [change] = of_kind(row, "changed")
    assert [tuple(one) for one in differences(change)] == [("Ειδικότητα", "ΠΕ70", "ΠΕ86")]
    assert list(Change.differing(row.changes.all(), "specialty")) == [change]
    assert list(Change.differing(row.changes.all(), "surname")) == []


def test_a_move_to_another_school_ends_the_service_the_day_before(apply, school):
    other = structures.a_school()
    apply(sheet(line(FIRST, school)))
    apply(sheet(line(FIRST, other, Από="16/1/2023")), as_of=date(2023, 1, 16))
    assert served(FIRST) == [
        (school.code, 20, True, date(2022, 9, 1), date(2023, 1, 15)),
        (other.code, 20, True, date(2023, 1, 16), None),
    ]


def test_leaves_certificates_and_the_mail_address_are_not_the_exports_to_change(apply, school):
    person = people.a_teacher(
        "ΠΕ70", school, email="mine@sch.example", leaves=[(date(2022, 10, 1), None)]
    )
    afm = person.identifiers.get(kind="afm").value
    heading = (*HEADING, "E-mail")
    apply(sheet([*line(afm, school, Ώρες="12"), "other@sch.example"], heading=heading))
    person.refresh_from_db()
    assert (person.email, held(afm).services.get().hours) == ("mine@sch.example", 12)
    assert Leave.objects.filter(teacher=held(afm)).count() == 1
    assert person.certificates.count() == 1


def test_capitals_without_accents_are_no_other_name(compare, school):
    person = people.a_teacher("ΠΕ70", school, surname="Δειγματίδου", given_name="Ελένη")
    afm = person.identifiers.get(kind="afm").value
    row = compare(sheet(line(afm, school, Πατρώνυμο="ΥΠΟΔΕΙΓΜΑΤΙΚΟΣ", Οργανική="Ναι")))
    assert kinds(row) == {"same": 1}
    other = compare(sheet(line(afm, school, "ΑΛΛΟΥ", Πατρώνυμο="ΥΠΟΔΕΙΓΜΑΤΙΚΟΣ")))
    [change] = of_kind(other, "changed")
    assert [tuple(one) for one in differences(change)] == [("Επώνυμο", "Δειγματίδου", "ΑΛΛΟΥ")]


def test_lines_of_the_last_import_are_passed_over_and_yet_told(apply, compare, undo, school):
    content = sheet(line(FIRST, school), line(SECOND, school))
    first = apply(content)
    assert held(FIRST).digest == first.changes.get(afm=FIRST).digest != ""
    again = compare(sheet(line(FIRST, school), line(SECOND, school, Ώρες="3")))
    assert kinds(again) == {"same": 1, "changed": 1}
    undo(first)
    assert kinds(compare(content)) == {"new": 2}


def test_facts_without_a_column_stay(apply, school):
    apply(sheet(line(FIRST, school, ΑΜ="800001")))
    heading = ("ΑΦΜ", "Επώνυμο", "Όνομα", "Ειδικότητα", "Σχέση εργασίας")
    row = apply(sheet([FIRST, "ΔΕΙΓΜΑΤΙΔΟΥ", "ΕΛΕΝΗ", "ΠΕ70", "Αναπληρωτής"], heading=heading))
    assert kinds(row) == {"changed": 1}
    teacher = held(FIRST)
    assert (teacher.employment, teacher.person.father_name) == ("substitute", "ΘΩΜΑΣ")
    assert len(served(FIRST)) == 1
    assert teacher.person.identifiers.filter(kind="am", value="800001").exists()


def test_who_is_missing_from_a_file_of_everybody_serves_no_more(apply, school):
    apply(sheet(line(FIRST, school), line(SECOND, school)))
    partial = apply(sheet(line(FIRST, school)), as_of=date(2023, 1, 15))
    assert kinds(partial) == {"same": 1}
    whole = apply(sheet(line(FIRST, school)), as_of=date(2023, 1, 16), whole=True)
    assert of_kind(whole, "gone")[-1].afm == SECOND
    assert served(SECOND)[0][-1] == date(2023, 1, 15)
    assert served(FIRST)[0][-1] is None


def test_a_refused_line_takes_the_person_along_and_nobody_else(apply, compare, school):
    other = structures.a_school()
    apply(sheet(line(FIRST, school), line(SECOND, school)))
    content = sheet(
        line(FIRST, school, Ώρες="4"),
        line(FIRST, other, Ώρες="πολλές"),
        line(SECOND, school, Ώρες="5"),
        line("123456789", school),
        line("", school),
        line(THIRD, "0000000"),
    )
    row = compare(content, whole=True)
    assert {k: n for k, n in kinds(row).items() if k != "gone"} == {"changed": 1, "refused": 5}
    assert [(c.line, c.reason) for c in of_kind(row, "refused")] == [
        (2, "Άλλη γραμμή του ίδιου προσώπου δεν έγινε δεκτή: η 3."),
        (3, "Οι ώρες διδασκαλίας «πολλές» δεν είναι ακέραιος αριθμός."),
        (5, "Ο Α.Φ.Μ. δεν είναι έγκυρος: εννέα ψηφία με σωστό ψηφίο ελέγχου."),
        (6, "Λείπει ο Α.Φ.Μ."),
        (7, "Άγνωστος κωδικός σχολείου «0000000»."),
    ]
    assert FIRST not in {change.afm for change in of_kind(row, "gone")}


def test_one_number_with_two_names_is_asked_about(compare, school):
    row = compare(sheet(line(FIRST, school), line(FIRST, school, "ΑΛΛΟΣ", Από="2/9/2022")))
    assert kinds(row) == {"refused": 2}
    assert "διαφέρουν από τη γραμμή 2" in of_kind(row, "refused")[1].reason


@pytest.mark.parametrize("name", ["2ο ΔΗΜΟΤΙΚΟ ΣΧΟΛΕΙΟ ΜΠΑΝΙΑΣ", "Γυμνάσιο Κάτω Ράχης", "1ο ΓΕΛ"])
def test_a_school_account_is_never_a_teacher(compare, school, name):
    row = compare(sheet(line(FIRST, school, name)))
    assert kinds(row) == {"refused": 1}
    assert of_kind(row, "refused")[0].reason.startswith("Λογαριασμός σχολείου")


def test_an_old_code_with_one_successor_is_read_as_it(compare, school):
    row = compare(sheet(line(FIRST, school, Ειδικότητα="ΠΕ19")))
    assert of_kind(row, "new")[0].after["specialty"] == "ΠΕ86"


def test_who_was_changed_between_comparison_and_applying_is_left_alone(
    apply, compare, officer, at, school
):
    apply(sheet(line(FIRST, school), line(SECOND, school)))
    row = compare(sheet(line(FIRST, school, Ώρες="3"), line(SECOND, school, Ώρες="3")))
    SchoolService.objects.filter(teacher=held(FIRST)).update(hours=9)
    operations.apply(row, actor=officer, at=at)
    operations.carry_out(row, actor=SYSTEM, at=at)
    assert row.overtaken == 1
    assert row.changes.get(afm=FIRST).overtaken == "Τα στοιχεία άλλαξαν στο μεταξύ."
    assert (held(FIRST).services.get().hours, held(SECOND).services.get().hours) == (9, 3)


def test_older_facts_do_not_follow_newer_ones(apply, compare, officer, at, school):
    apply(sheet(line(FIRST, school)), as_of=date(2023, 1, 15))
    row = compare(sheet(line(FIRST, school)), as_of=date(2023, 1, 14))
    with pytest.raises(EarlierError, match="νεότερη εισαγωγή: MySchool, 15-1-2023"):
        operations.apply(row, actor=officer, at=at)


def test_facts_of_a_day_to_come_are_refused(receive, school):
    with pytest.raises(EarlierError):
        receive(sheet(line(FIRST, school)), as_of=date(2023, 1, 19))


def test_columns_are_remembered_by_their_headings_in_any_order(receive, officer, at, school):
    heading = ["Ο αριθμός", *HEADING[1:]]
    row = receive(sheet(line(FIRST, school), heading=heading))
    assert "afm" not in row.columns
    with pytest.raises(MappingError, match=r"Διαλέξτε στήλη και για: Α\.Φ\.Μ\."):
        operations.map_columns(row, columns=row.columns, actor=officer, at=at)
    operations.map_columns(row, columns=row.columns | {"afm": 0}, actor=officer, at=at)
    assert KnownHeadings.objects.get().fields["afm"] == "Ο αριθμός"
    turned = receive(sheet(line(FIRST, school)[::-1], heading=heading[::-1]))
    assert turned.columns["afm"] == len(heading) - 1


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"hours": 8}, "χρειάζονται τη στήλη του σχολείου"),
        ({"school": 7}, "χρειάζεται η στήλη με τις ώρες"),
        ({"am": 0}, "Η ίδια στήλη"),
        ({"am": 40}, "δεν υπάρχει στο αρχείο"),
    ],
)
def test_columns_that_make_no_sense_are_refused(receive, officer, at, school, columns, sentence):
    row = receive(sheet(line(FIRST, school)))
    needed = {
        n: row.columns[n] for n in ("afm", "surname", "given_name", "specialty", "employment")
    }
    with pytest.raises(MappingError, match=sentence):
        operations.map_columns(row, columns=needed | columns, actor=officer, at=at)


def test_only_ministry_and_operator_import(receive, at, actor_for, school):
    row = receive(sheet(line(FIRST, school)))
    stranger = actor_for(people.officer())
    with pytest.raises(PermissionDenied):
        operations.map_columns(row, columns=row.columns, actor=stranger, at=at)
