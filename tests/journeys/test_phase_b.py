"""A teacher without a place asks for one in phase B and reads the answer at once."""

from __future__ import annotations

from didaskaleio.enrolment.models import ParticipationApplication, PhaseBLog
from didaskaleio.people.models import Person

PERIOD = "B2-2023-1S"


def test_a_teacher_takes_a_free_place_in_phase_b(visitor):
    person = (
        Person.objects.filter(
            teacher__specialty__code="ΠΕ02", teacher__services__school__prefecture__code="THS"
        )
        .exclude(pk__in=applicants())
        .exclude(trainer_profile__isnull=False)
        .order_by("-pk")
        .first()
    )
    person.set_password("didaskaleio")
    person.save()
    who = visitor()
    who.goto("/login/")
    who.page.get_by_label("Όνομα χρήστη").fill(person.username)
    who.page.locator("input[type=password]").fill("didaskaleio")
    who.page.locator("main form").first.get_by_role("button", name="Σύνδεση").click()
    who.page.wait_for_load_state()
    who.goto(f"/phase-b/{PERIOD}/")
    who.axe()
    who.page.locator("article.offer button[data-confirm]").first.click()
    who.axe()
    who.page.locator("dialog[open]").get_by_role("button", name="Ζητώ θέση").click()
    who.reads("Η θέση είναι δική σας")
    who.axe()
    row = PhaseBLog.objects.get(period__code=PERIOD, application__person=person)
    assert row.outcome == "placed"
    who.follow("Δημόσιο ημερολόγιο")
    who.reads(f"{row.number[:4]} {row.number[4:]}")
    who.axe()


def applicants():
    return ParticipationApplication.objects.filter(period__code=PERIOD).values("person_id")
