"""What goes wrong is said in Greek, in the house's look, with what to do next; and the small
files that browsers and search engines ask for at the root.

Shows: R-167.
"""

from __future__ import annotations

import logging
import re
import struct

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import people

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.site.broken")]
NEXT = {
    400: ("Το αίτημα δεν διαβάζεται", "Γυρίστε στην προηγούμενη σελίδα"),
    403: ("Δεν έχετε πρόσβαση εδώ", "συνδεθείτε με εκείνον"),
    404: ("Η σελίδα δεν βρέθηκε", "Ελέγξτε αν η διεύθυνση γράφτηκε ολόκληρη"),
    500: ("Κάτι χάλασε στην πλευρά μας", "Δοκιμάστε ξανά σε λίγα λεπτά"),
}


@pytest.fixture
def person(login, caplog):
    caplog.set_level(logging.CRITICAL)
    return login(Client(raise_request_exception=False), people.a_teacher())


def is_in_the_look_of_the_house(page):
    assert '<html lang="el">' in page
    assert 'href="/static/kernel/tokens.css"' in page
    assert '<header class="govgr-header">' in page
    assert 'href="/">Αρχική σελίδα</a>' in page
    assert len(re.findall("<h1", page)) == 1
    assert "secret detail" not in page


@pytest.mark.parametrize("status", sorted(NEXT))
def test_an_error_says_what_happened_and_what_to_do_next(person, status):
    answer = person.get(f"/broken/{status}/")
    page = answer.content.decode()
    assert answer.status_code == status
    heading, advice = NEXT[status]
    assert f"<h1>{heading}</h1>" in page
    assert advice in page
    is_in_the_look_of_the_house(page)


@pytest.mark.parametrize("status", [403, 404])
def test_whoever_is_signed_in_keeps_the_menu_on_the_page_of_an_error(person, status):
    assert "Κύριο μενού" in person.get(f"/broken/{status}/").content.decode()


def test_a_form_that_stayed_open_too_long_is_explained(caplog):
    caplog.set_level(logging.CRITICAL)
    answer = Client(enforce_csrf_checks=True).post("/broken/form/")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "<h1>Η σελίδα έμεινε ανοιχτή πολλή ώρα</h1>" in page
    assert "ανανεώστε τη σελίδα και στείλτε τη φόρμα ξανά" in page
    is_in_the_look_of_the_house(page)


def test_the_icon_of_the_platform_answers_where_browsers_ask_for_it(client):
    answer = client.get("/favicon.ico")
    icon = b"".join(answer.streaming_content)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/x-icon")
    reserved, kind, images = struct.unpack("<HHH", icon[:6])
    assert (reserved, kind, images) == (0, 1, 1)
    assert icon[22:26] == b"\x89PNG"
    assert len(icon) < 5_000


def test_search_engines_are_kept_off_the_pages_of_persons(client):
    answer = client.get("/robots.txt")
    rules = b"".join(answer.streaming_content).decode()
    assert answer["Content-Type"].startswith("text/plain")
    closed = re.findall(r"^Disallow: (\S+)$", rules, re.MULTILINE)
    assert {"/home/", "/verify/", "/calendar/", "/files/"} <= set(closed)
    assert not {"/", "/draws/", "/centres/", "/clusters/"} & set(closed)


def test_every_page_names_its_icon(client):
    page = client.get("/").content.decode()
    assert '<link rel="icon" href="/favicon.ico" sizes="32x32">' in page
    assert f'<link rel="icon" href="/{settings.STATIC_URL.strip("/")}/kernel/icon.svg"' in page
