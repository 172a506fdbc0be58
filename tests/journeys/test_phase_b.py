"""A teacher who never applied asks for a free place in phase B and reads the answer at once.

Shows: R-041.
"""

from __future__ import annotations

from didaskaleio.enrolment.models import PhaseBLog

PERIOD = "B2-2023-1S"


def test_a_newcomer_takes_the_last_place_that_a_programme_lacked(visitor):
    who = visitor("teacher3")
    who.goto("/phase-b/")
    who.reads("Λείπει 1 άτομο για να λειτουργήσει")
    who.axe()
    who.page.locator("article.offer button[data-confirm]").first.click()
    who.axe()
    who.page.locator("dialog[open]").get_by_role("button", name="Ζητώ θέση").click()
    who.reads("Η θέση είναι δική σας")
    who.axe()
    row = PhaseBLog.objects.get(period__code=PERIOD, application__person__username="teacher3")
    assert (row.outcome, row.programme.state) == ("placed", "viable")
    who.follow("Δημόσιο ημερολόγιο")
    who.reads(f"{row.number[:4]} {row.number[4:]}")
    who.axe()
