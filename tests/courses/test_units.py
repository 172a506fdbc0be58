"""The editor of the syllabus: kind of session, order, and hours checked while they are typed.

Shows: R-002.
"""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import people
from tests.factories.courses import a_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    return a_course("design")


@pytest.fixture
def author(course, login):
    made = people.a_person()
    people.a_post(made, "author", "course", course)
    return login(Client(), made)


def units(*rows, before=0):
    posted = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": before}
    for n, (title, hours, mode, place) in enumerate(rows):
        posted |= {f"form-{n}-title": title, f"form-{n}-hours": hours, f"form-{n}-mode": mode}
        posted |= {f"form-{n}-summary": "", f"form-{n}-ORDER": place}
    return posted


def at(name, course):
    return reverse(f"courses:{name}", args=[course.pk])


ROWS = (
    ("Εφαρμογή", 52, "mixed", 2),
    ("Γνωριμία", 8, "face_to_face", 1),
    ("", "", "mixed", ""),
)


def test_units_keep_their_kind_of_session_and_their_order(author, course):
    assert author.post(at("units", course), units(*ROWS)).status_code == 302
    assert list(course.draft.units.values_list("title", "hours", "mode")) == [
        ("Γνωριμία", 8, "face_to_face"),
        ("Εφαρμογή", 52, "mixed"),
    ]
    page = author.get(at("course", course)).content.decode()
    assert "<td>Διά ζώσης</td>" in page


def test_what_is_being_typed_is_checked_against_total_and_ratio_and_not_saved(author, course):
    right = author.post(at("units-trial", course), units(*ROWS)).content.decode()
    assert "Οι ώρες συμφωνούν" in right
    rows = (("Γνωριμία", 9, "face_to_face", 1), ("Εφαρμογή", "πολλές", "mixed", 2))
    wrong = author.post(at("units-trial", course), units(*rows)).content.decode()
    assert "Διά ζώσης: οι ενότητες έχουν 9 ώρες, η αναλογία δίνει 8" in wrong
    assert "Οι ενότητες έχουν 9 ώρες· το σύνολο είναι 60" in wrong
    assert course.draft.units.count() == 4


def test_a_unit_marked_for_removal_does_not_count(author, course):
    posted = units(*ROWS) | {"form-1-DELETE": "on"}
    page = author.post(at("units-trial", course), posted).content.decode()
    assert "Οι ενότητες έχουν 52 ώρες· το σύνολο είναι 60" in page


def test_a_mode_that_does_not_exist_is_refused(author, course):
    page = author.post(at("units", course), units(("Μία", 60, "by_post", 1)))
    assert page.status_code == 200
    assert course.draft.units.count() == 4
