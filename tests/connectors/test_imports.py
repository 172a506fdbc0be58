"""Imports from MySchool: compared, applied as one act, undone, and nothing else touched.

Shows: R-020.
"""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.connectors.conftest import DAY, FIRST, HEADING, SECOND, THIRD, line, sheet
from tests.factories import people, structures

from didaskaleio.connectors import operations
from didaskaleio.connectors.enums import ChangeKind, ImportState
from didaskaleio.connectors.errors import EarlierError, MappingError
from didaskaleio.connectors.models import Change, KnownHeadings, TeacherImport
from didaskaleio.connectors.wording import differences
from didaskaleio.kernel import journal
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.identifiers import synthetic_afm
from didaskaleio.kernel.models import Work
from didaskaleio.people.models import Identifier, Leave, Person, SchoolService, Teacher

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return structures.a_school()


def held(afm):
    return Teacher.objects.get(person__identifiers__value=afm)


def served(afm):
    """The services of a teacher as plain values."""
    rows = held(afm).services.order_by("valid_from", "school__code")
    return [(r.school.code, r.hours, r.organic, r.valid_from, r.valid_until) for r in rows]


def kinds(row):
    return {k: getattr(row, k) for k in ChangeKind.values if getattr(row, k)}


def of_kind(row, kind):
    return list(row.changes.filter(kind=kind).order_by("line"))


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


def facts():
    """Everything that an import may write, without the ids."""
    columns = "surname, given_name, father_name, email, username"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT {columns}, (SELECT array_agg(kind || value ORDER BY kind)
                FROM people_identifier WHERE person_id = p.id),
            (SELECT array_agg(role) FROM people_post WHERE person_id = p.id),
            t.specialty_id, t.special_post, t.employment, t.seconded_abroad, t.appointed_on,
            t.checked_on,
            (SELECT array_agg((school_id, organic, hours, valid_from, valid_until)::text
                ORDER BY school_id, valid_from) FROM people_schoolservice WHERE teacher_id = t.id)
            FROM people_person p LEFT JOIN people_teacher t ON t.person_id = p.id
            ORDER BY username"""
        )
        return cursor.fetchall()


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


def test_the_jobs_do_the_whole_way_and_the_journal_tells_it(
    receive, officer, at, school, drain_jobs
):
    row = receive(sheet(line(FIRST, school)))
    operations.map_columns(row, columns=row.columns, actor=officer, at=at)
    drain_jobs()
    row.refresh_from_db()
    operations.apply(row, actor=officer, at=at)
    drain_jobs()
    row.refresh_from_db()
    operations.undo(row, actor=officer, at=at, reason="Λάθος αρχείο.")
    drain_jobs()
    row.refresh_from_db()
    assert row.state == ImportState.UNDONE
    assert [entry.act for entry in reversed(journal.of(row))] == [
        "Παραλήφθηκε το αρχείο",
        "Ορίστηκαν οι στήλες και άρχισε η σύγκριση",
        "Συγκρίθηκε με όσα έχουμε",
        "Άρχισε η εφαρμογή",
        "Εφαρμόστηκε",
        "Άρχισε η αναίρεση",
        "Αναιρέθηκε",
    ]
    assert {work.state for work in Work.objects.all()} == {"done"}


def test_a_file_without_lines_stops_with_a_sentence(receive, officer, at, drain_jobs):
    row = receive(sheet())
    operations.map_columns(row, columns=row.columns, actor=officer, at=at)
    drain_jobs()
    row.refresh_from_db()
    assert row.state == ImportState.UPLOADED
    assert row.work.message == "Κάτω από τις επικεφαλίδες δεν υπάρχει καμία γραμμή."


def journalled(row):
    return [entry.act for entry in reversed(journal.of(row))]


def test_a_file_that_is_lost_ends_the_comparison_where_it_began(
    receive, officer, at, school, drain_jobs, settings
):
    row = receive(sheet(line(FIRST, school)))
    operations.map_columns(row, columns=row.columns, actor=officer, at=at)
    kept = settings.MEDIA_ROOT / row.file.path
    content = kept.read_bytes()
    kept.unlink()
    drain_jobs()
    row.refresh_from_db()
    assert (row.state, row.work.state) == (ImportState.UPLOADED, "failed")
    assert row.work.message.startswith("Το αρχείο της εξαγωγής δεν βρίσκεται πια ακέραιο")
    assert row.changes.count() == 0
    assert journalled(row)[-1] == "Η σύγκριση σταμάτησε και δεν έγραψε τίποτε"
    kept.write_bytes(content)
    operations.map_columns(row, columns=row.columns, actor=officer, at=at)
    drain_jobs()
    row.refresh_from_db()
    assert (row.state, row.new) == (ImportState.COMPARED, 1)


def test_a_file_whose_bytes_changed_is_not_read(receive, officer, at, school, drain_jobs, settings):
    row = receive(sheet(line(FIRST, school)))
    (settings.MEDIA_ROOT / row.file.path).write_bytes(sheet(line(SECOND, school)))
    operations.map_columns(row, columns=row.columns, actor=officer, at=at)
    drain_jobs()
    row.refresh_from_db()
    assert (row.state, row.changes.count()) == (ImportState.UPLOADED, 0)


def test_a_fault_while_applying_or_undoing_changes_nothing_and_may_be_tried_again(
    compare, officer, at, school, drain_jobs
):
    refusing = """CREATE FUNCTION pg_temp.refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$BEGIN RAISE check_violation USING MESSAGE = 'a fault'; END$$"""
    trigger = """CREATE TRIGGER refusing BEFORE INSERT OR UPDATE OR DELETE ON people_teacher
        FOR EACH ROW EXECUTE FUNCTION pg_temp.refuse()"""
    row = compare(sheet(line(FIRST, school)))
    before = facts()
    with connection.cursor() as cursor:
        cursor.execute(refusing)
        cursor.execute(trigger)
    operations.apply(row, actor=officer, at=at)
    drain_jobs()
    row.refresh_from_db()
    assert (row.state, row.work.state, facts()) == (ImportState.COMPARED, "failed", before)
    assert "δεν άλλαξε τίποτε. Δοκιμάστε ξανά" in row.work.message
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER refusing ON people_teacher")
    operations.apply(row, actor=officer, at=at)
    drain_jobs()
    applied = facts()
    with connection.cursor() as cursor:
        cursor.execute(trigger)
    operations.undo(row, actor=officer, at=at, reason="Λάθος αρχείο.")
    drain_jobs()
    row.refresh_from_db()
    assert (row.state, facts()) == (ImportState.APPLIED, applied)
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER refusing ON people_teacher")
    operations.undo(row, actor=officer, at=at, reason="Λάθος αρχείο.")
    drain_jobs()
    row.refresh_from_db()
    assert (row.state, facts()) == (ImportState.UNDONE, before)


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
