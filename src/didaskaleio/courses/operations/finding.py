"""Findings (ευρήματα) of an evaluation: recorded, taken up by a revision, answered, dismissed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from didaskaleio.courses import notices, queries
from didaskaleio.courses.enums import CourseState, Severity, Source
from didaskaleio.courses.models import Course, CourseVersion, Finding
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.notices import Message, send


@transaction.atomic
def find(
    course: Course,
    *,
    component: str,
    severity: str,
    source: str,
    evidence: str,
    text: str,
    actor: Actor,
    at: datetime,
) -> Finding:
    """Εύρημα on the version in force; its authors are told.

    Refused: a course without an approved version, no words, an unknown severity or source.
    """
    row = _locked(course, actor, "course.find")
    if row.current is None:
        raise Refusal("Ευρήματα γράφονται για εγκεκριμένη έκδοση. Το αντικείμενο δεν έχει ακόμη.")
    if severity not in Severity.values or source not in Source.values:
        raise Refusal("Διαλέξτε πηγή και βαρύτητα.")
    made = Finding.objects.create(
        version=row.current,
        component=queries.component(component),
        severity=severity,
        source=source,
        evidence=evidence.strip()[:300],
        text=_said(text),
        by_id=actor.person_id,
        at=at,
    )
    journal.write(row, f"Εύρημα: {made}"[:200], actor=actor, at=at, finding=made.pk)
    _tell_authors(row, made, actor, at)
    return made


@transaction.atomic
def take_up(finding: Finding, *, actor: Actor, at: datetime) -> Finding:
    """Ανάληψη: the version being written will answer the finding."""
    course = _locked(finding.version.course, actor, "course.write")
    row = _open(finding)
    row.revision = _revision(course)
    row.save(update_fields=["revision"])
    journal.write(row.revision, f"Θα απαντήσει στο εύρημα: {row}"[:200], actor=actor, at=at)
    return row


@transaction.atomic
def answer_finding(finding: Finding, *, text: str, actor: Actor, at: datetime) -> Finding:
    """Απάντηση: what the revision changed for the finding, or why this is enough."""
    course = _locked(finding.version.course, actor, "course.write")
    row = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    if row.revision_id is None or row.revision_id != _revision(course).pk:
        raise Refusal("Η έκδοση που συντάσσεται δεν έχει αναλάβει αυτό το εύρημα.")
    row.answer, row.settled_by_id, row.settled_at = _said(text), actor.user_id, at
    row.save(update_fields=["answer", "settled_by", "settled_at"])
    journal.write(_revision(course), f"Απαντήθηκε εύρημα: {row}"[:200], actor=actor, at=at)
    return row


@transaction.atomic
def leave_out(finding: Finding, *, actor: Actor, at: datetime) -> None:
    """Εκτός αναθεώρησης: the finding is open again, for another version or a decision."""
    course = _locked(finding.version.course, actor, "course.write")
    revision = _revision(course)
    row = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    if row.revision_id != revision.pk:
        return
    row.revision, row.answer, row.settled_by, row.settled_at = None, "", None, None
    row.save(update_fields=["revision", "answer", "settled_by", "settled_at"])
    journal.write(revision, f"Εκτός αναθεώρησης: {row}"[:200], actor=actor, at=at)


@transaction.atomic
def dismiss(finding: Finding, *, reason: str, actor: Actor, at: datetime) -> None:
    """Δεν οδηγεί σε αλλαγή, decided with a reason by who approves or offers the course."""
    course = _locked(finding.version.course, actor, "course.dismiss")
    row = _open(finding)
    row.dismissed, row.settled_by_id, row.settled_at = _said(reason), actor.user_id, at
    row.save(update_fields=["dismissed", "settled_by", "settled_at"])
    what = f"Το εύρημα δεν οδηγεί σε αλλαγή: {row}"[:200]
    journal.write(course, what, actor=actor, at=at, reason=reason)


def _locked(course: Course, actor: Actor, permission: str) -> Course:
    rows = Course.objects.select_for_update(of=("self",)).select_related("current", "draft")
    row = rows.get(pk=course.pk)
    access.require(actor, permission, row)
    return row


def _open(finding: Finding) -> Finding:
    row = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    if row.revision_id is not None or row.dismissed:
        raise Refusal("Το εύρημα δεν είναι πια ανοιχτό. Ανανεώστε τη σελίδα.")
    return row


def _revision(course: Course) -> CourseVersion:
    if course.state != CourseState.UNDER_REVISION or course.draft is None:
        raise Refusal("Δεν συντάσσεται αναθεώρηση. Ξεκινήστε μία ή περιμένετε την επιστροφή της.")
    return course.draft


def _said(text: str) -> str:
    if not text.strip():
        raise Refusal("Γράψτε το κείμενο πριν το στείλετε.")
    return text.strip()


def _tell_authors(course: Course, row: Finding, actor: Actor, at: datetime) -> None:
    authors = queries.authors_of(course, at=at).exclude(pk=actor.person_id)
    text = notices.TO_EXAMINE.format(
        course=course, version=row.version, source=row.get_source_display(), text=row.text
    )
    url = reverse("courses:findings", args=[course.pk])
    title = f"{notices.FOUND.title}: {row}"
    messages = [
        Message(pk, title, text, f"found:{row.pk}", url)
        for pk in authors.values_list("pk", flat=True)
    ]
    send(notices.FOUND, messages, at=at)
