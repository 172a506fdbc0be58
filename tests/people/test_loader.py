"""Loading teachers from files: every refusal by line, repeated without effect, all or nothing.

Shows: R-020.
"""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from didaskaleio.kernel import identifiers, journal
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.people import loader
from didaskaleio.people.loader.staging import COLUMNS
from didaskaleio.people.models import (
    HeldCertificate,
    Identifier,
    Leave,
    PeopleLoad,
    Person,
    Post,
    SchoolService,
    Teacher,
)
from tests.factories import people, structures

pytestmark = pytest.mark.django_db
AT = datetime(2023, 1, 5, 8, 0, tzinfo=UTC)
FIRST, SECOND, THIRD = (identifiers.synthetic_afm(n) for n in (101, 102, 103))


@pytest.fixture
def school():
    return structures.a_school()


def teacher(afm, am="", surname="Δειγματίδου", **facts):
    row = {
        "afm": afm,
        "am": am,
        "surname": surname,
        "given_name": "Ελένη",
        "father_name": "Θωμάς",
        "email": "",
        "specialty": "ΠΕ70",
        "employment": "permanent",
        "seconded_abroad": "όχι",
        "appointed_on": "2021-08-27",
        "checked_on": "2022-12-15",
    }
    return row | facts


def service(afm, school, **facts):
    row = {
        "afm": afm,
        "school": school.code,
        "organic": "ναι",
        "hours": "20",
        "valid_from": "2022-09-01",
        "valid_until": "",
    }
    return row | facts


def leave(afm, **facts):
    row = {"afm": afm, "kind": "Άδεια ανατροφής", "valid_from": "2022-11-01", "valid_until": ""}
    return row | facts


def certificate(afm, number="Δ-1", **facts):
    row = {
        "afm": afm,
        "kind": "B1",
        "number": number,
        "issued_on": "2019-06-14",
        "source": "μητρώο",
    }
    return row | facts


@pytest.fixture
def put(tmp_path):
    """Write the four files; a file that is not named has its heading alone."""

    def write(**files):
        for name, columns in COLUMNS.items():
            with (tmp_path / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as lines:
                out = csv.DictWriter(lines, columns.split(), delimiter=";")
                out.writeheader()
                out.writerows(files.get(name, []))
        return tmp_path

    return write


def load(folder, **rest):
    return loader.load(folder, actor=SYSTEM, at=AT, report=folder / "report.csv", **rest)


def report(folder):
    with (folder / "report.csv").open(encoding="utf-8-sig", newline="") as lines:
        return [tuple(row.values()) for row in csv.DictReader(lines, delimiter=";")]


def refusals(folder):
    return [row for row in report(folder) if row[2] == "δεν έγινε δεκτή"]


def test_a_teacher_comes_with_everything_that_the_files_say(put, school):
    folder = put(
        teachers=[teacher(FIRST, "800001", specialty="ΠΕ70.50", email="a@sch.example")],
        services=[service(FIRST, school)],
        leaves=[leave(FIRST, valid_until="2023-08-31")],
        certificates=[certificate(FIRST)],
    )
    assert load(folder) == loader.Counts(created=1, changed=0, skipped=0, refused=0)
    row = Teacher.objects.get(person__identifiers__value=FIRST)
    assert (row.specialty_code, row.employment, row.source) == ("ΠΕ70.50", "permanent", "MySchool")
    assert (row.seconded_abroad, row.checked_on) == (False, date(2022, 12, 15))
    assert row.appointed_on == date(2021, 8, 27)
    assert (row.person.surname, row.person.email) == ("Δειγματίδου", "a@sch.example")
    assert not row.person.has_usable_password()
    assert set(row.person.identifiers.values_list("kind", "value")) == {
        ("afm", FIRST),
        ("am", "800001"),
    }
    assert row.person.posts.get().role == "teacher"
    served = row.services.get()
    assert (served.school, served.hours, served.organic) == (school, 20, True)
    assert (served.valid_from, served.valid_until) == (date(2022, 9, 1), None)
    assert row.leaves.get().valid_until == date(2023, 8, 31)
    held = row.person.certificates.get()
    assert (held.kind, held.number, held.issued_on) == ("B1", "Δ-1", date(2019, 6, 14))
    assert report(folder) == [("teachers.csv", "2", "νέο", "")]


def test_the_load_itself_is_in_the_journal_with_its_figures(put, school):
    load(put(teachers=[teacher(FIRST), teacher("123")], services=[service(FIRST, school)]))
    entry = journal.of(PeopleLoad.objects.get()).get()
    assert (entry.act, entry.at) == ("Φόρτωση στοιχείων εκπαιδευτικών", AT)
    assert entry.data == {"created": 1, "changed": 0, "skipped": 0, "refused": 1}


def test_the_same_files_again_write_nothing(put, school):
    folder = put(
        teachers=[teacher(FIRST, "800001"), teacher(SECOND)],
        services=[service(FIRST, school)],
        certificates=[certificate(FIRST)],
    )
    load(folder)
    rows = list(SchoolService.objects.values_list("pk", flat=True))
    assert load(folder) == loader.Counts(created=0, changed=0, skipped=2, refused=0)
    assert list(SchoolService.objects.values_list("pk", flat=True)) == rows
    assert report(folder) == []


def test_what_changed_is_written_and_the_account_stays(put, school):
    load(
        put(
            teachers=[teacher(FIRST, "800001"), teacher(SECOND)],
            services=[service(FIRST, school)],
            leaves=[leave(FIRST)],
        )
    )
    known = Person.objects.get(identifiers__value=FIRST)
    Person.objects.filter(pk=known.pk).update(email="own@sch.example")
    folder = put(
        teachers=[teacher(FIRST, "800002", "Υποθετίδου", email="b@sch.example"), teacher(SECOND)],
        services=[service(FIRST, school, hours="12")],
    )
    assert load(folder) == loader.Counts(created=0, changed=1, skipped=1, refused=0)
    person = Person.objects.get(pk=known.pk)
    assert (person.surname, person.email) == ("Υποθετίδου", "own@sch.example")
    assert person.identifiers.get(kind="am").value == "800002"
    assert person.teacher.services.get().hours == 12
    assert not person.teacher.leaves.exists()
    assert person.posts.count() == 1
    assert report(folder) == [("teachers.csv", "2", "άλλαξε", "")]


def test_a_service_alone_that_changed_is_a_change_of_the_teacher(put, school):
    load(put(teachers=[teacher(FIRST)], services=[service(FIRST, school)]))
    counts = load(put(teachers=[teacher(FIRST)], services=[service(FIRST, school, hours="8")]))
    assert counts.changed == 1


def test_text_that_moves_from_one_column_to_the_next_is_a_change(put):
    load(put(teachers=[teacher(FIRST, surname="Α;Β", given_name="Γ")]))
    counts = load(put(teachers=[teacher(FIRST, surname="Α", given_name="Β;Γ")]))
    assert counts.changed == 1


def test_the_order_of_the_lines_is_no_change(put, school):
    lines = [service(FIRST, school), service(FIRST, school, valid_from="2021-09-01")]
    load(put(teachers=[teacher(FIRST), teacher(SECOND)], services=lines))
    counts = load(put(teachers=[teacher(SECOND), teacher(FIRST)], services=lines[::-1]))
    assert counts == loader.Counts(created=0, changed=0, skipped=2, refused=0)


def test_a_registry_number_that_comes_later_is_added(put):
    load(put(teachers=[teacher(FIRST)]))
    assert load(put(teachers=[teacher(FIRST, "800001")])).changed == 1
    assert set(Identifier.objects.values_list("kind", "value")) == {
        ("afm", FIRST),
        ("am", "800001"),
    }


def test_a_certificate_is_added_or_corrected_and_never_taken_away(put):
    lines = [certificate(FIRST, "Δ-1"), certificate(FIRST, "Δ-2")]
    load(put(teachers=[teacher(FIRST)], certificates=lines))
    known = dict(HeldCertificate.objects.values_list("number", "pk"))
    changed = [certificate(FIRST, "Δ-2", issued_on="2020-01-31"), certificate(FIRST, "Δ-3")]
    load(put(teachers=[teacher(FIRST)], certificates=changed))
    found = {row.number: row for row in HeldCertificate.objects.all()}
    assert {number: row.issued_on for number, row in found.items()} == {
        "Δ-1": date(2019, 6, 14),
        "Δ-2": date(2020, 1, 31),
        "Δ-3": date(2019, 6, 14),
    }
    assert {number: found[number].pk for number in known} == known


def test_a_load_that_writes_keeps_other_loads_and_autovacuum_waiting(put):
    held = """
        SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND granted
        AND relation = 'people_person'::regclass AND mode = 'ShareUpdateExclusiveLock'
    """
    folder = put(teachers=[teacher(FIRST)])
    with connection.cursor() as cursor:
        load(folder, check=True)
        cursor.execute(held)
        assert cursor.fetchone() == (0,)
        load(folder)
        cursor.execute(held)
        assert cursor.fetchone() == (1,)


def test_a_person_who_has_an_account_already_becomes_a_teacher(put):
    person = people.a_person(surname="Παλαιός")
    Identifier.objects.create(person=person, kind="afm", value=FIRST)
    assert load(put(teachers=[teacher(FIRST)])).created == 1
    assert Teacher.objects.get().person == person
    assert Post.objects.get(person=person).role == "teacher"
    assert Person.objects.filter(identifiers__value=FIRST).count() == 1


def test_an_identifier_of_somebody_else_is_reported_and_stays_theirs(put):
    other = people.a_person()
    Identifier.objects.create(person=other, kind="am", value="800001")
    folder = put(teachers=[teacher(FIRST, "800001"), teacher(SECOND)])
    assert load(folder) == loader.Counts(created=1, changed=0, skipped=0, refused=1)
    ((file, line, _, reason),) = refusals(folder)
    assert (file, line) == ("teachers.csv", "2")
    assert reason.startswith("Ο αριθμός μητρώου ανήκει σε άλλο πρόσωπο.")
    assert Identifier.objects.get(value="800001").person == other
    assert not Identifier.objects.filter(value=FIRST).exists()


def test_a_certificate_of_somebody_else_is_reported_and_stays_theirs(put):
    load(put(teachers=[teacher(FIRST)], certificates=[certificate(FIRST, "Δ-9")]))
    folder = put(
        teachers=[teacher(FIRST), teacher(SECOND)],
        certificates=[certificate(FIRST, "Δ-8"), certificate(SECOND, "Δ-9")],
    )
    load(folder)
    assert refusals(folder) == [
        (
            "certificates.csv",
            "3",
            "δεν έγινε δεκτή",
            "Το πιστοποιητικό ανήκει σε άλλο πρόσωπο. Ελέγξτε είδος και αριθμό.",
        )
    ]
    assert HeldCertificate.objects.get(number="Δ-9").person.identifiers.get().value == FIRST


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"afm": "12345678"}, "Ο Α.Φ.Μ. δεν είναι έγκυρος"),
        ({"afm": "123456789"}, "Ο Α.Φ.Μ. δεν είναι έγκυρος"),
        ({"afm": "000000000"}, "Ο Α.Φ.Μ. δεν είναι έγκυρος"),
        ({"am": "12"}, "Ο αριθμός μητρώου έχει έξι ψηφία"),
        ({"am": "000000"}, "Ο αριθμός μητρώου έχει έξι ψηφία"),
        ({"surname": " "}, "Λείπει το επώνυμο ή το όνομα."),
        ({"given_name": ""}, "Λείπει το επώνυμο ή το όνομα."),
        ({"surname": "Δ" * 81}, "Επώνυμο, όνομα και πατρώνυμο"),
        ({"email": "nowhere"}, "Η ηλεκτρονική διεύθυνση δεν είναι έγκυρη"),
        ({"specialty": "ΠΕ999"}, "Άγνωστος κλάδος «ΠΕ999»."),
        ({"employment": "queen"}, "Άγνωστη σχέση εργασίας «queen»."),
        ({"appointed_on": "27/8/2021"}, "Η ημερομηνία διορισμού δεν είναι της μορφής 2021-08-27."),
        ({"seconded_abroad": "ίσως"}, "Στη στήλη seconded_abroad γράφεται «ναι» ή «όχι»."),
        ({"checked_on": "15/12"}, "Η ημερομηνία ελέγχου"),
    ],
)
def test_a_faulty_teacher_is_refused_alone(put, facts, reason):
    folder = put(teachers=[teacher(SECOND), teacher(FIRST, "800001") | facts])
    assert load(folder) == loader.Counts(created=1, changed=0, skipped=0, refused=1)
    ((file, line, _, told),) = refusals(folder)
    assert (file, line) == ("teachers.csv", "3")
    assert told.startswith(reason)
    assert Teacher.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"afm": THIRD}, "Ο Α.Φ.Μ. δεν υπάρχει στο teachers.csv"),
        ({"school": "0000009"}, "Άγνωστος κωδικός σχολείου «0000009»."),
        ({"organic": ""}, "Στη στήλη organic γράφεται «ναι» ή «όχι»."),
        ({"hours": "41"}, "Οι ώρες διδασκαλίας είναι ακέραιος από 0 έως 40."),
        ({"hours": "005"}, "Οι ώρες διδασκαλίας είναι ακέραιος από 0 έως 40."),
        ({"hours": "-1"}, "Οι ώρες διδασκαλίας είναι ακέραιος από 0 έως 40."),
        ({"hours": "δέκα"}, "Οι ώρες διδασκαλίας είναι ακέραιος από 0 έως 40."),
        ({"valid_from": "2022-13-01"}, "Η ημερομηνία έναρξης"),
        ({"valid_until": "χθες"}, "Η ημερομηνία λήξης"),
        ({"valid_until": "2022-08-31"}, "Η λήξη είναι πριν από την έναρξη."),
    ],
)
def test_a_faulty_service_is_refused_and_the_teacher_comes(put, school, facts, reason):
    folder = put(teachers=[teacher(FIRST)], services=[service(FIRST, school) | facts])
    assert load(folder).created == 1
    ((file, line, _, told),) = refusals(folder)
    assert (file, line) == ("services.csv", "2")
    assert told.startswith(reason)
    assert not SchoolService.objects.exists()


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"afm": THIRD}, "Ο Α.Φ.Μ. δεν υπάρχει στο teachers.csv"),
        ({"kind": " "}, "Το είδος της άδειας"),
        ({"valid_from": ""}, "Η ημερομηνία έναρξης"),
        ({"valid_until": "2022-10-31"}, "Η λήξη είναι πριν από την έναρξη."),
    ],
)
def test_a_faulty_leave_is_refused(put, facts, reason):
    folder = put(teachers=[teacher(FIRST)], leaves=[leave(FIRST) | facts])
    load(folder)
    ((file, _, _, told),) = refusals(folder)
    assert file == "leaves.csv"
    assert told.startswith(reason)
    assert not Leave.objects.exists()


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"afm": THIRD}, "Ο Α.Φ.Μ. δεν υπάρχει στο teachers.csv"),
        ({"kind": "C9"}, "Άγνωστο είδος πιστοποιητικού «C9»."),
        ({"number": ""}, "Ο αριθμός του πιστοποιητικού"),
        ({"issued_on": "2019"}, "Η ημερομηνία έκδοσης"),
        ({"source": "π" * 61}, "Η πηγή έχει έως 60 χαρακτήρες."),
    ],
)
def test_a_faulty_certificate_is_refused(put, facts, reason):
    folder = put(teachers=[teacher(FIRST)], certificates=[certificate(FIRST) | facts])
    load(folder)
    ((file, _, _, told),) = refusals(folder)
    assert file == "certificates.csv"
    assert told.startswith(reason)
    assert not HeldCertificate.objects.exists()


def test_the_second_of_equal_lines_is_refused_and_names_the_first(put, school):
    folder = put(
        teachers=[teacher(FIRST, "800001"), teacher(FIRST), teacher(SECOND, "800001")],
        services=[service(FIRST, school), service(FIRST, school, hours="3")],
        leaves=[leave(FIRST), leave(FIRST)],
        certificates=[certificate(FIRST), certificate(FIRST)],
    )
    assert load(folder).refused == 5
    assert {row[:2] + row[3:] for row in refusals(folder)} == {
        ("teachers.csv", "3", "Ο Α.Φ.Μ. υπάρχει ήδη στη γραμμή 2."),
        ("teachers.csv", "4", "Ο αριθμός μητρώου υπάρχει ήδη στη γραμμή 2."),
        ("services.csv", "3", "Ίδια υπηρέτηση υπάρχει ήδη στη γραμμή 2."),
        ("leaves.csv", "3", "Ίδια άδεια υπάρχει ήδη στη γραμμή 2."),
        ("certificates.csv", "3", "Το πιστοποιητικό υπάρχει ήδη στη γραμμή 2."),
    }
    assert (Teacher.objects.count(), SchoolService.objects.get().hours) == (1, 20)


def test_a_check_reports_and_writes_nothing(put):
    folder = put(teachers=[teacher(FIRST), teacher("1")])
    assert load(folder, check=True) == loader.Counts(created=1, changed=0, skipped=0, refused=1)
    assert [row[2] for row in report(folder)] == ["νέο", "δεν έγινε δεκτή"]
    assert not Teacher.objects.exists()
    assert not PeopleLoad.objects.exists()


def test_a_missing_file_stops_the_load(put):
    folder = put(teachers=[teacher(FIRST)])
    (folder / "leaves.csv").unlink()
    with pytest.raises(CommandError, match=r"Λείπει το αρχείο leaves\.csv"):
        call_command("load_people", str(folder), verbosity=0)
    assert not Teacher.objects.exists()


def test_another_heading_stops_the_load(put):
    folder = put()
    (folder / "services.csv").write_text("afm;school\n", encoding="utf-8")
    with pytest.raises(
        loader.LoadError, match="η πρώτη γραμμή πρέπει να είναι «afm;school;organic"
    ):
        load(folder)


def test_a_file_in_another_encoding_stops_the_load(put):
    folder = put()
    content = ";".join(COLUMNS["leaves"].split()) + f"\n{FIRST};Άδεια;2022-11-01;\n"
    (folder / "leaves.csv").write_bytes(content.encode("iso-8859-7"))
    with pytest.raises(loader.LoadError, match="UTF-8"):
        load(folder)


def test_a_line_with_too_many_columns_stops_the_load_and_is_named(put):
    folder = put()
    with (folder / "teachers.csv").open("a", encoding="utf-8") as lines:
        lines.write("a;b;c;d;e;f;g;h;i;j;k;l\r\n")
    with pytest.raises(loader.LoadError, match="line 2"):
        load(folder)


def test_the_command_tells_the_figures_and_where_the_report_is(put, capsys):
    folder = put(teachers=[teacher(FIRST), teacher("1")])
    call_command("load_people", str(folder))
    told = capsys.readouterr().out
    assert "Φορτώθηκαν: 1 νέοι εκπαιδευτικοί, 0 με αλλαγές, 0 χωρίς αλλαγή." in told
    assert "Γραμμές που δεν έγιναν δεκτές: 1." in told
    assert str(folder / "report.csv") in told


def test_the_synthetic_nation_as_files_is_loaded_whole(tmp_path):
    call_command("generate_people", "--teachers", "60", "--to", str(tmp_path), verbosity=0)
    before, teachers = facts(), Teacher.objects.count()
    Person.objects.all().delete()
    assert load(tmp_path) == loader.Counts(created=teachers, changed=0, skipped=0, refused=0)
    assert facts() == before


def facts():
    return [
        sorted(Teacher.objects.values_list("person__surname", "specialty__code", "special_post")),
        sorted(SchoolService.objects.values_list("school__code", "hours", "organic")),
        sorted(Leave.objects.values_list("kind", "valid_from", "valid_until")),
        sorted(HeldCertificate.objects.values_list("kind", "number", "issued_on")),
        sorted(Identifier.objects.exclude(kind="pa").values_list("kind", "value")),
    ]
