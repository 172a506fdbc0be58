"""A ranking in the browser: an objection, its decision, the final list, the register.

Shows: R-019.
"""

from __future__ import annotations

from didaskaleio.registers.models import Candidacy, Membership, Objection
from tests.journeys.places import PHONE


def test_from_an_objection_to_the_final_list_and_the_register(visitor, clock, drain_jobs):
    who = visitor("teacher3")
    who.page.set_viewport_size(PHONE)
    row = Candidacy.objects.get(person__username="teacher3")
    standing = row.standings.get()
    who.goto(f"/calls/lists/{standing.list_id}/")
    who.reads("Η υποψηφιότητά σας", "didaskaleio ranking verify")
    who.axe()
    who.follow("Ερώτηση προς ερώτηση")
    who.axe()
    who.follow("Ένσταση")
    who.axe()
    who.page.get_by_label("Τι ζητάτε και γιατί").fill("Ζητώ νέο έλεγχο των τίτλων.")
    who.send("Υποβολή ένστασης")
    who.reads("Η ένσταση υποβλήθηκε με αριθμό")
    who.axe()
    made = Objection.objects.get(candidacy=row)

    member = visitor("committee")
    member.menu("Ενστάσεις")
    member.axe()
    for waiting in Objection.objects.filter(state="submitted"):
        member.goto(f"/objections/{waiting.pk}/")
        member.axe()
        member.follow("Απόφαση")
        member.axe()
        member.page.get_by_label("Μετέχει στην κατάταξη").check()
        member.page.get_by_label("Αιτιολογία της απόφασης").fill("Τα έγγραφα αρκούν.")
        member.send("Έκδοση απόφασης")
        member.reads("Η απόφαση εκδόθηκε")
    made.refresh_from_db()
    assert made.state == "decided"

    clock("2023-01-24T09:00")
    officer = visitor("officer")
    officer.goto(f"/calls/desk/{row.call_id}/")
    officer.axe()
    officer.follow("Οριστικός πίνακας: έλεγχος και δημοσίευση")
    officer.axe()
    officer.send("Δημοσίευση")
    officer.reads("Γιατί άλλαξε", "Ένσταση: μπήκε στην κατάταξη")
    officer.axe()
    officer.goto(f"/calls/desk/{row.call_id}/")
    officer.follow("Ένταξη των επιλεγέντων στο μητρώο")
    officer.axe()
    officer.page.get_by_label("Μητρώο", exact=True).select_option(index=1)
    officer.send("Ένταξη και ολοκλήρωση")
    drain_jobs()
    officer.page.reload()
    officer.reads("Νέα μέλη: 4.")
    assert Membership.objects.filter(candidacy__call=row.call_id).count() == 4
