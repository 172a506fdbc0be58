"""A tender: sealed offers, minutes, award by the rule, standstill, contract.

Shows: R-048.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse

from didaskaleio.kernel import access, journal, lifecycle
from didaskaleio.kernel.errors import OvertakenError, ReasonMissingError, Refusal, StepRefusedError
from didaskaleio.kernel.models import Notice, StoredFile
from didaskaleio.people.queries import actor_of
from didaskaleio.registers import operations, queries
from didaskaleio.registers.models import Offer, Tender, TenderAct
from tests.factories import people
from tests.factories.structures import a_body, a_centre
from tests.registers.forms import a_form
from tests.registers.registers import a_fields_form
from tests.registers.tenders import (
    TECHNICAL,
    a_company,
    a_tender,
    an_offer,
    awarded,
    pdf,
    unsealed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def tender(officer, at):
    return a_tender(officer, at)


@pytest.fixture
def two(tender, at):
    """Two offers: dear and good, cheap and plain; with their managers."""
    dear, cheap = a_company(name="Άλφα"), a_company(name="Βήτα")
    return (
        an_offer(tender, *dear, at, price="9000", seats="40"),
        an_offer(tender, *cheap, at, price="6000", seats="10"),
        dear[1],
        cheap[1],
    )


def told(person):
    return list(
        Notice.objects.filter(person=person, kind="registers.offer")
        .order_by("pk")
        .values_list("title", flat=True)
    )


def status(client, address):
    response = client.get(address)
    if response.streaming:
        b"".join(response.streaming_content)
    return response.status_code


# The terms ----------------------------------------------------------------------------------------


def test_a_tender_takes_its_number_from_the_series_of_the_body_and_its_terms_then_stand(
    officer, at
):
    row = a_tender(officer, at, published=False)
    by = {"actor": officer, "at": at}
    operations.write_tender(row, **by, seen=None, title="Άλλος τίτλος")
    row.refresh_from_db()
    operations.publish_tender(row, **by)
    assert (row.title, row.number, row.state) == ("Άλλος τίτλος", "2023/000001", "published")
    with pytest.raises(Refusal, match="οι όροι του δεν αλλάζουν"):
        operations.write_tender(row, **by, title="Ξανά")


def test_the_lowest_price_weighs_everything_and_wrong_terms_are_refused(officer, at):
    assert a_tender(officer, at).weight == 100
    assert a_tender(officer, at, rule="best").weight == 60
    with pytest.raises(Refusal, match="λήξη είναι μετά την έναρξη"):
        a_tender(officer, at, closes_at=at - timedelta(days=2))
    with pytest.raises(Refusal, match="άλλου φορέα"):
        a_tender(officer, at, form=a_form("iep", at))
    with pytest.raises(Refusal, match="ζητά αρχεία"):
        a_tender(officer, at, form=a_form("itye", at))
    late = a_tender(officer, at, published=False)
    with pytest.raises(StepRefusedError, match="προθεσμία των προσφορών έχει περάσει"):
        operations.publish_tender(late, actor=officer, at=late.closes_at)


def test_of_two_officers_who_write_the_second_sees_what_the_first_saved(officer, at):
    row = a_tender(officer, at, published=False)
    by = {"actor": officer, "at": at, "title": "Τίτλος"}
    seen = journal.latest(row, operations.TENDER_WRITTEN)
    operations.write_tender(row, **by, seen=seen)
    with pytest.raises(OvertakenError):
        operations.write_tender(row, **by, seen=seen)


def test_officers_of_another_body_do_nothing(tender, actor_for, at):
    stranger = actor_for(people.officer("iep"))
    with pytest.raises(PermissionDenied):
        operations.cancel_tender(tender, actor=stranger, at=at, reason="Όχι.")
    with pytest.raises(PermissionDenied):
        a_tender(stranger, at)


# The offers ---------------------------------------------------------------------------------------


def test_public_schools_and_companies_of_other_places_are_refused(officer, at, actor_for):
    koz = a_centre("KOZ").prefecture
    tender = a_tender(officer, at, prefecture=koz)
    school = a_centre("KOZ")
    by = {"actor": actor_for(people.a_centre_manager(school)), "at": at}
    with pytest.raises(Refusal, match="δεν είναι δημόσια σχολεία"):
        operations.start_offer(tender, school, **by)
    far, manager = a_company("THS")
    with pytest.raises(Refusal, match=r"άλλον νομό \(Νομός Κοζάνης\)"):
        operations.start_offer(tender, far, actor=actor_for(manager), at=at)
    near, other = a_company("KOZ")
    with pytest.raises(PermissionDenied):
        operations.start_offer(tender, near, actor=actor_for(manager), at=at)
    assert operations.start_offer(tender, near, actor=actor_for(other), at=at).state == "draft"


def test_an_offer_is_whole_within_the_ceiling_and_in_time(tender, at, actor_for):
    centre, manager = a_company()
    by = {"actor": actor_for(manager), "at": at}
    row = operations.start_offer(tender, centre, **by)
    assert operations.start_offer(tender, centre, **by) == row
    with pytest.raises(Refusal, match=r"Συμπληρώστε την τιμή\. Ανεβάστε την προσφορά σε PDF"):
        operations.submit_offer(row, **by)
    with pytest.raises(Refusal, match=r"προϋπολογισμό \(10.000 €\)"):
        operations.write_offer(row, {}, price=Decimal("10000.01"), **by)
    operations.write_offer(row, {"seats": "12"}, price=Decimal(9000), paper=pdf(), **by)
    with pytest.raises(StepRefusedError, match="δεν δέχεται πια"):
        operations.submit_offer(
            row, actor=by["actor"], at=tender.closes_at + timedelta(microseconds=1)
        )
    operations.submit_offer(row, actor=by["actor"], at=tender.closes_at)
    assert (row.state, row.receipt_number, row.points) == ("submitted", "2023/000001", 12)
    assert row.values == {"seats": "12"}


def test_a_submitted_offer_changes_only_after_it_was_withdrawn_and_gets_a_new_receipt(
    tender, at, actor_for, drain_jobs
):
    centre, manager = a_company()
    row = an_offer(tender, centre, manager, at)
    drain_jobs()
    row.refresh_from_db()
    assert row.receipt is not None
    by = {"actor": actor_for(manager), "at": at + timedelta(hours=1)}
    with pytest.raises(Refusal, match="Ανακαλέστε την"):
        operations.write_offer(row, {"seats": "1"}, price=Decimal(1), **by)
    operations.withdraw_offer(row, **by)
    operations.write_offer(row, {"seats": "30"}, price=Decimal(7000), **by)
    row.refresh_from_db()
    operations.submit_offer(row, **by)
    drain_jobs()
    row.refresh_from_db()
    assert (row.receipt_number, row.price, row.receipt.number) == (
        "2023/000002",
        Decimal(7000),
        "2023/000002",
    )
    assert told(manager) == ["Υποβλήθηκε η προσφορά σας"] * 2


def test_nobody_but_the_centre_reads_an_offer_before_the_opening(
    tender, two, officer, actor_for, client, login, set_clock, at
):
    dear, _cheap, mine, theirs = two
    head = actor_for(people.officer(role="body_head"))
    others = [officer, head, actor_for(people.ministry_officer()), actor_for(theirs)]
    others += [actor_for(people.an_operator()), actor_for(people.officer("iep"))]

    def readers():
        allowed = [one for one in others if access.allowed(one, "offer.read", dear)]
        rows = Offer.objects.filter(pk=dear.pk)
        seen = [one for one in others if access.visible(one, "offer.read", rows).exists()]
        assert seen == allowed
        return allowed

    assert readers() == []
    assert access.allowed(actor_for(mine), "offer.read", dear)
    set_clock(at)
    login(client, people.officer())
    pages = [
        reverse("registers:offer", args=[dear.pk]),
        reverse("kernel:file", args=[dear.paper.key]),
    ]
    assert [status(client, page) for page in pages] == [404, 404]
    desk = client.get(reverse("registers:desk-tender", args=[tender.pk])).content.decode()
    assert "Σφραγισμένες προσφορές" in desk
    assert "Άλφα" not in desk
    assert "9.000,00" not in desk
    later = unsealed(tender, officer)
    dear = Offer.objects.get(pk=dear.pk)
    assert readers() == [officer, head]
    set_clock(later)
    assert [status(client, page) for page in pages] == [200, 200]


def test_a_draft_stays_unread_even_after_the_opening(tender, officer, at):
    row = an_offer(tender, *a_company(), at, submitted=False)
    unsealed(tender, officer)
    assert not access.allowed(officer, "offer.read", Offer.objects.get(pk=row.pk))


# The award ----------------------------------------------------------------------------------------


def test_the_clock_closes_and_only_then_the_minutes_open(tender, two, officer, at):
    with pytest.raises(StepRefusedError):
        operations.open_offers(tender, actor=officer, at=at, minutes="Πρακτικό.")
    lifecycle.fire_due(tender.closes_at)
    tender.refresh_from_db()
    assert tender.state == "closed"
    with pytest.raises(Refusal, match="Γράψτε το πρακτικό"):
        operations.open_offers(tender, actor=officer, at=tender.closes_at, minutes=" ")
    operations.open_offers(tender, actor=officer, at=tender.closes_at, minutes="Πρακτικό.")
    assert tender.acts.first().text == "Πρακτικό."
    assert told(two[2]) == ["Αποσφραγίστηκαν οι προσφορές"]


@pytest.mark.parametrize(
    ("rule", "weight", "first", "scores"),
    [
        ("lowest", 60, 1, ["66.67", "100.00"]),
        # the dear one: 60 × 66.67 + 40 × 100; the cheap one: 60 × 100 + 40 × 25
        ("best", 60, 0, ["80.00", "70.00"]),
        ("best", 80, 1, ["73.33", "85.00"]),
    ],
)
def test_the_award_follows_the_rule_of_the_tender(officer, at, rule, weight, first, scores):
    tender = a_tender(officer, at, rule=rule, weight=weight)
    offers = [
        an_offer(tender, *a_company(name="Άλφα"), at, price="9000", seats="40"),
        an_offer(tender, *a_company(name="Βήτα"), at, price="6000", seats="10"),
    ]
    later = unsealed(tender, officer)
    awarded(tender, officer, later)
    for offer in offers:
        offer.refresh_from_db()
    assert tender.winner == offers[first]
    assert [str(one.score) for one in offers] == scores
    states = ["lost", "lost"]
    states[first] = "won"
    assert [one.state for one in offers] == states
    assert tender.standstill_until == later + timedelta(days=10)


def test_everybody_learns_of_the_award_and_the_decision_is_public(
    tender, two, officer, at, client, set_clock
):
    later = unsealed(tender, officer)
    awarded(tender, officer, later)
    assert told(two[2])[-1] == "Η προσφορά σας δεν επιλέχθηκε"
    assert told(two[3])[-1] == "Η προσφορά σας επιλέχθηκε"
    set_clock(later)
    page = client.get(reverse("registers:tender", args=[tender.pk])).content.decode()
    assert "Βήτα, 6.000,00\N{NO-BREAK SPACE}€. Βαθμολογία 100,00 στα 100." in page
    paper = StoredFile.objects.get(pk=tender.acts.first().file_id)
    assert status(client, reverse("kernel:file", args=[paper.key])) == 200


def test_who_is_excluded_with_a_reason_is_passed_over_and_may_be_readmitted(
    tender, two, officer, at
):
    dear, cheap, _, manager = two
    later = unsealed(tender, officer)
    by = {"actor": officer, "at": later}
    with pytest.raises(ReasonMissingError):
        operations.exclude_offer(cheap, **by, reason=" ")
    operations.exclude_offer(cheap, **by, reason="Λείπει η εγγυητική.")
    assert operations.first_offer(tender) == dear.pk
    assert told(manager)[-1] == "Η προσφορά σας αποκλείστηκε"
    operations.readmit_offer(cheap, **by)
    assert operations.first_offer(tender) == cheap.pk


def test_an_award_is_refused_without_offers_or_when_the_first_has_changed(tender, two, officer, at):
    dear, cheap, *_ = two
    later = unsealed(tender, officer)
    wanted = {"actor": officer, "at": later, "decision": "Σκεπτικό.", "paper": pdf()}
    with pytest.raises(Refusal, match="Άλλαξε η σειρά"):
        operations.award(tender, **wanted, seen=dear.pk)
    for offer in (dear, cheap):
        operations.exclude_offer(offer, actor=officer, at=later, reason="Απαράδεκτη.")
    with pytest.raises(Refusal, match="Ματαιώστε"):
        operations.award(tender, **wanted, seen=cheap.pk)
    assert tender.acts.count() == 2


def test_objections_are_noted_in_the_standstill_and_an_award_may_be_recalled(
    tender, two, officer, at
):
    later = unsealed(tender, officer)
    awarded(tender, officer, later)
    by = {"actor": officer, "at": later + timedelta(days=1)}
    operations.note_objection(tender, **by, reason="Η Άλφα ζητά επανεξέταση.")
    assert (tender.state, tender.acts.first().kind) == ("awarded", "objection")
    assert [told(one)[-1] for one in two[2:]] == ["Καταγράφηκε ένσταση"] * 2
    operations.recall_award(tender, **by, reason="Η ένσταση έγινε δεκτή.")
    assert (tender.state, tender.winner_id, tender.standstill_until) == ("opened", None, None)
    assert set(tender.offers.values_list("state", "score")) == {("submitted", None)}
    awarded(tender, officer, by["at"])
    end = tender.standstill_until + timedelta(seconds=1)
    with pytest.raises(Refusal, match="προθεσμία ενστάσεων έχει λήξει"):
        operations.note_objection(tender, actor=officer, at=end, reason="Αργά.")


def test_a_contract_waits_for_the_standstill_and_counts_from_then_on(tender, two, officer, at):
    awarded(tender, officer, unsealed(tender, officer))
    act = {"actor": officer, "words": "Σύμβαση διάρκειας ενός έτους.", "paper": pdf()}
    with pytest.raises(StepRefusedError, match="μετά την προθεσμία ενστάσεων"):
        operations.contract(tender, at=tender.standstill_until - timedelta(seconds=1), **act)
    assert not queries.contracted_centres([tender.pk]).exists()
    operations.contract(tender, at=tender.standstill_until, **act)
    assert queries.contracted_centres([tender.pk]).get() == two[1]
    assert [told(one)[-1] for one in two[2:]] == ["Καταχωρίστηκε η σύμβαση"] * 2


def test_a_cancelled_tender_tells_why_and_its_acts_stay_for_good(tender, two, officer, at):
    operations.cancel_tender(tender, actor=officer, at=at, reason="Δεν υπάρχει πίστωση.")
    assert told(two[2]) == ["Ο διαγωνισμός ματαιώθηκε"]
    with pytest.raises(DatabaseError), transaction.atomic():
        TenderAct.objects.filter(tender=tender).update(text="Άλλο")


# The screens --------------------------------------------------------------------------------------


def test_a_manager_makes_an_offer_on_screen(client, login, tender, set_clock, at):
    set_clock(at)
    centre, manager = a_company()
    login(client, manager)
    page = client.get(reverse("registers:tender", args=[tender.pk])).content.decode()
    begin = reverse("registers:offer-begin", args=[tender.pk])
    assert begin in page
    opened = client.post(begin, {"centre": centre.pk}, follow=True)
    row = Offer.objects.get()
    write = reverse("registers:offer-write", args=[row.pk])
    assert opened.redirect_chain[-1][0] == write
    wrong = client.post(write, {"price": "12.5", "a-seats": "9", "whole": "1"})
    assert wrong.status_code == 422
    dear = client.post(write, {"price": "10.000,01", "a-seats": "9", "whole": "1"})
    assert "ξεπερνά τον προϋπολογισμό" in dear.content.decode()
    good = {"price": "8.000,50", "a-seats": "9", "whole": "1", "paper": pdf()}
    saved = client.post(write, good, follow=True).content.decode()
    assert "8.000,50\N{NO-BREAK SPACE}€" in saved
    assert "Τι λείπει" not in saved
    assert "Το πρόχειρο δεν μετρά" in saved
    client.post(reverse("kernel:step", args=["offer", row.pk, "submit"]))
    row.refresh_from_db()
    assert row.state == "submitted"


def test_officers_run_a_tender_on_screen_from_draft_to_award(client, login, set_clock, at, officer):
    set_clock(at)
    form = a_fields_form("itye", at, TECHNICAL)
    login(client, people.officer())
    values = {
        "title": "Νέος διαγωνισμός",
        "text": "Όροι.",
        "form": form.pk,
        "rule": "best",
        "weight": "70",
        "ceiling": "12.500,00",
        "opens_at": f"{at:%Y-%m-%dT%H:%M}",
        "closes_at": f"{at + timedelta(days=5):%Y-%m-%dT%H:%M}",
        "standstill_days": "10",
    }
    new = client.post(reverse("registers:tender-new"), values, follow=True)
    assert new.status_code == 200
    row = Tender.objects.get()
    write = reverse("registers:tender-write", args=[row.pk])
    assert client.post(write, values | {"closes_at": ""}).status_code == 422
    assert client.post(write, values | {"title": "Διορθωμένος"}).status_code == 302
    row.refresh_from_db()
    assert row.title == "Διορθωμένος"
    client.post(reverse("kernel:step", args=["tender", row.pk, "publish"]))
    an_offer(row, *a_company(name="Άλφα"), at)
    set_clock(row.closes_at + timedelta(hours=1))
    lifecycle.fire_due(row.closes_at)
    opened = {"words": "Παρόντα τρία μέλη."}
    page = client.post(reverse("registers:tender-open", args=[row.pk]), opened, follow=True)
    assert "Άλφα" in page.content.decode()
    award = reverse("registers:tender-award", args=[row.pk])
    first = client.get(award).context["first"]
    missing = client.post(award, {"words": "Σκεπτικό.", "first": first.pk})
    assert missing.status_code == 422
    done = {"words": "Σκεπτικό.", "first": first.pk, "paper": pdf("apofasi.pdf")}
    assert client.post(award, done).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.winner_id) == ("awarded", first.pk)
    assert client.get(reverse("registers:tender-desk")).status_code == 200


def test_the_public_list_shows_what_was_announced(client, officer, at, set_clock):
    set_clock(at)
    shown = a_tender(officer, at)
    hidden = a_tender(officer, at, published=False, title="Πρόχειρος διαγωνισμός")
    page = client.get(reverse("registers:tenders")).content.decode()
    assert shown.title in page
    assert hidden.title not in page
    assert client.get(reverse("registers:tender", args=[hidden.pk])).status_code == 404
    past = client.get(reverse("registers:tenders"), {"show": "past"}).content.decode()
    assert "Κανένας διαγωνισμός εδώ" in past


def test_a_new_manager_of_the_centre_takes_the_draft_over(tender, at):
    centre, manager = a_company()
    row = an_offer(tender, centre, manager, at, submitted=False)
    later = actor_of(people.a_centre_manager(centre), at=at)
    operations.write_offer(row, {"seats": "5"}, price=Decimal(5), actor=later, at=at)
    row.refresh_from_db()
    assert (row.price, row.by_id, row.sheet.values) == (Decimal(5), later.user_id, {"seats": "5"})


def test_the_body_of_a_tender_is_the_actors_own(officer, at):
    assert a_tender(officer, at).body == a_body("itye")
