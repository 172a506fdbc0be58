"""A centre plans a programme, is refused, corrects it; the trainer agrees, an officer approves."""

from __future__ import annotations

import re

from didaskaleio.programmes.models import Programme

BROKEN = (
    (
        "Η διά ζώσης συνεδρία της Τρίτης 19 Σεπτεμβρίου 2023, 09:00–10:30, πέφτει σε ώρα μαθημάτων "
        "(17ο ΓΕ.Λ. Επίδειξης Κοζάνης: 08:00–14:15): μετακινήστε την εκτός σχολικού ωραρίου."
    ),
    (
        "Η σύγχρονη συνεδρία του Σαββάτου 28 Οκτωβρίου 2023, 17:30–19:00, πέφτει σε αργία "
        "(Ημέρα του Όχι): μετακινήστε την σε άλλη ημέρα."
    ),
    (
        "Η σύγχρονη συνεδρία της Τρίτης 26 Σεπτεμβρίου 2023, 21:30–23:00, είναι έξω από τις ώρες "
        "συναντήσεων (08:00–22:00): αλλάξτε την ώρα της."
    ),
)


def test_a_centre_is_refused_by_three_rules_corrects_and_is_approved(visitor, drain_jobs):
    who = visitor("centre")
    who.follow("Τα προγράμματά μου")
    who.axe()
    draft = Programme.objects.get(period__code="B2-2023-3", centre__code="KSE-KOZ", code="P00003")
    who.follow(draft.code)
    who.axe()
    who.follow("Ωρολόγιο και έλεγχος")
    who.axe()
    assert rules(who) == []
    first, second, third = list(draft.slots.order_by("date", "start"))[:3]

    move(who, draft, first, first.date.isoformat(), "09:00")
    move(who, draft, second, "2023-10-28", "17:30")
    move(who, draft, third, third.date.isoformat(), "21:30")
    assert rules(who) == ["SCHOOL_HOURS", "PUBLIC_HOLIDAY", "TIME_OF_DAY"]
    who.reads("3 κανόνες δεν τηρούνται", *BROKEN)
    who.axe()
    assert who.page.get_by_role("button", name="Ζητήστε τη συμφωνία").count() == 0

    # one by its own repair button, two by hand
    holiday = who.page.locator("#rules-panel li.no", has_text="PUBLIC_HOLIDAY")
    holiday.get_by_role("button").click()
    who.reads("Εφαρμόστηκε. Η σύγχρονη συνεδρία του Σαββάτου 28 Οκτωβρίου 2023")
    assert rules(who) == ["SCHOOL_HOURS", "TIME_OF_DAY"]
    move(who, draft, first, first.date.isoformat(), "18:00")
    move(who, draft, third, third.date.isoformat(), "18:00")
    assert rules(who) == []
    who.reads("Όλοι οι κανόνες τηρούνται.", "Λείπει μόνο η συμφωνία επιμορφωτή/τριας")
    who.press("Ζητήστε τη συμφωνία")
    who.reads("Η ειδοποίηση στάλθηκε στον/στην επιμορφωτή/τρια.")
    who.axe()

    trainer_agrees(visitor, draft)
    who.goto(f"/programmes/{draft.pk}/timetable/")
    who.send("Υποβολή πρότασης")
    who.axe()
    drain_jobs()
    draft.refresh_from_db()
    assert draft.state == "checked", draft.remarks
    officer_approves(visitor, draft)


def trainer_agrees(visitor, draft):
    trainer = visitor("trainer")
    trainer.follow("Προγράμματα που διδάσκω")
    trainer.axe()
    trainer.follow(draft.code)
    trainer.axe()
    trainer.press("Συμφωνώ με το ωρολόγιο")
    trainer.reads("Έχετε συμφωνήσει")


def officer_approves(visitor, draft):
    officer = visitor("officer")
    officer.goto(f"/programmes/desk/?period={draft.period_id}")
    officer.axe()
    officer.page.get_by_label(f"Επιλογή {draft.code}").check()
    officer.send("Προεπισκόπηση έγκρισης")
    officer.axe()
    with officer.page.expect_navigation():
        officer.page.get_by_role("main").get_by_role("button", name=re.compile("Έγκριση")).click()
    draft.refresh_from_db()
    assert draft.state == "approved"
    officer.axe()


def move(who, draft, slot, day, start):
    who.goto(f"/programmes/{draft.pk}/timetable/?slot={slot.pk}")
    form = who.page.locator("#slot-form form").first
    form.locator("[name=day]").fill(day)
    form.locator("[name=start]").fill(start)
    with who.page.expect_navigation():
        form.get_by_role("button", name="Μετακίνηση").click()


def rules(who):
    """The codes of the rules that the panel says are broken."""
    return who.page.locator("#rules-panel li.no .nowrap").all_inner_texts()
