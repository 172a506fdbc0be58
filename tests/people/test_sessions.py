"""Sessions: one row with its person; what changes about the person counts from the next page on.

Shows: R-163.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from didaskaleio.kernel import clock, lifecycle
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Session
from tests.factories import people

pytestmark = pytest.mark.django_db
HOME = reverse("portal:home")


def test_a_session_names_its_person(client):
    person = people.a_teacher()
    client.force_login(person)
    assert Session.objects.get().person == person


def test_who_is_there_and_with_which_posts_is_one_query(client, django_assert_num_queries):
    client.force_login(people.a_teacher())
    with django_assert_num_queries(1):
        request = client.get(reverse("people:login")).wsgi_request
    assert request.user.is_authenticated
    assert {post.role for post in request.actor.posts} == {Role.TEACHER}


def test_a_post_counts_from_the_page_after_it_was_given_and_not_after_it_ended(client):
    person = people.a_person()
    client.force_login(person)
    assert client.get(HOME).wsgi_request.actor.posts == frozenset()
    post = people.a_post(person, Role.TEACHER, Scope.COUNTRY)
    assert client.get(HOME).wsgi_request.actor.holds(Role.TEACHER)
    post.valid_until = clock.now()
    post.save()
    assert not client.get(HOME).wsgi_request.actor.holds(Role.TEACHER)


def test_a_closed_account_is_nobody_on_the_next_page(client):
    person = people.a_teacher()
    client.force_login(person)
    person.is_active = False
    person.save()
    assert client.get(HOME).status_code == 302


def test_signing_out_is_seen_at_once_by_another_window(client):
    from django.test import Client

    other = Client()
    client.force_login(people.a_teacher())
    other.cookies = client.cookies.copy()
    assert other.get(HOME).status_code == 200
    client.post(reverse("people:logout"))
    assert other.get(HOME).status_code == 302


def test_an_ended_session_is_nobody_and_its_row_goes(client):
    client.force_login(people.a_teacher())
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get(HOME).status_code == 302
    lifecycle.pass_time(clock.now())
    assert not Session.objects.exists()


def test_a_visitor_without_a_cookie_costs_no_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(reverse("people:login"))
