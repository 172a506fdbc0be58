"""Contracts: templates checked, drawn up once, issued when all is there, signed in order, ended.

Shows: R-072, R-076
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from didaskaleio.credentials import operations as credentials
from didaskaleio.finance import operations, queries
from didaskaleio.finance.documents import contract_data
from didaskaleio.finance.enums import ContractKind
from didaskaleio.finance.errors import ContractError, TemplateError
from didaskaleio.finance.models import Contract, ContractTemplate
from didaskaleio.kernel import files, journal, lifecycle
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.models import Notice, Work
from tests.factories import completion, finance, people, programmes, structures

pytestmark = pytest.mark.django_db


def in_force(contract, desk, at):
    operations.issue_and_send(contract, actor=desk, at=at)
    return finance.signed_by_turn(contract, at=at + timedelta(days=1))


# Templates ----------------------------------------------------------------------------------------


def test_a_text_with_an_unknown_placeholder_is_not_published(desk, at):
    body = structures.a_body()
    made = operations.begin_template(body, ContractKind.MARKER, actor=desk, at=at)
    operations.write_template(
        made, title="Σύμβαση", text="Ο {άγνωστος}.", requires=[], actor=desk, at=at
    )
    made.refresh_from_db()
    with pytest.raises(TemplateError, match=r"«\{άγνωστος\}»"):
        operations.publish_template(made, actor=desk, at=at)
    assert made.state == "draft"


def test_a_new_version_takes_the_place_of_the_one_in_use(desk, at):
    first = finance.a_template()
    second = operations.begin_template(first.body, ContractKind.TRAINER, actor=desk, at=at)
    assert (second.version, second.text) == (2, first.text)
    with pytest.raises(TemplateError, match="ήδη πρόχειρο"):
        operations.begin_template(first.body, ContractKind.TRAINER, actor=desk, at=at)
    operations.publish_template(second, actor=desk, at=at)
    states = ContractTemplate.objects.order_by("version").values_list("state", flat=True)
    assert list(states) == ["retired", "published"]


def test_what_is_in_use_is_never_written_again(desk, at):
    with pytest.raises(TemplateError, match="νέα έκδοση"):
        operations.write_template(
            finance.a_template(), title="Α", text="Β", requires=[], actor=desk, at=at
        )


# Drawing up ---------------------------------------------------------------------------------------


def test_the_work_of_a_programme_is_its_trainer_centre_and_staff(desk, at):
    programme = programmes.a_programme("running")
    works = queries.works(queries.programmes())
    kinds = [(work.kind, work.hours, work.contract) for work in works]
    assert kinds == [("trainer", 60, None), ("centre", None, None), ("staff", None, None)]
    assert works[0].person == programme.trainer


def test_whoever_takes_meetings_over_has_a_contract_for_their_hours(desk, at):
    programme = completion.a_class(1, state="running", session_state="planned")
    other = people.a_person()
    first, second, *_ = programme.sessions.filter(kind="f2f").order_by("sequence")
    programme.sessions.filter(pk__in=[first.pk, second.pk]).update(trainer=other)
    works = queries.works(queries.programmes(), [ContractKind.TRAINER])
    hours = sum(row.hours + row.async_hours for row in (first, second))
    assert [(work.person, work.hours) for work in works] == [
        (programme.trainer, 60),
        (other, hours),
    ]


def test_the_same_work_is_drawn_up_once(desk, at):
    finance.a_template()
    programmes.a_programme("running")
    (work,) = queries.works(queries.programmes(), [ContractKind.TRAINER])
    first = operations.draw_up_work(work, actor=desk, at=at)
    assert operations.draw_up_work(work, actor=desk, at=at) is None
    assert Contract.objects.get() == first
    (again,) = queries.works(queries.programmes(), [ContractKind.TRAINER])
    assert again.contract == first
    with pytest.raises(ContractError, match="Υπάρχει ήδη"):
        operations.draw_up(
            first.action,
            ContractKind.TRAINER,
            first.payee,
            finance.terms(),
            programme=first.programme,
            actor=desk,
            at=at,
        )


def test_without_a_template_in_use_nothing_is_drawn_up(desk, at):
    payee = finance.a_payee()
    action = programmes.an_action(body=payee.body)
    with pytest.raises(ContractError, match="Δεν υπάρχει υπόδειγμα"):
        operations.draw_up(action, ContractKind.AUTHOR, payee, finance.terms(), actor=desk, at=at)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ends_on": date(2023, 3, 5)}, "πριν από την έναρξη"),
        ({"starts_on": date(2022, 1, 1), "ends_on": date(2023, 1, 17)}, "ήδη λήξει"),
    ],
)
def test_days_in_the_wrong_order_or_past_are_refused(changes, words):
    with pytest.raises(ContractError, match=words) as refused:
        finance.a_contract(**changes)
    assert refused.value.code == "ends_on"


def test_a_period_is_drawn_up_in_the_background_and_again_makes_nothing(
    desk, at, drain_jobs, set_clock
):
    set_clock(at)
    programme = programmes.a_programme("running")
    finance.a_template("trainer")
    finance.a_template("centre")
    kinds = [ContractKind.TRAINER, ContractKind.CENTRE]
    work = operations.begin_drawing_up(programme.period, kinds, actor=desk, at=at)
    drain_jobs()
    work.refresh_from_db()
    assert (work.state, work.done, work.total) == ("done", 2, 2)
    assert work.message == "2 συμβάσεις: καταρτίστηκαν."
    with pytest.raises(ContractError, match="έχουν καταρτιστεί"):
        operations.begin_drawing_up(programme.period, kinds, actor=desk, at=at)
    with pytest.raises(ContractError, match="Προσωπικού κέντρου"):
        operations.begin_drawing_up(programme.period, [ContractKind.STAFF], actor=desk, at=at)


# Issue and circulation ----------------------------------------------------------------------------


def test_nothing_is_issued_before_the_facts_and_the_documents_are_there(desk, at):
    payee = finance.a_payee(state="submitted")
    contract = finance.a_contract(payee, requires=["declaration"])
    with pytest.raises(ContractError, match="δεν έχουν επιβεβαιωθεί"):
        operations.issue(contract, actor=desk, at=at)
    operations.confirm(payee, actor=desk, at=at)
    with pytest.raises(ContractError, match="Υπεύθυνη δήλωση"):
        operations.issue(contract, actor=desk, at=at)
    finance.a_paper(payee)
    operations.issue(contract, actor=desk, at=at + timedelta(hours=1))
    assert (contract.state, contract.number) == ("issued", "ITYE-ΣΥΜ-2023-000001")


def test_a_document_that_expired_after_the_issue_stops_the_sending(desk, at, authority):
    contract = finance.a_contract(requires=["tax_clearance"])
    finance.a_paper(contract.payee, "tax_clearance", until=date(2023, 1, 31))
    operations.issue(contract, actor=desk, at=at + timedelta(hours=1))
    later = datetime(2023, 2, 1, tzinfo=ATHENS)
    with pytest.raises(ContractError, match="έληξαν"):
        operations.send(contract, actor=desk, at=later)


def test_the_document_bears_the_number_the_payee_and_the_filled_text(desk, at):
    contract = finance.a_contract()
    operations.issue(contract, actor=desk, at=at)
    data = contract_data(contract)
    assert data["document"]["number"] == contract.number
    assert ["Δικαιούχος", "Πληρωτέα Ευδοκία"] in data["sides"]
    assert data["blocks"][1] == [
        "Άρθρο 1. Έργο",
        "Διδασκαλία 60 ωρών, από 6 Μαρτίου 2023 έως 30 Ιουνίου 2023.",
    ]
    assert files.read(contract.document.file).startswith(b"%PDF")


def test_the_body_seals_first_and_the_signature_of_the_payee_brings_it_into_force(
    desk, at, authority
):
    contract = finance.a_contract()
    operations.issue_and_send(contract, actor=desk, at=at)
    case = contract.case
    turns = [(str(each), each.signed_at) for each in case.signatories.all()]
    assert turns == [(str(contract.body), at), (str(contract.payee), None)]
    assert contract.state == "signing"
    signed = at + timedelta(days=1)
    finance.signed_by_turn(contract, at=signed)
    assert (contract.state, contract.signed_at) == ("in_force", signed)
    titles = Notice.objects.filter(person=contract.payee.person, kind="finance.contract")
    assert list(titles.order_by("pk").values_list("title", flat=True)) == [
        "Ετοιμάζεται σύμβασή σας",
        "Υπογράψτε τη σύμβασή σας",
        "Η σύμβασή σας ισχύει",
    ]


def test_a_payee_who_declines_ends_the_contract_with_the_reason(desk, at, authority, actor_for):
    contract = finance.a_contract()
    operations.issue_and_send(contract, actor=desk, at=at)
    case = contract.case
    payee = actor_for(contract.payee.person)
    credentials.decline(case, actor=payee, at=at, reason="Δεν μπορώ.")
    contract.refresh_from_db()
    assert contract.state == "declined"
    assert "Δεν μπορώ." in journal.of(contract).first().reason


def test_withdrawing_takes_the_signing_case_along_and_frees_the_work(desk, at, authority):
    contract = finance.a_contract()
    operations.issue_and_send(contract, actor=desk, at=at)
    operations.withdraw(contract, actor=desk, at=at, reason="Άλλαξε το έργο.")
    assert (contract.state, contract.case.state) == ("withdrawn", "withdrawn")
    again = operations.draw_up(
        contract.action, ContractKind.TRAINER, contract.payee, finance.terms(), actor=desk, at=at
    )
    assert again.state == "draft"


def test_a_case_that_the_body_withdrew_takes_the_contract_along(desk, at, authority, actor_for):
    from didaskaleio.people.enums import Role

    contract = finance.a_contract()
    operations.issue_and_send(contract, actor=desk, at=at)
    head = actor_for(people.officer(role=Role.BODY_HEAD))
    credentials.withdraw(contract.case, actor=head, at=at, reason="Λάθος.")
    contract.refresh_from_db()
    assert contract.state == "withdrawn"


def test_an_amendment_ends_the_former_text_at_the_moment_it_is_signed(desk, at, authority):
    contract = in_force(finance.a_contract(), desk, at)
    later = at + timedelta(days=9)
    newer = operations.amend(
        contract, finance.terms(hours=66), actor=desk, at=later, reason="Έξι ώρες ακόμη."
    )
    with pytest.raises(ContractError, match="ήδη τροποποίηση"):
        operations.amend(contract, finance.terms(), actor=desk, at=later, reason="Πάλι.")
    contract.refresh_from_db()
    assert contract.state == "in_force"
    newer = in_force(queries.contracts().get(pk=newer.pk), desk, later)
    contract.refresh_from_db()
    assert (contract.state, newer.state, newer.hours) == ("replaced", "in_force", 66)


def test_a_contract_ends_by_the_clock_on_the_day_after_its_last(desk, at, authority):
    contract = in_force(finance.a_contract(), desk, at)
    end = datetime(2023, 7, 1, tzinfo=ATHENS)
    assert (contract.ends_at, contract.last_day) == (end, date(2023, 6, 30))
    lifecycle.fire_due(end)
    contract.refresh_from_db()
    assert contract.state == "ended"


def test_a_contract_is_terminated_with_a_reason(desk, at, authority):
    contract = in_force(finance.a_contract(), desk, at)
    end = datetime(2023, 4, 1, 12, tzinfo=ATHENS)
    operations.terminate(contract, actor=desk, at=end, reason="Παραίτηση.")
    assert (contract.state, contract.ends_at) == ("ended", end)


def test_terms_change_only_before_the_issue(desk, at):
    contract = finance.a_contract()
    operations.set_terms(contract, finance.terms(hours=30), actor=desk, at=at)
    contract = queries.contracts().get(pk=contract.pk)
    assert contract.hours == 30
    operations.issue(contract, actor=desk, at=at)
    with pytest.raises(ContractError, match="εκδόθηκε"):
        operations.set_terms(contract, finance.terms(), actor=desk, at=at)


def test_nobody_handles_their_own_contract(at, actor_for):
    officer = finance.a_desk()
    contract = finance.a_contract(finance.a_payee(officer))
    with pytest.raises(ContractError, match="δική σας"):
        operations.issue(contract, actor=actor_for(officer), at=at)


def test_a_desk_of_another_body_issues_nothing(at, actor_for):
    contract = finance.a_contract()
    with pytest.raises(PermissionDenied):
        operations.issue(contract, actor=actor_for(finance.a_desk("iep")), at=at)


def test_many_are_issued_together_and_those_not_ready_are_told(desk, at, authority, drain_jobs):
    ready = [finance.a_contract() for _ in range(3)]
    waiting = finance.a_contract(finance.a_payee(state="draft"))
    work = operations.begin_issuing(queries.contracts(), actor=desk, at=at)
    drain_jobs()
    work = Work.objects.get(pk=work.pk)
    assert (work.state, work.done, work.total) == ("done", 3, 4)
    assert "3 συμβάσεις: εκδόθηκαν και στάλθηκαν. Δεν έγιναν 1:" in work.message
    numbers = Contract.objects.exclude(number="").order_by("number")
    assert [row.number[-6:] for row in numbers] == ["000001", "000002", "000003"]
    assert {row.pk for row in numbers} == {row.pk for row in ready}
    waiting.refresh_from_db()
    assert waiting.state == "draft"
