"""A component given to a person with a deadline: only theirs to write, until it is done.

Shows: R-009, R-001.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from didaskaleio.courses import operations, queries
from didaskaleio.courses.agenda import of_contributor
from didaskaleio.courses.errors import IncompleteCourseError
from didaskaleio.courses.models import Assignment
from didaskaleio.kernel import agenda, journal
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.models import Notice
from didaskaleio.people.models import Person
from tests.factories import people
from tests.factories.courses import a_course

pytestmark = pytest.mark.django_db
UNIT = {"title": "Σενάρια", "hours": 60, "mode": "mixed"}


@pytest.fixture
def course():
    return a_course("development")


@pytest.fixture
def helper():
    return people.a_person()


@pytest.fixture
def work(course, author, helper, at):
    return assigned(course, author, helper, at)


def assigned(course, author, helper, at, component="units", days=7):
    return operations.assign_work(
        course.draft,
        component=component,
        person=helper,
        due_on=at.date() + timedelta(days=days),
        task="Ενότητες με παραδείγματα.",
        actor=author,
        at=at,
    )


def kinds_of(person):
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def test_a_contributor_writes_the_own_component_and_no_other(work, course, helper, actor_for, at):
    me = actor_for(helper)
    operations.write_units(course.draft, [UNIT], actor=me, at=at)
    assert list(course.draft.units.values_list("title", flat=True)) == ["Σενάρια"]
    with pytest.raises(PermissionDenied):
        operations.write_objectives(course.draft, ["Άλλος"], actor=me, at=at)
    with pytest.raises(PermissionDenied):
        operations.write(course.draft, actor=me, at=at, hours_total=61)
    assert queries.authors(course.draft) == {helper.pk}


def test_what_is_done_is_told_and_written_no_more_until_it_is_taken_up_again(
    work, course, author, helper, actor_for, at
):
    me = actor_for(helper)
    operations.finish_work(work, actor=me, at=at)
    operations.finish_work(work, actor=me, at=at)
    with pytest.raises(PermissionDenied):
        operations.write_units(course.draft, [UNIT], actor=me, at=at)
    operations.extend_work(
        work, due_on=at.date() + timedelta(days=9), reason="Λίγο ακόμη.", actor=author, at=at
    )
    operations.write_units(course.draft, [UNIT], actor=me, at=at)
    assert kinds_of(helper) == ["courses.assigned", "courses.assigned"]
    assert kinds_of(author.user_id) == ["courses.work_finished"]
    acts = [entry.act.split(":")[0] for entry in journal.of(course.draft)]
    assert acts == ["Συγγραφή", "Νέα προθεσμία", "Ολοκληρώθηκε ανάθεση", "Ανάθεση"]


def test_an_open_assignment_holds_the_submission_until_it_is_finished_or_taken_back(
    work, course, author, helper, at
):
    course.draft.materials.all().delete()
    owed = f"Εκκρεμεί ανάθεση: Πρόγραμμα σπουδών: {helper}"
    with pytest.raises(IncompleteCourseError, match=owed):
        operations.submit_material(course, actor=author, at=at)
    with pytest.raises(Refusal, match="γιατί ανακαλείται"):
        operations.withdraw_work(work, reason=" ", actor=author, at=at)
    operations.withdraw_work(work, reason="Τη γράφει η ομάδα.", actor=author, at=at)
    assert not Assignment.objects.exists()
    assert queries.unfinished(course.draft) == []
    assert kinds_of(helper) == ["courses.assigned", "courses.work_taken_back"]


def test_the_same_component_is_not_given_twice_nor_for_a_day_that_has_passed(
    work, course, author, helper, actor_for, at
):
    with pytest.raises(Refusal, match="Υπάρχει ήδη η ανάθεση"):
        assigned(course, author, helper, at)
    with pytest.raises(Refusal, match="Η προθεσμία έχει περάσει"):
        assigned(course, author, helper, at, "texts", days=-1)
    with pytest.raises(PermissionDenied):
        assigned(course, actor_for(helper), helper, at, "texts")


def test_the_reminder_goes_out_once_two_days_before(work, helper, at):
    assert operations.remind_work(at + timedelta(days=4)) == 0
    assert operations.remind_work(at + timedelta(days=5)) == 1
    assert operations.remind_work(at + timedelta(days=6)) == 0
    assert kinds_of(helper) == ["courses.assigned", "courses.work_reminder"]


def test_the_agenda_of_the_contributor_names_component_and_deadline(
    work, course, helper, actor_for, at
):
    [todo] = agenda.told(of_contributor(actor_for(helper), at))
    assert todo.title == "Συγγραφή: Πρόγραμμα σπουδών"
    assert todo.due.date() == at.date() + timedelta(days=7)
    operations.finish_work(work, actor=actor_for(helper), at=at)
    assert agenda.told(of_contributor(actor_for(helper), at)) == []


def test_on_the_page_a_contributor_changes_and_finishes_the_own_component_alone(
    work, course, helper, login, set_clock, at
):
    set_clock(at)
    client = login(Client(), helper)
    page = client.get(reverse("courses:course", args=[course.pk])).content.decode()
    assert reverse("courses:units", args=[course.pk]) in page
    assert f'href="{reverse("courses:courses")}"' not in page  # the list would not open
    assert reverse("courses:objectives", args=[course.pk]) not in page
    assert client.get(reverse("courses:objectives", args=[course.pk])).status_code == 404
    assert client.get(reverse("courses:work", args=[course.pk])).status_code == 404
    assert client.post(reverse("courses:work-done", args=[work.pk])).status_code == 302
    assert client.get(reverse("courses:units", args=[course.pk])).status_code == 404
    assert "Ολοκληρώθηκε" in client.get(reverse("courses:my-work")).content.decode()


def test_an_author_gives_work_to_whoever_is_named_exactly(
    course, author, helper, login, set_clock, at
):
    set_clock(at)
    client = login(Client(), Person.objects.get(pk=author.user_id))
    url = reverse("courses:work", args=[course.pk])
    facts = {"component": "units", "due_on": date.isoformat(at.date()), "task": "Ενότητες."}
    part = client.post(url, facts | {"other": helper.surname})
    assert "Δεν βρέθηκε" in part.content.decode()
    assert client.post(url, facts | {"other": helper.username}).status_code == 302
    assert Assignment.objects.get().person == helper
