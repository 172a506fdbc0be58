"""Things to do and dates (εκκρεμότητες, ημερολόγιο) of room delivery."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse

from didaskaleio.delivery import queries
from didaskaleio.delivery.enums import SessionState
from didaskaleio.delivery.lifecycle import SESSION
from didaskaleio.delivery.models import TrainingSession
from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.kernel import access, agenda
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.agenda import SHOWN, Appointment, Todo
from didaskaleio.people.enums import Role
from didaskaleio.programmes.enums import SlotKind
from didaskaleio.programmes.lifecycle import PROGRAMME
from didaskaleio.programmes.models import Programme

BODY = (Role.BODY_OFFICER, Role.BODY_HEAD)
SIGN_HOURS = 24
PAST_DAYS = 30
KINDS = {"f2f": "διά ζώσης", "sync": "σύγχρονη", "support": "υποστηρικτική"}


def _url(session: TrainingSession) -> str:
    return reverse("delivery:session", args=[session.pk])


def _taught(actor: Actor) -> QuerySet[TrainingSession]:
    rows = TrainingSession.objects.select_related("programme__cluster", "programme__centre")
    return access.visible(actor, "session.teach", rows).order_by("starts_at", "pk")


@agenda.todos("delivery.sign")
def sheets_to_sign(actor: Actor, at: datetime) -> Iterator[Todo]:
    """The trainer's sheets: due a day after the session."""
    if not actor.holds(Role.TRAINER):
        return
    for session in queries.to_sign(_taught(actor), at)[:SHOWN]:
        yield Todo(
            f"Υπογραφή παρουσιολογίου: {session.programme.code}, {session}",
            _url(session),
            session.ends_at + timedelta(hours=SIGN_HOURS),
            session.programme.cluster.title,
        )


@agenda.todos("delivery.asynchronous")
def asynchronous_to_confirm(actor: Actor, _at: datetime) -> Iterator[Todo]:
    """Own work that the trainer has not confirmed."""
    if not actor.holds(Role.TRAINER):
        return
    for session in queries.without_async(_taught(actor))[:SHOWN]:
        yield Todo(
            f"Επιβεβαίωση ασύγχρονων ωρών: {session.programme.code}, {session}", _url(session)
        )


@agenda.todos("delivery.start")
def programmes_to_start(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Programmes that the centre may start now."""
    if not actor.holds(Role.CENTRE_MANAGER):
        return
    rows = agenda.open_rows(PROGRAMME, "start", actor).select_related("period", "trainer")
    for programme in rows.order_by("code")[:SHOWN]:
        if all(c.fulfilled for c in queries.start_conditions(programme, at)):
            yield Todo(
                f"Έναρξη του προγράμματος {programme.code}",
                reverse("delivery:programme", args=[programme.pk]),
                programme.period.starts_at,
            )


@agenda.todos("delivery.centre")
def centre_decisions(actor: Actor, at: datetime) -> Iterator[Todo]:
    """What waits for the centre: changes of time, excuses, second signatures, replacements."""
    if not actor.holds(Role.CENTRE_MANAGER):
        return
    for session in agenda.open_rows(SESSION, "confirm", actor).select_related("programme")[:SHOWN]:
        title = f"Απάντηση σε αλλαγή ώρας: {session.programme.code}, {session}"
        yield Todo(title, _url(session), session.starts_at)
    for session in queries.exceptions.not_held(actor)[:SHOWN]:
        yield Todo(f"Αναπλήρωση: {session.programme.code}, {session}", _url(session))
    for excuse in queries.exceptions.excuses(actor)[:SHOWN]:
        if access.allowed(actor, "excuse.decide", excuse):
            yield Todo(
                f"Απόφαση για δικαιολόγηση: {excuse.attendance.person}",
                reverse("delivery:excuse", args=[excuse.pk]),
                detail=excuse.attendance.session.programme.code,
            )
    for session in queries.exceptions.uncountersigned(actor)[:SHOWN]:
        yield Todo(f"Δεύτερη υπογραφή: {session.programme.code}, {session}", _url(session))


@agenda.todos("delivery.disputes")
def disputes_to_decide(actor: Actor, _at: datetime) -> Iterator[Todo]:
    """Disputes that wait for the body."""
    if not actor.holds(*BODY):
        return
    for dispute in queries.exceptions.disputes(actor)[:SHOWN]:
        yield Todo(
            f"Απόφαση για αντίρρηση: {dispute.attendance.person}",
            reverse("delivery:dispute", args=[dispute.pk]),
            detail=dispute.attendance.session.programme.code,
        )


@agenda.dates("delivery.sessions")
def session_dates(actor: Actor, at: datetime) -> Iterable[Appointment]:
    """The sessions of a trainee's or a trainer's programmes, from a month ago on."""
    if actor.user_id is None:
        return []
    enrolled = Q(
        programme__places__person_id=actor.user_id,
        programme__places__state=ApplicationState.ENROLLED,
    )
    rows = TrainingSession.objects.filter(enrolled | Q(programme__trainer_id=actor.user_id)).filter(
        starts_at__gte=at - timedelta(days=PAST_DAYS)
    )
    found = queries.with_programme(rows).order_by("starts_at", "pk").distinct()
    return [_appointment(session) for session in found]


def _appointment(session: TrainingSession) -> Appointment:
    programme: Programme = session.programme
    remote = session.kind != SlotKind.FACE_TO_FACE
    return Appointment(
        uid=f"session-{session.pk}",
        title=f"{programme.code}, {session} ({KINDS[session.kind]})",
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        url=reverse("delivery:mine"),
        place="εξ αποστάσεως" if remote else programme.centre.name,
        cancelled=session.state in {SessionState.NOT_HELD, SessionState.CANCELLED},
        revision=session.revision,
    )
