"""The timetable of pulls (πρόγραμμα λήψης): each day at an hour, and again after an outage."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from didaskaleio.connectors.enums import PullState
from didaskaleio.connectors.errors import PullOpenError
from didaskaleio.connectors.models import Pull, Timetable
from didaskaleio.connectors.myschool.port import MySchool
from didaskaleio.connectors.operations.pulling import pull
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.kernel.clock import ATHENS


def set_timetable(hour: int | None, *, actor: Actor, at: datetime) -> Timetable:
    """Πρόγραμμα λήψης: each day at ``hour`` o'clock in Athens, None for never."""
    access.require(actor, "myschool.connect")
    with transaction.atomic():
        row, _ = Timetable.objects.update_or_create(pk=1, defaults={"hour": hour, "since": at})
        told = "Καμία αυτόματη λήψη" if hour is None else f"Αυτόματη λήψη κάθε μέρα στις {hour}:00"
        journal.write(row, told, actor=actor, at=at)
    return row


def last_due(row: Timetable, at: datetime) -> datetime | None:
    """The last moment at which a pull was due, None when there was none since it was set."""
    if row.hour is None:
        return None
    local = at.astimezone(ATHENS)
    moment = local.replace(hour=row.hour, minute=0, second=0, microsecond=0)
    if moment > local:
        moment = (moment - timedelta(days=1)).replace(hour=row.hour)
    return moment if moment >= row.since else None


def pull_if_due(service: MySchool | None, *, at: datetime) -> int:
    """Begin the pull that is due by the timetable, or by the outage of the last; how many."""
    row = Timetable.objects.filter(pk=1, hour__isnull=False).first()
    if service is None or row is None:
        return 0
    last, moment = Pull.objects.order_by("-pk").first(), last_due(row, at)
    missed = moment is not None and (last is None or last.at < moment)
    again = last and last.state == PullState.FAILED and last.again_at and last.again_at <= at
    if not missed and not again:
        return 0
    try:
        pull(service, whole=False, actor=SYSTEM, at=at)
    except PullOpenError:
        return 0
    return 1
