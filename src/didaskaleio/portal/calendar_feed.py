"""The personal calendar feed (προσωπικό ημερολόγιο) as iCalendar, RFC 5545."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from icalendar import Calendar, Event

from didaskaleio.kernel.agenda import Appointment
from didaskaleio.kernel.clock import ATHENS


def render(dates: Iterable[Appointment], *, base: str, at: datetime) -> bytes:
    """The feed of ``dates``; ``base`` is the platform's address without a final slash."""
    calendar = Calendar()
    calendar.add("prodid", "-//Didaskaleio//el")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Διδασκαλείο")
    for date in dates:
        calendar.add_component(_event(date, base, at))
    content: bytes = calendar.to_ical()
    return content


def _event(date: Appointment, base: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{date.uid}@didaskaleio")
    event.add("dtstamp", at)
    event.add("dtstart", date.starts_at.astimezone(ATHENS))
    event.add("dtend", date.ends_at.astimezone(ATHENS))
    event.add("summary", date.title)
    event.add("sequence", date.revision)
    if date.place:
        event.add("location", date.place)
    if date.url:
        event.add("url", f"{base}{date.url}")
    if date.cancelled:
        event.add("status", "CANCELLED")
    return event
