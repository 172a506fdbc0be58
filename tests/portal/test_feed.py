"""The personal calendar feed, read back by a calendar library.

Shows: R-134.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from didaskaleio.kernel.agenda import Appointment
from didaskaleio.people.models import Person
from didaskaleio.portal import calendar_feed
from tests.factories.enrolment import an_application
from tests.factories.people import a_teacher
from tests.factories.programmes import DATES, a_period, a_programme
from tests.markup import markup


def events(content):
    return {str(event["UID"]): event for event in Calendar.from_ical(content).walk("VEVENT")}


def test_a_meeting_has_begin_end_place_and_address(at):
    meeting = Appointment(
        "session-7",
        "Συνάντηση, 4η",
        at,
        at + timedelta(minutes=90),
        "/sessions/7/",
        "Αίθουσα Α",
        revision=2,
    )
    feed = calendar_feed.render([meeting], base="https://example.org", at=at)
    event = events(feed)["session-7@didaskaleio"]
    assert event["SUMMARY"] == "Συνάντηση, 4η"
    assert event["DTSTART"].dt == at
    assert event["DTEND"].dt == at + timedelta(minutes=90)
    assert b"DTSTART:20230118T080000Z\r\n" in feed
    assert (event["LOCATION"], event["URL"]) == ("Αίθουσα Α", "https://example.org/sessions/7/")
    assert event["SEQUENCE"] == 2
    assert "STATUS" not in event


def test_a_deadline_has_no_end_and_leaves_the_person_free(at):
    deadline = Appointment("period-1-phase_a_closes", "Λήξη αιτήσεων", at, at)
    event = events(calendar_feed.render([deadline], base="", at=at))[
        "period-1-phase_a_closes@didaskaleio"
    ]
    assert "DTEND" not in event
    assert event["TRANSP"] == "TRANSPARENT"


def test_a_cancelled_meeting_says_so(at):
    meeting = Appointment("s-1", "Συνάντηση", at, at + timedelta(hours=1), cancelled=True)
    event = events(calendar_feed.render([meeting], base="", at=at))["s-1@didaskaleio"]
    assert event["STATUS"] == "CANCELLED"


def test_the_file_keeps_the_form_of_rfc_5545(at):
    long = Appointment("x", "Λήξη υποβολής αιτήσεων, " * 8, at, at)
    content = calendar_feed.render([long], base="", at=at)
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert events(content)["x@didaskaleio"]["SUMMARY"] == long.title


@pytest.mark.django_db
def test_the_secret_address_shows_the_dates_without_signing_in(client, login, set_clock, at):
    set_clock(at)
    period = a_period("phase_a")
    teacher = an_application(period=period, preferences=[a_programme(period=period).code]).person
    login(client, teacher)
    assert client.post(reverse("portal:renew-feed")).status_code == 302
    teacher.refresh_from_db()
    client.logout()
    answer = client.get(reverse("portal:feed", args=[teacher.feed_key]))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    event = events(answer.content)[f"period-{period.pk}-phase_a_closes@didaskaleio"]
    assert event["DTSTART"].dt == DATES["phase_a_closes"]


@pytest.mark.django_db
def test_a_new_address_ends_the_old_one(client, login, set_clock, at):
    set_clock(at)
    teacher = a_teacher()
    login(client, teacher)
    client.post(reverse("portal:renew-feed"))
    old = Person.objects.get(pk=teacher.pk).feed_key
    client.post(reverse("portal:renew-feed"))
    new = Person.objects.get(pk=teacher.pk).feed_key
    assert client.get(reverse("portal:feed", args=[old])).status_code == 404
    assert client.get(reverse("portal:feed", args=[new])).status_code == 200


@pytest.mark.django_db
def test_the_feed_of_a_closed_account_is_gone(client, login, set_clock, at):
    set_clock(at)
    teacher = a_teacher()
    login(client, teacher)
    client.post(reverse("portal:renew-feed"))
    Person.objects.filter(pk=teacher.pk).update(is_active=False)
    key = Person.objects.get(pk=teacher.pk).feed_key
    assert client.get(reverse("portal:feed", args=[key])).status_code == 404


@pytest.mark.django_db
def test_the_calendar_page_shows_the_deadline_of_the_open_phase(client, login, set_clock, at):
    set_clock(at)
    a_period("phase_a", title="Περίοδος της δοκιμής")
    page = markup(login(client, a_teacher()).get(reverse("portal:calendar")))
    assert "Λήξη υποβολής αιτήσεων</a></h2><p>Περίοδος της δοκιμής</p>" in page
    assert "Παρασκευή 20 Ιανουαρίου 2023, 15:00" in page
