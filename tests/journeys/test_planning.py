"""Story 3: a centre of Kozani builds a programme of 20 meetings; a third one in week 9 and one on
a Tuesday at 11:00 are refused and corrected; once approved, only ΠΕ03 of the prefecture see it.

Shows: R-031, R-034.
"""

from __future__ import annotations

import re

from django.contrib.auth.hashers import make_password

from didaskaleio.people.models import Person
from didaskaleio.programmes.models import Programme
from didaskaleio.site.demo_accounts import PASSWORD

THREE_IN_WEEK_9 = "Η 9η εβδομάδα έχει 3 τρίωρα· επιτρέπονται 2: μετακινήστε ένα."
IN_LESSONS = (
    "Η σύγχρονη συνεδρία της Τρίτης 19 Σεπτεμβρίου 2023, 11:00–12:30, πέφτει σε ώρα μαθημάτων "
    "(17ο ΓΕ.Λ. Επίδειξης Κοζάνης: 08:00–14:15): μετακινήστε την εκτός σχολικού ωραρίου."
)
FRIDAY_OF_WEEK_1, FRIDAY_OF_WEEK_7, THURSDAY_OF_WEEK_9 = "2023-09-22", "2023-11-03", "2023-11-16"
# who else might want it: specialty, prefecture, and the rule that keeps it away from them
OTHERS = (
    ("ΠΕ02", "KOZ", "η συστάδα πρέπει να περιλαμβάνει την ειδικότητά σας"),
    ("ΠΕ03", "LAR", "στα ΙΙa το σχολείο σας βρίσκεται στον νομό του κέντρου."),
)


def test_a_centre_of_kozani_is_refused_twice_corrects_and_only_its_teachers_see_it(
    visitor, clock, drain_jobs
):
    who = visitor("centre")
    made = built(who)
    move(who, made, FRIDAY_OF_WEEK_7, THURSDAY_OF_WEEK_9, "17:30")
    move(who, made, FRIDAY_OF_WEEK_1, "2023-09-19", "11:00")
    assert rules(who) == ["SLOTS_PER_WEEK", "SCHOOL_HOURS"]
    who.reads("2 κανόνες δεν τηρούνται", THREE_IN_WEEK_9, IN_LESSONS)
    who.axe()
    assert who.page.get_by_role("button", name="Ζητήστε τη συμφωνία").count() == 0

    # one by its own repair button, the other by hand
    in_lessons = who.page.locator("#rules-panel li.no", has_text="SCHOOL_HOURS")
    in_lessons.get_by_role("button").click()
    who.reads("Εφαρμόστηκε. Η σύγχρονη συνεδρία της Τρίτης 19 Σεπτεμβρίου 2023, 11:00–12:30")
    assert rules(who) == ["SLOTS_PER_WEEK"]
    move(who, made, THURSDAY_OF_WEEK_9, FRIDAY_OF_WEEK_7, "17:30")
    assert rules(who) == []
    who.reads("Όλοι οι κανόνες τηρούνται.", "20 τρίωρα", "Επιμόρφωση στον ίδιο νομό: Κοζάνη")
    who.press("Ζητήστε τη συμφωνία")
    who.reads("Η ειδοποίηση στάλθηκε στον/στην επιμορφωτή/τρια.")

    trainer_agrees(visitor, made)
    who.goto(f"/programmes/{made.pk}/timetable/")
    who.send("Υποβολή πρότασης")
    drain_jobs()
    made.refresh_from_db()
    assert made.state == "checked", made.remarks
    officer_approves(visitor, made)
    clock("2023-04-24T09:30")
    seen_by_whom_it_is_for(visitor, made)


def built(who):
    """A proposal of cluster Β2.3 with the trainer of Kozani and 20 meetings, all rules kept."""
    who.follow("Τα προγράμματά μου")
    who.follow("Νέα πρόταση")
    page = who.page
    with page.expect_response(re.compile("/programmes/centre/trainers/")):
        page.get_by_label("Συστάδα").select_option(label="Β2.3 Μαθηματικά")
    page.get_by_role("radio", name="Προτυπάκη").check()
    page.get_by_label("Αίθουσα").select_option(label="Εργαστήριο Β")
    page.get_by_role("group", name="Τεχνική υποστήριξη").get_by_role("checkbox").first.check()
    who.axe()
    who.send("Συνέχεια στο ωρολόγιο")
    for day in ("Δευτέρα", "Πέμπτη"):
        page.get_by_role("checkbox", name=day).uncheck()
    page.get_by_role("checkbox", name="Παρασκευή").check()
    who.send("Πρόταση ωρολογίου")
    made = Programme.objects.filter(centre__code="KSE-KOZ").latest("pk")
    assert (made.trainer.username, made.slots.count(), rules(who)) == ("trainer", 20, [])
    return made


def trainer_agrees(visitor, made):
    trainer = visitor("trainer")
    trainer.follow("Προγράμματα που διδάσκω")
    trainer.follow(made.code)
    trainer.press("Συμφωνώ με το ωρολόγιο")
    trainer.reads("Έχετε συμφωνήσει")


def officer_approves(visitor, made):
    officer = visitor("officer")
    officer.goto(f"/programmes/desk/?period={made.period_id}")
    officer.page.get_by_label(f"Επιλογή {made.code}").check()
    officer.send("Προεπισκόπηση έγκρισης")
    officer.axe()
    with officer.page.expect_navigation():
        officer.page.get_by_role("main").get_by_role("button", name=re.compile("Έγκριση")).click()
    made.refresh_from_db()
    assert made.state == "approved"


def seen_by_whom_it_is_for(visitor, made):
    """A mathematician of Kozani is offered it; a philologist of Kozani and one of Larissa not."""
    teacher = visitor("teacher")
    teacher.goto(f"/catalogue/?period={made.period.code}")
    teacher.reads(f"Β2.3 Μαθηματικά · {made.code}", "1 πρόγραμμα, 1 στον νομό μου")
    for specialty, prefecture, why in OTHERS:
        other = visitor()
        signs_in(other, of(specialty, prefecture))
        other.goto(f"/catalogue/?period={made.period.code}")
        other.page.get_by_text("Δεν είναι για μένα, και γιατί").click()
        other.reads("0 προγράμματα", why)
        assert made.code not in other.page.get_by_role("main").inner_text()


def of(specialty, prefecture):
    """A teacher of the crowd, who can sign in from now on."""
    rows = Person.objects.filter(
        teacher__specialty__code=specialty,
        teacher__services__school__prefecture__code=prefecture,
        trainer_profile=None,
    )
    found = rows.earliest("pk")
    rows.filter(pk=found.pk).update(password=make_password(PASSWORD))
    return found.username


def signs_in(who, username):
    who.goto("/login/")
    form = who.page.get_by_role("region", name="Φόρμα σύνδεσης")
    form.locator("[name=username]").fill(username)
    form.locator("[name=password]").fill(PASSWORD)
    who.send("Σύνδεση")


def move(who, made, day, to, start):
    """The meeting of one day goes to another through its form."""
    who.goto(f"/programmes/{made.pk}/timetable/?slot={made.slots.get(date=day).pk}")
    form = who.page.locator("#slot-form form").first
    form.locator("[name=day]").fill(to)
    form.locator("[name=start]").fill(start)
    with who.page.expect_navigation():
        form.get_by_role("button", name="Μετακίνηση").click()


def rules(who):
    """The codes of the rules that the panel says are broken."""
    return who.page.locator("#rules-panel li.no .nowrap").all_inner_texts()
