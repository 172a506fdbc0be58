"""Assessment in the browser: judged beside the document, a disagreement settled, a gap covered.

Shows: R-018.
"""

from __future__ import annotations

from didaskaleio.registers.models import Assessment, Candidacy, Reconciliation
from tests.journeys.places import PHONE


def open_ones():
    rows = Assessment.objects.filter(person__username="assessor", state="assigned")
    return rows.order_by("candidacy__code")


def test_an_assessor_judges_a_candidacy_and_settles_a_disagreement(visitor):
    who = visitor("assessor")
    who.reads("Αξιολόγηση υποψηφιοτήτων", "Συμφωνία για μόρια που διαφέρουν")
    who.menu("Αξιολογήσεις")
    who.axe()
    one = open_ones().filter(verdicts={}).first()
    who.follow(f"{one.candidacy.code[:4]}\u00a0{one.candidacy.code[4:]}")
    who.axe()
    first = who.page.locator(".judge").first
    first.get_by_label("Λιγότερα").check()
    first.get_by_label("Μόρια που μένουν").fill("0,5")
    who.reads("Αποθηκεύτηκε στις")
    who.send("Υποβολή αξιολόγησης")
    who.reads("Διορθώστε και στείλτε ξανά")
    who.axe()
    assert "422" in who.complaints.pop()  # the browser notes that the page came back
    for claim in who.page.locator(".judge").all()[1:]:
        claim.get_by_label("Δεκτά όλα").check()
    who.page.locator(".judge").first.get_by_label("Αιτιολογία").fill("Δεν αποδεικνύεται.")
    who.send("Υποβολή αξιολόγησης")
    who.reads("Η αξιολόγηση υποβλήθηκε.")
    one.refresh_from_db()
    assert one.state == "submitted"
    assert sorted({verdict["allowed"] for verdict in one.verdicts.values()}) == ["", "0.5"]

    dispute = Reconciliation.objects.get(state="proposed")
    who.goto(f"/reconciliations/{dispute.pk}/")
    who.axe()
    who.send("Συμφωνώ με την πρόταση")
    who.reads("η αξιολόγηση ολοκληρώθηκε")
    assert Candidacy.objects.get(pk=dispute.candidacy_id).state == "assessed"


def test_an_officer_covers_a_gap_on_a_phone(visitor):
    officer = visitor("officer")
    officer.page.set_viewport_size(PHONE)
    officer.reads("Κενά στην αξιολόγηση")
    call = Assessment.objects.filter(person__username="assessor").first().call
    officer.goto(f"/calls/desk/{call.pk}/assessment/")
    officer.reads("Αναθέτει 1 αξιολόγηση")
    officer.axe()
    officer.send("Ανάθεση κατά την πρόταση")
    officer.reads("Ανατέθηκαν κατά την πρόταση: 1.")
    busy = Reconciliation.objects.get(state="open").candidacy
    officer.goto(f"/candidacies/{busy.pk}/assessors/")
    officer.page.get_by_text("Ορισμός τρίτου προσώπου").click()
    officer.axe()
    for page in ("plan/", "../assessors/?q=teacher3"):
        officer.goto(f"/calls/desk/{call.pk}/assessment/{page}")
        officer.axe()


def test_an_assessor_judges_without_scripts(visitor):
    who = visitor("assessor", scripts=False)
    one = open_ones().filter(verdicts={}).last()
    who.goto(f"/assessments/{one.pk}/")
    for claim in who.page.locator(".judge").all():
        claim.get_by_label("Δεκτά όλα").check()
    who.send("Αποθήκευση")
    who.reads("Το πρόχειρο αποθηκεύτηκε.")
    who.send("Υποβολή αξιολόγησης")
    who.reads("Η αξιολόγηση υποβλήθηκε.")
