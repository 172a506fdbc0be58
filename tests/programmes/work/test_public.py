"""Calls for work are read by everybody; whom they concern are led to the application, and their
deadlines stand in the calendar.

Shows: R-014, R-029.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from didaskaleio.kernel import agenda
from didaskaleio.portal import queries as portal
from didaskaleio.programmes import operations
from didaskaleio.programmes.enums import WorkFor
from tests.factories import people, structures
from tests.markup import markup
from tests.programmes.work.stage import (
    AT,
    CLOSES,
    DURING,
    a_call,
    act,
    applied,
    closed,
    line,
    region_line,
)
from tests.programmes.work.test_pages import queries_of

pytestmark = pytest.mark.django_db
LIST = "programmes:work-open"


@pytest.fixture
def officer():
    return people.officer()


def page_of(client, call):
    return markup(client.get(reverse("programmes:work-call", args=[call.pk])))


def test_nobody_signed_in_reads_the_terms_and_is_led_through_sign_in_to_the_application(
    client, set_clock, officer
):
    call = a_call(line("B2.3", "KOZ", 2), officer=officer)
    set_clock(DURING)
    own = reverse("programmes:work-call", args=[call.pk])
    page = page_of(client, call)
    for words in (
        "Ποιοι υποβάλλουν αίτηση",
        "σε συστάδα της πρόσκλησης",
        "Β2.3 Μαθηματικά, Κοζάνη",
        "Ώρες ανά πρόγραμμα",
        "Δεν κατατίθενται δικαιολογητικά",
        "Πώς γίνεται η κατάταξη",
        f'href="{reverse("people:login")}?next={own}"',
    ):
        assert words in page
    trainer = people.a_trainer()
    trainer.set_password("mia-makria-frasi")
    trainer.save()
    credentials = {"username": trainer.username, "password": "mia-makria-frasi", "next": own}
    assert client.post(reverse("people:login"), credentials)["Location"] == own
    assert "Έναρξη αίτησης" in page_of(client, call)


def test_who_has_no_part_in_it_reads_it_and_may_not_begin(client, login, set_clock, officer):
    call = a_call(officer=officer)
    set_clock(DURING)
    own = reverse("programmes:work-call", args=[call.pk])
    assert client.post(own).status_code in (302, 403)
    login(client, people.a_teacher("ΠΕ02"))
    assert "δεν έχει ρόλο που υποβάλλει αίτηση" in page_of(client, call)
    assert client.post(own).status_code == 403
    assert not call.applications.exists()
    draft = a_call(officer=officer, state="draft")
    assert client.get(reverse("programmes:work-call", args=[draft.pk])).status_code == 404


def test_the_list_tells_open_calls_from_those_that_ended(client, set_clock, officer):
    later = a_call(officer=officer, title="Αργότερα", closes_at=CLOSES + timedelta(days=1))
    call = a_call(officer=officer, title="Τώρα", period=later.period)
    a_call(officer=officer, title="Πρόχειρη", state="draft", period=later.period)
    over = closed(a_call(officer=officer, title="Παλιά", period=later.period))
    set_clock(DURING)
    listed = client.get(reverse(LIST))
    assert [row.pk for row in listed.context["page"]] == [call.pk, later.pk]
    past = client.get(reverse(LIST), {"show": "past"})
    assert [row.pk for row in past.context["page"]] == [over.pk]
    assert "Παλιά" in markup(past)


def test_the_list_asks_as_many_queries_for_three_as_for_one(client, set_clock, officer):
    call = a_call(officer=officer)
    set_clock(DURING)
    once = queries_of(client, reverse(LIST))
    for _ in range(2):
        a_call(officer=officer, period=call.period)
    assert queries_of(client, reverse(LIST)) == once


def test_the_three_that_end_first_stand_on_the_front_page(client, set_clock, officer):
    set_clock(DURING)
    assert "Έργο σε προγράμματα" not in markup(client.get(reverse("portal:front")))
    first = a_call(officer=officer, closes_at=CLOSES - timedelta(hours=1))
    more = [a_call(officer=officer, period=first.period) for _ in range(3)]
    a_call(officer=officer, period=first.period, state="draft")
    found = portal.public_calls(DURING)
    assert (list(found["work"]), found["many_work"]) == ([first, *more[:2]], 4)
    page = markup(client.get(reverse("portal:front")))
    assert reverse("programmes:work-call", args=[first.pk]) in page
    assert "Όλες οι προσκλήσεις για έργο (4)" in page


def test_the_deadline_stands_in_the_calendar_of_whom_the_call_concerns(officer):
    call = a_call(line("B2.3", "KOZ"), officer=officer)
    centre = structures.a_centre("KOZ")
    centres = a_call(
        region_line(centre.region.code, 2), officer=officer, period=call.period,
        audience=WorkFor.CENTRES,
    )  # fmt: skip
    a_call(officer=officer, period=call.period, state="draft")
    mine = {
        who: [
            (date.uid, date.starts_at, date.url)
            for date in agenda.dates_of(act(person), AT)
            if date.uid.startswith("work-call-")
        ]
        for who, person in {
            "trainer": people.a_trainer(),
            "philologist": people.a_trainer(("B2.1",), specialty="ΠΕ02"),
            "manager": people.a_centre_manager(centre),
            "officer": officer,
        }.items()
    }
    told = {
        row: (f"work-call-{row.pk}", CLOSES, reverse("programmes:work-call", args=[row.pk]))
        for row in (call, centres)
    }
    desk = [(f"work-call-{row.pk}", CLOSES, reverse("programmes:work-desk", args=[row.pk]))
            for row in (call, centres)]  # fmt: skip
    assert mine == {
        "trainer": [told[call]],
        "philologist": [],
        "manager": [told[centres]],
        "officer": desk,
    }


def test_an_extension_moves_the_date_and_the_end_takes_it_out(officer):
    call = a_call(officer=officer)
    trainer = act(people.a_trainer())
    later = CLOSES + timedelta(days=2)
    operations.extend_work(call, until=later, reason="Λίγες αιτήσεις.", actor=act(officer), at=AT)

    def dates():
        found = agenda.dates_of(trainer, AT)
        return [date.starts_at for date in found if date.uid == f"work-call-{call.pk}"]

    assert dates() == [later]
    call.refresh_from_db()
    applied(call, people.a_trainer())
    closed(call)
    assert dates() == []
