"""Everything that a teacher needs works with JavaScript switched off."""

from __future__ import annotations

import re

from didaskaleio.enrolment.models import ParticipationApplication


def test_a_teacher_applies_without_javascript(visitor):
    who = visitor("teacher", scripts=False)
    who.follow("Προγράμματα")
    for _ in range(2):
        who.page.get_by_role("button", name=re.compile("^Προσθήκη στις προτιμήσεις")).first.click()
        who.reads("προστέθηκε στις προτιμήσεις του προχείρου σας.")
    who.follow("Η σειρά μου")
    codes = who.page.locator("input[name=order]").evaluate_all("all => all.map(i => i.value)")
    who.page.locator("button[name=move][value^='down:']").first.click()
    who.reads("Η 2η προτίμηση (ΙΙα) είναι κάτω από ΙΙβ")
    who.press("Διόρθωση της σειράς")
    assert who.page.locator("[data-rank-rule]").is_hidden()

    who.goto("/application/B2-2023-2/facts/")
    who.page.get_by_label(re.compile("Δηλώνω ότι θα διδάσκω")).check()
    who.press("Συνέχεια στις προϋποθέσεις")
    who.follow("Συνέχεια στις προτιμήσεις")
    who.page.locator("main form .wizard-end button").click()
    who.follow("Συνέχεια στην υποβολή")
    who.page.get_by_label(re.compile(r"Διάβασα\s+και\s+αποδέχομαι")).check()
    who.press("Υποβολή της αίτησης")
    who.reads("Η αίτησή σας υποβλήθηκε")
    sent = ParticipationApplication.objects.get(
        person__username="teacher", period__code="B2-2023-2"
    )
    assert sent.state == "submitted"
    assert sent.submission.preferences == codes
