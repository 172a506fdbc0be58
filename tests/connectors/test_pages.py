"""Pages of an import: uploaded, columns named, looked at with filters, applied by a button.

Shows: R-020.
"""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.connectors.conftest import FIRST, HEADING, SECOND, line, sheet
from tests.factories import people, structures
from tests.markup import markup

from didaskaleio.connectors.enums import ImportState
from didaskaleio.connectors.models import TeacherImport
from didaskaleio.people.models import Teacher

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, login, set_clock, at):
    set_clock(at)
    return login(client, people.ministry_officer())


def upload(content, **rest):
    return {"file": SimpleUploadedFile("export.csv", content), "as_of": "2023-01-12"} | rest


def test_the_whole_way_by_the_buttons_of_the_pages(desk, school, drain_jobs):
    answer = desk.post("/myschool/new/", upload(sheet(line(FIRST, school))), follow=True)
    row = TeacherImport.objects.get()
    page = markup(answer)
    assert "Ποια στήλη είναι τι" in page
    assert f"Π.χ. {FIRST}" in page
    columns = {f"column-{name}": str(place) for name, place in row.columns.items()}
    answer = desk.post(f"/myschool/{row.pk}/columns/", columns, follow=True)
    assert "Συγκρίνεται" in markup(answer)
    drain_jobs()
    page = markup(desk.get(f"/myschool/{row.pk}/"))
    assert "ΔΕΙΓΜΑΤΙΔΟΥ ΕΛΕΝΗ" in page
    assert "Τίποτε δεν έχει γραφτεί ακόμη." in page
    desk.post(f"/steps/teacher_import/{row.pk}/apply/")
    drain_jobs()
    assert Teacher.objects.filter(person__identifiers__value=FIRST).exists()
    assert "Εφαρμόστηκε" in markup(desk.get("/myschool/"))
    desk.post(f"/steps/teacher_import/{row.pk}/undo/", {"reason": "Λάθος αρχείο."})
    drain_jobs()
    row.refresh_from_db()
    assert row.state == ImportState.UNDONE
    assert not Teacher.objects.filter(person__identifiers__value=FIRST).exists()


def test_a_refused_file_is_told_beside_its_field(desk):
    answer = desk.post("/myschool/new/", upload(b"PK\x03\x04 nothing"))
    assert answer.status_code == 422
    assert "Το αρχείο XLSX είναι κατεστραμμένο." in markup(answer)


def test_a_day_to_come_and_a_missing_column_are_told(desk, school):
    answer = desk.post("/myschool/new/", upload(sheet(line(FIRST, school)), as_of="2023-02-01"))
    assert "δεν έφτασε ακόμη" in markup(answer)
    desk.post("/myschool/new/", upload(sheet(line(FIRST, school))))
    row = TeacherImport.objects.get()
    answer = desk.post(f"/myschool/{row.pk}/columns/", {"column-afm": "0"})
    assert answer.status_code == 422
    row.refresh_from_db()
    assert row.state == ImportState.UPLOADED


def test_lines_are_narrowed_by_kind_fact_and_number(desk, apply, compare, school):
    apply(sheet(line(FIRST, school), line(SECOND, school)))
    row = compare(
        sheet(
            line(FIRST, school, Ώρες="3"),
            line(SECOND, school, Ειδικότητα="ΠΕ86"),
            line("123456789", school, "ΑΓΝΩΣΤΗ"),
        )
    )
    url = f"/myschool/{row.pk}/"
    table = {
        "?kind=refused": ["123456789"],
        "?fact=specialty": [SECOND],
        "?fact=services": [FIRST],
        f"?q={FIRST}": [FIRST],
        "?aside=1": [],
    }
    for query, numbers in table.items():
        page = markup(desk.get(url + query)).partition("<table")[2]
        found = [number for number in (FIRST, SECOND, "123456789") if number in page]
        assert found == numbers, query


def test_the_list_for_download_has_the_reason_of_every_line(desk, compare, school):
    row = compare(sheet(line(FIRST, school), line("123456789", school)))
    answer = desk.get(f"/reports/connectors.changes/export.csv?batch={row.pk}&kind=refused")
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    [_, told] = csv.reader(io.StringIO(content), delimiter=";")
    assert told[1] == "123456789"
    assert told[-1] == "Ο Α.Φ.Μ. δεν είναι έγκυρος: εννέα ψηφία με σωστό ψηφίο ελέγχου."


def test_an_import_whose_file_is_lost_says_so_and_can_be_discarded(desk, receive, school, settings):
    row = receive(sheet(line(FIRST, school)))
    (settings.MEDIA_ROOT / row.file.path).unlink()
    page = markup(desk.get(f"/myschool/{row.pk}/columns/", follow=True))
    assert "δεν βρίσκεται πια ακέραιο στην αποθήκη" in page
    desk.post(f"/steps/teacher_import/{row.pk}/discard/")
    row.refresh_from_db()
    assert row.state == ImportState.DISCARDED


def test_what_was_recognised_and_what_is_missing_is_told_before_the_columns(desk, receive):
    row = receive("Κωδικός;Επώνυμο;Όνομα;Άλλο;Κάτι\n1;2;3;4;5".encode())
    assert row.columns == {"surname": 1, "given_name": 2}
    page = markup(desk.get(f"/myschool/{row.pk}/"))
    assert "Λείπουν ακόμη: Α.Φ.Μ., Κλάδος ή ειδικότητα, Σχέση εργασίας." in page


def test_schools_are_told_by_name_and_only_what_differs(desk, apply, compare, school):
    other = structures.a_school()
    apply(sheet(line(FIRST, school), line(FIRST, other, Ώρες="4", Οργανική="Όχι")))
    row = compare(
        sheet(line(FIRST, school), line(FIRST, other, Ώρες="1", Οργανική="Όχι")),
    )
    page = markup(desk.get(f"/myschool/{row.pk}/"))
    told = f"{other.name}, 4 ώρες, από 1/9/2022 → {other.name}, 1 ώρα, από 1/9/2022"
    assert told in page


def test_fifty_lines_stand_on_a_page(desk, compare, school):
    from didaskaleio.kernel.identifiers import synthetic_afm

    row = compare(sheet(*(line(synthetic_afm(700 + n), school) for n in range(60))))
    first = markup(desk.get(f"/myschool/{row.pk}/"))
    assert first.count('scope="row"') == 50
    assert markup(desk.get(f"/myschool/{row.pk}/?page=2")).count('scope="row"') == 10


@pytest.mark.parametrize("role", ["teacher", "officer"])
def test_a_stranger_finds_nothing(client, login, compare, school, role):
    row = compare(sheet(line(FIRST, school), heading=HEADING))
    someone = people.a_teacher() if role == "teacher" else people.officer()
    login(client, someone)
    assert client.get("/myschool/").status_code == 403
    for url in (f"/myschool/{row.pk}/", f"/myschool/{row.pk}/columns/"):
        assert client.get(url).status_code == 404
    assert client.get(f"/files/{row.file.key}/").status_code == 404
