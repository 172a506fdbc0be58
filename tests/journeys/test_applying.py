"""A teacher applies, the draw takes place in public, and the teacher checks it."""

from __future__ import annotations

import re

import pytest

from didaskaleio.enrolment.models import ParticipationApplication
from tests.journeys.places import PHONE

PERIOD = "B2-2023-2"


@pytest.fixture
def clock(visitor):
    """``clock("2023-01-22T12:00")``: somebody moves the demonstration's clock there."""

    def move(moment):
        who = visitor()
        who.goto("/demo/clock/")
        who.page.locator("#to").fill(moment)
        who.page.locator("form:has(#to) button").click()
        who.reads("Τώρα είναι")
        who.axe()

    return move


def titles(who):
    return who.page.locator(".rank > li input[name=order]").evaluate_all(
        "all => all.map(i => i.value)"
    )


def add_all_preferences(who):
    """From the catalogue, every programme that is offered, IIa first; returns the codes."""
    codes = who.page.locator("article.offer input[name=code]").evaluate_all(
        "all => all.map(i => i.value)"
    )
    for code in codes:
        who.page.get_by_role(
            "button", name=re.compile(f"Προσθήκη στις προτιμήσεις ?: {code}")
        ).click()
        who.reads(f"Το {code} προστέθηκε στις προτιμήσεις του προχείρου σας.")
    return codes


def through_the_wizard(who):
    """From the facts to the page of submission."""
    who.goto(f"/application/{PERIOD}/facts/")
    who.reads("Είναι σωστά τα στοιχεία σας;", "ΠΕ03")
    who.page.get_by_label(re.compile("Δηλώνω ότι θα διδάσκω")).check()
    who.press("Συνέχεια στις προϋποθέσεις")
    who.reads("Πληροίτε τις προϋποθέσεις")
    who.follow("Συνέχεια στις προτιμήσεις")


def submit(who):
    who.press("Συνέχεια στον έλεγχο")
    who.reads("Όλα είναι έτοιμα", "Η αίτηση μπορεί να υποβληθεί.")
    who.follow("Συνέχεια στην υποβολή")
    accepts = who.page.get_by_label(re.compile("Διάβασα και αποδέχομαι"))
    if accepts.count():
        accepts.check()


def test_a_teacher_applies_is_drawn_and_checks_the_draw(visitor, clock, drain_jobs):
    who = visitor("teacher")
    who.axe()
    who.follow("Προγράμματα")
    who.axe()
    first, last = add_all_preferences(who)
    through_the_wizard(who)
    who.axe()
    assert titles(who) == [first, last]

    # by keyboard: out of order, and the rule says so
    who.page.locator("[data-down]:not([disabled])").first.focus()
    who.page.keyboard.press("Enter")
    assert titles(who) == [last, first]
    who.reads("Η 2η προτίμηση (ΙΙα) είναι κάτω από ΙΙβ")
    who.axe()
    # by drag: back in order, and the rule is content
    rows = who.page.locator(".rank > li")
    below = rows.nth(1).bounding_box()["height"] - 6
    rows.nth(0).drag_to(rows.nth(1), target_position={"x": 300, "y": below})
    assert titles(who) == [first, last]
    assert who.page.locator("[data-rank-rule]").is_hidden()
    who.page.locator("[data-rank-saved]", has_text="αποθηκεύτηκε").wait_for()

    submit(who)
    who.axe()
    who.press("Υποβολή της αίτησης")
    who.reads("Η αίτησή σας υποβλήθηκε")
    application = ParticipationApplication.objects.get(
        person__username="teacher", period__code=PERIOD
    )
    submission = application.submission
    assert submission.version == 1
    assert submission.preferences == [first, last]
    who.reads(f"{application.number[:4]} {application.number[4:]}", submission.receipt_number)
    who.axe()
    drain_jobs()
    who.page.reload()
    assert who.fetch("Λήψη της απόδειξης (PDF)").startswith(b"%PDF-")

    # an edit: the second version counts, the number stays
    who.follow("Αλλαγή σειράς")
    who.page.locator("[data-del]").nth(1).click()
    assert titles(who) == [first]
    submit(who)
    who.reads("Ο αριθμός κλήρωσης μένει ο ίδιος.")
    who.press("Υποβολή της αίτησης")
    who.reads("Η αίτησή σας υποβλήθηκε", f"{application.number[:4]} {application.number[4:]}")
    who.follow("Όλες οι εκδόσεις")
    who.reads("αφαιρέθηκε, ήταν 2η")
    who.axe()

    clock("2023-01-20T15:01")
    who.goto("/application/")
    assert who.page.get_by_role("link", name="Αλλαγή της αίτησης").count() == 0
    clock("2023-01-22T12:00")
    draw_is_held(visitor)

    who.goto(f"/draws/{PERIOD}/?number={application.number}#why")
    application.refresh_from_db()
    placed = application.programme is not None
    who.reads(
        "η 1η προτίμηση είχε θέση και την πήρε."
        if placed
        else "όλες οι προτιμήσεις του είχαν γεμίσει.",
        "Θέση" if placed else "Χωρίς θέση",
    )
    who.axe()
    who.press("Έλεγχος της κλήρωσης")
    who.page.locator("[data-verdict=holds]").wait_for()
    who.reads("Η κλήρωση επαληθεύτηκε", "Ο σπόρος υπολογίστηκε ξανά και συμπίπτει")
    who.axe()


def draw_is_held(visitor):
    """Two officers enter the beacon, each at a screen of their own."""
    for username, button in (("officer", "Καταχώριση"), ("officer2", "Καταχώριση και κλήρωση")):
        who = visitor(username)
        who.goto(f"/ceremony/{PERIOD}/")
        who.axe()
        value = who.page.locator("#demo-beacon").inner_text()
        who.page.locator("[name=beacon]").fill(value)
        who.press(button)
        who.reads(
            "Η καταχώρισή σας κρατήθηκε. Τώρα καταχωρίζει την τιμή δεύτερο στέλεχος."
            if username == "officer"
            else "Η κλήρωση έγινε και δημοσιεύθηκε."
        )
        who.axe()


def test_a_stranger_reads_on_a_phone_why_a_number_got_no_place(visitor):
    runner_up = ParticipationApplication.objects.filter(
        period__code="B2-2023-1S", state="runner_up"
    ).first()
    who = visitor(screen=PHONE)
    who.goto("/draws/B2-2023-1S/")
    who.page.get_by_label("Αριθμός κλήρωσης").fill(runner_up.number)
    who.press("Αναζήτηση")
    who.reads("όλες οι προτιμήσεις του είχαν γεμίσει.", "Χωρίς θέση")
    who.axe()
