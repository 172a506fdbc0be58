"""From a call to its register: the selected of the final list become members, once.

Shows: R-010, R-019.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from didaskaleio.kernel.agenda import todos_of
from didaskaleio.kernel.errors import StepRefusedError
from didaskaleio.kernel.models import Notice, Work
from didaskaleio.people.enums import Role
from didaskaleio.registers import operations
from didaskaleio.registers.enums import CallState, Fills
from didaskaleio.registers.errors import CallRefusedError
from didaskaleio.registers.models import Call, Candidacy, Membership, RankingList
from tests.factories import people
from tests.registers.ranked import a_candidacy, assessed

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(at):
    return at + timedelta(days=40)


@pytest.fixture
def final(a_call, officer, at, later):
    """``final(**changes)``: a call of two places with a final list of three, best first."""

    def make(hours=("90", "80", "70"), **changes):
        call = a_call(places=2, **changes)
        rows = [a_candidacy(call, at, one) for one in hours]
        ready = assessed(call)
        operations.publish_provisional(ready, actor=officer, at=at + timedelta(days=20))
        operations.publish_final(ready, actor=officer, at=later)
        return ready, rows

    return make


def test_the_selected_become_members_in_the_order_of_the_list(
    final, a_register, officer, later, drain_jobs
):
    register, (call, rows) = a_register(), final()
    work = operations.close(call, actor=officer, at=later, register=register)
    drain_jobs()
    found = Membership.objects.filter(register=register).order_by("number")
    assert [one.candidacy_id for one in found] == [rows[0].pk, rows[1].pk]
    assert [one.values["hours"] for one in found] == ["90", "80"]
    assert "paper" not in found[0].values
    work.refresh_from_db()
    assert (work.state, work.done, work.message) == (Work.State.DONE, 2, "Νέα μέλη: 2.")
    assert (call.state, call.register) == (CallState.CLOSED, register)
    told = Notice.objects.filter(kind="registers.membership").values_list("person", flat=True)
    assert set(told) == {rows[0].person_id, rows[1].person_id}


def test_doing_the_job_again_enters_nobody_twice(final, a_register, officer, later, drain_jobs):
    call, _ = final()
    operations.close(call, actor=officer, at=later, register=a_register())
    for _ in range(2):
        operations.enter_selected(call, after=0, most=1, actor=officer, at=later)
    drain_jobs()
    assert Membership.objects.count() == 2


def test_who_is_a_member_already_stays_as_before_and_is_named(
    final, a_register, a_member, officer, later, drain_jobs
):
    register, (call, rows) = a_register(), final()
    old = a_member(register, rows[0].person, hours="5")
    work = operations.close(call, actor=officer, at=later, register=register)
    drain_jobs()
    old.refresh_from_db()
    work.refresh_from_db()
    assert old.values["hours"] == "5"
    assert work.message == (
        f"Νέα μέλη: 1. Δεν εντάχθηκαν:\n{rows[0].code}: Το πρόσωπο είναι ήδη μέλος του μητρώου."
    )


def test_an_answer_that_the_field_does_not_take_is_left_to_the_member(
    final, a_register, officer, later, drain_jobs
):
    call, _ = final(hours=("1000",))
    operations.close(call, actor=officer, at=later, register=a_register())
    drain_jobs()
    assert Membership.objects.get().candidacy.submission.values["hours"] == "1000"


def test_a_call_for_posts_is_only_closed(final, officer, later):
    call, _ = final(fills=Fills.POSTS)
    assert operations.close(call, actor=officer, at=later) is None
    assert (call.state, Membership.objects.count()) == (CallState.CLOSED, 0)


def test_the_register_is_the_announced_one_and_of_the_own_body(
    final, a_register, actor_for, officer, later
):
    named, other = a_register(), a_register()
    call, _ = final(register=named)
    with pytest.raises(CallRefusedError, match="ανακοίνωσε άλλο"):
        operations.close(call, actor=officer, at=later, register=other)
    with pytest.raises(CallRefusedError, match="Διαλέξτε το μητρώο"):
        operations.close(call, actor=officer, at=later)
    with pytest.raises(PermissionDenied):
        operations.close(call, actor=actor_for(people.officer("iep")), at=later, register=named)
    assert Call.objects.get().state == CallState.FINAL


def test_a_call_for_posts_and_a_foreign_register_are_refused_in_the_draft(a_draft, a_register):
    with pytest.raises(CallRefusedError, match="Πρόσκληση για θέσεις"):
        a_draft(fills=Fills.POSTS, register=a_register())


def test_nothing_is_entered_before_the_final_list(a_call, a_register, officer, later):
    with pytest.raises(StepRefusedError):
        operations.close(a_call(), actor=officer, at=later, register=a_register())
    assert not RankingList.objects.exists()


def test_an_officer_ends_the_call_page_by_page_and_the_person_finds_the_membership(
    final, a_register, officer, client, login, set_clock, later, drain_jobs
):
    register, (call, rows) = a_register(), final()
    set_clock(later)
    [todo] = [one for one in todos_of(officer, later) if "Ένταξη στο μητρώο" in one.title]
    desk = login(client, people.officer("itye", Role.BODY_HEAD))
    assert desk.get(todo.url).context["selected"] == 2
    assert desk.post(todo.url, {"register": ""}).status_code == 422
    assert desk.post(todo.url, {"register": "999999"}).status_code == 422
    answer = desk.post(todo.url, {"register": register.pk})
    assert answer.headers["Location"].startswith("/work/")
    drain_jobs()
    assert desk.get(todo.url).headers["Location"] == f"/calls/desk/{call.pk}/"
    mine = login(client, rows[0].person)
    member = Candidacy.objects.get(pk=rows[0].pk).membership
    assert (
        f"/registers/members/{member.pk}/"
        in mine.get(f"/candidacies/{rows[0].pk}/").content.decode()
    )
