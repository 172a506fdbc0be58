"""A teacher joins the register: documents, check, points cut, objection, points raised, member.

Shows: R-015, R-018, R-019, R-022.
"""

from __future__ import annotations

import re

from didaskaleio.registers.models import Call, Candidacy, Membership
from tests.journeys.places import PHONE

TITLE = "Ένταξη στο μητρώο επιμορφωτών Β΄ επιπέδου"
REGISTER = "Μητρώο επιμορφωτών Β΄ επιπέδου"
HOURS = "Ώρες διδασκαλίας σε επιμορφώσεις εκπαιδευτικών"
CUT = "Η βεβαίωση γράφει ώρες για ένα μόνο έτος."


def desk(who, page=""):
    who.goto(f"/calls/desk/{Call.objects.get(title=TITLE).pk}/{page}")


def held():
    return Candidacy.objects.get(person__username="teacher", call__title=TITLE)


def applies(who, paper):
    """The teacher answers the call with two documents and declares eighteen points."""
    who.menu("Προσκλήσεις")
    who.follow(TITLE)
    who.follow("Υποψηφιότητα")
    who.send("Έναρξη υποψηφιότητας")
    fields = who.page.get_by_role("main")
    fields.get_by_label("Ναι", exact=True).check()
    fields.locator("[name=a-hours]").fill("120")
    fields.locator("[name=a-hired]").fill("2010-09-01")
    who.page.locator("#form-live").get_by_text("18", exact=True).wait_for()
    fields.locator("[name=a-certificate_file]").set_input_files(paper)
    fields.locator("[name=a-proof]").set_input_files(paper)
    fields.locator("[name=a-proof-until]").fill("2024-06-30")
    fields.locator("[name=a-truth]").check()
    who.send("Συνέχεια στην υποβολή")
    fields.get_by_label(re.compile("Δηλώνω υπεύθυνα")).check()
    who.send("Υποβολή")
    who.reads("Η υποψηφιότητά σας υποβλήθηκε")


def accepts(officer):
    """After the deadline every file of the call is found complete."""
    for row in Candidacy.objects.filter(call__title=TITLE, state="submitted"):
        officer.goto(f"/candidacies/{row.pk}/")
        officer.send("Πλήρης φάκελος")
        officer.reads("Νέος έλεγχος")


def assigns(officer):
    """One assessor is appointed, gets both candidacies, and the assessment begins."""
    desk(officer, "assessment/plan/")
    officer.page.get_by_label("Ένα πρόσωπο", exact=True).check()
    officer.page.locator("[name=due_at]").fill("2023-02-10T15:00")
    officer.send("Αποθήκευση")
    desk(officer, "assessors/?q=assessor")
    officer.page.get_by_label(re.compile("assessor")).check()
    officer.page.get_by_label("Αιτιολογία").fill("Απόφαση ορισμού 4/2023.")
    officer.send("Ορισμός")
    officer.reads("Ορίστηκε και ειδοποιείται")
    officer.send("Ανάθεση κατά την πρόταση")
    officer.reads("Ανατέθηκαν κατά την πρόταση: 2.")
    officer.send("Έναρξη αξιολόγησης")


def assesses(who):
    """Everything is accepted, but of the teacher's hours six points stay."""
    for row in Candidacy.objects.filter(call__title=TITLE, state="complete"):
        who.goto(f"/assessments/{row.assessments.get().pk}/")
        for claim in who.page.locator(".judge").all():
            claim.get_by_label("Δεκτά όλα").check()
        if row == held():
            hours = who.page.locator(".judge", has_text=HOURS)
            hours.get_by_label("Λιγότερα").check()
            hours.get_by_label("Μόρια που μένουν").fill("6")
            hours.get_by_label("Αιτιολογία").fill(CUT)
        who.axe()
        who.send("Υποβολή αξιολόγησης")
        who.reads("Η αξιολόγηση υποβλήθηκε.")


def names_committee(officer):
    """Another person than the assessor is given the objections of this call."""
    officer.goto("/rights/?q=committee")
    officer.page.get_by_role("main").locator("ul.list a").first.click()
    with officer.page.expect_navigation():
        officer.page.locator("#role").select_option("objection_committee")
    grant = officer.page.locator("main form[novalidate]")
    grant.locator("[name=where]").select_option(label=TITLE)
    grant.locator("[name=reason]").fill("Απόφαση συγκρότησης 5/2023.")
    officer.send("Απόδοση δικαιώματος")


def objects(who):
    """The teacher reads the points and the reason, and objects with a document of the wallet."""
    who.goto(f"/candidacies/standings/{held().standings.get().pk}/")
    who.reads(CUT)
    who.axe()
    who.follow("Ένσταση")
    who.page.get_by_label("Τι ζητάτε και γιατί").fill("Η δεύτερη σελίδα γράφει και το άλλο έτος.")
    who.page.get_by_label(re.compile("Βεβαίωση")).first.check()
    who.send("Υποβολή ένστασης")
    who.reads("Η ένσταση υποβλήθηκε με αριθμό")


def decides(member):
    """The committee lets nine of the points of the hours count."""
    member.menu("Ενστάσεις")
    member.goto(f"/objections/{held().objections.get().pk}/decide/")
    hours = member.page.get_by_role("group", name=HOURS)
    hours.get_by_label("Μετρούν το πολύ").fill("9")
    hours.get_by_label("Γιατί").fill("Μετρούν και τα δύο έτη.")
    member.page.get_by_label("Αιτιολογία της απόφασης").fill("Το έγγραφο αρκεί.")
    member.axe()
    member.send("Έκδοση απόφασης")
    member.reads("Η απόφαση εκδόθηκε")


def standing():
    """Points and outcome of the teacher in each list so far, in order."""
    rows = held().standings.order_by("list")
    return [(float(row.points), row.outcome) for row in rows]


def publishes(officer, which):
    """One list, read before it is published."""
    desk(officer)
    officer.follow(f"{which}: έλεγχος και δημοσίευση")
    officer.axe()
    officer.send("Δημοσίευση")


def test_a_teacher_joins_the_register_after_an_objection(visitor, clock, paper, drain_jobs):
    teacher, officer = visitor("teacher"), visitor("officer")
    applies(teacher, paper)
    clock("2023-02-01T09:00")
    accepts(officer)
    assigns(officer)
    assesses(visitor("assessor"))
    publishes(officer, "Προσωρινός πίνακας")
    assert standing() == [(12, "selected")]

    names_committee(officer)
    teacher.page.set_viewport_size(PHONE)
    objects(teacher)
    decides(visitor("committee"))
    clock("2023-02-20T09:00")
    publishes(officer, "Οριστικός πίνακας")
    officer.reads("Γιατί άλλαξε", "Ένσταση")
    assert standing() == [(12, "selected"), (15, "selected")]

    desk(officer)
    officer.follow("Ένταξη των επιλεγέντων στο μητρώο")
    officer.page.get_by_label("Μητρώο", exact=True).select_option(label=REGISTER)
    officer.send("Ένταξη και ολοκλήρωση")
    drain_jobs()
    teacher.goto("/registers/")
    teacher.follow(REGISTER)
    teacher.reads("Δειγματίδου Ελένη", "120 ώρες", "από 20/2/2023")
    teacher.axe()
    mine = Membership.objects.get(candidacy=held())
    assert (mine.state, mine.register.title) == ("active", REGISTER)
