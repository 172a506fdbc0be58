"""The personal calendar feed (προσωπικό ημερολόγιο) as iCalendar, RFC 5545.

Moments are written in UTC, so that no reader needs our description of the time zone. A deadline
has no end (section 3.6.1): it ends when it begins.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from didaskaleio.kernel.agenda import Appointment

EVERY = timedelta(hours=1)


def render(dates: Iterable[Appointment], *, base: str, at: datetime) -> bytes:
    """The feed of ``dates``; ``base`` is the platform's address without a final slash."""
    calendar = Calendar()
    calendar.add("prodid", "-//Didaskaleio//el")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", "Διδασκαλείο")
    calendar.add("x-wr-timezone", "Europe/Athens")
    calendar.add("refresh-interval", EVERY, parameters={"value": "DURATION"})
    for date in dates:
        calendar.add_component(_event(date, base, at))
    content: bytes = calendar.to_ical()
    return content


def _event(date: Appointment, base: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{date.uid}@didaskaleio")
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", date.starts_at.astimezone(UTC))
    if date.ends_at > date.starts_at:
        event.add("dtend", date.ends_at.astimezone(UTC))
    event.add("summary", date.title)
    event.add("sequence", date.revision)
    if date.place:
        event.add("location", date.place)
    if date.url:
        event.add("url", f"{base}{date.url}")
    if date.cancelled:
        event.add("status", "CANCELLED")
    if date.ends_at == date.starts_at:
        event.add("transp", "TRANSPARENT")
    return event
