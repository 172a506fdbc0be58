"""Applying (υποβολή αίτησης): draft, submit, submit again, withdraw (seed 001 §4, R-036 to R-038).

The draft is a copy: the last submitted version stands until a new one is submitted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from didaskaleio.enrolment import eligibility, rules
from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.enrolment.errors import (
    ChangedMeanwhileError,
    NotEligibleError,
    NotOpenError,
    PreferencesError,
    UndeclaredError,
)
from didaskaleio.enrolment.lifecycle import APPLICATION
from didaskaleio.enrolment.models import IssuedNumber, ParticipationApplication, Submission
from didaskaleio.enrolment.queries import facts, standing
from didaskaleio.kernel import access, greek, jobs, numbering
from didaskaleio.kernel.access import Actor
from didaskaleio.programmes import operations as programme_operations
from didaskaleio.programmes import queries as programme_queries
from didaskaleio.programmes.enums import PeriodState, ProgrammeState
from didaskaleio.programmes.models import TrainingPeriod
from didaskaleio.structures.models import Cluster

APPLICATION.model = ParticipationApplication
MOST_PREFERENCES = 50


def start(period: TrainingPeriod, *, actor: Actor, at: datetime) -> ParticipationApplication:
    """Πρόχειρη αίτηση: the actor's one application in the period, made at the first touch."""
    access.require(actor, "enrolment.apply")
    _open(period, at)
    found, _ = ParticipationApplication.objects.get_or_create(
        period=period, person_id=actor.user_id, defaults={"draft_saved_at": at}
    )
    return found


def save_draft(
    application: ParticipationApplication,
    *,
    actor: Actor,
    at: datetime,
    preferences: Sequence[str] | None = None,
    will_teach: bool | None = None,
    cluster: str | None = None,
) -> ParticipationApplication:
    """Αποθήκευση προχείρου: only what is given changes; nothing is submitted by it."""
    with transaction.atomic():
        application = _held(application)
        access.require(actor, "application.write", application)
        if application.state not in {ApplicationState.DRAFT, ApplicationState.SUBMITTED}:
            raise NotOpenError("Η αίτηση δεν αλλάζει πια σε αυτή την κατάσταση.")
        _open(application.period, at)
        draft = dict(application.draft)
        if preferences is not None:
            draft["preferences"] = _known(application.period, preferences)
        if will_teach is not None:
            draft["will_teach"] = will_teach
        if cluster is not None:
            draft["cluster"] = _chosen(application, cluster)
        application.draft, application.draft_saved_at = draft, at
        application.save(update_fields=["draft", "draft_saved_at"])
    return application


def add_preference(
    application: ParticipationApplication, code: str, *, actor: Actor, at: datetime
) -> ParticipationApplication:
    """Προσθήκη προτίμησης: after the last of its own category, so that the order stays right."""
    codes = [*application.draft.get("preferences", [])]
    if code in codes:
        return application
    rows = standing.listed(application.period, [*codes, code])
    ordered = rules.repaired(rows, [row.category.order for row in rows])
    kept = [row.code for row in (ordered if standing.in_order(rows[:-1]) else rows)]
    return save_draft(application, actor=actor, at=at, preferences=kept)


def remove_preference(
    application: ParticipationApplication, code: str, *, actor: Actor, at: datetime
) -> ParticipationApplication:
    """Αφαίρεση προτίμησης από το πρόχειρο."""
    kept = [each for each in application.draft.get("preferences", []) if each != code]
    return save_draft(application, actor=actor, at=at, preferences=kept)


def send(
    application: ParticipationApplication,
    *,
    actor: Actor,
    at: datetime,
    reviewed: Sequence[str],
    version: int,
    accepts: bool,
) -> Submission:
    """Υποβολή, the first or a new version; ``reviewed`` and ``version`` are what was on screen.

    A second click or another tab that acted first is refused: one act, one receipt.
    """
    act = submit if application.state == ApplicationState.DRAFT else resubmit
    act(application, actor=actor, at=at, reviewed=reviewed, version=version, accepts=accepts)
    application.refresh_from_db()
    return Submission.objects.get(pk=application.submission_id)


@APPLICATION.performs("submit")
def submit(
    application: ParticipationApplication,
    *,
    actor: Actor,
    at: datetime,
    reviewed: Sequence[str],
    version: int,
    accepts: bool,
) -> None:
    """Πρώτη υποβολή: the number of the draw is issued and the chain grows by one."""
    checked = _checked(application, actor, at, reviewed, version, accepts=accepts)
    issued = _issue_number(application.period, at)
    application.number = issued.number
    _record(application, checked, (issued.head, issued.position), at)


@APPLICATION.performs("resubmit")
def resubmit(
    application: ParticipationApplication,
    *,
    actor: Actor,
    at: datetime,
    reviewed: Sequence[str],
    version: int,
    accepts: bool,
) -> None:
    """Νέα έκδοση: the number is kept and the old head is repeated (SPEC-draw §1.2)."""
    checked = _checked(application, actor, at, reviewed, version, accepts=accepts)
    last = application.submission
    assert last is not None  # noqa: S101 - a submitted application has a submission
    _record(application, checked, (last.head, last.head_count), at)


@APPLICATION.performs("withdraw")
def withdraw(
    application: ParticipationApplication, *, actor: Actor, at: datetime, reason: str = ""
) -> None:
    """Απόσυρση: final for the period. After the freeze it is drawn as frozen (SPEC-draw §1.3)."""
    del actor, reason
    jobs.enqueue("enrolment.tell_withdrawn", application_id=application.pk, at=at.isoformat())


def _held(application: ParticipationApplication) -> ParticipationApplication:
    rows = ParticipationApplication.objects.select_for_update(of=("self",))
    return rows.select_related("period__action__course_version").get(pk=application.pk)


def _open(period: TrainingPeriod, at: datetime) -> None:
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


def _known(period: TrainingPeriod, codes: Sequence[str]) -> list[str]:
    once = list(dict.fromkeys(codes))[: MOST_PREFERENCES + 1]
    if len(once) > MOST_PREFERENCES:
        raise PreferencesError(f"Διαλέξτε έως {MOST_PREFERENCES} προγράμματα.")
    rows = standing.listed(period, once)
    open_codes = {row.code for row in rows if row.state == ProgrammeState.OPEN}
    return [code for code in once if code in open_codes]


def _chosen(application: ParticipationApplication, code: str) -> str:
    person = facts.facts_of(application.person_id, application.period)
    if code not in {cluster.code for cluster in person.clusters}:
        raise PreferencesError("Διαλέξτε μία από τις συστάδες που επιτρέπει η θέση σας.")
    return code


def _checked(
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
    _open(period, at)
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


def _period_at_rest(application: ParticipationApplication) -> TrainingPeriod:
    """The period, held against the freeze but not against other submissions."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM programmes_trainingperiod WHERE id = %s FOR SHARE",
            [application.period_id],
        )
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


def _issue_number(period: TrainingPeriod, at: datetime) -> IssuedNumber:
    """The next link of the chain; only first submissions of one period wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('enrolment.chain'), %s)", [period.pk])
    issued = IssuedNumber.objects.filter(period=period)
    last = issued.order_by("-position").first()
    number = rules.new_number(lambda drawn: issued.filter(number=drawn).exists())
    return IssuedNumber.objects.create(
        period=period,
        position=last.position + 1 if last else 1,
        number=number,
        head=rules.next_head(last.head if last else rules.FIRST_HEAD, number),
        at=at,
    )


def _record(
    application: ParticipationApplication,
    kept: dict[str, Any],
    head: tuple[str, int],
    at: datetime,
) -> None:
    last = application.submission
    application.submission = Submission.objects.create(
        application=application,
        version=last.version + 1 if last else 1,
        preferences=application.draft["preferences"],
        facts=kept,
        receipt_number=numbering.protocol("enrolment.receipt", at=at),
        head=head[0],
        head_count=head[1],
        at=at,
    )
    application.save(update_fields=["number", "cluster", "submission"])
    jobs.enqueue("enrolment.receipt", submission_id=application.submission.pk)
