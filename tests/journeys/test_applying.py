"""One teacher from the application to the enrolment: draw, check, phase B, confirmation.

Shows: R-036, R-037, R-039, R-040, R-041, R-045, R-167.
"""

from __future__ import annotations

import hashlib
import re

import pytest

from didaskaleio.enrolment import draw as draws
from didaskaleio.enrolment.models import Draw, ParticipationApplication
from didaskaleio.enrolment.operations import secret
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
    who.send("Συνέχεια στον έλεγχο")
    who.reads("Όλα είναι έτοιμα", "Η αίτηση μπορεί να υποβληθεί.")
    who.follow("Συνέχεια στην υποβολή")
    accepts = who.page.get_by_label(re.compile(r"Διάβασα\s+και\s+αποδέχομαι"))
    if accepts.count():
        accepts.check()


def test_a_teacher_applies_is_drawn_checks_the_draw_takes_a_place_in_phase_b_and_enrols(
    visitor, clock, drain_jobs
):
    who = visitor("teacher")
    application = applies(who, drain_jobs)
    clock("2023-01-20T15:01")
    who.goto("/application/")
    assert who.page.get_by_role("link", name="Αλλαγή της αίτησης").count() == 0
    clock("2023-01-22T12:00")
    draw_is_held(visitor, a_beacon_that_leaves_out(application.number), drain_jobs)
    checks_the_draw(who, application)
    clock("2023-01-25T10:05")
    takes_a_free_place(who, application)
    clock("2023-01-30T09:05")
    officer_opens_enrolment(visitor("officer"), application)
    drain_jobs()
    on_the_phone = visitor("teacher", screen=PHONE)
    confirms(on_the_phone, application)


def applies(who, drain_jobs):
    """Phase A: two preferences, ordered by keyboard and by drag, a receipt, a second version."""
    who.axe()
    who.reads("Υποβάλετε αίτηση", "έως 20/1/2023, 15:00")
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

    return application


def a_beacon_that_leaves_out(number):
    """A public value under which this number is drawn behind all the places it asked for."""
    draw = Draw.objects.get(period__code=PERIOD)
    for n in range(500):
        beacon = hashlib.sha256(f"journey {n}".encode()).hexdigest()
        raw = draws.assemble_bundle(
            bytes(draw.frozen),
            commitment=draw.commitment,
            secret=secret.revealed(draw),
            beacon=beacon,
            beacon_pattern=draw.beacon_pattern,
        )
        if draws.draw(draws.read_bundle(raw)).placements[number] is None:
            return beacon
    raise AssertionError("the programme is not asked for by more people than it has places")


def draw_is_held(visitor, beacon, drain_jobs):
    """Two officers enter the beacon, each at a screen of their own; the job publishes."""
    for username, button, answer in (
        ("officer", "Καταχώριση", "Η καταχώρισή σας κρατήθηκε. Τώρα καταχωρίζει την τιμή"),
        ("officer2", "Καταχώριση και κλήρωση", "Η κλήρωση υπολογίζεται και δημοσιεύεται μόλις"),
    ):
        who = visitor(username)
        who.goto(f"/ceremony/{PERIOD}/")
        who.axe()
        who.page.locator("[name=beacon]").fill(beacon)
        who.press(button)
        who.reads(answer)
        who.axe()
    drain_jobs()
    who.reads("Η κλήρωση έγινε")  # the page has followed by itself
    who.axe()


def checks_the_draw(who, application):
    """Why not me, and the whole draw computed again in the browser."""
    who.goto(f"/draws/{PERIOD}/?number={application.number}#why")
    who.reads("όλες οι προτιμήσεις του είχαν γεμίσει.", "Χωρίς θέση")
    who.axe()
    who.press("Έλεγχος της κλήρωσης")
    who.page.locator("[data-verdict=holds]").wait_for()
    who.reads("Η κλήρωση επαληθεύτηκε", "Ο σπόρος υπολογίστηκε ξανά και συμπίπτει")
    who.axe()


def takes_a_free_place(who, application):
    """Phase B, from the task on the home page to the answer."""
    who.goto("/home/")
    who.axe()
    who.follow("Αίτημα θέσης στη Β΄ φάση", exact=False)
    who.axe()
    who.page.locator("article.offer button[data-confirm]").first.click()
    who.axe()
    who.page.locator("dialog[open]").get_by_role("button", name="Ζητώ θέση").click()
    who.reads("Η θέση είναι δική σας")
    who.axe()
    application.refresh_from_db()
    assert (application.state, application.programme.state) == ("placed", "filling")


def officer_opens_enrolment(who, application):
    """Every programme below the minimum is decided with a reason, then enrolment opens."""
    code = application.programme.code
    who.goto(f"/filling/{PERIOD}/")
    who.axe()
    decide(who, code, "Εξαίρεση με αιτιολογία", "Τελευταίο πρόγραμμα της συστάδας.")
    while who.page.locator("article.offer").count():
        other = who.page.locator("article.offer h2").first.get_attribute("id")[1:]
        decide(who, other, "Ακύρωση λόγω συμμετοχών", "Δεν συμπληρώθηκε ο ελάχιστος αριθμός.")
    who.reads("Όλα έχουν αποφασιστεί")
    who.axe()
    who.press("Άνοιγμα εγγραφών")
    who.page.locator("dialog[open]").get_by_role("button", name="Άνοιγμα").click()
    who.reads("Οι εγγραφές άνοιξαν και στάλθηκαν οι ειδοποιήσεις.")
    who.axe()


def decide(who, code, label, reason):
    card = who.page.locator(f"article.offer[aria-labelledby=f{code}]")
    form = card.locator("details", has=who.page.locator("summary", has_text=label))
    form.locator("summary").click()
    form.get_by_label("Αιτιολογία").fill(reason)
    with who.page.expect_navigation():
        form.get_by_role("button", name=label).click()
    assert card.count() == 0


def confirms(who, application):
    """The last step, from the home page of a phone."""
    who.axe()
    who.follow("Επιβεβαίωση της θέσης", exact=False)
    who.axe()
    who.page.get_by_label(re.compile("Δηλώνω ότι θα διδάσκω")).check()
    who.page.get_by_label(re.compile("Αποδέχομαι το Κανονιστικό Πλαίσιο")).check()
    who.press("Επιβεβαίωση εγγραφής")
    who.reads("Η εγγραφή σας έχει επιβεβαιωθεί.")
    who.axe()
    application.refresh_from_db()
    assert (application.state, application.confirm_by) == ("enrolled", None)


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
