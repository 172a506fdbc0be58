"""Costs outside the days that a funded project covers: seen, approved only with a reason, reported.

Shows: R-078.
"""

from __future__ import annotations

import subprocess
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.finance.documents import ORDER_PAPER
from didaskaleio.finance.eligibility import Period
from didaskaleio.finance.models import PaymentLine, WorkLine
from didaskaleio.finance.operations import orders
from didaskaleio.finance.queries import eligibility
from didaskaleio.kernel import clock, dossiers, journal, printouts, reports
from didaskaleio.kernel.errors import Refusal
from didaskaleio.structures.models import FundedProject
from tests.factories.payments import NOW, Desk

DAY = timedelta(days=1)
TODAY = NOW.date()
REASON = "Η δαπάνη καλύπτεται από ίδιους πόρους του φορέα."
days = st.dates(date(2020, 1, 1), date(2025, 12, 31))


@given(st.none() | days, st.none() | days, days)
def test_a_day_is_covered_from_the_first_to_the_last_both_included(first, last, day):
    period = Period("Π", first, last)
    assert period.holds(day) == ((not first or first <= day) and (not last or day <= last))
    if first and last and first <= last:
        assert period.holds(first)
        assert period.holds(last)
        assert not period.holds(first - DAY)
        assert not period.holds(last + DAY)


@given(days, days, days, days)
def test_days_are_covered_when_each_of_them_is(first, last, begins, ends):
    begins, ends = sorted((begins, ends))
    period = Period("Π", first, last)
    span = (begins, min(begins + 40 * DAY, ends))
    each = [span[0] + n * DAY for n in range((span[1] - span[0]).days + 1)]
    assert period.covers(*span) == all(period.holds(day) for day in each)


def test_work_and_payment_are_told_apart():
    period = Period("Π", date(2023, 1, 1), date(2023, 12, 31))
    assert period.flaws(date(2023, 1, 1), date(2023, 12, 31)) == ()
    assert period.flaws(date(2022, 12, 31), date(2023, 12, 31)) == ("έργο",)
    assert period.flaws(date(2023, 1, 1), date(2024, 1, 1)) == ("πληρωμή",)
    assert period.flaws(date(2022, 12, 31), date(2024, 1, 1)) == ("έργο", "πληρωμή")
    assert period.flaws(date(2023, 5, 1)) == ()


@pytest.fixture
def clocked(monkeypatch):
    """The clock of the pages stands at the day of the orders."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def desk(authority):
    """Two sessions' hours accepted; the project of the action covers what a test says."""
    desk = Desk()
    desk.project = FundedProject.objects.get()
    desk.action.project = desk.project
    desk.action.save(update_fields=["project"])
    desk.accepted()
    desk.worked = sorted(WorkLine.objects.values_list("worked_on", flat=True))
    desk.reader = desk.actor
    covers(desk, None, None)
    return desk


def covers(desk, first, last):
    FundedProject.objects.update(eligible_from=first, eligible_until=last)
    desk.project.refresh_from_db()
    desk.action.refresh_from_db()


def text_of(content):
    ran = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    return " ".join(ran.stdout.decode().split())


@pytest.mark.django_db
def test_the_database_draws_the_same_line_as_the_rule(desk):
    order = desk.ordered()
    first, last = desk.worked[0], TODAY
    edges = [
        (first, last, 0),
        (first + DAY, last, 1),
        (first, last - DAY, 2),
        (desk.worked[-1] + DAY, None, 2),
        (None, last - DAY, 2),
        (None, None, 0),
    ]
    for begins, ends, many in edges:
        covers(desk, begins, ends)
        period = eligibility.period_of(desk.action)
        by_rule = sum(bool(period.flaws(day, TODAY)) for day in desk.worked)
        assert (order.outside().count(), by_rule) == (many, many), (begins, ends)


@pytest.mark.django_db
def test_the_day_of_the_bank_counts_once_it_is_known(desk):
    covers(desk, None, TODAY)
    order = desk.sent()
    assert not order.outside().exists()
    later = NOW + 2 * DAY
    orders.pay_all(order, bank_on=later.date(), actor=desk.actor, at=later)
    assert order.outside().count() == 2
    assert {eligibility.flaws_of(row) for row in eligibility.costs(desk.project)} == {"πληρωμή"}


@pytest.mark.django_db
def test_an_order_with_such_lines_is_approved_only_with_a_reason(desk):
    covers(desk, desk.worked[0] + DAY, None)
    order, other = desk.ordered(), desk.another()
    with pytest.raises(Refusal, match="«Έγκριση με αιτιολογία»"):
        orders.approve(order, actor=other, at=NOW)
    with pytest.raises(Refusal, match="γράψτε την αιτιολογία"):
        orders.approve_outside(order, actor=other, at=NOW, reason="  ")
    with pytest.raises(Refusal, match="άλλο πρόσωπο"):
        orders.approve_outside(order, actor=desk.actor, at=NOW, reason=REASON)
    orders.approve_outside(order, actor=other, at=NOW, reason=REASON)
    order.refresh_from_db()
    assert (order.state, order.exception, order.approved_by_id) == (
        "approved",
        REASON,
        other.person_id,
    )
    entry = journal.of(order)[0]
    assert (entry.step, entry.reason) == ("approve_outside", REASON)


@pytest.mark.django_db
def test_an_order_that_is_covered_needs_no_reason(desk):
    covers(desk, desk.worked[0], TODAY)
    order = desk.ordered()
    with pytest.raises(Refusal, match="εγκρίνεται από την «Έγκριση»"):
        orders.approve_outside(order, actor=desk.another(), at=NOW, reason=REASON)
    orders.approve(order, actor=desk.another(), at=NOW)
    order.refresh_from_db()
    assert (order.state, order.exception) == ("approved", "")


@pytest.mark.django_db
def test_the_printed_order_names_the_lines_and_the_reason(desk):
    covers(desk, desk.worked[0] + DAY, None)
    order = desk.ordered()
    orders.approve_outside(order, actor=desk.another(), at=NOW, reason=REASON)
    row = ORDER_PAPER.rows().get(pk=order.pk)
    text = text_of(printouts.render(ORDER_PAPER, row, at=NOW))
    assert order.number in text
    assert "Γραμμές εκτός περιόδου επιλεξιμότητας" in text
    assert REASON in text
    table = ORDER_PAPER.paper(row, NOW).tables[1]
    assert [line[4] for line in table.lines] == ["έργο"]


@pytest.mark.django_db
def test_the_report_lists_what_is_outside_and_asks_once_however_many(
    desk, django_assert_num_queries
):
    covers(desk, TODAY + DAY, None)
    with django_assert_num_queries(1):
        assert [(row["outside"], row["exception"]) for row in shown(desk)] == [("έργο", "")] * 2
    covers(desk, desk.worked[0] + DAY, None)
    order = desk.ordered()
    orders.approve_outside(order, actor=desk.another(), at=NOW, reason=REASON)
    with django_assert_num_queries(1):
        (row,) = shown(desk)
    assert (row["outside"], row["order"], row["exception"]) == ("έργο", order.number, REASON)
    assert (row["day"], row["paid"]) == (desk.worked[0], TODAY)
    assert shown(desk, of=str(order.pk + 1)) == []


def shown(desk, **values):
    report = reports.known["finance.outside"]
    found = report.rows(desk.reader, NOW, values)
    return [{c.name: c.of(row) for c in report.columns} for row in found]


@pytest.mark.django_db
def test_the_audit_pack_tells_of_them_by_payment_and_for_the_whole_project(desk):
    covers(desk, desk.worked[0] + DAY, None)
    order = desk.ordered()
    orders.approve_outside(order, actor=desk.another(), at=NOW, reason=REASON)
    orders.dispatch(order, actor=desk.actor, at=NOW)
    orders.pay_all(order, bank_on=TODAY, actor=desk.actor, at=NOW)
    listed = {each.part.name: each for each in dossiers.listed(desk.programme, NOW)}
    paid = text_of(listed["finance.payments"].entries[0].printed())
    assert REASON in paid
    assert "Εκτός: έργο" in paid
    assert "Εντός" in paid
    (whole,) = [
        entry
        for each in dossiers.listed(desk.project, NOW)
        for entry in each.entries
        if each.part.name == "finance.outside"
    ]
    assert REASON in text_of(whole.printed())


@pytest.mark.django_db
@pytest.mark.usefixtures("clocked")
def test_every_page_of_the_preparation_warns_with_the_days(desk, client):
    first = desk.worked[0] + DAY
    covers(desk, first, date(2030, 12, 31))
    covered = eligibility.told(eligibility.period_of(desk.action))
    client.force_login(desk.officer)
    line = WorkLine.objects.order_by("worked_on").first()
    at = f"/payments/actions/{desk.action.pk}/"
    desk.contract.starts_on = first - 9 * DAY
    desk.contract.save(update_fields=["starts_on"])
    before = [at, f"{at}orders/new/", f"/payments/work/{line.pk}/"]
    for page in (*before, f"/finance/contracts/{desk.contract.pk}/"):
        assert covered in shown_at(client, page), page
    assert covered in shown_at(client, f"/payments/orders/{desk.ordered().pk}/")


def shown_at(client, page):
    return " ".join(client.get(page).content.decode().split())


@pytest.mark.django_db
@pytest.mark.usefixtures("clocked")
def test_the_calculation_marks_what_it_would_write_outside(authority, client):
    desk = Desk()
    FundedProject.objects.update(eligible_from=TODAY + DAY, eligible_until=None)
    client.force_login(desk.officer)
    desk.action.project = FundedProject.objects.get()
    desk.action.save(update_fields=["project"])
    page = client.get(f"/payments/actions/{desk.action.pk}/calculation/").content.decode()
    assert page.count(">εκτός</span>") == 2
    assert "2 γραμμών" in page


@pytest.mark.django_db
def test_what_belongs_to_no_project_is_never_outside(desk):
    covers(desk, TODAY + DAY, None)
    desk.action.project = None
    desk.action.save(update_fields=["project"])
    order = desk.ordered()
    assert not order.outside().exists()
    assert not PaymentLine.objects.outside().exists()
    assert not WorkLine.objects.costs_outside().exists()
    orders.approve(order, actor=desk.another(), at=NOW)
