"""The directory in the browser: a vacant office is filled, anyone reads who is in charge.

Shows: R-013, R-157.
"""

from __future__ import annotations

from didaskaleio.directory.models import Term
from tests.journeys.places import PHONE

PLACE, NAME = "Π.Ε.Κ. Κοζάνης", "Πλασματίδου Ιωάννα"


def test_a_vacant_office_is_filled_and_anyone_reads_it(visitor):
    anyone, region = visitor(screen=PHONE), visitor("region")
    anyone.goto("/directory/")
    anyone.page.get_by_label("Όνομα, πόλη ή τύπος").fill("πεκ κοζανη")
    anyone.send("Αναζήτηση")
    anyone.axe()
    anyone.follow(PLACE)
    anyone.reads("Αναπληρωτής/τρια υπευθύνου")
    assert NAME not in anyone.page.content()

    region.menu("Κατάλογος δομών")
    region.page.get_by_label("Με κενή θέση").check()
    region.send("Αναζήτηση")
    region.axe()
    region.follow(PLACE)
    region.follow("Ορισμός προσώπου", exact=False)
    region.page.get_by_label("Επώνυμο και όνομα").fill("teacher3")
    region.send("Αναζήτηση")
    region.axe()
    region.page.get_by_label(NAME).check()
    region.page.get_by_label("Έναρξη θητείας").fill("2023-01-18")
    region.page.get_by_label("Τελευταία ημέρα").fill("2025-08-31")
    region.page.get_by_label("Απόφαση").fill("Φ.9/12, 18/1/2023")
    region.send("Ορισμός")
    region.reads(f"Ορίστηκε: {NAME}. Ειδοποιείται με μήνυμα.", "Κυριακή 31 Αυγούστου 2025")
    region.axe()

    anyone.page.reload()
    anyone.reads(NAME, "θητεία 18/1/2023 – 31/8/2025")
    anyone.axe()
    assert Term.objects.get(person__username="teacher3").office.structure.name == PLACE
