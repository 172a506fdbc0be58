"""Work done becomes amounts due, line by line, from signed sheets and confirmed hours.

Shows: R-075.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from didaskaleio.finance.enums import TermKind, Unit
from didaskaleio.finance.errors import TermRefusedError, WorkRefusedError
from didaskaleio.finance.models import PayTerm, WorkLine
from didaskaleio.finance.operations import rates, work
from didaskaleio.finance.queries.work import plan
from didaskaleio.kernel.models import Notice
from tests.factories import delivery, payments, people
from tests.factories.payments import NOW, Desk, a_term
from tests.factories.structures import a_body
from tests.hostile_files import VALID_PDF as PDF

pytestmark = pytest.mark.django_db


def facts(line):
    return line.unit, str(line.counted), str(line.amount), line.source_version, line.state


def test_the_hours_of_a_signed_sheet_are_due_at_the_rate_of_their_day():
    desk = Desk(signed=2)
    assert [facts(line) for line in desk.calculated()] == [
        ("hour", "2.00", "51.00", 1, "due"),
        ("hour", "2.00", "51.00", 1, "due"),
    ]
    line = WorkLine.objects.first()
    assert (line.payee, line.rate, line.contract) == (desk.payee, desk.rate, desk.contract)
    assert line.source_title.startswith(desk.programme.code)


def test_hours_of_own_work_are_due_once_they_are_confirmed():
    desk = Desk(signed=1, asynchronous=True)
    a_term(desk.action, desk.officer, value="10.00", unit=Unit.ASYNC_HOUR)
    assert [facts(line) for line in desk.calculated()] == [
        ("async_hour", "1.00", "10.00", 1, "due"),
        ("hour", "2.00", "51.00", 1, "due"),
    ]


def test_a_calculation_counts_what_was_signed_corrected_and_confirmed_by_its_moment():
    desk = Desk(signed=2, asynchronous=True)
    a_term(desk.action, desk.officer, value="10.00", unit=Unit.ASYNC_HOUR)
    desk.corrected(mark="late", late=50)
    first, second = delivery.sessions_of(desk.programme)[:2]

    def found(at):
        return [
            (p.found.source_id, p.found.unit, p.found.version) for p in plan(desk.action, at).lines
        ]

    assert found(first.ends_at - timedelta(seconds=1)) == []
    assert found(first.ends_at) == [(first.pk, "async_hour", 1), (first.pk, "hour", 1)]
    assert found(NOW) == [
        (first.pk, "async_hour", 2),
        (first.pk, "hour", 2),
        (second.pk, "async_hour", 1),
        (second.pk, "hour", 1),
    ]


def test_the_preview_writes_nothing_and_says_what_is_missing():
    desk = Desk(signed=1, payee=False, contract=False)
    found = plan(desk.action, NOW)
    assert found.lines == ()
    assert found.problems[0].endswith("δεν υπάρχουν στοιχεία δικαιούχου.")
    assert WorkLine.objects.count() == 0


def test_work_without_a_rate_is_named_and_not_written():
    desk = Desk(signed=1, asynchronous=True)
    assert any("Ασύγχρονη ώρα" in problem for problem in plan(desk.action, NOW).problems)
    assert [line.unit for line in desk.calculated()] == ["hour"]


def test_a_second_calculation_finds_nothing_new():
    desk = Desk()
    desk.calculated()
    with pytest.raises(WorkRefusedError, match="Δεν υπάρχει νέο έργο"):
        work.calculate(desk.action, actor=desk.actor, at=NOW, seen="")
    assert WorkLine.objects.count() == 2


def test_a_preview_that_is_no_longer_true_is_shown_again():
    desk = Desk(signed=2)
    seen = plan(desk.action, NOW).digest
    desk.corrected()
    with pytest.raises(WorkRefusedError, match="προεπισκόπηση"):
        work.calculate(desk.action, actor=desk.actor, at=NOW, seen=seen)


def test_a_corrected_sheet_replaces_a_line_that_nobody_has_accepted():
    desk = Desk(signed=1)
    desk.calculated()
    desk.corrected(mark="late", late=50)
    lines = desk.calculated()
    assert [facts(line) for line in lines] == [
        ("hour", "2.00", "51.00", 1, "withdrawn"),
        ("hour", "1.00", "25.50", 2, "due"),
    ]
    assert lines[1].adjusts is None


def test_a_corrected_sheet_makes_a_difference_to_a_line_that_was_accepted(authority):
    desk = Desk(signed=1)
    desk.accepted()
    desk.corrected()
    first, second = desk.calculated()
    assert facts(first) == ("hour", "2.00", "51.00", 1, "accepted")
    assert facts(second) == ("hour", "-2.00", "-51.00", 2, "due")
    assert second.adjusts == first
    assert second.note == "Διαφορά: η πηγή άλλαξε από έκδοση 1 σε 2."


def test_a_rate_of_a_past_day_makes_a_difference_and_edits_nothing(authority):
    desk = Desk(signed=1)
    desk.accepted()
    a_term(desk.action, desk.officer, value="30.00", since=date(2023, 1, 2))
    first, second = desk.calculated()
    assert facts(first)[2] == "51.00"
    assert (str(second.counted), str(second.amount)) == ("0.00", "9.00")
    assert "έκδοση 1 σε 2" in second.note


def test_hours_beyond_a_cap_are_written_and_not_paid():
    desk = Desk(signed=3)
    a_term(desk.action, desk.officer, TermKind.HOURS_OPERATION, "5", role="trainer")
    lines = desk.calculated()
    assert [str(line.counted) for line in lines] == ["2.00", "2.00", "1.00"]
    assert lines[2].note == "Μετρούν 1 από 2: όριο ωρών."
    assert str(lines[2].amount) == "25.50"


def test_the_cap_of_a_period_and_of_the_operation_hold_together():
    desk = Desk(signed=3)
    a_term(desk.action, desk.officer, TermKind.HOURS_PERIOD, "3")
    a_term(desk.action, desk.officer, TermKind.HOURS_OPERATION, "5", role="trainer")
    assert sum(line.counted for line in desk.calculated()) == Decimal(3)


def test_the_payee_is_told_once_of_a_calculation():
    desk = Desk()
    desk.calculated()
    told = Notice.objects.get(person=desk.trainer, kind="finance.work")
    assert told.text.startswith("2 νέες γραμμές έργου, 102,00\N{NO-BREAK SPACE}€.")


def test_only_the_accounts_of_the_body_calculate():
    desk = Desk()
    for stranger in (people.a_person(), payments.a_finance_officer(a_body("iep"))):
        with pytest.raises(PermissionDenied):
            work.calculate(desk.action, actor=payments.the_actor(stranger), at=NOW, seen="")


def test_a_line_that_is_not_quantity_by_rate_is_refused_by_the_database():
    line = Desk(signed=1).calculated()[0]
    with (
        pytest.raises(IntegrityError, match="work_amount_is_quantity_by_rate"),
        transaction.atomic(),
    ):
        WorkLine.objects.filter(pk=line.pk).update(amount=Decimal("51.01"))


def test_the_calculation_asks_as_much_for_one_session_as_for_three(django_assert_num_queries):
    one, three = Desk(signed=1), Desk(signed=3)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        plan(one.action, NOW)
    with django_assert_num_queries(len(few)):
        plan(three.action, NOW)


def test_a_new_version_of_a_rate_follows_the_last():
    desk = Desk(signed=1)
    newer = a_term(desk.action, desk.officer, value="28.00", since=date(2023, 7, 1))
    first = PayTerm.objects.get(version=1)
    assert (newer.version, first.valid_until, newer.valid_until) == (2, date(2023, 6, 30), None)
    with pytest.raises(TermRefusedError, match="πρέπει να αρχίζει"):
        a_term(desk.action, desk.officer, value="29.00", since=date(2023, 7, 1))


@pytest.mark.parametrize(
    "said",
    [
        {"kind": TermKind.RATE, "unit": "hour"},
        {"kind": TermKind.DEDUCTION},
        {"kind": TermKind.DEDUCTION, "title": "Φόρος", "value": Decimal(101)},
        {"kind": TermKind.INCOME, "unit": "hour"},
        {"kind": TermKind.INCOME, "value": Decimal(1_000_000)},
    ],
)
def test_a_term_that_says_nothing_clear_is_refused(said):
    desk = Desk(signed=0)
    given = {"value": Decimal(10), "valid_from": date(2023, 1, 1), "reason": "Απόφαση", **said}
    with pytest.raises(TermRefusedError):
        rates.set_term(desk.action, rates.TermFacts(**given), actor=desk.actor, at=NOW)


def an_entry(desk, **changes):
    given = {
        "payee": desk.payee,
        "role": "marker",
        "unit": Unit.SCRIPT,
        "quantity": Decimal(40),
        "worked_on": date(2023, 5, 3),
        "title": "Γραπτά του Μαΐου",
        **changes,
    }
    paper = SimpleUploadedFile("katastasi.pdf", PDF, "application/pdf")
    return work.enter(desk.action, work.Entry(**given), paper, actor=desk.actor, at=NOW)


def test_scripts_are_entered_with_the_document_that_shows_them():
    desk = Desk(signed=0)
    a_term(desk.action, desk.officer, value="1.15", unit=Unit.SCRIPT, role="marker")
    line = an_entry(desk)
    assert (str(line.amount), line.source, line.file.name) == ("46.00", "document", "katastasi.pdf")
    assert an_entry(desk).source_id == line.source_id + 1


@pytest.mark.parametrize("quantity", [Decimal(0), Decimal(-1), Decimal(10_000)])
def test_a_quantity_beyond_measure_is_not_entered(quantity):
    desk = Desk(signed=0)
    a_term(desk.action, desk.officer, value="1.15", unit=Unit.SCRIPT, role="marker")
    with pytest.raises(WorkRefusedError, match="ποσότητα"):
        an_entry(desk, quantity=quantity)


def test_hours_are_never_entered_by_hand():
    desk = Desk(signed=0)
    with pytest.raises(WorkRefusedError, match="υπολογίζονται"):
        an_entry(desk, unit=Unit.HOUR, role="trainer")


def test_what_has_no_rate_on_its_day_is_not_entered():
    desk = Desk(signed=0)
    a_term(
        desk.action, desk.officer, value="1.15", unit=Unit.SCRIPT, role="marker", since=NOW.date()
    )
    with pytest.raises(WorkRefusedError, match="Ορίστε την"):
        an_entry(desk, worked_on=NOW.date() - timedelta(days=1))
