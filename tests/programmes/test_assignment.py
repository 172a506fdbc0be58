"""Centres that are no public schools propose only with a contract for their lot.

Shows: R-048.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from didaskaleio.kernel.errors import Refusal
from didaskaleio.programmes import operations
from didaskaleio.programmes.errors import NotAssignedError
from didaskaleio.programmes.models import ActionTender, Programme
from didaskaleio.registers import operations as of_registers
from tests.factories import people, structures
from tests.factories import programmes as make
from tests.registers.registers import a_fields_form
from tests.registers.tenders import a_company, a_tender, an_offer, awarded, pdf, unsealed

pytestmark = pytest.mark.django_db
AT = make.DATES["proposals_open"] + timedelta(days=3)
BEFORE = AT - timedelta(days=60)


@pytest.fixture
def officer(actor_for):
    return actor_for(people.officer())


@pytest.fixture
def period():
    return make.a_period("proposing")


def contracted(officer, company, **terms):
    tender = a_tender(officer, BEFORE, **terms)
    an_offer(tender, *company, BEFORE)
    awarded(tender, officer, unsealed(tender, officer))
    papers = {"words": "Σύμβαση.", "paper": pdf()}
    of_registers.contract(tender, actor=officer, at=tender.standstill_until, **papers)
    return tender


def propose(period, company, actor_for):
    centre, manager = company
    content = operations.Content(
        category=period.action.categories.get(code="IIb"), cluster=structures.a_cluster("B2.3")
    )
    return operations.start_proposal(period, centre, content, actor=actor_for(manager), at=AT)


def test_a_company_proposes_only_with_a_contract_of_the_action(period, officer, actor_for):
    company = a_company("KOZ")
    tender = contracted(officer, company)
    with pytest.raises(NotAssignedError, match="αφορά δημόσια σχολεία"):
        propose(period, company, actor_for)
    operations.add_tender(period.action, tender, actor=officer, at=AT)
    assert propose(period, company, actor_for).state == "draft"
    with pytest.raises(NotAssignedError):
        propose(period, a_company("KOZ"), actor_for)


def test_a_contract_for_another_lot_does_not_count(period, officer, actor_for):
    company = a_company("KOZ")
    koz, ths = company[0].prefecture, structures.a_centre("THS").prefecture
    elsewhere = contracted(officer, company)
    type(elsewhere).objects.filter(pk=elsewhere.pk).update(prefecture=ths)
    operations.add_tender(period.action, elsewhere, actor=officer, at=AT)
    with pytest.raises(NotAssignedError):
        propose(period, company, actor_for)
    here = contracted(officer, company, prefecture=koz)
    operations.add_tender(period.action, here, actor=officer, at=AT)
    assert propose(period, company, actor_for).state == "draft"


def test_a_public_school_needs_no_tender(period, actor_for):
    school = structures.a_centre("KOZ")
    company = (school, people.a_centre_manager(school))
    assert propose(period, company, actor_for).state == "draft"


def test_what_was_begun_is_not_submitted_without_a_contract(period, officer, actor_for):
    programme = make.a_programme("draft", period=period)
    type(programme.centre).objects.filter(pk=programme.centre_id).update(kind="university")
    manager = people.a_centre_manager(programme.centre)
    fresh = Programme.objects.get(pk=programme.pk)
    with pytest.raises(NotAssignedError):
        operations.submit(fresh, actor=actor_for(manager), at=AT)


def test_a_tender_belongs_to_one_action_of_its_own_body(officer, actor_for):
    action, other, tender = make.an_action(), make.an_action(), a_tender(officer, AT)
    by = {"actor": officer, "at": AT}
    operations.add_tender(action, tender, **by)
    with pytest.raises(Refusal, match="ανήκει ήδη"):
        operations.add_tender(other, tender, **by)
    with pytest.raises(PermissionDenied):
        operations.add_tender(action, tender, actor=actor_for(people.officer("iep")), at=AT)
    foreign = a_tender(
        actor_for(people.officer("iep")), AT, body="iep", form=a_fields_form("iep", AT)
    )
    with pytest.raises(Refusal, match="άλλου φορέα"):
        operations.add_tender(action, foreign, **by)


def test_an_officer_links_and_lets_go_of_a_tender_on_screen(client, login, officer, set_clock):
    set_clock(AT)
    action, tender = make.an_action(), a_tender(officer, AT)
    login(client, people.officer())
    page = reverse("programmes:action-tenders", args=[action.pk])
    assert page in client.get(reverse("programmes:action", args=[action.pk])).content.decode()
    linked = client.post(page, {"tender": tender.pk}, follow=True).content.decode()
    assert tender.title in linked
    row = ActionTender.objects.get()
    client.post(page, {"drop": row.pk})
    assert not ActionTender.objects.exists()
    login(client, people.officer("iep"))
    assert client.get(page).status_code == 404
