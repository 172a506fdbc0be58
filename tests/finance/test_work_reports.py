"""Each paid contributor reports the work done: figures of signed sheets, words of one's own.

Shows: R-062.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from didaskaleio.completion import queries as completion
from didaskaleio.finance.errors import WorkReportError
from didaskaleio.finance.models import WorkReport
from didaskaleio.finance.operations import work_reports as operations
from didaskaleio.finance.queries import work_reports as queries
from didaskaleio.kernel import agenda, files, lifecycle
from didaskaleio.kernel.errors import OvertakenError, StepRefusedError
from didaskaleio.kernel.models import Notice
from didaskaleio.people.enums import Role, Scope
from didaskaleio.programmes.models import Programme
from tests.factories import payments, people
from tests.factories.payments import NOW, Desk
from tests.markup import markup

pytestmark = pytest.mark.django_db
WORDS = {"hour": "Δίδαξα τα σενάρια της συστάδας.", "async_hour": "Σχολίασα τις εργασίες."}


class Class:
    """A finished programme with a contract of its trainer, the centre's head and an officer."""

    def __init__(self, *, over=True, **facts):
        self.desk = Desk(contract=False, **facts)
        self.programme, self.trainer = self.desk.programme, self.desk.trainer
        self.contract = payments.a_signed_contract(
            self.desk.payee, self.desk.action, programme=self.programme
        )
        if over:
            Programme.objects.filter(pk=self.programme.pk).update(
                state="completed", state_since=NOW - timedelta(days=3)
            )
            self.programme.refresh_from_db()
            self.contract.refresh_from_db()
        self.author = payments.the_actor(self.trainer)
        self.head = self._post(Role.CENTRE_MANAGER, Scope.CENTRE, self.programme.centre)
        self.officer = self._post(Role.BODY_OFFICER, Scope.BODY, self.desk.body)

    def _post(self, role, scope, of):
        person = people.a_person()
        people.a_post(person, role, scope, of)
        return payments.the_actor(person)

    def written(self, **texts):
        return operations.write(
            self.contract, WORDS | texts, "Πήγε καλά.", actor=self.author, at=NOW
        )

    def submitted(self):
        report = self.written()
        operations.submit(report, actor=self.author, at=NOW + timedelta(hours=1))
        return report


def test_the_figures_come_from_the_signed_sheets_and_the_confirmed_hours():
    of = Class(signed=2, asynchronous=True)
    found = queries.activities(of.contract, NOW)
    assert [(each.key, each.amount, len(each.lines)) for each in found] == [
        ("hour", "4", 2),
        ("async_hour", "2", 2),
    ]
    what, _day, quantity = found[0].lines[0]
    assert what.startswith(f"{of.programme.code}, 1η συνάντηση")
    assert quantity == "2"


def test_what_was_submitted_is_kept_though_a_sheet_is_corrected_later():
    of = Class(signed=2)
    report = of.submitted()
    of.desk.corrected()
    report.refresh_from_db()
    assert [each.amount for each in queries.shown(report, NOW)] == ["4"]
    assert queries.contradicted(report, NOW)
    with pytest.raises(WorkReportError, match="άλλαξε μετά την υποβολή"):
        operations.accept(report, actor=of.officer, at=NOW + timedelta(hours=2))


def test_it_is_submitted_when_the_programme_is_over_and_every_activity_is_told():
    running = Class(over=False)
    report = running.written()
    with pytest.raises(WorkReportError, match="συνεχίζεται"):
        operations.submit(report, actor=running.author, at=NOW)
    silent = Class()
    report = silent.written(hour="  ")
    with pytest.raises(WorkReportError, match=r"Περιγράψτε τι κάνατε.*Διδακτική ώρα"):
        operations.submit(report, actor=silent.author, at=NOW)


def test_without_an_hour_on_a_signed_sheet_there_is_nothing_to_submit():
    of = Class(signed=0)
    with pytest.raises(WorkReportError, match="υπογράψτε πρώτα"):
        operations.submit(of.written(), actor=of.author, at=NOW)


def test_the_accepted_report_is_numbered_sealed_and_told(authority):
    of = Class()
    report = of.submitted()
    assert Notice.objects.filter(kind="finance.work_reports", person=of.head.user_id).count() == 1
    operations.accept(report, actor=of.head, at=NOW + timedelta(hours=2))
    assert report.state == "accepted"
    assert report.number == f"{of.desk.body.code.upper()}-ΕΠ-2023-000001"
    assert b"/ByteRange" in files.read(report.document.file)
    told = Notice.objects.get(kind="finance.work_report", person=of.trainer)
    assert report.number in told.text


def test_remarks_send_it_back_and_it_is_submitted_again(authority):
    of = Class()
    report = of.submitted()
    operations.send_back(report, actor=of.officer, at=NOW, reason="Γράψτε για το υλικό.")
    told = Notice.objects.get(kind="finance.work_report", person=of.trainer)
    assert "Γράψτε για το υλικό." in told.text
    of.written(hour="Και για το υλικό.")
    report.refresh_from_db()
    operations.submit(report, actor=of.author, at=NOW + timedelta(days=1))
    assert queries.shown(report, NOW)[0].text == "Και για το υλικό."


def test_a_submitted_report_is_not_written_and_nobody_judges_one_s_own():
    of = Class()
    report = of.submitted()
    with pytest.raises(WorkReportError, match="έχει υποβληθεί"):
        of.written()
    people.a_post(of.trainer, Role.BODY_OFFICER, Scope.BODY, of.desk.body)
    both = payments.the_actor(of.trainer)
    assert not queries.judged_by(report, both)
    with pytest.raises(WorkReportError, match="άλλο πρόσωπο"):
        operations.accept(report, actor=both, at=NOW)


def test_only_the_contributor_writes_and_only_centre_and_body_judge():
    of = Class()
    with pytest.raises(PermissionDenied):
        operations.write(of.contract, {}, "", actor=of.head, at=NOW)
    report = of.submitted()
    for stranger in (of.author, of.desk.actor, payments.the_actor(people.a_person())):
        with pytest.raises(PermissionDenied):
            operations.send_back(report, actor=stranger, at=NOW, reason="Όχι")


def test_a_second_window_does_not_overwrite_the_first_unseen():
    of = Class()
    of.written()
    with pytest.raises(OvertakenError):
        operations.write(of.contract, {}, "Άλλο", actor=of.author, at=NOW, seen=0)


def test_the_report_is_a_condition_of_accepting_the_documents(authority):
    of = Class()
    condition = _condition(of)
    assert (condition.met, condition.sentence) == (
        False,
        f"Λείπουν 1. Αναμένονται από: {of.trainer}.",
    )
    report = of.submitted()
    assert str(of.programme.centre) in _condition(of).sentence
    accept = lifecycle.known["programme"].operations["accept_documents"]
    with pytest.raises(StepRefusedError, match="Εκθέσεις πεπραγμένων: Λείπουν 1"):
        accept(of.programme, actor=of.officer, at=NOW)
    operations.accept(report, actor=of.head, at=NOW)
    assert _condition(of).met


def _condition(of):
    found = completion.conditions(of.programme, NOW)
    return next(each for each in found if each.title == "Εκθέσεις πεπραγμένων")


def test_home_asks_the_contributor_to_write_and_the_centre_to_judge():
    of = Class()
    own = [todo for todo in agenda.todos_of(of.author, NOW) if todo.source == "finance.work_report"]
    assert [todo.title for todo in own] == [f"Έκθεση πεπραγμένων: {of.contract.number}"]
    of.submitted()
    for actor, asked in ((of.author, []), (of.officer, []), (of.head, [str(of.trainer)])):
        todos = [t for t in agenda.todos_of(actor, NOW) if t.source.startswith("finance.work_rep")]
        assert [todo.title.rpartition(": ")[2] for todo in todos] == asked


def test_the_pages_lead_from_the_list_to_the_sealed_document(client, set_clock, authority):
    of = Class(signed=2)
    set_clock(NOW)
    client.force_login(of.trainer)
    assert "Οφείλεται" in markup(client.get(reverse("finance:work-reports-mine")))
    page = reverse("finance:work-report-write", args=[of.contract.pk])
    assert "Διδακτική ώρα: 4" in markup(client.get(page))
    answer = client.post(page, {"text_hour": WORDS["hour"], "summary": "Καλά", "seen": "0"})
    report = WorkReport.objects.get()
    shown = reverse("finance:work-report", args=[report.pk])
    assert answer.url == shown
    step = reverse("kernel:step", args=["work_report", report.pk, "submit"])
    client.post(step, headers={"referer": f"http://testserver{shown}"})
    assert client.get(page).url == shown
    client.force_login(people.Person.objects.get(pk=of.head.user_id))
    assert str(of.trainer) in markup(client.get(reverse("finance:work-reports")))
    client.post(reverse("kernel:step", args=["work_report", report.pk, "accept"]))
    assert "Το σφραγισμένο έγγραφο" in markup(client.get(shown))


def test_a_stranger_finds_no_report(client):
    of = Class()
    report = of.submitted()
    client.force_login(people.a_person())
    for page in (
        reverse("finance:work-report", args=[report.pk]),
        reverse("finance:work-report-write", args=[of.contract.pk]),
    ):
        assert client.get(page).status_code == 404


def test_the_desk_asks_as_much_for_one_report_as_for_three(client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    first = Class()
    first.submitted()
    client.force_login(people.Person.objects.get(pk=first.officer.user_id))
    page = reverse("finance:work-reports")
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    for _ in range(2):
        Class().submitted()
    with django_assert_num_queries(len(few)):
        assert markup(client.get(page)).count('scope="row"') == 3
