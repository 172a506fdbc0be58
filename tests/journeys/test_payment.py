"""Story 7: the last session is signed; attendance, attestations, acceptance, payment, employment.

Shows: R-061, R-062, R-064, R-065, R-075, R-076
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from didaskaleio.completion.models import Attestation, EmploymentAttestation
from didaskaleio.delivery import operations, queries
from didaskaleio.delivery.models import WorkTask
from didaskaleio.delivery.queries import without_work
from didaskaleio.delivery.rules import Marking
from didaskaleio.finance.models import (
    Committee,
    Contract,
    Payment,
    PaymentOrder,
    WorkLine,
    WorkReport,
)
from didaskaleio.people.queries import actor_of
from didaskaleio.programmes.models import Programme
from tests.factories.delivery import a_marked_session, trainees_of
from tests.journeys.places import PHONE


@pytest.fixture
def programme(platform):
    """The centre's programme of the 1st period; its last session has just been held.

    One trainee was away from all that remained.
    """
    found = Programme.objects.select_related("trainer", "period__action").get(
        period__code="B2-2022-1", centre__code="KSE-KOZ"
    )
    for session in found.sessions.filter(state="planned").order_by("starts_at"):
        signed(session, actor_of(found.trainer, at=session.ends_at))
    found.refresh_from_db()
    return found


def signed(session, trainer):
    """Held and signed when it ended, with everybody's own work confirmed."""
    at = session.ends_at + timedelta(minutes=5)
    a_marked_session(session, at=at, absent={4})
    for one in queries.disagreements(session, at):
        held = Marking("present")
        operations.rule(one.row, held, reason="Ήταν στην αίθουσα.", actor=trainer, at=at)
    operations.sign(session, actor=trainer, at=at, seen=queries.next_digest(session))
    session.refresh_from_db()
    if session.async_hours:
        without = {row.pk for row in without_work(session)} if tasked(session) else set()
        done = [row.pk for row in trainees_of(session) if row.pk not in without]
        operations.confirm_async(session, done, actor=trainer, at=at)


def tasked(session):
    """Whether own work was set for the session: then only what was accepted is confirmed."""
    return WorkTask.objects.filter(session=session).exists()


def test_from_the_last_session_to_the_payment(visitor, programme, clock, drain_jobs):
    clock("2023-02-06T10:00")
    completed(visitor, programme, drain_jobs)
    reported(visitor, programme)
    accepted(visitor, programme)
    finance = visitor("finance")
    minutes = taken_over(visitor, finance, programme)
    order = paid(visitor, finance, programme)
    seen_by_the_payee(visitor, programme, order, minutes)
    attested(visitor, programme)


def completed(visitor, programme, drain_jobs):
    """Consolidated attendance, attestations of those who fulfil the rules, accepted documents."""
    centre, officer = visitor("centre"), visitor("officer")
    trainees = trainees_of(programme.sessions.first())
    centre.goto(f"/programmes/{programme.pk}/completion/")
    centre.reads("Υπογράφηκαν όλα.")
    centre.send("Έκδοση συγκεντρωτικού")
    centre.reads("Έκδοση 1", "Ισχύει η έκδοση 1.")
    owed = Attestation.objects.filter(programme=programme, state="owed").count()
    officer.goto(f"/attestations/?programme={programme.pk}")
    officer.reads(f"{owed} βεβαιώσεις οφείλονται")
    officer.press("Προεπισκόπηση έκδοσης για όλες")
    officer.press("Έκδοση")
    officer.page.wait_for_url("**/work/**")
    drain_jobs()
    issued = Attestation.objects.filter(programme=programme, state="issued").count()
    assert (issued, issued < len(trainees)) == (owed, True)


def reported(visitor, programme):
    """The trainer reports what was done, the centre finds it right."""
    contract = Contract.objects.get(
        programme=programme, payee__person=programme.trainer, kind="trainer", state="in_force"
    )
    trainer, centre = visitor("trainer"), visitor("centre")
    trainer.goto(f"/my/work-reports/{contract.pk}/write/")
    for field in ("text_hour", "text_async_hour"):
        trainer.page.locator(f"[name={field}]").fill("Ολοκληρώθηκαν όλες οι ενότητες.")
    trainer.axe()
    trainer.send("Αποθήκευση")
    trainer.send("Υποβολή")
    centre.goto(f"/finance/work-reports/{WorkReport.objects.get(contract=contract).pk}/")
    centre.axe()
    centre.send("Αποδοχή")
    centre.reads("Έγινε δεκτή")


def accepted(visitor, programme):
    """Nothing is owed any more: the body accepts the documents."""
    officer = visitor("officer")
    officer.goto(f"/programmes/{programme.pk}/completion/")
    officer.reads("Δεν οφείλεται καμία.")
    officer.send("Αποδοχή παραστατικών")
    programme.refresh_from_db()
    assert programme.state == "documented"


def taken_over(visitor, finance, programme):
    """What the sheets show is counted, a committee takes it over, two members sign."""
    action = programme.period.action
    finance.goto(f"/payments/actions/{action.pk}/")
    finance.follow("Υπολογισμός έργου…")
    finance.reads("δείτε τι θα γραφτεί")
    finance.axe()
    finance.send("Εγγραφή όλων")
    finance.goto(f"/payments/committees/{Committee.objects.get(action=action).pk}/")
    finance.send("Πρακτικό για όλες")
    minutes = finance.page.url
    finance.send("Αποστολή για υπογραφή")
    for name in ("officer", "officer2"):
        member = visitor(name)
        member.goto(minutes.partition(member.address)[2])
        member.send("Υπογραφή πρακτικού")
    member.reads("Το πρακτικό (PDF)")
    return member.page.locator("h1").inner_text()


def paid(visitor, finance, programme):
    """One prepares, another approves; the file goes to the bank, and the bank pays."""
    finance.goto(f"/payments/actions/{programme.period.action_id}/orders/new/")
    finance.reads("Έτοιμα προς πληρωμή", str(programme.trainer))
    finance.axe()
    finance.send("Σύνταξη εντολής")
    order = PaymentOrder.objects.latest("pk")
    officer = visitor("officer")
    officer.goto(f"/payments/orders/{order.pk}/")
    officer.send("Έγκριση")
    finance.page.reload()
    finance.send("Αρχείο για την τράπεζα")
    assert b"pain.001.001.09" in finance.fetch("Αρχείο τράπεζας (SEPA)")
    assert finance.fetch("Γραμμές ως τη μονάδα (XLSX)").startswith(b"PK")
    finance.page.locator("[name=bank_on]").fill("2023-02-06")
    finance.send("Πληρώθηκαν όλες")
    finance.reads("Εκκαθαρίστηκε")
    return order


def seen_by_the_payee(visitor, programme, order, minutes):
    """On a phone: the stages, the paid amount, its lines, the signed sheet; the attestation."""
    payment = Payment.objects.get(order=order, payee__person=programme.trainer)
    trainer = visitor("trainer", screen=PHONE)
    trainer.goto("/my/payments/")
    trainer.axe()
    trainer.follow(order.number)
    trainer.reads("Από το μικτό στο καθαρό", "Πληρώθηκε")
    trainer.axe()
    last = WorkLine.objects.filter(payments__payment=payment, source="sheet").latest("worked_on")
    trainer.goto(f"/payments/work/{last.pk}/")
    trainer.reads(minutes)
    trainer.follow("Παρουσιολόγιο, έκδοση 1")
    trainer.reads("Από αυτή μετρήθηκε", "Αποτύπωμα")
    trainer.axe()
    trainer.goto("/employment/")
    asks = trainer.page.locator(f"section[aria-labelledby=p{programme.pk}]")
    with trainer.page.expect_navigation():
        asks.get_by_role("button", name="Αίτημα βεβαίωσης απασχόλησης").click()
    trainer.axe()


def attested(visitor, programme):
    """The body issues the attestation of employment, and the trainer opens it."""
    asked = EmploymentAttestation.objects.get(programme=programme, person=programme.trainer)
    officer, trainer = visitor("officer"), visitor("trainer")
    officer.goto(f"/employment/{asked.pk}/")
    officer.send("Έκδοση")
    trainer.goto("/employment/")
    assert trainer.fetch("Άνοιγμα της βεβαίωσης (PDF)").startswith(b"%PDF")
