"""From a call to the check of completeness: prepared, published, answered, submitted, returned.

Shows: R-014, R-015, R-017, R-018.
"""

from __future__ import annotations

import re

from didaskaleio.registers.models import Candidacy
from didaskaleio.site.story import moments

OPEN = "Ένταξη στο μητρώο επιμορφωτών Β΄ επιπέδου"
PAST = "Αξιολόγηση υποψηφιοτήτων επιμορφωτών"


def test_a_teacher_answers_a_call_with_live_points_and_gets_a_receipt(visitor, paper, drain_jobs):
    who = visitor("teacher")
    who.menu("Προσκλήσεις")
    who.axe()
    who.follow(OPEN)
    who.reads("Ανακοινωμένες πράξεις", "Παράταση 2023/000003")
    who.axe()
    who.follow("Υποψηφιότητα")
    who.axe()
    who.send("Έναρξη υποψηφιότητας")
    fields = who.page.get_by_role("main")
    live = who.page.locator("#form-live")
    fields.get_by_label("Ναι", exact=True).check()
    live.get_by_text("Αποθηκεύτηκε στις").wait_for()
    fields.locator("[name=a-hours]").fill("120")
    fields.locator("[name=a-hired]").fill("2010-09-01")
    live.get_by_text("18", exact=True).wait_for()
    who.axe()
    fields.locator("[name=a-certificate_file]").set_input_files(paper)
    fields.locator("[name=a-proof]").set_input_files(paper)
    fields.locator("[name=a-proof-until]").fill("2024-06-30")
    fields.locator("[name=a-truth]").check()
    who.send("Συνέχεια στην υποβολή")
    who.reads("Τα μόρια που δηλώνετε", "vevaiosi.pdf")
    who.axe()
    fields.get_by_label(re.compile("Δηλώνω υπεύθυνα")).check()
    who.send("Υποβολή")
    who.reads("Η υποψηφιότητά σας υποβλήθηκε")
    drain_jobs()
    who.page.reload()
    who.reads("Λήψη της απόδειξης (PDF)")
    who.axe()
    row = Candidacy.objects.get(person__username="teacher")
    assert (row.state, row.submission.version, row.submission.total) == ("submitted", 1, 18)
    who.follow("Η υποψηφιότητά μου")
    who.axe()
    who.menu("Οι υποψηφιότητές μου")
    who.follow("Ο φάκελός μου")
    who.reads("Βεβαίωση επιμορφωτικού έργου", "Πιστοποιητικό")
    who.axe()


def test_an_officer_returns_a_candidacy_and_the_teacher_completes_it(visitor, paper):
    officer = visitor("officer2")
    officer.menu("Προσκλήσεις του φορέα")
    officer.axe()
    officer.follow(PAST)
    officer.axe()
    officer.follow("6 υποψηφιότητες")
    officer.reads("Για συμπλήρωση", "Πλήρης")
    officer.axe()
    officer.page.locator("tbody tr", has_text="Υποβλήθηκε").first.get_by_role("link").click()
    officer.reads("Μόρια που δηλώθηκαν")
    officer.axe()
    officer.follow("Επιστροφή για συμπλήρωση")
    officer.axe()

    who = visitor("teacher2")
    who.follow("Συμπλήρωση υποψηφιότητας", exact=False)
    who.reads("Στη βεβαίωση δεν διαβάζονται οι ώρες.")
    who.axe()
    who.page.locator("[name=a-proof]").set_input_files(paper)
    who.page.locator("[name=a-proof-until]").fill("2024-06-30")
    who.send("Υποβολή των δικαιολογητικών")
    who.reads("Τα δικαιολογητικά υποβλήθηκαν με νέα απόδειξη.")
    row = Candidacy.objects.get(person__username="teacher2")
    assert (row.state, row.submission.version) == ("submitted", 2)
    assert row.submission.at >= moments.NOW


def test_an_officer_prepares_a_call_and_gives_an_extension(visitor):
    who = visitor("officer")
    who.menu("Προσκλήσεις του φορέα")
    who.follow("Νέα πρόσκληση")
    who.axe()
    fields = who.page.get_by_role("main")
    fields.get_by_label("Τίτλος", exact=True).fill("Μητρώο δοκιμών")
    fields.get_by_label("Όνομα του μητρώου ή των θέσεων", exact=True).fill("Μητρώο δοκιμών")
    who.send("Αποθήκευση προχείρου")
    who.axe()
    fields.get_by_label("Τι ζητά").select_option(label="Σχέση εργασίας")
    who.send("Προσθήκη")
    fields.get_by_label("Μόνιμος/η", exact=True).check()
    who.send("Αποθήκευση")
    who.reads("Τι λείπει για τη δημοσίευση", "Συμπληρώστε: Κείμενο.", "Σχέση εργασίας")
    who.axe()
    who.menu("Προσκλήσεις του φορέα")
    who.follow(OPEN)
    who.follow("Παράταση")
    who.axe()
    fields.locator("[name=until]").fill("2023-02-07T15:00")
    fields.locator("[name=reason]").fill("Αίτημα πολλών ενδιαφερομένων.")
    who.send("Ανακοίνωση της παράτασης")
    who.reads("Τρίτη 7 Φεβρουαρίου 2023, 15:00", "Αίτημα πολλών ενδιαφερομένων.")
