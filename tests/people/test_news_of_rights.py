"""Who is granted or loses a right is told; what an officer may grant; the page of a person.

Shows: R-008, R-165.
"""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from didaskaleio.kernel import access
from didaskaleio.kernel.models import Notice
from didaskaleio.people import operations, queries
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.errors import (
    BeyondScopeError,
    EndedPostError,
)
from didaskaleio.people.queries import rights
from tests.factories.courses import a_course
from tests.factories.people import (
    a_person,
    a_post,
    an_operator,
    officer,
)
from tests.factories.structures import a_body, a_centre
from tests.markup import markup

pytestmark = pytest.mark.django_db


def test_who_is_granted_a_right_is_told_and_mailed_what_to_do(
    at, actor_for, drain_jobs, mailoutbox
):
    person, course = a_person(email="a@example.org"), a_course("design")
    post = operations.grant(
        person,
        role=Role.AUTHOR,
        scope=Scope.COURSE,
        scope_id=course.pk,
        actor=actor_for(officer()),
        at=at,
        reason="Απόφαση 7/2023",
    )
    (notice,) = Notice.objects.filter(person=person)
    assert notice.title == f"Νέος ρόλος: Μέλος επιστημονικής ομάδας, {course}"
    assert "Αιτιολογία: Απόφαση 7/2023" in notice.text
    assert notice.url == reverse("courses:course", args=[course.pk])
    operations.withdraw(post, actor=actor_for(officer()), at=at, reason="Λήξη")
    last = Notice.objects.get(person=person, kind="people.withdrawn")
    assert "Αιτιολογία: Λήξη" in last.text
    assert last.url == reverse("people:profile")
    drain_jobs()
    assert [mail.subject for mail in mailoutbox] == [notice.title, last.title]


def test_the_news_of_a_right_over_the_country_leads_home(at, actor_for):
    person = a_person()
    target = {"role": Role.MINISTRY_OFFICER, "scope": Scope.COUNTRY, "scope_id": None}
    operations.grant(person, **target, actor=actor_for(an_operator()), at=at, reason="Απόφαση 8")
    assert Notice.objects.get(person=person).url == reverse("portal:home")


def test_an_officer_fills_teams_and_leaves_the_posts_of_the_body_to_its_head(at, actor_for):
    actor, person, course = actor_for(officer()), a_person(), a_course("design")
    by = {"actor": actor, "at": at, "reason": "Απόφαση 9/2023"}
    centre = a_centre()
    for role, scope, thing in [
        (Role.APPROVER, Scope.COURSE, course),
        (Role.CENTRE_MANAGER, Scope.CENTRE, centre),
    ]:
        operations.grant(person, role=role, scope=scope, scope_id=thing.pk, **by)
    for role in (Role.BODY_OFFICER, Role.BODY_HEAD, Role.PLANNER, Role.APPROVER):
        with pytest.raises(BeyondScopeError):
            operations.grant(person, role=role, scope=Scope.BODY, scope_id=a_body().pk, **by)
    theirs = a_centre(body=a_body("iep"))
    with pytest.raises(BeyondScopeError):
        operations.grant(
            person, role=Role.CENTRE_STAFF, scope=Scope.CENTRE, scope_id=theirs.pk, **by
        )
    roles = {value for value, _ in rights.grantable_roles(actor)}
    of_calls = {"assessor", "objection_committee", "registrar"}
    assert roles == {"author", "approver", "centre_manager", "centre_staff"} | of_calls
    (group,) = rights.grantable_scopes(actor, Role.CENTRE_STAFF)
    assert f"centre:{centre.pk}" in dict(group[1])
    assert f"centre:{theirs.pk}" not in dict(group[1])


def test_an_officer_sees_the_posts_of_the_body_and_a_button_only_where_it_works(login):
    colleague, course = officer(), a_course("design")
    mine = a_post(colleague, Role.AUTHOR, Scope.COURSE, course)
    page = markup(
        login(Client(), officer()).get(reverse("people:rights-person", args=[colleague.pk]))
    )
    assert "Στέλεχος φορέα υλοποίησης" in page
    ends = re.findall(r"/rights/posts/(\d+)/withdraw/", page)
    assert ends == [str(mine.pk)]


@pytest.mark.parametrize("posts", [0, 1, 30])
def test_the_page_of_a_person_costs_the_same_whatever_the_posts(
    login, django_assert_max_num_queries, posts
):
    person, client = a_person(), login(Client(), an_operator())
    for _ in range(posts):
        a_post(person, Role.CENTRE_STAFF, Scope.CENTRE, a_centre())
    url = reverse("people:rights-person", args=[person.pk])
    with django_assert_max_num_queries(24):
        page = markup(client.get(url))
    assert page.count("Αφαίρεση…") == posts
    assert ("Κανένας ρόλος" in page) == (posts == 0)


def test_a_closed_operator_does_not_count_as_the_one_who_stays(at, actor_for):
    kept, closed = an_operator(), an_operator(is_active=False)
    with pytest.raises(EndedPostError):
        operations.withdraw(kept.posts.get(), actor=access.SYSTEM, at=at, reason="Αποχώρηση")
    assert closed.posts.get().valid_until is None
    assert list(queries.holders(Role.OPERATOR, Scope.COUNTRY, None, at=at)) == [kept]
