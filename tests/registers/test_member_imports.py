"""Members from sheets: read tolerantly, judged line by line, applied as one, undone as one.

Shows: R-010.
"""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta

import hypothesis.strategies as st
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given

from didaskaleio.kernel import journal
from didaskaleio.kernel.errors import StepRefusedError
from didaskaleio.kernel.forms.answers import check
from didaskaleio.kernel.identifiers import synthetic_afm
from didaskaleio.kernel.models import Notice
from didaskaleio.kernel.sheets import SheetError
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Identifier
from didaskaleio.registers import batches, operations
from didaskaleio.registers.enums import BatchState, LineKind, MemberState
from didaskaleio.registers.errors import MemberSheetError
from didaskaleio.registers.models import MemberImport, Membership
from tests.factories import people
from tests.factories.structures import a_body
from tests.registers.registers import DEFINITION

HEADING = "Α/Α;αφμ;ΑΡ. ΜΗΤΡΩΟΥ;μελος απο;Ισχύει έως;ΩΡΕΣ;Ημέρες;Επίπεδο"


def afm_of(person):
    return Identifier.objects.get(kind="afm", person=person).value


@pytest.fixture
def known(db):
    """``known(n)``: people whose ΑΦΜ the platform knows."""
    return lambda many=1: [people.a_teacher() for _ in range(many)]


@pytest.fixture
def received(a_register, officer, at):
    """``received(*lines, register=…)``: a sheet with these lines, its columns confirmed."""

    def make(*lines, register=None, heading=HEADING, encoding="utf-8"):
        content = io.BytesIO("\n".join([heading, *lines]).encode(encoding))
        by = {"actor": officer, "at": at}
        row = operations.receive_members(register or a_register(), content, "μέλη.csv", **by)
        operations.map_members(row, columns=row.columns, **by)
        return row

    return make


def told(row):
    return [(line.kind, line.reason) for line in row.lines.all()]


# Reading ----------------------------------------------------------------------------------------

FACTS = {fact.name: place for place, fact in enumerate(batches.facts_of(DEFINITION))}


def said(**cells):
    line = [""] * len(FACTS)
    for name, text in cells.items():
        line[FACTS[name.replace("__", "-")]] = text
    return batches.read_line(line, FACTS, DEFINITION)


def test_a_line_is_read_as_people_write_it():
    found = said(
        afm=synthetic_afm(7).lstrip("0"),
        number="Β-12",
        since="7.2.2015",
        until="2025-02-07 00:00:00",
        field__hours="1.200,5",
        field__days="ΤΡΙΤΗ, παρασκευή",
        field__level="Β2",
    )
    assert found.reason.startswith("«Ώρες»")  # whole hours only
    assert (found.since, found.until) == (date(2015, 2, 7), date(2025, 2, 7))
    assert found.values == {"hours": "1200.5", "days": ["tuesday", "friday"], "level": "b2"}


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({}, "Λείπει ο Α.Φ.Μ."),
        ({"afm": "123456789"}, "δεν είναι έγκυρος"),
        ({"since": "31/2/2015"}, "Μέλος από: «31/2/2015» δεν είναι ημερομηνία"),
        ({"since": "1/1/2020", "until": "1/1/2019"}, "Η λήξη είναι πριν από την ένταξη."),
        ({"number": "2023/000001"}, "δεν γίνεται δεκτός"),
        ({"field__hours": "πολλές"}, "«Ώρες»: «πολλές» δεν είναι αριθμός"),
        ({"field__hours": "1.200"}, "διαβάζεται με δύο τρόπους"),
        ({"field__days": "Κυριακή"}, "«Κυριακή» δεν είναι επιλογή (Τρίτη, Παρασκευή)"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_in_words(cells, words):
    assert words in said(**cells).reason


@given(st.dictionaries(st.sampled_from(sorted(FACTS)), st.text(max_size=30)))
def test_no_cell_breaks_the_reading_and_what_is_accepted_fits_the_form(cells):
    line = [""] * len(FACTS)
    for name, text in cells.items():
        line[FACTS[name]] = text
    found = batches.read_line(line, FACTS, DEFINITION)
    assert found.reason or check(DEFINITION, found.values, complete=False) == []


# Batches ----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_dry_run_says_what_each_line_becomes_and_writes_nobody(
    received, a_register, officer, known, at
):
    first, second, third = known(3)
    register = a_register()
    operations.enter(register, third, actor=officer, at=at)
    row = received(
        f"1;{afm_of(first)};Β-1;7/2/2015;;100;Τρίτη;Β2",
        f"2;{afm_of(first)};Β-2;;;;;",
        f"3;{afm_of(second)};Β-1;;;;;",
        f"4;{afm_of(third)};Β-4;;;;;",
        f"5;{synthetic_afm(999_777)};Β-5;;;;;",
        "6;;Β-6;;;;;",
        register=register,
    )
    assert told(row) == [
        (LineKind.NEW, ""),
        (LineKind.REFUSED, "Ο ίδιος Α.Φ.Μ. υπάρχει και στη γραμμή 2."),
        (LineKind.REFUSED, "Ο αριθμός Β-1 έχει ήδη δοθεί στο μητρώο."),
        (LineKind.PRESENT, "Τα στοιχεία του μένουν όπως είναι."),
        (
            LineKind.REFUSED,
            "Δεν υπάρχει πρόσωπο με αυτόν τον Α.Φ.Μ. στην πλατφόρμα. Εισαγάγετέ το πρώτα.",
        ),
        (LineKind.REFUSED, "Λείπει ο Α.Φ.Μ."),
    ]
    assert (row.state, register.members.count()) == (BatchState.COMPARED, 1)


@pytest.mark.django_db
def test_what_is_applied_becomes_members_with_their_dates_and_fields(received, officer, known, at):
    old, new = known(2)
    row = received(
        f"1;{afm_of(old)};Β-1;7/2/2012;7/2/2015;100;Τρίτη;Β1",
        f"2;{afm_of(new)};;1/12/2022;;;;Β2",
        "3;;;;;;;",
        encoding="cp1253",
    )
    operations.apply_members(row, actor=officer, at=at)
    ended = Membership.objects.get(person=old)
    assert (ended.number, ended.state) == ("Β-1", MemberState.EXPIRED)
    assert ended.values == {"hours": "100", "days": ["tuesday"], "level": "b1"}
    fresh = Membership.objects.get(person=new)
    assert (fresh.number, fresh.state) == ("2023/000001", MemberState.ACTIVE)
    assert fresh.valid_until.date() == date(2025, 12, 1)
    assert [entry.act for entry in journal.of(fresh)] == ["Εντάχθηκε με εισαγωγή από αρχείο"]
    notices = Notice.objects.filter(title__startswith="Ενταχθήκατε")
    assert [one.person_id for one in notices] == [new.pk]


@pytest.mark.django_db
def test_a_batch_is_undone_as_one_but_for_members_that_lived_since(received, officer, known, at):
    gone, changed = known(2)
    row = received(f"1;{afm_of(gone)};;;;;;Β2", f"2;{afm_of(changed)};;;;;;Β2")
    operations.apply_members(row, actor=officer, at=at)
    later = {"actor": officer, "at": at + timedelta(days=1)}
    kept = Membership.objects.get(person=changed)
    operations.update(kept, {"level": "b1"}, note="Απόφαση.", **later)
    operations.undo_members(row, reason="Λάθος αρχείο.", **later)
    assert list(Membership.objects.all()) == [kept]
    assert [line.kept for line in row.lines.all()] == ["", "Άλλαξε μετά την εισαγωγή."]
    notice = Notice.objects.get(person=gone, title__startswith="Αναιρέθηκε")
    assert notice.text == "Λάθος αρχείο."
    with pytest.raises(StepRefusedError):
        operations.undo_members(row, reason="Ξανά.", **later)


@pytest.mark.django_db
def test_who_became_a_member_meanwhile_is_left_alone(received, a_register, officer, known, at):
    first, second = known(2)
    register = a_register()
    lines = [f"1;{afm_of(first)};;;;;;Β2", f"2;{afm_of(second)};;;;;;Β2"]
    row = received(*lines, register=register)
    own = operations.enter(register, first, actor=officer, at=at)
    operations.apply_members(row, actor=officer, at=at)
    assert [line.kind for line in row.lines.all()] == [LineKind.PRESENT, LineKind.NEW]
    assert set(register.members.values_list("person", flat=True)) == {first.pk, second.pk}
    operations.undo_members(row, actor=officer, at=at, reason="Λάθος αρχείο.")
    assert list(register.members.all()) == [own]


@pytest.mark.django_db
def test_a_sheet_without_a_new_member_is_not_applied(received, officer, at):
    row = received("1;;;;;;;")
    with pytest.raises(MemberSheetError, match="Καμία γραμμή δεν δίνει νέο μέλος"):
        operations.apply_members(row, actor=officer, at=at)
    assert MemberImport.objects.get().state == BatchState.COMPARED


@pytest.mark.django_db
def test_columns_that_were_mapped_once_are_offered_again(a_register, officer, at):
    register, by = a_register(), {"actor": officer, "at": at}

    def sheet(text):
        content = io.BytesIO(text.encode())
        return operations.receive_members(register, content, "a.csv", **by)

    first = sheet("Τι;Ποιος\n1;x")
    assert first.columns == {}
    operations.map_members(first, columns={"afm": 1, "field-phone": 0}, **by)
    assert sheet("ΠΟΙΟΣ;τί\nx;1").columns == {"afm": 0, "field-phone": 1}


def archive(**parts):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name.replace("__", "/"), part)
    return content.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "κενό"),
        (b"%PDF-1.7 x", "δεν είναι υπολογιστικό φύλλο"),
        (b"\0\1\2\3" * 40, "δεν είναι υπολογιστικό φύλλο"),
        (archive(xl__vbaProject_bin="x", **{"xl/vbaProject.bin": "x"}), "μακροεντολές"),
        (archive(**{"xl/sheet.xml": "0" * 50_000_000}), "μεγαλώνει υπερβολικά"),
        (archive(**{"../../xl/a": "x"}), "ονόματα φακέλων"),
        ("Α.Φ.Μ.;Ώρες".encode(), "δεν υπάρχει γραμμή"),
        (("Α.Φ.Μ.;Ώρες\n" + "1;2\n" * 2_001).encode(), "πάνω από 2.000"),
        (b"x" * (4 * 1024 * 1024 + 1), "ξεπερνά τα 4 MB"),
    ],
)
def test_what_is_no_plain_sheet_is_refused_in_words(a_register, officer, at, content, words):
    with pytest.raises(SheetError, match=words):
        operations.receive_members(
            a_register(), io.BytesIO(content), "../../etc/passwd", actor=officer, at=at
        )
    assert MemberImport.objects.count() == 0


@pytest.mark.django_db
def test_a_register_takes_sheets_from_its_keepers_alone(a_register, actor_for, at):
    register = a_register()
    registrar = people.a_person()
    people.a_post(registrar, Role.REGISTRAR, Scope.REGISTER, register.pk)
    content = "Α.Φ.Μ.;Ώρες\n1;2".encode()
    made = operations.receive_members(
        register, io.BytesIO(content), "a.csv", actor=actor_for(registrar), at=at
    )
    assert made.register_id == register.pk
    for stranger in (people.officer("iep"), people.a_person()):
        with pytest.raises(PermissionDenied):
            operations.receive_members(
                register, io.BytesIO(content), "a.csv", actor=actor_for(stranger), at=at
            )


@pytest.mark.django_db
def test_the_registrar_goes_from_the_sheet_to_members_and_back_page_by_page(
    client, login, set_clock, a_register, known, at
):
    set_clock(at)
    register = a_register()
    registrar, (person,) = people.a_person(), known()
    people.a_post(registrar, Role.REGISTRAR, Scope.BODY, a_body("itye").pk)
    login(client, registrar)
    address = f"/registers/{register.pk}/imports/"
    bad = client.post(address, {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 x")})
    assert (bad.status_code, "δεν είναι υπολογιστικό φύλλο" in bad.content.decode()) == (422, True)
    sheet = f"{HEADING}\n1;{afm_of(person)};Β-9;;;;;Β2\n2;;;;;;;".encode()
    page = client.post(address, {"file": SimpleUploadedFile("meli.csv", sheet)}, follow=True)
    columns = page.redirect_chain[-1][0]
    shown = page.context["form"]
    told_columns = {
        f"column-{name}": field.initial for name, field in shown.fields.items() if field.initial
    }
    missing = client.post(columns, told_columns | {"column-afm": ""})
    assert missing.status_code == 422
    page = client.post(columns, told_columns, follow=True)
    assert "Με λάθος" in page.content.decode()
    row = MemberImport.objects.get()
    client.post(f"/steps/member_import/{row.pk}/apply/")
    assert register.members.get().number == "Β-9"
    page = client.get(f"/registers/imports/{row.pk}/", {"kind": "new"})
    assert [line.person_id for line in page.context["page"]] == [person.pk]
    client.post(f"/steps/member_import/{row.pk}/undo/", {"reason": "Λάθος αρχείο."})
    assert register.members.count() == 0
    login(client, people.officer("iep"))
    assert client.get(f"/registers/imports/{row.pk}/").status_code == 404
