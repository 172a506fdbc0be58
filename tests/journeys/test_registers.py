"""A register in the browser: searched by rule, a change proposed with a document and approved.

Shows: R-010, R-022.
"""

from __future__ import annotations

from didaskaleio.registers.models import Membership
from tests.journeys.places import PHONE

REGISTER = "Μητρώο επιμορφωτών Β΄ επιπέδου"


def held():
    rows = Membership.objects.filter(person__username="trainer", register__parent=None)
    return rows.get()


def test_a_member_changes_fields_and_an_officer_decides(visitor, paper):
    officer = visitor("officer")
    officer.menu("Μητρώα")
    officer.axe()
    officer.follow(REGISTER)
    officer.axe()
    officer.follow("Προτυπάκη Σοφία")
    officer.reads("Πρόταση μεταβολής στοιχείων", "Μεταπτυχιακό")
    officer.axe()
    officer.send("Έγκριση")
    officer.reads("Έγινε δεκτή")
    assert held().values["degrees"] == ["phd", "master"]

    who = visitor("trainer")
    who.menu("Μητρώα")
    who.axe()
    who.follow(REGISTER)
    who.axe()
    who.follow("Μεταβολή στοιχείων")
    who.axe()
    fields = who.page.get_by_role("main")
    fields.locator("[name=a-hours]").fill("400")
    fields.get_by_label("Διδακτορικό").uncheck()
    fields.locator("[name=proof]").set_input_files(paper)
    who.send("Υποβολή μεταβολής")
    who.reads("Τα υπόλοιπα περιμένουν έγκριση.", "400 ώρες")
    assert held().values["degrees"] == ["phd", "master"]


def test_an_officer_searches_by_rule_and_enters_a_member_on_a_phone(visitor):
    officer = visitor("officer")
    officer.page.set_viewport_size(PHONE)
    officer.goto("/registers/")
    officer.axe()
    officer.follow(REGISTER)
    officer.page.get_by_text("Αναζήτηση με κανόνες").click()
    officer.page.get_by_label("Κανόνας 1").select_option(label="Διαθέσιμες ημέρες: είναι «Τρίτη»")
    officer.send("Αναζήτηση")
    officer.reads("5 μέλη")
    officer.axe()
    for page in ("Διαδικασίες", "Στοιχεία μητρώου", "Ένταξη μέλους"):
        officer.goto("/registers/1/")
        officer.follow(page)
        officer.axe()
    officer.page.get_by_label("Επώνυμο και όνομα").fill("teacher3")
    officer.send("Αναζήτηση")
    officer.page.get_by_label("teacher3").check()
    officer.send("Ένταξη")
    officer.reads("Εντάχθηκε με αριθμό")
    officer.axe()
