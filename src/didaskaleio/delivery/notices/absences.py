"""Notices about absences: whoever nears the limit, is one before it or beyond it, is removed."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from didaskaleio.delivery.hours import Standing
from didaskaleio.delivery.notices.sessions import managers_of, tell
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel.notices import Kind, declare
from didaskaleio.programmes.models import Programme

ABSENCE = declare(Kind("delivery.absence", "Προειδοποίηση για απουσίες", optional=False))


def absences(application: ParticipationApplication, standing: Standing, *, at: datetime) -> None:
    """A trainee reached the warning, the last absence before the limit, or the end; once each."""
    name, title = _reached(standing)
    text = f"Έχετε {standing.in_words()} {standing.outlook()}".strip()
    key, url = f"{name}:{application.pk}", reverse("delivery:mine")
    tell(ABSENCE, [application.person_id], title, text, key, url, at)


def _reached(standing: Standing) -> tuple[str, str]:
    if standing.over:
        return "limit", "Ξεπεράσατε το όριο απουσιών"
    if standing.apart:
        return "apart", "Δεν συμπληρώνονται πια οι διά ζώσης συνεδρίες"
    if standing.edge:
        return "edge", "Μία απουσία πριν από το όριο"
    return "warning", "Πλησιάζετε το όριο απουσιών"


def trainee_at_limit(
    programme: Programme,
    application: ParticipationApplication,
    standing: Standing,
    *,
    at: datetime,
) -> None:
    """The trainer learns who is one absence before the limit, and who is beyond it; once each."""
    name = "lost" if standing.lost else "edge"
    words = "δεν τηρεί πια το όριο απουσιών" if standing.lost else "μία απουσία πριν από το όριο"
    tell(
        ABSENCE,
        [programme.trainer_id],
        f"{application.person}: {words}",
        f"{programme.code}. {standing.outlook()}",
        f"trainee-{name}:{application.pk}",
        reverse("delivery:programme", args=[programme.pk]),
        at,
    )


def limit_passed(
    programme: Programme, application: ParticipationApplication, *, at: datetime
) -> None:
    """The centre learns that somebody passed the limit."""
    tell(
        ABSENCE,
        managers_of(programme, at),
        f"Πέρα από το όριο παρουσίας στο {programme.code}",
        f"{application.person}: αποφασίστε για τη συνέχιση ή τη διαγραφή.",
        f"passed:{application.pk}",
        reverse("delivery:exceptions"),
        at,
    )


def removed(application: ParticipationApplication, *, reason: str, at: datetime) -> None:
    """The trainee was removed for absences."""
    tell(
        ABSENCE,
        [application.person_id],
        "Διαγραφήκατε από το πρόγραμμα λόγω απουσιών",
        f"Αιτιολογία: {reason}",
        f"removed:{application.pk}",
        reverse("delivery:mine"),
        at,
    )
