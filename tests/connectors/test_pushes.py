"""What MySchool is told of trainings: each once, in order, again after failures, seen by officers.

Shows: R-021.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.connectors.conftest import FIRST
from tests.connectors.service import DAY, teacher
from tests.factories import completion, people, structures
from tests.small_actions import world

from didaskaleio.completion import operations as attestations
from didaskaleio.completion.models import Attestation
from didaskaleio.connectors import operations
from didaskaleio.connectors.connection import service as connected
from didaskaleio.connectors.enums import PushState
from didaskaleio.connectors.models import Push
from didaskaleio.credentials.models import Credential
from didaskaleio.kernel import journal, lifecycle
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.people.models import Identifier
from didaskaleio.site.myschool_stand_in import Fault
from didaskaleio.small_actions import operations as small_actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(authority, set_clock):
    """5 July 2023: a class is over, its attestations may be issued."""
    moment = datetime(2023, 7, 5, 12, tzinfo=ATHENS)
    set_clock(moment)
    return moment


@pytest.fixture
def head(actor_for):
    return actor_for(people.officer())


@pytest.fixture
def issued(at, head, service):
    """``issued(n)``: attestations of a class of ``n``, whom the service knows."""

    def issue(size=1, *, known=True):
        programme = completion.a_class(size)
        attestations.settle(programme, at=at)
        rows = list(Attestation.objects.filter(programme=programme).order_by("pk"))
        for row in rows:
            attestations.issue(row, actor=head, at=at)
        people_of = [row.application.person for row in rows]
        if known:
            service.change(*(teacher(_afm(person)) for person in people_of), as_of=DAY)
        return rows

    return issue


@pytest.fixture
def send(drain_jobs, set_clock, at):
    """``send(later)``: the worker's clock ticks, its jobs are done."""

    def tick(later=timedelta()):
        set_clock(at + later)
        lifecycle.chores["connectors.push"](at + later)
        drain_jobs()

    return tick


def _afm(person):
    return person.identifiers.get(kind="afm").value


def states():
    return list(Push.objects.order_by("pk").values_list("act", "state"))


def test_an_issued_attestation_is_told_once_with_what_was_signed(issued, send, service, settings):
    [row] = issued()
    assert states() == [("issued", "waiting")]
    send()
    send()
    [told] = service.records()
    credential = row.credential
    assert told == {
        "key": str(Push.objects.get().key),
        "afm": _afm(credential.person),
        "act": "issued",
        "kind": "training",
        "number": credential.number,
        "code": credential.code,
        "title": told["title"],
        "programme": row.programme.code,
        "hours": 60,
        "starts": told["starts"],
        "ends": told["ends"],
        "body": row.programme.period.action.body.name,
        "issued_at": "2023-07-05T09:00:00+00:00",
        "replaces": None,
        "verification": f"{settings.BASE_URL}/verify/{credential.code}/",
    }
    assert told["title"]
    assert told["starts"] < told["ends"]
    assert states() == [("issued", "sent")]
    assert [entry.act for entry in journal.of(Push.objects.get())] == ["Στάλθηκε στο MySchool"]


def test_a_batch_is_owed_as_a_whole(at, head, service, send):
    programme = completion.a_class(3)
    attestations.settle(programme, at=at)
    ids = list(Attestation.objects.filter(programme=programme).values_list("pk", flat=True))
    attestations.issue_many(ids, actor=head, at=at)
    service.change(*(teacher(_afm(c.person)) for c in Credential.objects.all()), as_of=DAY)
    send()
    assert {told["number"] for told in service.records()} == set(
        Credential.objects.values_list("number", flat=True)
    )


def test_revoked_and_replaced_are_told_after_issued(issued, send, service, head, at):
    revoked, replaced = issued(2)
    attestations.revoke(revoked, actor=head, at=at, reason="Λάθος.")
    newer = attestations.reissue(replaced, actor=head, at=at, reason="Διόρθωση.")
    send()
    told = [(one["act"], one["number"], one["replaces"]) for one in service.records()]
    old = replaced.credential.number
    assert told == [
        ("issued", revoked.credential.number, None),
        ("issued", old, None),
        ("revoked", revoked.credential.number, None),
        ("replaced", old, None),
        ("issued", newer.credential.number, old),
    ]


def test_an_attestation_of_a_small_action_is_told_as_training_and_its_end_too(
    at, head, service, send, actor_for
):
    centre = structures.a_centre()
    manager = actor_for(people.a_centre_manager(centre))
    row, [kept, taken_back] = world.attended(centre, manager, head)
    small_actions.attest(row, actor=SYSTEM, at=world.OVER)
    service.change(*(teacher(_afm(seat.person)) for seat in (kept, taken_back)), as_of=DAY)
    small_actions.reopen(row, actor=head, at=at, reason="Λάθος πρόσωπο.")
    small_actions.complete(row, [kept.pk], actor=manager, at=at)
    small_actions.attest(row, actor=SYSTEM, at=at)
    send()
    first, second = Credential.objects.order_by("number")
    assert [(one["act"], one["number"]) for one in service.records()] == [
        ("issued", first.number),
        ("issued", second.number),
        ("revoked", second.number),
    ]
    told = service.records()[0]
    assert (told["kind"], told["afm"], told["programme"], told["hours"]) == (
        "training",
        _afm(kept.person),
        row.code,
        3,
    )
    assert told["title"] == "Βιωματικό εργαστήριο: Μικροελεγκτές στην τάξη"


def test_nothing_is_owed_of_an_act_that_is_rolled_back(at, head, service):
    from django.db import transaction

    programme = completion.a_class(1)
    attestations.settle(programme, at=at)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        attestations.issue(Attestation.objects.get(), actor=head, at=at)
        raise ZeroDivisionError
    assert states() == []


def test_a_service_that_is_away_is_waited_for_by_all_of_them(issued, send, service):
    issued(2)
    service.faults += [Fault(500)] * 4
    send()
    first, second = Push.objects.order_by("pk")
    assert (first.tries, second.tries, service.records()) == (1, 0, [])
    assert "δεν μπορεί να απαντήσει τώρα (κωδικός 500)" in first.error
    assert first.next_at == second.next_at
    asked = len(service.asked)
    send(timedelta(seconds=30))
    assert len(service.asked) == asked
    send(timedelta(minutes=2))
    assert states() == [("issued", "sent")] * 2
    assert set(Push.objects.values_list("error", flat=True)) == {""}


def test_waits_grow_and_obey_the_service(issued, service, at):
    issued()
    asked = [Fault(500), Fault(503, headers={"Retry-After": "7200"})]
    waits = []
    client = connected()
    client.pool.connection_pool_kw["retries"] = False
    for fault in [Fault(500), *asked]:
        service.faults.append(fault)
        Push.objects.update(next_at=None)
        operations.push(Push.objects.get().pk, client, actor=SYSTEM, at=at)
        waits.append(Push.objects.get().next_at - at)
    assert waits == [timedelta(minutes=1), timedelta(minutes=4), timedelta(hours=2)]


@pytest.mark.parametrize(
    "fault", [Fault(401), Fault(404), Fault(content=b"", status=302)], ids=["key", "path", "moved"]
)
def test_a_service_that_is_set_up_wrong_refuses_no_record_for_good(issued, send, service, fault):
    issued(2)
    service.faults += [fault]
    send()
    assert states() == [("issued", "waiting")] * 2


def test_an_answer_that_was_lost_on_the_way_does_not_tell_twice(issued, service, at):
    issued()
    keep = service.keep

    def deaf(key, record):
        keep(key, record)
        return 500, {"title": "lost"}

    service.keep = deaf
    pk = Push.objects.get().pk
    assert operations.push(pk, connected(), actor=SYSTEM, at=at) is False
    service.keep = keep
    assert operations.push(pk, connected(), actor=SYSTEM, at=at) is True
    assert len(service.records()) == 1
    assert Push.objects.get().state == PushState.SENT


def test_a_refused_one_waits_for_an_officer_and_holds_back_what_follows_it_alone(
    issued, send, service, head, at, actor_for
):
    [row] = issued(1, known=False)
    attestations.revoke(row, actor=head, at=at, reason="Λάθος.")
    issued(1)
    send()
    assert sorted(states()) == [("issued", "refused"), ("issued", "sent"), ("revoked", "waiting")]
    refused = Push.objects.get(state=PushState.REFUSED)
    afm = _afm(row.credential.person)
    assert refused.error == (
        f"Το MySchool δεν το δέχτηκε: Δεν υπάρχει εκπαιδευτικός με Α.Φ.Μ. {afm}."
    )
    service.change(teacher(afm), as_of=DAY)
    operations.send_again(refused, actor=actor_for(people.ministry_officer()), at=at)
    send()
    assert {state for _, state in states()} == {"sent"}
    assert [told["act"] for told in service.records() if told["afm"] == afm] == [
        "issued",
        "revoked",
    ]


def test_all_that_were_refused_are_sent_again_at_once(issued, send, service, at, actor_for):
    rows = issued(3, known=False)
    send()
    service.change(*(teacher(_afm(row.credential.person)) for row in rows), as_of=DAY)
    officer = actor_for(people.ministry_officer())
    assert operations.send_all_again(actor=officer, at=at) == 3
    send()
    assert states() == [("issued", "sent")] * 3


def test_who_has_no_number_is_told_without_it_and_the_refusal_is_seen(issued, send):
    [row] = issued(1, known=False)
    Identifier.objects.filter(person=row.credential.person, kind="afm").delete()
    send()
    assert "Δεν υπάρχει εκπαιδευτικός με Α.Φ.Μ. (κενό)" in Push.objects.get().error


def test_without_a_service_they_wait_until_there_is_one(issued, send, service, settings):
    issued()
    address, settings.MYSCHOOL = settings.MYSCHOOL, ""
    send()
    assert states() == [("issued", "waiting")]
    settings.MYSCHOOL = address
    send()
    assert states() == [("issued", "sent")]


class TestPages:
    @pytest.fixture
    def desk(self, client, login):
        return login(client, people.ministry_officer())

    def text(self, response):
        return response.content.decode()

    def test_pushes_are_listed_with_state_and_last_error_and_sent_again(
        self, desk, issued, send, service
    ):
        [row] = issued(1, known=False)
        send()
        number = row.credential.number
        page = self.text(desk.get("/myschool/pushes/?state=refused"))
        assert number in page
        assert "Δεν υπάρχει εκπαιδευτικός με Α.Φ.Μ." in page
        assert (
            number not in self.text(desk.get("/myschool/pushes/?state=sent")).partition("<table")[2]
        )
        assert number in self.text(desk.get(f"/myschool/pushes/?q={number}"))
        surname = row.credential.person.surname.upper()
        assert number in self.text(desk.get(f"/myschool/pushes/?q={surname}"))
        service.change(teacher(_afm(row.credential.person)), as_of=DAY)
        desk.post(f"/steps/push/{Push.objects.get().pk}/send_again/")
        send()
        assert states() == [("issued", "sent")]

    def test_all_again_by_one_button(self, desk, issued, send):
        issued(2, known=False)
        send()
        page = self.text(desk.post("/myschool/pushes/again/", follow=True))
        assert "Θα σταλούν ξανά: 2." in page
        assert states() == [("issued", "waiting")] * 2

    def test_the_connection_is_seen_pulled_by_a_button_and_timed(
        self, desk, service, at, drain_jobs
    ):
        assert "Καμία λήψη ακόμη" in self.text(desk.get("/myschool/connection/"))
        service.change(teacher(FIRST), as_of=DAY)
        page = self.text(desk.post("/myschool/connection/pull/", follow=True))
        assert 'role="progressbar"' in page or "<progress" in page
        drain_jobs()
        page = self.text(desk.get("/myschool/connection/"))
        assert "1 καρτέλα με αλλαγές." in page
        desk.post("/myschool/connection/", {"hour": "3"})
        assert 'value="3" selected' in self.text(desk.get("/myschool/connection/"))
        answer = desk.post("/myschool/connection/", {"hour": "30"})
        assert answer.status_code == 422

    def test_a_failed_pull_says_so_where_it_is_looked_for(self, desk, service, at, drain_jobs):
        service.faults += [Fault(content=b"?")]
        desk.post("/myschool/connection/pull/")
        drain_jobs()
        page = self.text(desk.get("/myschool/connection/"))
        assert "Η τελευταία λήψη δεν έγινε" in page
        assert "δεν είναι JSON" in page

    def test_without_a_service_the_page_says_who_sets_it(self, desk, at, settings):
        settings.MYSCHOOL = ""
        page = self.text(desk.get("/myschool/connection/"))
        assert "Δεν έχει οριστεί υπηρεσία" in page
        assert "Λήψη αλλαγών τώρα" not in page
        page = self.text(desk.post("/myschool/connection/pull/", follow=True))
        assert "Ζητήστε από την υπηρεσία λειτουργίας" in page

    @pytest.mark.parametrize("path", ["connection/", "pushes/"])
    def test_others_find_no_door(self, client, login, at, path):
        login(client, people.officer())
        assert client.get(f"/myschool/{path}").status_code == 403
