"""A sheet is signed on a phone; a stranger verifies an attestation, and an altered one fails."""

from __future__ import annotations

import re

from didaskaleio.completion.models import Attestation
from didaskaleio.delivery.models import AttendanceSheet, TrainingSession
from tests.journeys.places import PHONE


def decide(who, session):
    """Say what holds wherever the sources of the meeting disagree."""
    who.goto(f"/sessions/{session.pk}/disagreements/")
    while who.page.locator("[name=reason]").count():
        who.page.locator("[name=reason]").first.fill("Ήταν στην αίθουσα.")
        with who.page.expect_navigation():
            who.page.locator("form:has([name=reason]) [type=submit]").first.click()
    who.goto(f"/sessions/{session.pk}/")


def test_a_trainer_signs_a_sheet_on_a_phone(visitor):
    who = visitor("trainer", screen=PHONE)
    who.goto("/sessions/")
    who.axe()
    with who.page.expect_navigation():
        who.follow("Παρουσίες")
    session = TrainingSession.objects.get(pk=re.search(r"/sessions/(\d+)/", who.page.url)[1])
    who.axe()
    decide(who, session)
    seen = who.page.locator("[data-np]").inner_text()
    who.page.locator("[name=topic]").fill("Σενάριο με ψηφιακό χάρτη")
    who.page.locator("[data-all]").first.click()
    assert who.page.locator("[data-np]").inner_text() != seen
    who.axe()
    who.page.locator("[data-undo]").click()
    assert who.page.locator("[data-np]").inner_text() == seen
    assert not who.page.locator("[data-undone]").is_visible()
    who.page.locator("[data-all]").first.click()
    absent = session.roll.filter(attendee="trainee", signs=None).first()
    who.page.locator(f"fieldset[data-row='{absent.pk}'] input[value=absent]").check()
    assert who.page.locator("[data-na]").inner_text() == "1"
    who.axe()
    who.reads("πρόχειρο, αποθηκεύτηκε στις")
    who.send("Υπογραφή παρουσιολογίου")
    decide(who, session)
    who.send("Υπογραφή παρουσιολογίου")
    who.reads("Μετά την υπογραφή το παρουσιολόγιο δεν αλλάζει.")
    who.axe()
    with who.page.expect_navigation():
        who.press("Υπογράφω")
    sheet = AttendanceSheet.objects.get(session=session)
    assert sheet.version == 1
    who.goto(f"/sessions/{session.pk}/")
    who.reads("Σενάριο με ψηφιακό χάρτη", "Έκδοση 1", sheet.digest[:8], sheet.digest[-8:])
    who.axe()


def test_an_officer_issues_attestations_in_bulk(visitor, drain_jobs):
    owed = list(Attestation.objects.filter(state="owed").values_list("pk", flat=True))
    count = len(owed)
    who = visitor("officer")
    who.goto("/home/")
    with who.page.expect_navigation():
        who.follow("Έκδοση βεβαιώσεων", exact=False)
    who.reads(f"{count} βεβαιώσεις οφείλονται")
    who.axe()
    who.press("Προεπισκόπηση έκδοσης για όλες")
    who.reads(f"Έκδοση: {count} βεβαιώσεις", "Δεν έχει εκδοθεί τίποτα ακόμη.")
    who.axe()
    who.press("Έκδοση")
    who.page.wait_for_url("**/work/**")
    who.axe()
    drain_jobs()
    who.page.reload()
    who.reads(f"{count} από {count}")
    who.axe()
    issued = Attestation.objects.filter(pk__in=owed)
    assert {row.state for row in issued} == {"issued"}
    assert len({row.credential.number for row in issued}) == count > 1


def test_a_stranger_verifies_an_attestation_by_code_and_by_file(visitor, tmp_path):
    issued = Attestation.objects.filter(state="issued").first()
    credential = issued.credential
    officer = visitor("officer")
    officer.goto("/attestations/?state=issued")
    officer.axe()
    name = str(issued.application.person)
    officer.goto(f"/attestations/?q={issued.application.person.surname}")
    pdf = officer.fetch(f"PDF: {name}")
    genuine, altered = tmp_path / "original.pdf", tmp_path / "altered.pdf"
    genuine.write_bytes(pdf)
    half = len(pdf) // 2
    altered.write_bytes(pdf[:half] + bytes([pdf[half] ^ 1]) + pdf[half + 1 :])

    stranger = visitor()
    stranger.goto("/verify/")
    stranger.axe()
    stranger.page.locator("[name=code]").fill(credential.code)
    stranger.page.get_by_role("button", name="Έλεγχος", exact=True).click()
    stranger.page.locator(".verdict").wait_for()
    stranger.reads(credential.number)
    assert stranger.page.locator(".verdict--bad").count() == 0
    stranger.axe()

    for file, bad in ((genuine, 0), (altered, 1)):
        stranger.goto("/verify/")
        stranger.page.locator("[name=file]").set_input_files(file)
        stranger.press("Έλεγχος αρχείου PDF")
        stranger.page.locator(".verdict").wait_for()
        assert stranger.page.locator(".verdict--bad").count() == bad
        stranger.axe()
