"""The register of training centres: approval by acts, visits, rooms proposed and decided.

Shows: R-012.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils.timezone import localdate

from didaskaleio.kernel import access, journal
from didaskaleio.kernel.agenda import todos_of
from didaskaleio.kernel.errors import OvertakenError, StepRefusedError
from didaskaleio.kernel.models import Notice
from didaskaleio.people.enums import Role, Scope
from didaskaleio.registers import operations, places
from didaskaleio.registers.enums import CentreStanding, ProposalState
from didaskaleio.registers.errors import CentreRefusedError
from didaskaleio.registers.models import CentreAct, RoomProposal
from didaskaleio.registers.operations import RoomFacts
from didaskaleio.structures.models import RegionalUnit, Room, TrainingCentre
from tests.factories import people
from tests.factories.structures import a_body, a_centre, a_school

pytestmark = pytest.mark.django_db
LAB = RoomFacts("Εργαστήριο 9", Room.Kind.LAB, 18, "18 υπολογιστές")
SOON = places.SOON


@pytest.fixture
def centre():
    return a_centre(approved_from=None)


@pytest.fixture
def manager(centre):
    return people.a_centre_manager(centre)


@pytest.fixture
def by(officer, at):
    return {"actor": officer, "at": at}


@pytest.fixture
def decide(centre, by, at):
    """``decide(kind, number, until, **rest)``: an act of approval of the day of ``at``."""

    def act(kind, number, until=None, **rest):
        content = {"day": localdate(at), "valid_from": date(2023, 1, 1), "valid_until": until}
        made = operations.decide_approval(
            centre, kind=kind, number=number, **(content | rest), **by
        )
        centre.refresh_from_db()
        return made

    return act


# Entry ------------------------------------------------------------------------------------------


def facts(**changes):
    unit = RegionalUnit.objects.filter(prefecture__code="KOZ").order_by("pk")[0]
    return {
        "code": "KSE-1",
        "name": "Κ.Σ.Ε. Δοκιμών",
        "kind": "university",
        "school": None,
        "directorate": None,
        "regional_unit": unit,
        "town": "Κοζάνη",
    } | changes


def test_a_new_centre_stands_without_approval_in_the_prefecture_of_its_unit(by, at):
    made = operations.open_centre(a_body("itye"), **facts(), **by)
    made.refresh_from_db()
    assert (made.prefecture.code, made.approved_from) == ("KOZ", None)
    assert places.standing(made, localdate(at)) == CentreStanding.PENDING


def test_a_code_of_a_centre_is_used_once(by):
    operations.open_centre(a_body("itye"), **facts(), **by)
    with pytest.raises(CentreRefusedError, match="με κωδικό «KSE-1»"):
        operations.open_centre(a_body("itye"), **facts(), **by)


def test_a_school_of_another_prefecture_is_refused(by):
    with pytest.raises(CentreRefusedError, match="Δεν βρίσκεται στον ίδιο νομό") as refused:
        operations.open_centre(a_body("itye"), **facts(school=a_school("LAR")), **by)
    assert refused.value.code == "school"


def test_an_officer_of_another_body_keeps_nothing(by, centre, actor_for):
    other = {"actor": actor_for(people.officer("iep")), "at": by["at"]}
    with pytest.raises(PermissionDenied):
        operations.open_centre(a_body("itye"), **facts(), **other)
    with pytest.raises(PermissionDenied):
        operations.keep_room(centre, LAB, note="Αυτοψία.", **other)


def test_the_registrar_of_the_body_keeps_its_centres_and_members(by, a_member, actor_for):
    who = people.a_person()
    people.a_post(who, Role.REGISTRAR, Scope.BODY, a_body("itye").pk)
    registrar = actor_for(who)
    assert operations.open_centre(a_body("itye"), **facts(), actor=registrar, at=by["at"]).pk
    assert access.allowed(registrar, "membership.keep", a_member())
    assert not access.allowed(registrar, "call.manage", centre_of_other_body())


def centre_of_other_body():
    return a_centre(body=None)


# Approval ---------------------------------------------------------------------------------------


def test_an_approval_is_granted_renewed_and_withdrawn_by_acts_that_stay(decide, centre, at):
    decide("grant", "12/2023", date(2023, 12, 31))
    decide("renewal", "13/2023", date(2025, 6, 30))
    assert (centre.approved_from, centre.approved_until) == (date(2023, 1, 1), date(2025, 6, 30))
    decide("withdrawal", "14/2023", date(2023, 2, 1), reason="Έκλεισε το εργαστήριο.")
    assert centre.approved_until == date(2023, 2, 1)
    kinds = [str(act) for act in centre.acts.order_by("pk")]
    assert kinds == ["Έγκριση 12/2023", "Ανανέωση 13/2023", "Ανάκληση 14/2023"]
    words = journal.of(centre).filter(act=operations.APPROVAL).first().reason
    assert words == "Ανάκληση 14/2023. Έκλεισε το εργαστήριο."


def test_the_database_keeps_an_act_as_it_was(decide):
    act = decide("grant", "12/2023", date(2023, 12, 31))
    with pytest.raises(DatabaseError), transaction.atomic():
        CentreAct.objects.filter(pk=act.pk).update(number="99")
    with pytest.raises(DatabaseError), transaction.atomic():
        act.delete()


@pytest.mark.parametrize(
    ("kind", "rest", "field", "words"),
    [
        ("grant", {"number": "1", "until": None}, "number", "έχει ήδη καταχωριστεί"),
        ("grant", {"until": date(2026, 1, 1)}, "kind", "Καταχωρίστε ανανέωση"),
        ("renewal", {"until": date(2023, 5, 1)}, "valid_until", "λήξη μετά τη σημερινή"),
        ("renewal", {"until": date(2022, 5, 1)}, "valid_until", "πριν από την έναρξη"),
        ("withdrawal", {"until": None, "reason": "Λόγος."}, "valid_until", "τελευταία ημέρα"),
        ("withdrawal", {"until": date(2023, 2, 1)}, "reason", "Γράψτε τον λόγο"),
        ("renewal", {"until": date(2026, 1, 1), "day": date(2099, 1, 1)}, "day", "εκδοθεί"),
    ],
)
def test_an_act_that_does_not_follow_what_stands_is_refused(decide, kind, rest, field, words):
    decide("grant", "1", date(2023, 12, 31))
    asked = {"number": "2"} | rest
    with pytest.raises(CentreRefusedError, match=words) as refused:
        decide(kind, **asked)
    assert refused.value.code == field
    assert CentreAct.objects.count() == 1


def test_a_centre_without_approval_is_not_renewed(decide):
    with pytest.raises(CentreRefusedError, match="Καταχωρίστε πρώτα έγκριση"):
        decide("renewal", "2", date(2026, 1, 1))


def test_who_opened_the_form_before_another_act_is_told(decide, centre):
    seen = journal.latest(centre, operations.APPROVAL)
    decide("grant", "1", date(2023, 12, 31))
    with pytest.raises(OvertakenError):
        decide("renewal", "2", date(2026, 1, 1), seen=seen)


@pytest.mark.parametrize("first", [None, -400, -1, 0, 1])
@pytest.mark.parametrize("left", [None, -1, 0, 1, SOON.days - 1, SOON.days, SOON.days + 1])
def test_the_standing_of_the_page_and_of_the_search_agree(centre, at, first, left):
    day = localdate(at)
    centre.approved_from = None if first is None else day + timedelta(days=first)
    centre.approved_until = None if left is None else day + timedelta(days=left)
    centre.save()
    found = {
        each.value
        for each in CentreStanding
        if TrainingCentre.objects.filter(places.standing_is(each, day), pk=centre.pk).exists()
    }
    assert found == {places.standing(centre, day).value}
    stands = found <= {CentreStanding.APPROVED, CentreStanding.ENDING}
    assert stands == centre.approved_on(day)


def test_those_who_answer_for_a_centre_hear_twice_before_the_end(centre, manager, at):
    centre.approved_from, centre.approved_until = date(2022, 1, 1), localdate(at) + SOON
    centre.save()
    told = Notice.objects.filter(person=manager, title__startswith="Λήγει η έγκριση")
    for days, many in ((0, 1), (1, 1), (44, 1), (45, 2), (59, 2), (61, 2)):
        operations.remind_ends(at + timedelta(days=days))
        assert told.count() == many, days


# Visits -----------------------------------------------------------------------------------------


def test_a_visit_is_recorded_and_told_to_the_centre(centre, manager, by, at):
    visit = {"day": localdate(at), "visitors": "Στέλεχος", "findings": "Λείπει πυροσβεστήρας."}
    made = operations.record_visit(centre, outcome="remarks", **visit, **by)
    assert [one.pk for one in centre.visits.all()] == [made.pk]
    notice = Notice.objects.get(person=manager)
    assert notice.title == "Επίσκεψη στο Κ.Σ.Ε.: Κατάλληλο με παρατηρήσεις"


def test_a_visit_to_come_and_an_unsaid_finding_are_refused(centre, by, at):
    visit = {"visitors": "Στέλεχος", "findings": " "}
    with pytest.raises(CentreRefusedError, match="δεν έγινε ακόμη"):
        operations.record_visit(
            centre, day=localdate(at) + timedelta(days=1), outcome="fit", **visit, **by
        )
    with pytest.raises(CentreRefusedError, match="τι διαπιστώθηκε"):
        operations.record_visit(centre, day=localdate(at), outcome="unfit", **visit, **by)


# Rooms ------------------------------------------------------------------------------------------


def test_a_room_that_a_centre_proposes_stands_once_the_body_agrees(
    centre, manager, actor_for, by, at
):
    room = centre.rooms.get()
    theirs = {"actor": actor_for(manager), "at": at}
    made = operations.propose_room(centre, LAB, room=room, note="Νέοι υπολογιστές.", **theirs)
    room.refresh_from_db()
    assert room.seats == 15
    assert [todo.detail for todo in todos_of(by["actor"], at) if "αίθουσας" in todo.title] == [
        str(made)
    ]
    operations.accept_room(made, **by)
    room.refresh_from_db()
    assert operations.facts_of(room) == LAB
    entry = journal.of(centre).filter(act="Άλλαξαν οι αίθουσες").get()
    assert entry.reason == "Αλλαγή στοιχείων: Εργαστήριο 9. Νέοι υπολογιστές."
    assert entry.data["before"]["seats"] == 15
    notice = Notice.objects.get(person=manager)
    assert notice.title == "Έγινε δεκτή μεταβολή αίθουσας"


def test_a_room_waits_for_one_decision_at_a_time(centre, manager, actor_for, by, at):
    room, theirs = centre.rooms.get(), {"actor": actor_for(manager), "at": at}
    made = operations.propose_room(centre, LAB, room=room, **theirs)
    with pytest.raises(CentreRefusedError, match="περιμένει ήδη μεταβολή"):
        operations.propose_room(centre, LAB, room=room, close=True, **theirs)
    operations.recall_room(made, **theirs)
    with pytest.raises(StepRefusedError):
        operations.accept_room(made, **by)
    assert operations.propose_room(centre, LAB, room=room, close=True, **theirs).act == "close"


def test_a_room_no_longer_used_stays_and_is_offered_to_nobody(centre, by):
    room = centre.rooms.get()
    operations.keep_room(
        centre, operations.facts_of(room), room=room, close=True, note="Αυτοψία.", **by
    )
    room.refresh_from_db()
    found = places.with_rooms(TrainingCentre.objects.filter(pk=centre.pk)).get()
    assert (room.in_use, found.many_rooms, found.labs, found.seats) == (False, 0, 0, 0)
    operations.keep_room(centre, operations.facts_of(room), room=room, note="Άνοιξε.", **by)
    room.refresh_from_db()
    assert room.in_use


def test_a_name_that_is_taken_and_a_change_of_nothing_are_refused(
    centre, manager, actor_for, by, at
):
    theirs = {"actor": actor_for(manager), "at": at}
    room = centre.rooms.get()
    taken = RoomFacts(room.name, Room.Kind.LAB, 10)
    with pytest.raises(CentreRefusedError, match="έχει ήδη αίθουσα"):
        operations.propose_room(centre, taken, **theirs)
    with pytest.raises(CentreRefusedError, match="Δεν αλλάξατε κάτι"):
        operations.propose_room(centre, operations.facts_of(room), room=room, **theirs)
    with pytest.raises(CentreRefusedError, match="είναι άλλου κέντρου"):
        operations.propose_room(centre, LAB, room=a_centre().rooms.get(), **theirs)
    made = operations.propose_room(centre, LAB, **theirs)
    operations.keep_room(centre, LAB, note="Αυτοψία.", **by)
    with pytest.raises(CentreRefusedError, match="έχει ήδη αίθουσα «Εργαστήριο 9»"):
        operations.accept_room(made, **by)


def test_nobody_decides_on_a_proposal_of_ones_own(centre, manager, actor_for, at):
    people.a_post(manager, Role.BODY_OFFICER, Scope.BODY, centre.body_id)
    both = {"actor": actor_for(manager), "at": at}
    made = operations.propose_room(centre, LAB, **both)
    with pytest.raises(CentreRefusedError, match="αποφασίζει άλλο πρόσωπο"):
        operations.accept_room(made, **both)
    assert RoomProposal.objects.get().state == ProposalState.OPEN


# Pages ------------------------------------------------------------------------------------------


@pytest.fixture
def desk(client, login, set_clock, at):
    set_clock(at)
    return login(client, people.officer("itye", Role.BODY_HEAD))


def test_the_register_is_searched_by_place_kind_standing_and_seats(desk, at):
    wide = a_centre("KOZ", rooms=(15, 20), approved_from=date(2022, 1, 1))
    a_centre("KOZ", approved_from=None)
    a_centre("LAR", rooms=(40,), approved_from=date(2022, 1, 1))

    def found(**asked):
        return [row.pk for row, *_ in desk.get("/centres/register/", asked).context["lines"]]

    assert len(found()) == 3
    koz = wide.prefecture_id
    assert found(prefecture=koz, state="approved", seats=35, kind="public_school") == [wide.pk]
    assert found(q=wide.code) == [wide.pk]
    report = "/reports/registers.centres/"
    page = desk.get(report, {"prefecture": koz, "state": "approved"})
    assert page.context["count"] == (1, False) or "1" in str(page.context["count"])


def test_a_centre_is_entered_approved_visited_and_given_a_room_page_by_page(desk):
    body = facts(regional_unit=str(facts()["regional_unit"].pk), school="", directorate="")
    page = desk.post("/centres/register/new/", body)
    row = TrainingCentre.objects.get()
    assert page.headers["Location"] == f"/centres/register/{row.pk}/approval/"
    act = {"kind": "grant", "number": "7/2023", "day": "2023-01-10", "valid_from": "2023-01-11"}
    wrong = desk.post(page.headers["Location"], act | {"valid_until": "2022-01-01"})
    assert (wrong.status_code, "πριν από την έναρξη" in wrong.content.decode()) == (422, True)
    desk.post(page.headers["Location"], act | {"valid_until": "2024-01-11"})
    visit = {"day": "2023-01-12", "visitors": "Στέλεχος", "outcome": "fit"}
    desk.post(f"/centres/register/{row.pk}/visit/", visit)
    room = {"name": "Α1", "kind": "lab", "seats": "12", "note": "Αυτοψία."}
    desk.post(f"/centres/register/{row.pk}/rooms/", room)
    desk.post(f"/centres/register/{row.pk}/edit/", body | {"town": "Πτολεμαΐδα"})
    said = desk.get(f"/centres/register/{row.pk}/").content.decode()
    assert all(words in said for words in ("Έγκριση 7/2023", "Α1", "Πτολεμαΐδα", "Κατάλληλο"))


def test_the_manager_proposes_on_the_page_and_the_officer_decides_there(
    client, login, set_clock, centre, manager, at
):
    set_clock(at)
    login(client, manager)
    room = {"name": "Α1", "kind": "classroom", "seats": "12"}
    page = client.post(f"/centres/register/{centre.pk}/rooms/", room, follow=True)
    assert "περιμένει έγκριση του φορέα" in page.content.decode()
    made = RoomProposal.objects.get()
    assert client.post(f"/steps/room_proposal/{made.pk}/accept/").status_code == 404
    login(client, people.officer())
    assert client.get(f"/centres/rooms/{made.pk}/").status_code == 200
    client.post(f"/steps/room_proposal/{made.pk}/accept/")
    assert centre.rooms.filter(name="Α1", kind="classroom", seats=12).exists()
