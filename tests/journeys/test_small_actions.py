"""A teacher takes a seat on a phone, the centre marks the roll, anybody verifies the attestation.

Shows: R-049.
"""

from __future__ import annotations

import re

from didaskaleio.credentials.models import Credential
from didaskaleio.small_actions.models import SmallAction
from tests.journeys.places import PHONE

TITLE = "Ψηφιακά σενάρια στα Μαθηματικά"


def test_a_day_of_a_centre_from_the_phone_to_the_verified_attestation(visitor, clock, drain_jobs):
    teacher = visitor("teacher", screen=PHONE)
    teacher.goto("/small-actions/")
    teacher.axe()
    teacher.follow(TITLE)
    teacher.send("Εγγραφή")
    teacher.reads("Έχετε θέση.", "Η εγγραφή μου: Έχει θέση")
    row = SmallAction.objects.get(title=TITLE)
    clock("2023-01-28T14:30")
    centre = visitor("centre")
    centre.goto(f"/small-actions/{row.pk}/roll/")
    centre.axe()
    centre.page.get_by_label(re.compile("Δειγματίδου Ελένη")).check()
    centre.send("Κλείσιμο παρουσιών")
    centre.reads("1 παρουσία, 3 απουσίες")
    drain_jobs()
    number = Credential.objects.get(kind="participation", person__username="teacher").number
    teacher = visitor("teacher", screen=PHONE)
    teacher.goto(f"/small-actions/{row.pk}/")
    teacher.reads(f"Βεβαίωση {number}")
    teacher.goto("/record/")
    teacher.reads(f"Ημερίδα: {TITLE}", number)
    code = Credential.objects.get(number=number).code
    anybody = visitor()
    anybody.goto(f"/verify/{code}/")
    anybody.reads("Βεβαίωση συμμετοχής", TITLE, "Δειγματίδου")
