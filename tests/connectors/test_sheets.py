"""Exports as people send them: every form of a sheet, and hostile files refused with words.

Shows: R-020.
"""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.connectors.conftest import FIRST, HEADING, line, sheet

from didaskaleio.connectors import myschool
from didaskaleio.connectors.myschool import SheetError
from didaskaleio.connectors.operations.receiving import EXPORT

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NAMES = {
    "afm": "012345670",
    "surname": "ΆΓΝΩΣΤΗ",
    "given_name": "ΆΝΝΑ",
    "specialty": "ΠΕ70",
    "employment": "permanent",
}


def read(path):
    """The facts of each line under the headings that are found."""
    rows = list(myschool.rows(path))
    heading = myschool.find_heading(rows)
    assert heading is not None
    found = []
    for row in rows[heading.last :]:
        values = dict(
            zip(myschool.COLUMNS, myschool.read_line(row, heading.columns).values, strict=True)
        )
        found.append({name: values[name] for name in NAMES})
    return found


@pytest.fixture
def put(tmp_path):
    def write(content, name="export"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def workbook(*rows, merge=None):
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        for place, row in enumerate(rows):
            page.write_row(place, 0, row)
        if merge:
            page.merge_range(*merge)
    return out.getvalue()


LINES = [
    ["Επώνυμο", "Όνομα", "Α.Φ.Μ.", "Κλάδος", "Σχέση Εργασίας"],
    ["ΆΓΝΩΣΤΗ", "ΆΝΝΑ", "012345670", "ΠΕ70 - ΔΑΣΚΑΛΟΙ", "ΜΟΝΙΜΟΣ"],
]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1253", "utf-16"])
def test_text_is_read_in_every_encoding_and_with_every_delimiter(put, delimiter, encoding):
    text = "\r\n".join(delimiter.join(row) for row in LINES)
    assert read(put(text.encode(encoding))) == [NAMES]


def test_a_first_line_may_name_the_delimiter(put):
    text = "sep=,\n" + "\n".join(",".join(row) for row in LINES)
    assert read(put(text.encode())) == [NAMES]


def test_a_workbook_is_read_with_numbers_that_lost_their_zero(put):
    heading, row = LINES
    assert read(put(workbook(heading, [row[0], row[1], 12345670, *row[3:]]))) == [NAMES]


def test_a_workbook_may_begin_lower_down(put):
    rows = list(myschool.rows(put(workbook([], [], *LINES))))
    heading = myschool.find_heading(rows)
    assert heading is not None
    assert heading.last == 3


def test_a_page_of_html_named_xls_is_a_sheet(put):
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in LINES)
    page = f"<html><meta charset=utf-8><body><table>{cells}</table></body></html>"
    assert read(put(page.encode())) == [NAMES]
    assert read(put(page.encode("cp1253"))) == [NAMES]


def test_merged_headings_of_two_rows_are_put_together(put):
    upper = "<tr><th colspan=2>Πρόσωπο</th><th rowspan=2>ΑΦΜ</th><th rowspan=2>Κλάδος</th>"
    upper += "<th rowspan=2>Σχέση εργασίας</th><th colspan=2>Σχολείο</th></tr>"
    lower = "<tr><th>Επώνυμο</th><th>Όνομα</th><th>Κωδικός</th><th>Ώρες</th></tr>"
    row = "<tr>" + "".join(f"<td>{cell}</td>" for cell in [*LINES[1], "9000001", "20"]) + "</tr>"
    path = put(f"<table>{upper}{lower}{row}</table>".encode())
    heading = myschool.find_heading(list(myschool.rows(path)))
    assert heading is not None
    assert heading.columns == {
        "surname": 0,
        "given_name": 1,
        "afm": 2,
        "specialty": 3,
        "employment": 4,
        "school": 5,
        "hours": 6,
    }
    assert read(path) == [NAMES]


@given(st.permutations(range(5)), st.sampled_from(["upper", "lower", "title", "bare", "latin"]))
def test_headings_are_known_in_any_order_case_and_alphabet(order, form):
    spell = {
        "upper": str.upper,
        "lower": str.lower,
        "title": str.title,
        "bare": lambda text: text.translate(str.maketrans("ώόέά", "ωοεα")),
        "latin": lambda text: text.upper().translate(str.maketrans("ΑΕΙΟΝΜ", "AEIONM")),
    }[form]
    cells = [spell(LINES[0][place]) for place in order]
    heading = myschool.find_heading([["Εξαγωγή της 12/1/2023"], cells])
    assert heading is not None
    names = ["surname", "given_name", "afm", "specialty", "employment"]
    assert heading.columns == {names[place]: n for n, place in enumerate(order)}
    assert myschool.fingerprint(cells) == myschool.fingerprint(LINES[0])


@pytest.mark.parametrize(
    ("column", "written", "read_as"),
    [
        ("specialty", "PE86.00", "ΠΕ86"),
        ("specialty", "ΠΕ02.50 ΦΙΛΟΛΟΓΟΙ", "ΠΕ02.50"),
        ("specialty", "ΠΕ 0401", "ΠΕ04.01"),
        ("employment", "ΑΝΑΠΛΗΡΩΤΗΣ ΠΛΗΡΟΥΣ ΩΡΑΡΙΟΥ", "substitute"),
        ("hours", "18,0", "18"),
        ("organic", "X", "ναι"),
        ("valid_from", "1/9/2022", "2022-09-01"),
        ("valid_from", "2022-09-01 00:00:00", "2022-09-01"),
        ("afm", '="012345670"', "012345670"),
        ("surname", "  ΔΕΙΓΜΑ\u00a0ΤΙΔΗΣ ", "ΔΕΙΓΜΑ ΤΙΔΗΣ"),
    ],
)
def test_values_are_read_as_offices_write_them(column, written, read_as):
    found = myschool.read_line([written], {column: 0})
    assert found.values[myschool.COLUMNS.index(column)] == read_as
    assert not found.fault


@pytest.mark.parametrize(
    ("column", "written", "words"),
    [
        ("surname", '=HYPERLINK("x")', "τύπος υπολογισμού"),
        ("given_name", "@SUM(1)", "τύπος υπολογισμού"),
        ("valid_from", "31/2/2022", "δεν υπάρχει"),
        ("valid_from", "χθες", "δεν διαβάζεται"),
        ("organic", "ίσως", "«ναι» ή «όχι»"),
        ("specialty", "Φιλόλογος", "δεν διαβάζεται"),
        ("employment", "Εθελοντής", "Άγνωστη σχέση εργασίας"),
    ],
)
def test_values_that_cannot_be_read_say_so(column, written, words):
    assert words in myschool.read_line([written], {column: 0}).fault


def archive(*parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts:
            book.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (archive(("xl/workbook.xml", "x"), ("xl/vbaProject.bin", "x")), "μακροεντολές"),
        (archive(("xl/workbook.xml", b" " * 30_000_000)), "μεγαλώνει υπερβολικά"),
        (archive(("../../etc/passwd", "x")), "ονόματα φακέλων"),
        (archive(("notes.txt", "x")), "δεν είναι υπολογιστικό φύλλο"),
        (archive(("xl/workbook.xml", "x")), "δεν διαβάζεται"),
        (b"PK\x03\x04 and then nothing", "κατεστραμμένο"),
        (OLE + b"\0" * 600 + "_VBA_PROJECT".encode("utf-16-le"), "μακροεντολές"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "κλειδωμένο"),
        (OLE + b"\0" * 4_000, "δεν διαβάζεται"),
        (b"a;b;c\0d\n", "δεν είναι υπολογιστικό φύλλο"),
        (b"<html><p>nothing here</p>", "χωρίς πίνακα"),
        (("α;" * 300).encode(), "200 στήλες"),
        (('α;"' + "β" * 200_000).encode(), "δεν διαβάζεται ως CSV"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_hostile_files_are_refused_with_words(put, content, words):
    with pytest.raises(SheetError, match=words):
        list(myschool.rows(put(content)))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "κενό"),
        (b"%PDF-1.7 " + b"x" * 300, "δεν είναι υπολογιστικό φύλλο"),
        (b"\x7fELF" + b"\0" * 300, "δεν είναι υπολογιστικό φύλλο"),
        (b"\n\n", "Δεν βρέθηκαν επικεφαλίδες"),
    ],
)
def test_what_is_no_export_is_not_even_stored(receive, content, words):
    from didaskaleio.connectors.models import TeacherImport

    with pytest.raises(Exception, match=words):
        receive(content)
    assert not TeacherImport.objects.exists()


@pytest.mark.django_db
def test_a_file_beyond_the_limit_is_read_no_further(receive, officer, at):
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size=-1):
            self.given += size
            return b"x" * size

    from didaskaleio.connectors import operations

    upload = Endless()
    with pytest.raises(SheetError, match="ξεπερνά τα 64 MB"):
        operations.receive(
            upload, "endless.csv", as_of=at.date(), whole=False, actor=officer, at=at
        )
    assert upload.given <= EXPORT.limit + 1


@pytest.mark.django_db
def test_a_name_that_leads_elsewhere_is_only_a_name(receive):
    row = receive(sheet(line(FIRST, "9000001")), "../../etc/cron.d/export.csv")
    assert (row.name, row.file.name) == ("export.csv", "export.csv")


def test_every_heading_that_a_field_is_known_by_finds_it():
    for field in myschool.FIELDS:
        for name in field.names:
            found = myschool.find_heading([[name, *HEADING]])
            assert found is not None
            assert found.columns[field.name] == 0, name
