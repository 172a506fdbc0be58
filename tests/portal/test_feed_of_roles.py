"""The feed of every account of the demonstration, by a calendar library and by hand (RFC 5545).

Shows: R-134.
"""

from __future__ import annotations

import re
import uuid
from collections import Counter
from datetime import timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from didaskaleio.kernel import clock
from didaskaleio.people.models import Person
from didaskaleio.site.demo_accounts import ACCOUNTS
from didaskaleio.site.story.moments import NOW

ROLES = [name for name, _words in ACCOUNTS]
WITHOUT_DATES = {"author", "approver", "admin", "registrar", "committee", "finance"}
UTC_FORM = re.compile(r"\d{8}T\d{6}Z")
ONCE = ("UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE")
AT_MOST_ONCE = ("DTEND", "LOCATION", "URL", "STATUS", "TRANSP")


@pytest.fixture
def feed_of(demo, client):
    """``feed_of(name)``: the bytes behind the secret address of an account."""
    addresses = {}

    def read(name):
        if name not in addresses:
            key = uuid.uuid4()
            Person.objects.filter(username=name).update(feed_key=key)
            addresses[name] = reverse("portal:feed", args=[key])
        answer = client.get(addresses[name])
        assert answer.status_code == 200
        return answer.content

    return read


def unfolded(content):
    """The lines of content (section 3.1): CRLF after each, none longer than 75 octets."""
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    folded = content.split(b"\r\n")[:-1]
    assert max(map(len, folded)) <= 75
    for line in folded:
        line.decode()  # no character is cut in two
    return content.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def events(lines):
    """Each event as its properties, by name without parameters."""
    found, present = [], None
    for line in lines:
        if line == "BEGIN:VEVENT":
            present = []
        elif line == "END:VEVENT":
            found.append(present)
            present = None
        elif present is not None:
            name, _, value = line.partition(":")
            assert ";" not in name, line  # neither TZID nor VALUE: every moment is in UTC
            present.append((name, value))
    return found


def without_stamp(lines):
    return [line for line in lines if not line.startswith("DTSTAMP")]


@pytest.mark.parametrize("name", ROLES)
def test_the_feed_keeps_the_rules_of_rfc_5545(feed_of, name):
    lines = unfolded(feed_of(name))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    assert {"VERSION:2.0", "PRODID:-//Didaskaleio//el", "CALSCALE:GREGORIAN"} <= set(lines)
    found = events(lines)
    assert bool(found) is (name not in WITHOUT_DATES)
    for event in found:
        values, times = dict(event), Counter(key for key, _value in event)
        assert [times[key] for key in ONCE] == [1] * len(ONCE)
        assert all(times[key] <= 1 for key in AT_MOST_ONCE)
        assert set(times) <= {*ONCE, *AT_MOST_ONCE}
        assert UTC_FORM.fullmatch(values["DTSTAMP"])
        assert UTC_FORM.fullmatch(values["DTSTART"])
        assert values.get("DTEND", "9") > values["DTSTART"]
        assert values["SEQUENCE"].isdigit()
        assert not re.search(r"(?<!\\)[;,]", values["SUMMARY"]), "text is escaped (section 3.3.11)"
    assert len({dict(event)["UID"] for event in found}) == len(found)


@pytest.mark.parametrize("name", ROLES)
def test_a_calendar_library_reads_every_event_without_complaint(feed_of, name):
    calendar = Calendar.from_ical(feed_of(name))
    assert calendar.errors == []
    for event in calendar.walk("VEVENT"):
        assert event.errors == []
        assert event["DTSTART"].dt.utcoffset() == timedelta()
        assert str(event["SUMMARY"]).strip()
        assert str(event["UID"]).endswith("@didaskaleio")


def test_read_again_an_hour_later_only_the_stamp_differs(feed_of):
    before = unfolded(feed_of("trainer"))
    clock.set_demo(NOW + timedelta(hours=1))
    after = unfolded(feed_of("trainer"))
    assert without_stamp(after) == without_stamp(before)
    assert after != before
