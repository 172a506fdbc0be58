"""Signing in: limits of failures, sessions, what the answers tell and do not tell.

Shows: R-165, R-166.
"""

from __future__ import annotations

import logging
import re
from datetime import timedelta

import pytest
from django.conf import settings as of_site
from django.core import mail
from django.test import Client
from django.urls import reverse

from didaskaleio.kernel import limits
from didaskaleio.kernel.models import Tries
from didaskaleio.people.models import Person
from didaskaleio.people.web import limits as own
from tests.factories import people

pytestmark = pytest.mark.django_db
RIGHT, WRONG = "enas-makris-kodikos", "lathos"
LOGIN = "/login/"


@pytest.fixture(autouse=True)
def quick_hashes(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def teacher():
    person = people.a_teacher()
    person.set_password(RIGHT)
    person.email = "dokimi@example.org"
    person.save()
    return person


def sign_in(client, person, password=RIGHT, **more):
    return client.post(LOGIN, {"username": person.username, "password": password, **more})


def failures(person, count, **more):
    return [sign_in(Client(), person, WRONG, **more).status_code for _ in range(count)]


def test_ten_failures_are_allowed_and_the_eleventh_try_waits(teacher, client):
    assert failures(teacher, 11) == [200] * 10 + [429]
    answer = sign_in(client, teacher)
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 900
    page = answer.content.decode()
    assert "<h1>Πολλές προσπάθειες</h1>" in page
    assert re.search(r"Δοκιμάστε ξανά από τις \d+/\d+/\d{4}, \d\d:\d\d\.", page)


def test_after_a_quarter_of_an_hour_the_right_password_is_enough(teacher, client):
    failures(teacher, 11)
    Tries.objects.update(began=limits_began() - timedelta(seconds=901))
    assert sign_in(client, teacher).status_code == 302


def limits_began():
    return Tries.objects.order_by("began").values_list("began", flat=True)[0]


def test_successes_do_not_count(teacher):
    assert [sign_in(Client(), teacher).status_code for _ in range(15)] == [302] * 15
    assert failures(teacher, 10) == [200] * 10


def test_a_stranger_elsewhere_does_not_lock_the_person_out(teacher, client):
    for _ in range(12):
        data = {"username": teacher.username, "password": WRONG}
        Client(REMOTE_ADDR="198.51.100.9").post(LOGIN, data)
    assert sign_in(client, teacher).status_code == 302


def test_a_name_that_does_not_exist_is_limited_in_the_same_way(client):
    answers = [client.post(LOGIN, {"username": "kanenas", "password": "x"}) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429]


def test_one_address_may_fail_two_hundred_times_with_whatever_names(client):
    at = clock_of(client)
    for _ in range(200):
        limits.take(own.ADDRESS, "127.0.0.1", at)
    assert client.post(LOGIN, {"username": "a", "password": "x"}).status_code == 429


def clock_of(client):
    return client.get(LOGIN).wsgi_request.at


def test_the_page_does_not_tell_whether_an_account_exists(teacher, client):
    said = []
    closed = people.a_teacher()
    Person.objects.filter(pk=closed.pk).update(is_active=False)
    for name in (teacher.username, "den-yparxei", closed.username):
        page = client.post(LOGIN, {"username": name, "password": WRONG}).content.decode()
        said.append(re.sub(r'value="[^"]*"|<time.*?</time>', "", page))
    assert said[0] == said[1] == said[2]
    assert "δεν ταιριάζουν" in said[0]


def test_mail_for_a_new_password_comes_three_times_and_the_page_never_tells(teacher, client):
    known = [client.post("/password/", {"email": teacher.email}) for _ in range(4)]
    unknown = [client.post("/password/", {"email": "allos@example.org"}) for _ in range(4)]
    assert [a.status_code for a in known] == [302, 302, 302, 429]
    assert [a.status_code for a in unknown] == [302, 302, 302, 429]
    assert len(mail.outbox) == 3


def test_a_new_password_by_mail_opens_an_account_that_strangers_tried_to_lock(teacher, client):
    at = clock_of(client)
    for _ in range(50):
        limits.take(own.ACCOUNT, teacher.username, at)
    assert sign_in(client, teacher).status_code == 429
    client.post("/password/", {"email": teacher.email})
    link = re.search(r"/password/\S+/\S+/", mail.outbox[0].body).group()
    page = client.get(link, follow=True)
    new = {"new_password1": "allos-makris-kodikos", "new_password2": "allos-makris-kodikos"}
    client.post(page.redirect_chain[-1][0], new)
    assert sign_in(client, teacher, "allos-makris-kodikos").status_code == 302


def test_the_session_gets_a_new_name_at_sign_in(teacher, client):
    client.get("/calendar/")
    session = client.session
    session["x"] = 1
    session.save()
    client.cookies[of_site.SESSION_COOKIE_NAME] = session.session_key
    sign_in(client, teacher)
    assert client.session.session_key != session.session_key


def test_a_changed_password_ends_the_other_sessions(teacher):
    here, there = Client(), Client()
    sign_in(here, teacher)
    sign_in(there, teacher)
    new = "allos-makris-kodikos"
    data = {"old_password": RIGHT, "new_password1": new, "new_password2": new}
    assert here.post("/profile/password/", data).status_code == 302
    assert here.get("/home/").status_code == 200
    assert there.get("/home/").status_code == 302


@pytest.mark.parametrize(
    "address",
    ["https://example.org/", "//example.org/", "/\\example.org", "javascript:alert(1)"],
)
def test_after_sign_in_nobody_is_led_to_another_site(teacher, client, address):
    assert sign_in(client, teacher, next=address)["Location"] == reverse("portal:home")


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(teacher, client):
    sign_in(client, teacher)
    cookie = client.cookies[of_site.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert cookie["domain"] == ""


def test_of_a_teacher_the_session_lasts_a_working_day(teacher, client):
    sign_in(client, teacher)
    assert client.session.get_expiry_age() == 8 * 60 * 60


def test_of_an_officer_it_ends_after_an_hour_without_a_page(client, set_clock):
    person = people.ministry_officer()
    person.set_password(RIGHT)
    person.save()
    sign_in(client, person)
    began = clock_of(client)
    assert client.session.get_expiry_age() == 60 * 60
    assert client.cookies[of_site.SESSION_COOKIE_NAME]["max-age"] == 60 * 60
    for minutes, written in ((5, False), (7, True), (12, False), (8 * 60 + 1, False)):
        set_clock(began + timedelta(minutes=minutes))
        answer = client.get("/home/")
        assert (of_site.SESSION_COOKIE_NAME in answer.cookies) is written, minutes


def test_every_answer_carries_the_headers_that_browsers_heed(client):
    answer = client.get("/login/")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["Cache-Control"].startswith("max-age=0")


def test_what_a_person_sees_is_not_kept_by_the_browser(teacher, client):
    sign_in(client, teacher)
    assert client.get("/home/")["Cache-Control"] == "private, no-store"


def test_sign_ins_are_logged_without_what_was_typed(teacher, client, caplog):
    caplog.set_level(logging.INFO, logger="didaskaleio.security")
    client.post(LOGIN, {"username": "enas-makris-kodikos", "password": "x"})
    sign_in(client, teacher)
    assert [record.getMessage() for record in caplog.records] == [
        "sign-in failed from 127.0.0.1",
        f"sign-in of {teacher.pk} from 127.0.0.1",
    ]


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("dekaxaract", "Ο κωδικός είναι σύντομος."),
        ("password123", "Ο κωδικός είναι από τους πιο συνηθισμένους."),
        ("dokimi@example.org", "Ο κωδικός μοιάζει με τα στοιχεία σας."),
        ("Ωμέγα " * 20, None),
        ("όλα πεζά και κενά", None),
    ],
)
def test_a_new_password_is_long_uncommon_and_unlike_the_person(teacher, client, new, said):
    sign_in(client, teacher)
    data = {"old_password": RIGHT, "new_password1": new, "new_password2": new}
    answer = client.post("/profile/password/", data)
    assert answer.status_code == (302 if said is None else 200)
    assert said is None or said in answer.content.decode()
    teacher.refresh_from_db()
    assert teacher.check_password(new) is (said is None)
