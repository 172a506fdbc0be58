"""Scripts, sittings and items from a sheet: tried first, written once, whatever is sent again.

Shows: R-075.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.finance import queries
from didaskaleio.finance.batches import FIELDS, read_line
from didaskaleio.finance.errors import WorkRefusedError
from didaskaleio.finance.models import WorkLine
from didaskaleio.finance.operations import importing
from didaskaleio.kernel import clock, files
from didaskaleio.kernel.sealed import blind_index
from didaskaleio.kernel.sheets import SheetError
from tests.factories import people
from tests.factories.payments import NOW, Desk, a_payee, a_term

HEAD = "Α.Φ.Μ.;Κωδικός;Μονάδα;Ρόλος;Ποσότητα;Ημέρα;Περιγραφή"
COLUMNS = {field.name: place for place, field in enumerate(FIELDS)}
MARKER, GUARD = "697000011", "697000022"


class Marking:
    """An action with two payees and rates for scripts and sittings."""

    def __init__(self):
        self.desk = Desk(signed=0)
        self.action = self.desk.action
        self.marker = self.payee(MARKER)
        self.guard = self.payee(GUARD)
        for unit, role, value in (("script", "marker", "4.20"), ("sitting", "staff", "35")):
            a_term(self.action, self.desk.officer, value=value, unit=unit, role=role)

    def payee(self, afm):
        index = blind_index(afm, queries.AFM)
        return a_payee(self.desk.body, people.a_person(), afm=afm, afm_index=index)

    def read(self, *rows):
        content = ContentFile("\n".join([HEAD, *rows]).encode(), "fyllo.csv")
        return importing.read_sheet(self.action, content, actor=self.desk.actor)

    def write(self, *rows):
        told = [line.said for line in self.read(*rows)]
        return importing.write(self.action, told, actor=self.desk.actor, at=NOW)


@pytest.fixture
def marking(db):
    return Marking()


SCRIPTS = f"{MARKER};Γ-1;Γραπτά;;40;14/5/2023;Γραπτά Μαΐου"
SITTING = f"{GUARD};Ε-1;Επιτήρηση;;2;2023-05-14;"


def test_a_sheet_is_tried_and_nothing_is_written(marking):
    lines = marking.read(SCRIPTS, SITTING)
    told = [(line.payee, line.rate.role, line.amount, line.new) for line in lines]
    assert told == [
        (marking.marker, "marker", Decimal("168.00"), True),
        (marking.guard, "staff", Decimal("70.00"), True),
    ]
    assert not WorkLine.objects.exists()


def test_the_same_sheet_again_writes_nothing(marking):
    assert marking.write(SCRIPTS, SITTING) == 2
    again = marking.read(SCRIPTS, SITTING)
    assert [(line.written, line.new) for line in again] == [(True, False)] * 2
    with pytest.raises(WorkRefusedError, match="δεν έχει νέα γραμμή"):
        marking.write(SCRIPTS, SITTING)
    assert marking.write(SCRIPTS, f"{MARKER};Γ-2;Γραπτά;;5;15/5/2023;") == 1
    rows = WorkLine.objects.order_by("pk").values_list("unit", "quantity", "amount", "state")
    assert list(rows) == [
        ("script", Decimal(40), Decimal("168.00"), "due"),
        ("sitting", Decimal(2), Decimal("70.00"), "due"),
        ("script", Decimal(5), Decimal("21.00"), "due"),
    ]


def test_the_lines_lead_to_the_sheet_as_it_was_read(marking):
    marking.write(SCRIPTS, SITTING)
    first, second = WorkLine.objects.order_by("pk")
    assert first.file == second.file
    assert files.read(first.file).decode("utf-8-sig").splitlines()[1:] == [
        f"{MARKER};Γ-1;script;;40;2023-05-14;Γραπτά Μαΐου",
        f"{GUARD};Ε-1;sitting;;2;2023-05-14;",
    ]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (f"{MARKER};;Γραπτά;;40;14/5/2023;", "Λείπει: Κωδικός."),
        (f"{MARKER};Γ-9;Ώρες;;40;14/5/2023;", "Μονάδα: γράψτε «Γραπτό», «Επιτήρηση εξέτασης»"),
        (f"{MARKER};Γ-9;Γραπτά;Άλλος;40;14/5/2023;", "Ρόλος: γράψτε τον όπως στα είδη συμβάσεων"),
        (f"{MARKER};Γ-9;Γραπτά;;0;14/5/2023;", "Ποσότητα: γράψτε αριθμό πάνω από το 0"),
        (f"{MARKER};Γ-9;Γραπτά;;40;31/2/2023;", "Ημέρα: γράψτε την όπως 14/1/2023."),
        ("697000099;Γ-9;Γραπτά;;40;14/5/2023;", "Δεν υπάρχουν στοιχεία δικαιούχου με αυτόν"),
        (f"{MARKER};Γ-9;Θέματα;;40;14/5/2023;", "Δεν έχει οριστεί μία αποζημίωση για τη μονάδα"),
        (f"{MARKER};Γ-1;Γραπτά;;41;14/5/2023;", "Ο κωδικός έχει ήδη γραφτεί με ποσότητα 40."),
    ],
)
def test_a_line_that_cannot_be_taken_stays_out_with_the_reason(marking, row, problem):
    marking.write(SCRIPTS)
    (line,) = marking.read(row)
    assert line.problem.startswith(problem)
    assert not line.new


def test_a_code_that_comes_twice_is_taken_once(marking):
    first, second = marking.read(SCRIPTS, SCRIPTS)
    assert (first.new, second.new) == (True, False)
    assert second.problem == "Ο κωδικός «Γ-1» υπάρχει και πιο πάνω στο φύλλο."


def test_a_file_without_the_headings_is_refused(marking):
    content = ContentFile("α;β\n1;2\n".encode(), "x.csv")
    with pytest.raises(SheetError, match=r"χρειάζεται επικεφαλίδες «Α\.Φ\.Μ\.», «Κωδικός»"):
        importing.read_sheet(marking.action, content, actor=marking.desk.actor)


def test_the_page_tries_and_writes_only_what_it_showed(client, marking, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    client.force_login(marking.desk.officer)
    address = f"/payments/actions/{marking.action.pk}/work/sheet/"
    content = ContentFile(f"{HEAD}\n{SCRIPTS}\n1;;;;;;".encode(), "fyllo.csv")
    page = client.post(address, {"file": content})
    assert (page.context["new"], page.context["wrong"]) == (1, 1)
    assert page.context["total"] == Decimal("168.00")
    forged = client.post(address, {"seen": page.context["seen"] + "x"}, follow=True)
    assert "Η προεπισκόπηση δεν ισχύει" in forged.content.decode()
    assert client.post(address, {"seen": page.context["seen"]}).status_code == 302
    assert WorkLine.objects.get().amount == Decimal("168.00")
    client.force_login(marking.marker.person)
    assert client.get(address).status_code in {403, 404}
    line = client.get(f"/payments/work/{WorkLine.objects.get().pk}/")
    assert "Το έγγραφο του έργου" not in line.content.decode()


def test_the_dry_run_asks_as_much_for_one_line_as_for_three(
    marking, django_assert_num_queries, monkeypatch
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        marking.read(SCRIPTS)
    with django_assert_num_queries(len(one)):
        marking.read(SCRIPTS, SITTING, f"{MARKER};Γ-2;Γραπτά;;5;15/5/2023;")


cells = st.lists(st.text(max_size=30), min_size=0, max_size=9)


@given(cells)
def test_any_line_is_read_or_told_what_is_wrong(row):
    said = read_line(7, row, COLUMNS)
    assert said.problem or (said.quantity > 0 and said.day)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(1, 9_999))
def test_what_is_written_in_greek_or_iso_is_read_as_the_same(day, quantity):
    greek = [MARKER, "Γ-1", "γραπτα", "", f"{quantity:,}".replace(",", "."), f"{day:%d/%m/%Y}", ""]
    iso = [MARKER, "Γ-1", "SCRIPT", "", str(quantity), day.isoformat(), ""]
    assert read_line(1, greek, COLUMNS) == read_line(1, iso, COLUMNS)
    assert read_line(1, iso, COLUMNS).quantity == quantity
