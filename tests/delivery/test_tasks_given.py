"""Coordination: from an exception or a finding to a task, its answer, deadline and follow-up.

Shows: R-174.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from didaskaleio.delivery import operations, queries
from didaskaleio.delivery.errors import TaskRefusedError
from didaskaleio.delivery.models import GivenTask, TrainingSession
from didaskaleio.kernel import access, agenda, lifecycle
from didaskaleio.kernel.errors import StepRefusedError
from didaskaleio.kernel.models import Notice
from didaskaleio.people.queries import actor_of
from tests.factories import coordination, people
from tests.markup import markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(first):
    return first.ends_at


@pytest.fixture
def region(programme, at):
    return coordination.a_regional_officer(programme)


@pytest.fixture
def task(programme, region, at):
    return coordination.a_task(programme, at=at)


def test_whoever_receives_a_task_is_told_and_finds_it_on_the_desk(task, region, at):
    assert Notice.objects.filter(kind="delivery.task", person=region).count() == 1
    found = agenda.todos_of(actor_of(region, at=at), at)
    assert [todo.title for todo in found] == ["Εργασία: Έλεγχος εξοπλισμού"]
    assert found[0].due == task.due_at


def test_only_the_receiver_answers_and_only_the_body_closes(task, region, programme, at):
    other = actor_of(people.a_centre_manager(programme.centre), at=at)
    with pytest.raises(PermissionDenied):
        operations.answer_task(task, actor=other, at=at, text="Έφτασαν")
    operations.answer_task(task, actor=actor_of(region, at=at), at=at, text="Έφτασαν")
    with pytest.raises(PermissionDenied):
        operations.settle_task(task, actor=actor_of(region, at=at), at=at)
    operations.settle_task(task, actor=actor_of(people.officer(), at=at), at=at)
    assert (task.state, task.answer) == ("closed", "Έφτασαν")


def test_a_task_is_reminded_two_days_before_and_lapses_at_its_end(task, region):
    before = Notice.objects.filter(person=region).count()
    lifecycle.fire_due(task.due_at - timedelta(days=2))
    task.refresh_from_db()
    assert task.state == "reminded"
    lifecycle.fire_due(task.due_at)
    task.refresh_from_db()
    assert task.state == "overdue"
    assert Notice.objects.filter(person=region).count() == before + 2
    assert Notice.objects.filter(person=task.given_by, title__startswith="Πέρασε").count() == 1


def test_an_answer_that_is_not_enough_comes_back_with_five_more_days(task, region, at):
    officer = actor_of(people.officer(), at=at)
    operations.answer_task(task, actor=actor_of(region, at=at), at=at, text="Σχεδόν")
    operations.give_back(task, actor=officer, at=at, reason="Πότε ακριβώς;")
    assert (task.state, task.due_at) == ("returned", at + timedelta(days=5))
    operations.answer_task(task, actor=actor_of(region, at=at), at=at, text="Στις 3 του μήνα")
    operations.settle_task(task, actor=officer, at=at)
    with pytest.raises(StepRefusedError):
        operations.revoke(task, actor=officer, at=at, reason="Λάθος")


def test_the_deadline_is_ahead_and_the_receiver_belongs_to_the_programme(programme, at):
    people.officer()
    with pytest.raises(TaskRefusedError, match="προθεσμία"):
        coordination.a_task(programme, at=at, days=0)
    with pytest.raises(TaskRefusedError, match="αναλαμβάνει"):
        coordination.a_task(programme, at=at, to="nobody")
    assert not GivenTask.objects.exists()


def test_another_region_does_not_see_the_task(task, programme, at):
    stranger = people.a_person(surname="Αλλού")
    people.a_post(stranger, "regional_officer", "region", programme.centre.region_id + 1)
    actor = actor_of(stranger, at=at)
    assert not access.allowed(actor, "given_task.read", task)
    assert not access.visible(actor, "given_task.read", GivenTask.objects.all()).exists()


def test_an_officer_gives_a_task_about_a_session_and_the_region_answers_on_its_page(
    programme, first, region, client, login, set_clock, at
):
    set_clock(at)
    login(client, people.officer())
    asked = {
        "to": "region",
        "title": "Ανυπόγραφο παρουσιολόγιο",
        "text": "Μιλήστε με το κέντρο.",
        "due_on": f"{(at + timedelta(days=9)).date()}",
    }
    made = client.post(f"/programmes/{programme.pk}/task/?session={first.pk}", asked)
    task = GivenTask.objects.get()
    assert (made.url, task.session) == (f"/tasks/{task.pk}/", first)
    login(client, region)
    assert "Ανυπόγραφο" in client.get("/tasks/").content.decode()
    assert client.post(f"{made.url}answer/", {"text": "Υπογράφεται αύριο"}).url == made.url
    assert client.get(f"{made.url}answer/").status_code == 404
    assert "Υπογράφεται αύριο" in client.get(made.url).content.decode()


def test_more_tasks_cost_no_more_queries(programme, region, client, login, set_clock, at):
    set_clock(at)
    login(client, region)
    counts = []
    for _ in range(3):
        coordination.a_task(programme, at=at)
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/tasks/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[2]


def test_an_exception_is_given_as_a_task_and_the_answer_stands_beside_it(
    client, login, set_clock, programme, first, region
):
    at = first.ends_at + timedelta(days=2)
    set_clock(at)
    officer = login(client, people.officer())
    page = markup(officer.get(reverse("delivery:exceptions")))
    new = reverse("delivery:given-task-new", args=[programme.pk])
    address = f"{new}?about=unsigned&session={first.pk}"
    assert address.replace("&", "&amp;") in page
    form = markup(officer.get(address))
    assert "Ανυπόγραφα παρουσιολόγια: 1η συνάντηση" in form
    assert "Ζητήστε να υπογραφεί" in form
    sent = {"to": "region", "title": "Υπογραφή", "text": "Ρωτήστε", "due_on": "2023-04-01"}
    officer.post(address, sent)
    task = GivenTask.objects.get(title="Υπογραφή")
    assert (task.about, task.session) == ("unsigned", first)
    operations.answer_task(task, actor=actor_of(region, at=at), at=at, text="Υπογράφεται σήμερα.")
    page = markup(officer.get(reverse("delivery:exceptions")))
    assert "Υπογράφεται σήμερα." in page
    assert address.replace("&", "&amp;") not in page


def test_a_centre_sees_no_button_but_the_answer_of_its_own_task(programme, first):
    at = first.ends_at + timedelta(days=2)
    coordination.a_task(programme, at=at, to="centre", session=first, about="unsigned")
    manager = actor_of(people.a_centre_manager(programme.centre), at=at)
    (line,) = queries.coordination.with_tasks(manager, [("unsigned", [first])])["unsigned"]
    assert (line.programme, line.task.title) == (None, "Έλεγχος εξοπλισμού")


def test_the_tasks_of_exceptions_cost_the_same_for_one_and_for_three(programme, first):
    at = first.ends_at + timedelta(days=9)
    officer = actor_of(people.officer(), at=at)
    costs = []
    for many in (1, 3):
        sessions = list(TrainingSession.objects.filter(programme=programme)[:many])
        with CaptureQueriesContext(connection) as asked:
            queries.coordination.with_tasks(officer, [("unsigned", sessions)])
        costs.append(len(asked))
    assert costs[0] == costs[1] == 2
