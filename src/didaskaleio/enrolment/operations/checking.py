"""What a version must fulfil to be submitted (έλεγχος πριν από την υποβολή)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from didaskaleio.enrolment import eligibility
from didaskaleio.enrolment.errors import (
    ChangedMeanwhileError,
    NotEligibleError,
    NotOpenError,
    PreferencesError,
    UndeclaredError,
)
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.enrolment.queries import facts, standing
from didaskaleio.kernel import greek
from didaskaleio.kernel.access import Actor
from didaskaleio.programmes import operations as programme_operations
from didaskaleio.programmes import queries as programme_queries
from didaskaleio.programmes.enums import PeriodState, ProgrammeState
from didaskaleio.programmes.models import TrainingPeriod
from didaskaleio.structures.models import Cluster

MOST_PREFERENCES = 50


def require_open(period: TrainingPeriod, at: datetime) -> None:
    if at > period.phase_a_closes:
        raise NotOpenError(
            f"Η προθεσμία έληξε: {greek.long_moment(period.phase_a_closes)}. "
            "Μετά την κλήρωση μπορείτε να ζητήσετε θέση στη Β΄ φάση.",
            code="deadline",
        )
    if period.state != PeriodState.PHASE_A or at < period.phase_a_opens:
        raise NotOpenError(
            f"Η περίοδος δεν δέχεται αιτήσεις τώρα («{period.get_state_display()}»). "
            f"Οι αιτήσεις ανοίγουν {greek.long_moment(period.phase_a_opens)}.",
            code="phase",
        )


def known_codes(period: TrainingPeriod, codes: Sequence[str]) -> list[str]:
    once = list(dict.fromkeys(codes))[: MOST_PREFERENCES + 1]
    if len(once) > MOST_PREFERENCES:
        raise PreferencesError(f"Διαλέξτε έως {MOST_PREFERENCES} προγράμματα.")
    rows = standing.listed(period, once)
    if len(rows) < len(once):
        raise PreferencesError("Κάποιο πρόγραμμα δεν είναι της περιόδου. Ανανεώστε τη σελίδα.")
    open_codes = {row.code for row in rows if row.state == ProgrammeState.OPEN}
    return [code for code in once if code in open_codes]


def chosen_code(application: ParticipationApplication, code: str) -> str:
    person = facts.facts_of(application.person_id, application.period)
    if code not in {cluster.code for cluster in person.clusters}:
        raise PreferencesError("Διαλέξτε μία από τις συστάδες που επιτρέπει η θέση σας.")
    return code


def checked(
    application: ParticipationApplication,
    actor: Actor,
    at: datetime,
    reviewed: Sequence[str],
    version: int,
    *,
    accepts: bool,
) -> dict[str, Any]:
    """Everything that a version must fulfil; returns the facts to keep with it."""
    period = _period_at_rest(application)
    require_open(period, at)
    _unchanged(application, reviewed, version)
    codes = application.draft.get("preferences", [])
    application.cluster = _cluster(application)
    at_hand = standing.standing(period, application.person_id, application, at)
    _eligible(at_hand)
    _preferences(period, codes, at_hand)
    if not application.draft.get("will_teach"):
        raise UndeclaredError("Δηλώστε στο πρώτο βήμα ότι θα διδάσκετε όσο διαρκεί η επιμόρφωση.")
    _accept(period, actor, at, accepts=accepts)
    return _kept(at_hand)


def hold_period(period_id: int) -> None:
    """Hold the period against the freeze, but not against other submissions."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM programmes_trainingperiod WHERE id = %s FOR SHARE", [period_id]
        )


def _period_at_rest(application: ParticipationApplication) -> TrainingPeriod:
    hold_period(application.period_id)
    rows = TrainingPeriod.objects.select_related("action__course_version", "action__body")
    application.period = rows.get(pk=application.period_id)
    return application.period


def _unchanged(
    application: ParticipationApplication, reviewed: Sequence[str], version: int
) -> None:
    last = application.submission
    if version != (last.version if last else 0):
        raise ChangedMeanwhileError(
            "Η αίτηση έχει ήδη υποβληθεί από άλλη καρτέλα ή με δεύτερο πάτημα. "
            "Δείτε την απόδειξη· δεν χρειάζεται να υποβάλετε ξανά.",
            code="submitted",
        )
    if list(reviewed) != application.draft.get("preferences", []):
        raise ChangedMeanwhileError(
            "Το πρόχειρο άλλαξε σε άλλη καρτέλα. Ελέγξτε ξανά τη σειρά και υποβάλετε.",
            code="draft",
        )


def _cluster(application: ParticipationApplication) -> Cluster | None:
    person = facts.facts_of(application.person_id, application.period)
    code = application.draft.get("cluster") or (person.chosen.code if person.chosen else "")
    scheme = application.period.action.scheme_id
    return Cluster.objects.filter(scheme_id=scheme, code=code).first()


def _eligible(at_hand: standing.Standing) -> None:
    broken = eligibility.forbidding(at_hand.findings)
    if broken:
        first = broken[0]
        raise NotEligibleError(
            f"{first.sentence} {first.remedy}".strip(), rule=first.article, code=first.code
        )


def _preferences(period: TrainingPeriod, codes: Sequence[str], at_hand: standing.Standing) -> None:
    if not codes:
        raise PreferencesError("Προσθέστε τουλάχιστον ένα πρόγραμμα στις προτιμήσεις σας.")
    rows = standing.listed(period, codes)
    closed = set(codes) - {row.code for row in rows if row.state == ProgrammeState.OPEN}
    if closed:
        raise PreferencesError(
            f"Δεν δέχονται πια αιτήσεις: {', '.join(sorted(closed))}. Αφαιρέστε τα από τη λίστα."
        )
    if not standing.in_order(rows):
        raise PreferencesError(
            "Όλα τα ΙΙa μπαίνουν πριν από τα ΙΙb. Πατήστε «Διόρθωση της σειράς».",
            rule="Πρόσκληση, §4",
            code="order",
        )
    for ranked in standing.judged(rows, at_hand):
        for finding in ranked.forbidden[:1]:
            raise NotEligibleError(
                f"{ranked.programme.code}: {finding.sentence} {finding.remedy}".strip(),
                rule=finding.article,
                code=finding.code,
            )


def _accept(period: TrainingPeriod, actor: Actor, at: datetime, *, accepts: bool) -> None:
    regulation = programme_queries.current_regulation(period.action, at)
    if regulation is None or programme_queries.accepted(regulation, actor.user_id, "applicant"):
        return
    if not accepts:
        raise UndeclaredError("Διαβάστε και αποδεχθείτε το Κανονιστικό Πλαίσιο για να υποβάλετε.")
    programme_operations.accept_regulation(regulation, actor=actor, at=at, capacity="applicant")


def _kept(at_hand: standing.Standing) -> dict[str, Any]:
    person = at_hand.person
    return {
        "specialty": person.specialty,
        "cluster": person.chosen.code if person.chosen else "",
        "will_teach": True,
        "schools": [
            {
                "school": s.school,
                "hours": s.hours,
                "prefecture": s.prefecture.code if s.prefecture else "",
            }
            for s in person.services
        ],
        "findings": [[f.code, f.fulfilled, f.sentence] for f in at_hand.findings],
    }
