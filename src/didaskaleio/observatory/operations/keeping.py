"""Reports kept (αποθήκευση αναφορών): versions that stay, sharing, copies, the archive."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from didaskaleio.kernel import access, greek, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.observatory import queries
from didaskaleio.observatory.definition import Definition, parse, plain
from didaskaleio.observatory.enums import ReportState
from didaskaleio.observatory.errors import DefinitionError, ShareError
from didaskaleio.observatory.lifecycle import REPORT
from didaskaleio.observatory.models import AdHocReport, ReportVersion

REPORT.model = AdHocReport


@transaction.atomic
def create(
    raw: Mapping[str, Any], *, title: str, about: str = "", actor: Actor, at: datetime
) -> AdHocReport:
    """Νέα αναφορά with its first version; refused where the definition does not stand."""
    access.require(actor, "adhoc.desk")
    found = parse(raw)
    report = AdHocReport.objects.create(
        owner_id=actor.person_id,
        title=_title(title),
        about=greek.clean(about).strip(),
        subject=found.subject,
        at=at,
    )
    _add(report, found, actor, at)
    journal.write(report, "Αποθηκεύτηκε η αναφορά", actor=actor, at=at)
    return report


@transaction.atomic
def save(
    report: AdHocReport, raw: Mapping[str, Any], *, title: str, actor: Actor, at: datetime
) -> int:
    """Νέα έκδοση: the earlier ones stay as they are; returns its number."""
    access.require(actor, "adhoc.keep", report)
    _hold(report)
    found = parse(raw)
    if found.subject != report.subject:
        raise DefinitionError("Η αναφορά έχει άλλο θέμα. Για άλλο θέμα φτιάξτε νέα αναφορά.")
    if report.state == ReportState.ARCHIVED:
        raise DefinitionError("Η αναφορά είναι στο αρχείο. Επαναφέρετέ την πρώτα.")
    report.title = _title(title)
    number = _add(report, found, actor, at)
    journal.write(report, f"Αποθηκεύτηκε η έκδοση {number}", actor=actor, at=at)
    return number


def restore(report: AdHocReport, number: int, *, actor: Actor, at: datetime) -> int:
    """Επαναφορά έκδοσης: an earlier version becomes the newest."""
    access.require(actor, "adhoc.keep", report)
    found = queries.version_of(report, number)
    if found is None:
        raise DefinitionError("Δεν υπάρχει τέτοια έκδοση. Διαλέξτε μία από τη λίστα.")
    return save(report, found.definition, title=report.title, actor=actor, at=at)


def copy(report: AdHocReport, *, actor: Actor, at: datetime) -> AdHocReport:
    """Αντίγραφο of a report that one may open, as one's own."""
    access.require(actor, "adhoc.read", report)
    definition = plain(queries.definition_of(report))
    title = f"{report.title[:180]} (αντίγραφο)"
    return create(definition, title=title, about=report.about, actor=actor, at=at)


@REPORT.performs("share")
def share(report: AdHocReport, *, audience: str, actor: Actor, at: datetime) -> None:
    """Κοινή χρήση with a role within the owner's reach: ``role:body``, or ``role:`` alone."""
    if audience not in dict(queries.shareable(actor)):
        raise ShareError("Διαλέξτε από τη λίστα με ποιους θα μοιραστεί η αναφορά.")
    role, _, body = audience.partition(":")
    report.shared_role, report.shared_body_id = role, int(body) if body else None


@REPORT.performs("unshare")
def unshare(report: AdHocReport, *, actor: Actor, at: datetime) -> None:
    """Τέλος κοινής χρήσης: only the owner opens it; others' subscriptions end at their next day."""
    _alone(report)


@REPORT.performs("archive")
def archive(report: AdHocReport, *, actor: Actor, at: datetime) -> None:
    """Αρχειοθέτηση: nothing is sent any more, nobody else opens it, every version stays."""
    _alone(report)
    report.subscriptions.all().delete()


@REPORT.performs("reopen")
def reopen(report: AdHocReport, *, actor: Actor, at: datetime) -> None:
    """Επαναφορά από το αρχείο."""


def _alone(report: AdHocReport) -> None:
    report.shared_role, report.shared_body_id = "", None


def _title(text: str) -> str:
    found = greek.clean(text).strip()[:200]
    if not found:
        raise DefinitionError("Γράψτε έναν τίτλο, ώστε να βρείτε ξανά την αναφορά.")
    return found


def _hold(report: AdHocReport) -> None:
    held = AdHocReport.objects.select_for_update(no_key=True)
    report.refresh_from_db(from_queryset=held)


def _add(report: AdHocReport, found: Definition, actor: Actor, at: datetime) -> int:
    report.number += 1
    report.save(update_fields=["number", "title"])
    ReportVersion.objects.create(
        report=report,
        number=report.number,
        definition=plain(found),
        by_id=actor.person_id,
        at=at,
    )
    return report.number
