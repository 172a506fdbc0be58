"""Things to do and dates (εκκρεμότητες, ημερολόγιο) of room delivery."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from didaskaleio.delivery import queries
from didaskaleio.delivery.enums import (
    SessionState,
    Source,
    SubstitutionState,
)
from didaskaleio.delivery.lifecycle import SESSION, SETTLED
from didaskaleio.delivery.models import (
    SessionReport,
    Substitution,
    TrainingSession,
)
from didaskaleio.delivery.queries.sessions import SIGN_EARLY
from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.kernel import access, agenda
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.agenda import Appointment, Todo
from didaskaleio.people.enums import Role
from didaskaleio.programmes.enums import ProgrammeState, SlotKind
from didaskaleio.programmes.lifecycle import PROGRAMME
from didaskaleio.programmes.models import Programme

BODY = (Role.BODY_OFFICER, Role.BODY_HEAD)
SIGN_HOURS = 24
PAST_DAYS = 30
PERIOD_OF_ROW = ("attendance__person", "attendance__session__programme__period")
KINDS = {"f2f": "διά ζώσης", "sync": "σύγχρονη", "support": "υποστηρικτική"}


def _url(session: TrainingSession) -> str:
    return reverse("delivery:session", args=[session.pk])


def _waiting(actor: Actor, at: datetime) -> QuerySet[Any]:
    """Whatever of sessions waits for a trainer, by one question; ``asked`` is a substitution."""
    asked = Substitution.objects.filter(
        substitute=actor.user_id, state=SubstitutionState.PROPOSED, sessions=OuterRef("pk")
    )
    rows = TrainingSession.objects.all()
    taught = access.visible(actor, "session.teach", rows)
    found = queries.to_sign(taught, at) | queries.without_async(taught)
    found = found | queries.without_report(taught) | queries.with_request(taught)
    found = found | queries.substitutions.asked_of(actor.user_id or 0)
    filed = SessionReport.objects.filter(session=OuterRef("pk"))
    named = found.select_related("programme__cluster", "programme__period").annotate(
        asked=Subquery(asked.values("pk")[:1]),
        due_at=Subquery(asked.values("due_at")[:1]),
        reported=Exists(filed),
        disputed=Exists(filed.filter(requests__isnull=False, requests__answered_at=None)),
    )
    return named.order_by("starts_at", "pk")


def _substitutions(waiting: Iterable[Any]) -> Iterator[Todo]:
    """One thing to do for each substitution, however many sessions it asks for."""
    asked = {session.asked: session for session in waiting if session.asked}
    for pk, session in asked.items():
        url = reverse("delivery:substitution", args=[pk])
        title = f"Απάντηση: αντικατάσταση στο {session.programme.code}"
        yield Todo(title, url, session.due_at, session.programme.period.title)


@agenda.todos("delivery.teaching")
def trainers_duties(actor: Actor, at: datetime) -> Iterator[Todo]:
    """The trainer's sheets, due a day after; asynchronous hours; substitutions to answer."""
    if not actor.holds(Role.TRAINER):
        return
    waiting = list(_waiting(actor, at))
    yield from _substitutions(waiting)
    waiting = [session for session in waiting if session.trainer_id == actor.user_id]
    unsigned = [s for s in waiting if s.state not in SETTLED and s.ends_at <= at + SIGN_EARLY]
    signed = [s for s in waiting if s.async_hours and not s.async_confirmed_at]
    signed = [session for session in signed if session.state in SETTLED]
    url = reverse("delivery:sessions")
    yield from agenda.shortened(unsigned, _to_sign, rest="παρουσιολόγια προς υπογραφή", url=url)
    yield from agenda.shortened(
        signed,
        lambda session: Todo(
            f"Επιβεβαίωση ασύγχρονων ωρών: {named(session)}",
            _url(session),
            detail=session.programme.period.title,
        ),
        rest="συναντήσεις με ασύγχρονες ώρες προς επιβεβαίωση",
        url=url,
    )
    silent = [s for s in waiting if s.state in SETTLED and not s.reported]
    yield from agenda.shortened(silent, _to_report, rest="εκθέσεις συναντήσεων", url=url)
    disputed = [s for s in waiting if s.disputed]
    yield from agenda.shortened(disputed, _to_mend, rest="εκθέσεις προς διόρθωση", url=url)


def _to_report(session: TrainingSession) -> Todo:
    return Todo(
        f"Έκθεση συνάντησης: {named(session)}",
        reverse("delivery:report-file", args=[session.pk]),
        detail=session.programme.period.title,
    )


def _to_mend(session: TrainingSession) -> Todo:
    title = f"Ζητήθηκε διόρθωση έκθεσης: {named(session)}"
    return Todo(title, _url(session), detail=session.programme.period.title)


def _to_sign(session: TrainingSession) -> Todo:
    programme = session.programme
    return Todo(
        f"Υπογραφή παρουσιολογίου: {named(session)}",
        _url(session),
        session.ends_at + timedelta(hours=SIGN_HOURS),
        f"{programme.cluster.title} · {programme.period.title}",
    )


@agenda.todos("delivery.start")
def programmes_to_start(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Programmes that the centre may start now."""
    if not actor.holds(Role.CENTRE_MANAGER):
        return
    rows = agenda.open_rows(PROGRAMME, "start", actor).select_related("period", "trainer")
    ready = [
        programme
        for programme in rows.order_by("period__first_day", "code")
        if all(c.fulfilled for c in queries.start_conditions(programme, at))
    ]
    yield from agenda.shortened(
        ready,
        lambda programme: Todo(
            f"Έναρξη του προγράμματος {programme.code}",
            reverse("delivery:programme", args=[programme.pk]),
            programme.period.starts_at,
            programme.period.title,
        ),
        rest="προγράμματα έτοιμα για έναρξη",
        url=f"{reverse('programmes:centre')}?state={ProgrammeState.ENROLLING}",
    )


@agenda.todos("delivery.centre")
def centre_decisions(actor: Actor, at: datetime) -> Iterator[Todo]:
    """What waits for the centre: changes of time, excuses, second signatures, replacements."""
    if not actor.holds(Role.CENTRE_MANAGER):
        return
    moved = agenda.open_rows(SESSION, "confirm", actor).select_related("programme__period")
    yield from _of_sessions("Απάντηση σε αλλαγή ώρας", moved.order_by("starts_at"), "proposals")
    asked = queries.exceptions
    yield from _of_sessions("Αναπλήρωση", asked.not_held(actor), "not_held")
    excuses = access.visible(actor, "excuse.decide", asked.excuses(actor))
    yield from agenda.shortened(
        excuses.select_related(*PERIOD_OF_ROW),
        lambda excuse: Todo(
            f"Απόφαση για δικαιολόγηση: {excuse.attendance.person}",
            reverse("delivery:excuse", args=[excuse.pk]),
            detail=_programme_of(excuse.attendance.session),
        ),
        rest="δικαιολογήσεις",
        url=_group("excuses"),
    )
    yield from _of_sessions("Δεύτερη υπογραφή", asked.uncountersigned(actor), "countersign")


def _of_sessions(words: str, rows: QuerySet[TrainingSession], group: str) -> Iterator[Todo]:
    """Sessions that wait for the same act; the rest stand in ``group`` of the exceptions."""
    yield from agenda.shortened(
        rows,
        lambda session: Todo(
            f"{words}: {named(session)}",
            _url(session),
            session.starts_at if group == "proposals" else None,
            session.programme.period.title,
        ),
        rest=words,
        url=_group(group),
    )


def _group(name: str) -> str:
    return f"{reverse('delivery:exceptions')}?group={name}"


def named(session: TrainingSession) -> str:
    return f"{session.programme.code}, {session}"


def _programme_of(session: TrainingSession) -> str:
    return f"{session.programme.code} · {session.programme.period.title}"


@agenda.todos("delivery.disputes")
def disputes_to_decide(actor: Actor, _at: datetime) -> Iterator[Todo]:
    """Disputes that wait for the body."""
    if not actor.holds(*BODY):
        return
    rows = access.visible(actor, "dispute.decide", queries.exceptions.disputes(actor))
    yield from agenda.shortened(
        rows.select_related(*PERIOD_OF_ROW),
        lambda dispute: Todo(
            f"Απόφαση για αντίρρηση: {dispute.attendance.person}",
            reverse("delivery:dispute", args=[dispute.pk]),
            detail=_programme_of(dispute.attendance.session),
        ),
        rest="αντιρρήσεις",
        url=_group("disputes"),
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
    given_up = Substitution.objects.filter(
        replaced=actor.user_id, state=SubstitutionState.ACCEPTED
    ).values("sessions")
    taught = Q(trainer_id=actor.user_id) | Q(pk__in=given_up)
    rows = TrainingSession.objects.filter(enrolled | taught).filter(
        starts_at__gte=at - timedelta(days=PAST_DAYS)
    )
    follows = rows.filter(enrolled, pk=OuterRef("pk"))
    found = queries.with_programme(rows).annotate(follows=Exists(follows))
    return [
        _appointment(session, mine=session.follows or session.trainer_id == actor.user_id)
        for session in found.order_by("starts_at", "pk").distinct()
    ]


def _appointment(session: TrainingSession, *, mine: bool) -> Appointment:
    """``mine`` no more: whoever gave the session up sees it cancelled, under the same name."""
    programme: Programme = session.programme
    remote = session.kind != SlotKind.FACE_TO_FACE
    return Appointment(
        uid=f"session-{session.pk}",
        title=f"{programme.code}, {session} ({KINDS[session.kind]})",
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        url=reverse("delivery:mine"),
        place="εξ αποστάσεως" if remote else programme.centre.name,
        cancelled=not mine or session.state in {SessionState.NOT_HELD, SessionState.CANCELLED},
        revision=session.revision,
    )


@agenda.todos("delivery.check_in")
def arrivals(actor: Actor, at: datetime) -> Iterator[Todo]:
    """A trainee's meeting that takes place now, while its code is open and not yet read."""
    if not actor.holds(Role.TEACHER):
        return
    now = queries.checking_in(actor, at).exclude(
        signs__source=Source.CODE, signs__row__person_id=actor.user_id or 0
    )
    for session in now.select_related("programme__cluster").order_by("starts_at", "pk"):
        title = f"Δήλωση παρουσίας: {named(session)}"
        url = reverse("delivery:check-in")
        yield Todo(title, url, session.ends_at, session.programme.cluster.title)
