"""The builder of profiles on screen, and the trial of a profile on a person.

Shows: R-003.
"""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from didaskaleio.people.models import SchoolService
from tests.factories import people
from tests.factories.courses import a_course
from tests.markup import markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    return a_course("design")


@pytest.fixture
def author(course, login):
    made = people.a_person(surname="Συντάκτης")
    people.a_post(made, "author", "course", course)
    return login(Client(), made)


def address(name, course, which="trainee"):
    return reverse(f"courses:{name}", args=[course.pk, which])


def kinds(page):
    return re.findall(r'name="kind-\d+" value="(\w+)"', page)


TWO = {"rule": ["0", "1"], "kind-0": "will_teach", "kind-1": "special_post"}


@pytest.mark.parametrize(
    ("act", "left"),
    [
        ({"act": "down-0"}, ["special_post", "will_teach"]),
        ({"act": "up-1"}, ["special_post", "will_teach"]),
        ({"act": "up-0"}, ["will_teach", "special_post"]),
        ({"act": "drop-0"}, ["special_post"]),
        ({"act": "add", "new": "service_years"}, ["will_teach", "special_post", "service_years"]),
        ({"act": "add", "new": "height"}, ["will_teach", "special_post"]),
        ({"act": "down-9"}, ["will_teach", "special_post"]),
    ],
)
def test_rules_are_added_moved_and_removed_by_buttons_and_nothing_is_saved(
    author, course, act, left
):
    before = course.draft.trainee_profile
    page = markup(author.post(address("profile", course), TWO | act))
    assert kinds(page) == left
    assert "δεν έχουν αποθηκευτεί" in page
    course.draft.refresh_from_db()
    assert course.draft.trainee_profile == before


def test_a_profile_by_fields_is_saved_in_its_order_and_read_in_words(author, course):
    posted = {
        "rule": ["0", "1", "2"],
        "kind-0": "service_years",
        "least-0": "3",
        "article-0": "6",
        "kind-1": "specialty_any_of",
        "codes-1": "pe 86, ΠΕ86.00",
        "kind-2": "cluster_any_of",
        "any-2": ["B2.3"],
        "except-2": "ΠΕ86",
    }
    assert author.post(address("profile", course), posted).status_code == 302
    course.draft.refresh_from_db()
    assert course.draft.trainee_profile == [
        {"kind": "service_years", "least": 3, "article": 6},
        {"kind": "specialty_any_of", "any": ["ΠΕ86"]},
        {"kind": "cluster_any_of", "any": ["B2.3"], "except": ["ΠΕ86"]},
    ]
    page = markup(author.get(reverse("courses:course", args=[course.pk])))
    assert "Υπηρέτηση τουλάχιστον 3 συμπληρωμένα έτη" in page
    assert "Κλάδος μιας από τις συστάδες: Β2.3 (εξαιρούνται: ΠΕ86)" in page


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"kind-0": "service_years", "least-0": "πολλά"}, "δώστε ακέραιο από 1 έως 45"),
        ({"kind-0": "specialty_any_of", "codes-0": "ΠΕ99"}, "Δεν υπάρχει κλάδος ΠΕ99"),
        ({"kind-0": "specialty_any_of", "codes-0": "φιλόλογος"}, "δεν διαβάζεται"),
        ({"kind-0": "will_teach", "article-0": "τρία"}, "Το άρθρο είναι ακέραιος"),
    ],
)
def test_a_rule_that_cannot_be_read_comes_back_with_what_was_typed(author, course, wrong, says):
    posted = {"rule": ["0"]} | wrong
    before = course.draft.trainee_profile
    page = markup(author.post(address("profile", course), posted))
    assert says in page
    assert all(f'value="{value}"' in page for value in wrong.values())
    course.draft.refresh_from_db()
    assert course.draft.trainee_profile == before
    assert says in markup(author.post(address("profile-trial", course), posted))


GOOD = {"check": "1", "specialty": "ΠΕ03", "certificates": ["B1"], "will_teach": "on"}


def test_an_invented_person_would_be_accepted_or_is_told_why_not(author, course):
    url = address("profile-test", course)
    assert "Θα γινόταν δεκτή η αίτηση" in markup(author.get(url, GOOD))
    page = markup(author.get(url, GOOD | {"certificates": ["B1", "PAKE"], "will_teach": ""}))
    assert "Δεν θα γινόταν δεκτή η αίτηση" in page
    assert page.count('aria-label="Δεν ισχύει"') == 2
    assert "Έχετε ήδη ολοκληρώσει: Πρόγραμμα επιμορφωτών ΠΑ.Κ.Ε." in page


def test_an_author_sees_nobody_elses_record_but_may_try_the_own(author, course, login):
    teacher = people.a_teacher("ΠΕ03", surname="Ξένη")
    url = address("profile-test", course)
    assert "Στοιχεία από το μητρώο" not in markup(author.get(url, {"person": teacher.pk}))
    assert "?person=" + str(teacher.pk) not in markup(author.get(url, {"q": "Ξένη"}))
    people.a_post(teacher, "author", "course", course)
    SchoolService.objects.update(valid_from="2015-09-01")
    own = markup(login(Client(), teacher).get(url, {"person": teacher.pk}))
    assert "Στοιχεία από το μητρώο" in own
    assert '<option value="ΠΕ03" selected>' in own


def test_who_may_see_a_record_may_try_the_profile_on_it(course, login):
    teacher = people.a_teacher("ΠΕ03", surname="Ξένη")
    reader = people.ministry_officer()
    people.a_post(reader, "approver", "course", course)
    page = markup(login(Client(), reader).get(address("profile-test", course), {"q": "Ξένη"}))
    assert f"?person={teacher.pk}" in page


def test_only_the_team_and_the_officers_try_a_profile(course, login):
    stranger = login(Client(), people.a_person())
    assert stranger.get(address("profile-test", course)).status_code in {403, 404}


@pytest.mark.parametrize("typed", ["2021-08-27", "27/8/2021"])
def test_days_of_appointment_are_typed_and_kept_in_one_form(author, course, typed):
    posted = {"rule": "0", "kind-0": "appointed_between", "since-0": typed, "until-0": ""}
    assert author.post(address("profile", course), posted).status_code == 302
    course.draft.refresh_from_db()
    assert course.draft.trainee_profile == [{"kind": "appointed_between", "since": "2021-08-27"}]
    page = markup(author.get(address("profile", course)))
    assert "Διορισμός από 27/8/2021 και μετά" in page


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"since-0": "αύριο"}, "Η ημερομηνία «αύριο» δεν διαβάζεται"),
        ({}, "δώστε την πρώτη ημέρα, την τελευταία ή και τις δύο"),
        ({"since-0": "2022-01-02", "until-0": "2022-01-01"}, "είναι πριν από την πρώτη"),
    ],
)
def test_days_that_do_not_stand_are_told_on_their_card(author, course, days, words):
    before = course.draft.trainee_profile
    posted = {"rule": "0", "kind-0": "appointed_between"} | days
    assert words in markup(author.post(address("profile", course), posted))
    course.draft.refresh_from_db()
    assert course.draft.trainee_profile == before
