"""A session that ends while somebody writes: to login and back, and nothing typed is lost.

Everything here happens without scripts. With them the order of preferences and the marks of the
sheet are saved while they are written (``app.js``, ``draft.js``; the sheet stays on the device
until a login, tests/journeys).

Shows: R-163.
"""

from __future__ import annotations

import re
from datetime import time, timedelta
from html import unescape

import pytest
from django.urls import reverse

from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel.web import unsent
from didaskaleio.people.models import Session
from didaskaleio.programmes.enums import SlotKind
from tests.factories import delivery, people, programmes
from tests.factories import enrolment as make

pytestmark = pytest.mark.django_db
PASSWORD = "δοκιμή-κωδικού-7"


@pytest.fixture
def sign_in(client):
    def by_the_page(person, to=""):
        if not person.has_usable_password() or not person.check_password(PASSWORD):
            person.set_password(PASSWORD)
            person.save()
        facts = {"username": person.username, "password": PASSWORD, "next": to}
        return client.post(reverse("people:login"), facts)

    return by_the_page


def expire(client):
    """Eight hours passed: neither the server nor the browser knows the session any more."""
    Session.objects.all().delete()
    del client.cookies["sessionid"]


def hidden_fields(page):
    pairs = re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', page, re.DOTALL)
    fields = {}
    for name, text in pairs:
        fields.setdefault(unescape(name), []).append(unescape(text))
    return fields


def through_login(client, sign_in, person, answer):
    """Follow the redirect to the login, sign in, and send what waited; the last answer."""
    assert answer.status_code == 302
    address = answer["Location"]
    assert address == f"{reverse('people:login')}?next=%2Funsent%2F"
    assert 'name="next" value="/unsent/"' in client.get(address).content.decode()
    assert sign_in(person, "/unsent/")["Location"] == "/unsent/"
    page = client.get("/unsent/").content.decode()
    assert "Η φόρμα σας περιμένει" in page
    sent = client.post("/unsent/", hidden_fields(page))
    assert sent.status_code == 307
    return client.post(sent["Location"], hidden_fields(page))


def test_the_order_of_preferences_is_kept_in_the_wizard(client, sign_in, set_clock, at):
    set_clock(at)
    person = people.a_teacher()
    period = programmes.a_period()
    wanted = [
        programmes.a_programme("open", period=period, category=category, slots=False)
        for category in ("IIa", "IIa", "IIb")
    ]
    row = make.a_draft(period=period, person=person, preferences=wanted)
    codes = [wanted[1].code, wanted[0].code, wanted[2].code]
    sign_in(person)
    expire(client)
    answer = client.post(reverse("enrolment:preferences", args=[period.code]), {"order": codes})
    done = through_login(client, sign_in, person, answer)
    assert done["Location"] == reverse("enrolment:check", args=[period.code])
    assert ParticipationApplication.objects.get(pk=row.pk).draft["preferences"] == codes
    again = client.get("/unsent/", follow=True).content.decode()
    assert "Καμία φόρμα δεν περιμένει αποστολή." in again


def test_a_meeting_of_the_timetable_is_kept(client, sign_in, set_clock):
    period = programmes.a_period("proposing")
    set_clock(period.proposals_open + timedelta(days=1))
    programme = programmes.a_programme("draft", period=period, slots=False)
    manager = people.a_centre_manager(programme.centre)
    sign_in(manager)
    expire(client)
    address = reverse("programmes:slot", args=[programme.pk])
    day = period.first_day + timedelta(days=1)
    facts = {"slot": "", "kind": SlotKind.FACE_TO_FACE.value, "day": f"{day}", "start": "18:00"}
    done = through_login(client, sign_in, manager, client.post(address, facts))
    assert done.status_code == 302
    slot = programme.slots.get()
    assert (slot.date, slot.start, slot.kind) == (day, time(18), SlotKind.FACE_TO_FACE)


def test_the_sheet_of_a_session_is_kept_with_every_sign_of_its_text(client, sign_in, set_clock):
    programme = delivery.a_running_programme(2)
    session = delivery.sessions_of(programme)[0]
    set_clock(session.ends_at)
    topic = 'Σενάριο «με εισαγωγικά» & <γωνίες> "και" άλλα'
    sign_in(programme.trainer)
    one, two = delivery.trainees_of(session)
    marks = {f"mark-{one.pk}": "present", f"mark-{two.pk}": "absent"}
    expire(client)
    address = reverse("delivery:save", args=[session.pk])
    answer = client.post(address, {"topic": topic, "act": "save", **marks})
    done = through_login(client, sign_in, programme.trainer, answer)
    assert done["Location"] == reverse("delivery:session", args=[session.pk])
    session.refresh_from_db()
    assert session.topic == topic
    assert [row.mark for row in delivery.trainees_of(session)] == ["present", "absent"]


@pytest.fixture
def kept_form(client, sign_in):
    """``kept_form(person, **fields)``: posted by the person after the session ended."""

    def post(person, **fields):
        sign_in(person)
        expire(client)
        return client.post(reverse("kernel:notice-preferences"), fields)

    return post


def test_what_one_person_typed_is_not_shown_to_the_next_at_the_same_browser(
    client, sign_in, kept_form
):
    kept_form(people.a_teacher(), by_mail="μυστικό")
    sign_in(people.a_teacher())
    assert "μυστικό" not in client.get("/unsent/", follow=True).content.decode()


def test_nothing_is_kept_for_a_browser_in_which_nobody_signed_in_or_who_did_signed_out(
    client, sign_in
):
    address = reverse("kernel:notice-preferences")
    nowhere = f"{reverse('people:login')}?next=%2F"
    assert client.post(address, {"by_mail": "x"})["Location"] == nowhere
    sign_in(people.a_teacher())
    client.post(reverse("people:logout"))
    assert client.post(address, {"by_mail": "x"})["Location"] == nowhere
    assert not Session.objects.exists()


def test_a_cookie_that_somebody_made_up_opens_nothing(client):
    client.cookies[unsent.COOKIE] = "1:x:y"
    answer = client.post(reverse("kernel:notice-preferences"), {"by_mail": "x"})
    assert "unsent" not in answer["Location"]


@pytest.mark.parametrize(
    "fields",
    [{"new_password1": "x"}, {"text": "α" * 200_001}, {f"n{i}": "x" for i in range(2_001)}],
)
def test_passwords_and_floods_are_not_kept(kept_form, fields, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
    assert "unsent" not in kept_form(people.a_teacher(), **fields)["Location"]


def test_after_an_hour_it_is_gone(client, sign_in, kept_form, set_clock, at):
    set_clock(at)
    person = people.a_teacher()
    kept_form(person, by_mail="enrolment.drawn")
    set_clock(at + timedelta(hours=1, seconds=1))
    sign_in(person)
    page = client.get("/unsent/", follow=True).content.decode()
    assert "Καμία φόρμα δεν περιμένει αποστολή." in page


def test_a_part_of_a_page_sends_the_whole_page_to_the_login(client, sign_in, kept_form):
    sign_in(people.a_teacher())
    expire(client)
    answer = client.post(
        reverse("kernel:notice-preferences"), {"by_mail": "x"}, headers={"HX-Request": "true"}
    )
    assert (answer.status_code, answer["HX-Redirect"]) == (200, "/login/?next=%2Funsent%2F")
