"""Applying (υποβολή αίτησης): draft, submit, submit again, withdraw (seed 001 §4, R-036 to R-038).

The draft is a copy: the last submitted version stands until a new one is submitted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from didaskaleio.enrolment import rules
from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.enrolment.errors import (
    NotOpenError,
)
from didaskaleio.enrolment.lifecycle import APPLICATION
from didaskaleio.enrolment.models import IssuedNumber, ParticipationApplication, Submission
from didaskaleio.enrolment.operations import demanding
from didaskaleio.enrolment.operations.checking import (
    checked,
    chosen_code,
    hold_period,
    known_codes,
    require_open,
)
from didaskaleio.enrolment.queries import standing
from didaskaleio.kernel import access, jobs, numbering
from didaskaleio.kernel.access import Actor
from didaskaleio.programmes.models import TrainingPeriod

APPLICATION.model = ParticipationApplication


def start(period: TrainingPeriod, *, actor: Actor, at: datetime) -> ParticipationApplication:
    """Πρόχειρη αίτηση: the actor's one application in the period, made at the first touch."""
    access.require(actor, "enrolment.apply")
    require_open(period, at)
    person = actor.user_id or 0  # the permission above is never a stranger's
    found, _ = ParticipationApplication.objects.get_or_create(
        period=period, person_id=person, defaults={"draft_saved_at": at}
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
        require_open(application.period, at)
        draft = dict(application.draft)
        if preferences is not None:
            draft["preferences"] = known_codes(application.period, preferences)
        if will_teach is not None:
            draft["will_teach"] = will_teach
        if cluster is not None:
            draft["cluster"] = chosen_code(application, cluster)
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
    known_codes(application.period, [code])
    rows = standing.listed(application.period, [*codes, code])
    ordered = rules.repaired(rows, [row.category.order for row in rows])
    kept = [row.code for row in (ordered if standing.in_order(rows[:-1]) else rows)]
    return save_draft(application, actor=actor, at=at, preferences=kept)


def remove_preference(
    application: ParticipationApplication, code: str, *, actor: Actor, at: datetime
) -> ParticipationApplication:
    """Αφαίρεση προτίμησης από το πρόχειρο; one of the period that is not in it is no matter."""
    known_codes(application.period, [code])
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
    with transaction.atomic():
        hold_period(application.period_id)  # before the row: the freeze locks in this order
        act(application, actor=actor, at=at, reviewed=reviewed, version=version, accepts=accepts)
    application.refresh_from_db()
    return application.submissions.latest("version")


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
    kept = checked(application, actor, at, reviewed, version, accepts=accepts)
    issued = _issue_number(application.period, at)
    application.number = issued.number
    _record(application, kept, (issued.head, issued.position), at)


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
    kept = checked(application, actor, at, reviewed, version, accepts=accepts)
    last = application.submission
    assert last is not None  # noqa: S101 - a submitted application has a submission
    _record(application, kept, (last.head, last.head_count), at)


@APPLICATION.performs("withdraw")
def withdraw(
    application: ParticipationApplication, *, actor: Actor, at: datetime, reason: str = ""
) -> None:
    """Απόσυρση: final for the period. After the freeze it is drawn as frozen (SPEC-draw §1.3)."""
    del actor, reason
    if application.submission:
        demanding.change(application.period_id, application.submission.preferences, ())
    jobs.enqueue("enrolment.tell_withdrawn", application_id=application.pk, at=at.isoformat())


def _held(application: ParticipationApplication) -> ParticipationApplication:
    rows = ParticipationApplication.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("period__action__course_version").get(pk=application.pk)


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
    preferences = application.draft["preferences"]
    demanding.change(application.period_id, last.preferences if last else (), preferences)
    application.submission = Submission.objects.create(
        application=application,
        version=last.version + 1 if last else 1,
        preferences=preferences,
        facts=kept,
        receipt_number=numbering.protocol("enrolment.receipt", at=at),
        head=head[0],
        head_count=head[1],
        at=at,
    )
    application.save(update_fields=["number", "cluster", "submission"])
    jobs.enqueue("enrolment.receipt", submission_id=application.submission.pk)
