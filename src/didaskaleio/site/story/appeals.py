"""Excuses and disputes in the story: one in each state, about absences of the period that runs."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.base import ContentFile

from didaskaleio.delivery import operations as delivery
from didaskaleio.delivery import queries
from didaskaleio.delivery.enums import Attendee, Mark
from didaskaleio.delivery.lifecycle import SETTLED
from didaskaleio.delivery.models import Attendance, Dispute, Excuse
from didaskaleio.delivery.rules import Marking
from didaskaleio.kernel import typesetting
from didaskaleio.programmes.models import TrainingPeriod
from didaskaleio.site.story.cast import Cast, actor

TEMPLATE = Path(__file__).parent / "material.typ"
DAY = timedelta(days=1)
ILL = "Ασθένεια: επισυνάπτεται βεβαίωση του γιατρού."
THERE = "Ήμουν στην αίθουσα: έφυγα και επέστρεψα στο διάλειμμα."


def appealed(cast: Cast, period: TrainingPeriod) -> None:
    """Three excuses in Λάρισα and three disputes in Θεσσαλονίκη; the last of each waits."""
    manager = actor(cast.managers["LAR"])
    rows = _absent(cast, period, "LAR")
    page = typesetting.render(TEMPLATE, {"title": "Ιατρική βεβαίωση"}, at=_day_after(rows[0]))
    accepted, refused, _ = (_excused(row, page) for row in rows)
    words = "Η βεβαίωση καλύπτει την ημέρα της συνάντησης."
    later = accepted.at + DAY
    delivery.decide_excuse(accepted, accepted=True, reason=words, actor=manager, at=later)
    words, later = "Η βεβαίωση είναι άλλης ημέρας.", refused.at + DAY
    delivery.decide_excuse(refused, accepted=False, reason=words, actor=manager, at=later)
    _judged(cast, *(_disputed(row) for row in _absent(cast, period, "THS")))


def _absent(cast: Cast, period: TrainingPeriod, prefecture: str) -> list[Attendance]:
    """Three absences of three people, the oldest first."""
    rows = Attendance.objects.filter(
        session__programme__period=period,
        session__programme__centre=cast.centres[prefecture],
        session__state__in=SETTLED,
        attendee=Attendee.TRAINEE,
        mark=Mark.ABSENT,
    )
    newest = {row.person_id: row for row in rows.select_related("session", "person").order_by("pk")}
    return sorted(newest.values(), key=lambda row: row.session.starts_at)[-3:]


def _day_after(row: Attendance) -> datetime:
    sheet = queries.latest_sheet(row.session)
    assert sheet is not None  # noqa: S101 - the session is settled
    return sheet.signed_at + DAY


def _excused(row: Attendance, page: bytes) -> Excuse:
    at, name, person = _day_after(row), "veveosi.pdf", actor(row.person)
    upload = ContentFile(page)
    return delivery.excuse(row, text=ILL, upload=upload, name=name, actor=person, at=at)


def _disputed(row: Attendance) -> Dispute:
    return delivery.dispute(row, text=THERE, actor=actor(row.person), at=_day_after(row))


def _judged(cast: Cast, upheld: Dispute, dismissed: Dispute, _open: Dispute) -> None:
    """The body finds for the first, against the second; the third waits."""
    officer = cast.actor("officer")
    delivery.decide_dispute(
        upheld,
        upheld=True,
        reason="Το επιβεβαιώνει όποιος δίδαξε.",
        actor=officer,
        at=upheld.at + DAY,
        marking=Marking(Mark.PRESENT),
    )
    reason = "Ο επιμορφωτής ή η επιμορφώτρια δεν το επιβεβαιώνει."
    delivery.decide_dispute(
        dismissed, upheld=False, reason=reason, actor=officer, at=dismissed.at + DAY
    )
