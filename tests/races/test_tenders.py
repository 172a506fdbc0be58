"""Races on PostgreSQL: an offer at the deadline, two officers who award at once.

Shows: R-048.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.people.queries import actor_of
from didaskaleio.registers import operations
from didaskaleio.registers.models import Offer, Tender
from tests.factories import people
from tests.races.together import at_once, refusals
from tests.registers.tenders import a_company, a_tender, an_offer, pdf, unsealed

pytestmark = pytest.mark.race
NOW = datetime(2023, 1, 18, 10, tzinfo=ATHENS)


@pytest.fixture
def officers(committed_db):
    return [actor_of(people.officer(), at=NOW) for _ in range(2)]


@pytest.fixture
def tender(officers):
    return a_tender(officers[0], NOW)


def test_an_offer_at_the_deadline_is_in_whichever_runs_first(tender):
    centre, manager = a_company()
    row = an_offer(tender, centre, manager, NOW, submitted=False)
    by = {"actor": actor_of(manager, at=NOW), "at": tender.closes_at}
    found = at_once(
        [
            lambda: operations.submit_offer(Offer.objects.get(pk=row.pk), **by),
            lambda: operations.close_tender(
                Tender.objects.get(pk=tender.pk), actor=SYSTEM, at=tender.closes_at
            ),
        ]
    )
    assert refusals(found) == []
    row.refresh_from_db()
    tender.refresh_from_db()
    assert (row.state, tender.state) == ("submitted", "closed")


def test_the_opening_and_a_late_withdrawal_never_unseal_a_draft(tender, officers):
    centre, manager = a_company()
    row = an_offer(tender, centre, manager, NOW)
    operations.close_tender(tender, actor=SYSTEM, at=tender.closes_at)
    after = tender.closes_at + timedelta(seconds=1)
    at_once(
        [
            lambda: operations.withdraw_offer(
                Offer.objects.get(pk=row.pk),
                actor=actor_of(manager, at=NOW),
                at=tender.closes_at,
            ),
            lambda: operations.open_offers(
                Tender.objects.get(pk=tender.pk), actor=officers[0], at=after, minutes="Πρακτικό."
            ),
        ]
    )
    row = Offer.objects.select_related("tender").get(pk=row.pk)
    assert row.tender.state == "opened"
    late = {"actor": actor_of(manager, at=NOW), "at": tender.closes_at}
    act = operations.submit_offer if row.state == "draft" else operations.withdraw_offer
    assert refusals(at_once([lambda: act(row, **late)])) != []


def test_of_two_officers_who_award_at_once_one_decides(tender, officers):
    offers = [
        an_offer(tender, *a_company(name=name), NOW, price=price)
        for name, price in (("Άλφα", "9000"), ("Βήτα", "6000"))
    ]
    at = unsealed(tender, officers[0])

    def award(officer):
        operations.award(
            Tender.objects.get(pk=tender.pk),
            actor=officer,
            at=at,
            decision="Κατά το κριτήριο.",
            paper=pdf(),
            seen=offers[1].pk,
        )

    found = at_once([lambda one=one: award(one) for one in officers])
    assert len(refusals(found)) == 1
    tender.refresh_from_db()
    assert tender.winner_id == offers[1].pk
    assert tender.acts.filter(kind="award").count() == 1
    assert sorted(tender.offers.values_list("state", flat=True)) == ["lost", "won"]


def test_an_exclusion_and_the_award_of_the_same_offer_do_not_cross(tender, officers):
    offers = [
        an_offer(tender, *a_company(name=name), NOW, price=price)
        for name, price in (("Άλφα", "9000"), ("Βήτα", "6000"))
    ]
    at = unsealed(tender, officers[0])
    first = offers[1].pk
    at_once(
        [
            lambda: operations.award(
                Tender.objects.get(pk=tender.pk),
                actor=officers[0],
                at=at,
                decision="Κατά το κριτήριο.",
                paper=pdf(),
                seen=first,
            ),
            lambda: operations.exclude_offer(
                Offer.objects.get(pk=first), actor=officers[1], at=at, reason="Απαράδεκτη."
            ),
        ]
    )
    tender.refresh_from_db()
    state = Offer.objects.get(pk=first).state
    assert (tender.winner_id, state) in {(first, "won"), (None, "excluded")}
