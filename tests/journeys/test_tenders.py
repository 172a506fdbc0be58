"""A tender in the browser: an offer is written and sealed, opened after the deadline, awarded.

Shows: R-048.
"""

from __future__ import annotations

from didaskaleio.registers.models import Offer, Tender
from tests.journeys.places import PHONE


def test_an_offer_stays_sealed_until_it_is_opened_and_wins(visitor, clock, paper):
    tender = Tender.objects.get(state="published")
    company = visitor("company")
    company.page.set_viewport_size(PHONE)
    company.follow("Υποβολή προσφοράς")
    company.follow("Σύνταξη της προσφοράς")
    company.axe()
    for name, value in (("price", "9.800,00"), ("a-seats", "30"), ("a-programmes", "8")):
        company.page.locator(f"[name={name}]").fill(value)
    company.page.locator("[name=paper]").set_input_files(paper)
    company.send("Αποθήκευση και έλεγχος")
    company.reads("9.800,00 €")
    company.axe()
    company.send("Υποβολή προσφοράς")
    company.reads("Υποβλήθηκε")

    officer = visitor("officer")
    officer.goto(f"/tenders/desk/{tender.pk}/")
    officer.reads("Σφραγισμένες προσφορές")
    assert "Επιμόρφωση Υποθέσεων" not in officer.page.content()
    clock("2023-02-03T16:00")
    officer.page.reload()
    officer.follow("Αποσφράγιση")
    officer.axe()
    officer.page.get_by_label("Πρακτικό αποσφράγισης").fill("Παρόντα τρία μέλη.")
    officer.send("Καταχώριση")
    officer.reads("Επιμόρφωση Υποθέσεων Ι.Κ.Ε.", "9.800,00 €")
    officer.axe()
    officer.follow("Κατακύρωση")
    officer.page.get_by_label("Σκεπτικό").fill("Η μόνη προσφορά είναι παραδεκτή.")
    officer.page.locator("[name=paper]").set_input_files(paper)
    officer.axe()
    officer.send("Καταχώριση")
    officer.reads("Ανάδοχος")
    won = Offer.objects.get(tender=tender)
    assert (won.state, won.tender.state) == ("won", "awarded")
