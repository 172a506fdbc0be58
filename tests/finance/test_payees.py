"""Payees: their own facts, validated, confirmed by the desk, changed only with a new confirmation.

Shows: R-071
"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from didaskaleio.finance import operations, queries
from didaskaleio.finance.errors import PayeeError
from didaskaleio.finance.models import Payee, PayeeChange
from didaskaleio.kernel.errors import StepRefusedError
from didaskaleio.kernel.models import Notice
from didaskaleio.people.models import Identifier
from tests.factories import finance, people, structures

pytestmark = pytest.mark.django_db


@pytest.fixture
def eudokia():
    return people.a_person(surname="Πληρωτέα", given_name="Ευδοκία")


@pytest.fixture
def own(eudokia, actor_for):
    return actor_for(eudokia)


@pytest.fixture
def draft(eudokia, at, desk):
    return operations.open_payee(structures.a_body(), person=eudokia, actor=desk, at=at)


def test_a_payee_is_opened_once_with_the_identifiers_of_the_record(at, desk):
    teacher = people.a_teacher()
    first = operations.open_payee(structures.a_body(), person=teacher, actor=desk, at=at)
    again = operations.open_payee(structures.a_body(), person=teacher, actor=desk, at=at)
    assert again.pk == first.pk
    assert first.afm == Identifier.objects.get(person=teacher, kind="afm").value
    told = Notice.objects.filter(person=teacher).values_list("title", flat=True)
    assert list(told) == ["Συμπληρώστε τα στοιχεία πληρωμής σας"]


def test_facts_are_checked_and_stored_without_spaces(draft, own, at):
    given = finance.facts(iban="GR39 0000 0000 0000 0000 0000 001")
    with pytest.raises(PayeeError, match="IBAN") as refused:
        operations.write(draft, given, actor=own, at=at)
    assert refused.value.code == "iban"
    given = finance.facts()
    spaced = " ".join([given["iban"][:4], given["iban"][4:]])
    operations.write(draft, given | {"iban": spaced}, actor=own, at=at)
    draft.refresh_from_db()
    assert (draft.iban, draft.afm) == (given["iban"], given["afm"])


def test_every_change_of_a_fact_is_kept_with_before_and_after(draft, own, at):
    operations.write(draft, {"tax_office": "Κοζάνης"}, actor=own, at=at)
    operations.write(draft, {"tax_office": "Λάρισας"}, actor=own, at=at)
    operations.write(draft, {"tax_office": "Λάρισας"}, actor=own, at=at)
    rows = PayeeChange.objects.order_by("pk").values_list("field", "before", "after", "actor_id")
    assert list(rows) == [
        ("tax_office", "", "Κοζάνης", own.user_id),
        ("tax_office", "Κοζάνης", "Λάρισας", own.user_id),
    ]


def test_what_is_missing_is_named_at_submission(draft, own, at):
    operations.write(draft, finance.facts(iban="", address=""), actor=own, at=at)
    draft.refresh_from_db()
    with pytest.raises(PayeeError, match="Λείπουν: διεύθυνση, IBAN"):
        operations.submit(draft, actor=own, at=at)


def test_a_confirmed_account_changes_only_with_a_new_confirmation(draft, own, desk, at):
    operations.write(draft, finance.facts(), actor=own, at=at)
    draft.refresh_from_db()
    operations.submit(draft, actor=own, at=at)
    operations.confirm(draft, actor=desk, at=at)
    assert (draft.state, draft.version, draft.confirmed_at) == ("confirmed", 1, at)
    with pytest.raises(PayeeError, match="υποβληθεί"):
        operations.write(draft, {"iban": ""}, actor=own, at=at)
    operations.reopen(draft, actor=own, at=at)
    operations.write(draft, finance.facts(afm=draft.afm), actor=own, at=at)
    draft.refresh_from_db()
    assert draft.state == "draft"
    operations.submit(draft, actor=own, at=at)
    operations.confirm(draft, actor=desk, at=at)
    assert draft.version == 2


def test_an_afm_belongs_to_one_payee_of_a_body(draft, own, at):
    other = finance.a_payee()
    with pytest.raises(PayeeError, match="άλλον δικαιούχο") as refused:
        operations.write(draft, {"afm": other.afm}, actor=own, at=at)
    assert refused.value.code == "afm"
    elsewhere = finance.a_payee(body=structures.a_body("iep"))
    operations.write(draft, {"afm": elsewhere.afm}, actor=own, at=at)


def test_nobody_confirms_their_own_facts(at, actor_for):
    officer = finance.a_desk()
    payee = finance.a_payee(officer, state="submitted")
    with pytest.raises(PayeeError, match="άλλο πρόσωπο"):
        operations.confirm(payee, actor=actor_for(officer), at=at)


def test_facts_go_back_with_a_reason_that_the_payee_reads(eudokia, desk, at):
    payee = finance.a_payee(eudokia, state="submitted")
    operations.send_back(payee, actor=desk, at=at, reason="Λάθος Δ.Ο.Υ.")
    assert payee.state == "returned"
    assert "Λάθος Δ.Ο.Υ." in Notice.objects.get(person=eudokia).text


def test_what_waits_for_the_desk_may_be_taken_back(eudokia, own, at):
    payee = finance.a_payee(eudokia, state="submitted")
    operations.take_back(payee, actor=own, at=at)
    assert payee.state == "draft"
    with pytest.raises(StepRefusedError):
        operations.take_back(payee, actor=own, at=at)


def test_another_person_and_another_body_write_and_confirm_nothing(draft, at, actor_for):
    stranger = actor_for(people.a_person())
    with pytest.raises(PermissionDenied):
        operations.write(draft, {"iban": ""}, actor=stranger, at=at)
    payee = finance.a_payee(state="submitted")
    with pytest.raises(PermissionDenied):
        operations.confirm(payee, actor=actor_for(finance.a_desk("iep")), at=at)


def test_the_managers_of_a_centre_fill_in_its_facts(at, desk, actor_for):
    centre = structures.a_centre()
    manager = people.a_centre_manager(centre)
    payee = operations.open_payee(structures.a_body(), centre=centre, actor=desk, at=at)
    assert queries.people_of(payee, at) == [manager.pk]
    given = finance.facts(legal_name="Σχολική Επιτροπή", tax_status="public")
    operations.write(payee, given | {"amka": ""}, actor=actor_for(manager), at=at)
    payee.refresh_from_db()
    assert (str(payee), queries.lacking(payee)) == ("Σχολική Επιτροπή", [])


def test_a_payee_is_found_by_name_and_by_whole_afm():
    payee = finance.a_payee()
    finance.a_payee(people.a_person(surname="Άλλος", given_name="Τις"))
    rows = queries.payees()
    assert [row.pk for row in queries.found(rows, "πληρωτεα ευδ")] == [payee.pk]
    assert [row.pk for row in queries.found(rows, payee.afm)] == [payee.pk]
    assert not queries.found(rows, payee.afm[:5]).exists()
    assert Payee.objects.count() == 2


def test_an_identifier_unlike_that_of_the_record_is_told_to_the_desk():
    teacher = people.a_teacher()
    assert queries.differs_from_record(finance.a_payee(teacher)) == ["Α.Φ.Μ."]
