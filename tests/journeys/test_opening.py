"""A course is opened with its team, an account with an invitation, on a desk and on a phone."""

from __future__ import annotations

import re

import pytest

from didaskaleio.courses.models import Course
from didaskaleio.people.models import Person
from tests.journeys.places import DESK, PHONE

FORM = "main form[novalidate]"


def fill(page, **values):
    for name, value in values.items():
        page.locator(f"main [name={name}]").fill(value)


def sent(page, button):
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=button).click()


@pytest.mark.parametrize(("screen", "code"), [(DESK, "robotiki"), (PHONE, "robotiki-kinito")])
def test_an_officer_opens_a_course_and_names_who_writes_it(visitor, screen, code):
    who = visitor("officer", screen=screen)
    who.goto("/courses/new/")
    who.axe()
    fill(who.page, title="Εκπαιδευτική ρομποτική", code="b2-tpe")
    who.page.locator("[name=level]").select_option("B2")
    sent(who.page, "Άνοιγμα αντικειμένου")
    who.reads("Υπάρχει ήδη αντικείμενο με κωδικό «b2-tpe»")
    who.axe()
    fill(who.page, code=code)
    sent(who.page, "Άνοιγμα αντικειμένου")
    who.reads("Ορίστε τώρα την ομάδα του", "Κανένα πρόσωπο ακόμη")
    who.axe()
    fill(who.page, q="author")
    sent(who.page, "Αναζήτηση")
    who.page.get_by_label("Συντάσσει το αντικείμενο").check()
    fill(who.page, reason="Απόφαση συγκρότησης 5/2023")
    who.axe()
    sent(who.page, "Ορισμός στην ομάδα")
    who.reads("Το πρόσωπο ορίστηκε", "Σχεδιάδης Πέτρος")

    author = visitor("author", screen=screen)
    course = Course.objects.get(code=code)
    texts = [f"texts/{part}/" for part in ("texts", "hours", "providers", "certification")]
    pages = ("", *texts, "objectives/", "units/", "profiles/trainee/", "materials/", "assignments/")
    for page in pages:
        author.goto(f"/courses/{course.pk}/{page}")
        author.axe()


@pytest.mark.parametrize(("screen", "name"), [(DESK, "neo.proto"), (PHONE, "neo.deftero")])
def test_a_new_person_is_invited_and_sets_a_password(visitor, drain_jobs, mailoutbox, screen, name):
    who = visitor("admin", screen=screen)
    who.goto("/rights/")
    who.follow("Νέος λογαριασμός")
    who.axe()
    address = f"{name}@epideixi.example"
    fill(who.page, surname="Νεοφερμένου", given_name="Δείγμα", username=name, email=address)
    sent(who.page, "Άνοιγμα και πρόσκληση")
    who.reads("η πρόσκληση πάει στο", "δεν έχει οριστεί")
    who.axe()

    drain_jobs()
    mail = next(mail for mail in mailoutbox if mail.to == [address])
    new = visitor(screen=screen)
    new.goto(re.search(r"/welcome/\S+", mail.body)[0])
    new.reads(name)
    new.axe()
    fill(new.page, new_password1="mia-makria-frasi", new_password2="mia-makria-frasi")
    sent(new.page, "Ορισμός κωδικού και σύνδεση")
    new.reads("Ο κωδικός ορίστηκε", "Δείγμα Νεοφερμένου")
    assert Person.objects.get(username=name).check_password("mia-makria-frasi")
    who.page.reload()
    who.reads("έχει οριστεί")
