"""Corrections of session reports (διορθώσεις εκθέσεων): asked for, made, or not."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from didaskaleio.delivery import notices, queries
from didaskaleio.delivery.errors import NotApplicableError
from didaskaleio.delivery.models import CorrectionRequest, SessionReport, TrainingSession
from didaskaleio.delivery.operations.excuses import written
from didaskaleio.delivery.operations.marks import hold
from didaskaleio.delivery.operations.reports import Told, new_version
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor


def correct_report(
    session: TrainingSession, told: Told, *, reason: str, actor: Actor, at: datetime
) -> SessionReport:
    """Correct the report (διόρθωση): a new version with its reason; the earlier ones are kept.

    Whoever asked for it is answered by it, and the centre learns of it. Raises
    ``AnswersRefusedError`` as the first filing does.
    """
    why = written(reason, "Γράψτε τι διορθώνεται και γιατί: φαίνεται στη νέα έκδοση.")
    with transaction.atomic():
        last = _held(session, "session.teach", actor)
        made = new_version(last.session, told, last, actor=actor, at=at, reason=why)
        if _same(made, last):
            raise NotApplicableError(
                "Δεν άλλαξε τίποτε: διορθώστε τουλάχιστον μία απάντηση ή ενότητα."
            )
        act = f"Διορθώθηκε η έκθεση της συνάντησης, έκδοση {made.version}"
        journal.write(last.session, act, actor=actor, at=at, reason=why, version=made.version)
        asked = _answered(last, why, at)
        notices.report_corrected(made, asked, at=at)
    return made


def ask_correction(
    session: TrainingSession, *, text: str, actor: Actor, at: datetime
) -> CorrectionRequest:
    """Ask whoever taught to correct the report (αίτημα διόρθωσης), saying what."""
    words = written(text, "Γράψτε τι πρέπει να διορθωθεί στην έκθεση.")
    with transaction.atomic():
        last = _held(session, "session_report.ask", actor)
        if queries.open_request(session) is not None:
            raise NotApplicableError(
                "Έχει ήδη ζητηθεί διόρθωση της έκθεσης και περιμένει απάντηση."
            )
        made = CorrectionRequest.objects.create(
            report=last, text=words, by_id=actor.person_id, at=at
        )
        act = "Ζητήθηκε διόρθωση της έκθεσης"
        journal.write(last.session, act, actor=actor, at=at, reason=words)
        notices.correction_asked(made, at=at)
    return made


def keep_report(session: TrainingSession, *, reason: str, actor: Actor, at: datetime) -> None:
    """The report stays as it is (μένει ως έχει): whoever asked learns why."""
    why = written(reason, "Γράψτε γιατί η έκθεση μένει ως έχει.")
    with transaction.atomic():
        last = _held(session, "session.teach", actor)
        asked = _answered(last, why, at)
        if asked is None:
            raise NotApplicableError("Κανένα αίτημα διόρθωσης δεν περιμένει απάντηση.")
        act = "Η έκθεση της συνάντησης μένει ως έχει"
        journal.write(last.session, act, actor=actor, at=at, reason=why)
        notices.report_kept(asked, at=at)


def _held(session: TrainingSession, needs: str, actor: Actor) -> SessionReport:
    """The version in force, its session locked, if the person may and it may still change."""
    held = hold(session)
    access.require(actor, needs, held)
    last = queries.latest_report(held)
    if last is None:
        raise NotApplicableError("Δεν έχει υποβληθεί ακόμη έκθεση της συνάντησης.")
    if not queries.may_change(held):
        raise NotApplicableError(
            "Τα παραστατικά του προγράμματος έγιναν δεκτά και η έκθεση δεν αλλάζει πια. "
            "Απευθυνθείτε στον φορέα υλοποίησης."
        )
    last.session = held
    return last


def _same(made: SessionReport, last: SessionReport) -> bool:
    units = set(made.units.all()) == set(last.units.all())
    return units and made.sheet.values == last.sheet.values


def _answered(last: SessionReport, why: str, at: datetime) -> CorrectionRequest | None:
    """The request that waits, now answered."""
    asked = queries.open_request(last.session)
    if asked is not None:
        asked.answer, asked.answered_at = why, at
        asked.save(update_fields=["answer", "answered_at"])
    return asked
