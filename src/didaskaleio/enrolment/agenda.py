"""What teachers and officers must do about applications, draw and places; their dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from didaskaleio.enrolment.enums import HOLDING_STATES, ApplicationState, DrawState, EntryState
from didaskaleio.enrolment.models import (
    Draw,
    MergeConsent,
    ParticipationApplication,
    WaitingEntry,
)
from didaskaleio.enrolment.queries import owed, standing
from didaskaleio.kernel.access import Actor, visible
from didaskaleio.kernel.agenda import Appointment, Todo, dates, shortened, todos
from didaskaleio.kernel.greek import count, long_moment
from didaskaleio.kernel.models import Work
from didaskaleio.people.enums import Role
from didaskaleio.programmes.enums import PeriodState, ProgrammeState
from didaskaleio.programmes.models import TrainingAction, TrainingPeriod

A = ApplicationState
Applications = QuerySet[ParticipationApplication]


def _own(actor: Actor) -> Applications:
    rows = ParticipationApplication.objects.filter(person_id=actor.user_id or 0)
    related = ("period", "programme__cluster", "programme__centre")
    return rows.select_related(*related).order_by("period__phase_a_closes", "pk")


@todos("enrolment.own")
def of_applicant(actor: Actor, at: datetime) -> Iterator[Todo]:
    """The teacher's own applications, read once: to apply, to confirm a place, to seek one."""
    if not actor.holds(Role.TEACHER):
        return
    own = list(_own(actor))
    asking = list(_asking(actor, own, at))
    yield from (_to_continue(row, period) if row else _to_begin(period) for period, row in asking)
    yield from _owed(actor, {period.action_id for period, _ in asking}, at)
    yield from _to_confirm(own, at)
    yield from _without_place(own, at)


def _asking(
    actor: Actor, own: list[ParticipationApplication], at: datetime
) -> Iterator[tuple[TrainingPeriod, ParticipationApplication | None]]:
    """Phase A is open: nothing begun, or a draft that counts for nothing until it is submitted.

    Nothing is asked of whoever may not take part, or holds a place in the same action.
    """
    begun = {row.period_id: row for row in own}
    holding = {row.period.action_id for row in own if row.state in HOLDING_STATES}
    for period in standing.taking_applications(at, actor.user_id or 0).exclude(action__in=holding):
        row = begun.get(period.pk)
        if row is not None and row.state != A.DRAFT:
            continue
        if not standing.standing(period, actor.user_id or 0, row, at).eligible:
            continue
        yield period, row


def _to_begin(period: TrainingPeriod) -> Todo:
    url = f"{reverse('enrolment:catalogue')}?period={period.code}"
    words = "Υποβάλετε αίτηση"
    if period.action.compulsory:
        words = "Οφείλετε επιμόρφωση: υποβάλετε αίτηση"
    return Todo(words, url, period.phase_a_closes, period.title)


def _to_continue(row: ParticipationApplication, period: TrainingPeriod) -> Todo:
    name = "check" if row.draft.get("preferences") else "facts"
    url = reverse(f"enrolment:{name}", args=[period.code])
    return Todo("Συνεχίστε την αίτησή σας", url, period.phase_a_closes, period.title)


def _owed(actor: Actor, asking: set[int], at: datetime) -> Iterator[Todo]:
    """A compulsory training for which the person cannot apply now, and what comes next."""
    actions = [row for row in owed.still_owed(actor.user_id or 0, at) if row.pk not in asking]
    yield from shortened(
        actions,
        lambda row: Todo(
            "Οφείλετε επιμόρφωση",
            reverse("enrolment:catalogue"),
            detail=f"{row.title}. {_next(row, actor, at)}",
        ),
        rest="επιμορφώσεις που οφείλετε",
        url=reverse("enrolment:catalogue"),
    )


def _next(action: TrainingAction, actor: Actor, at: datetime) -> str:
    """What whoever owes the action waits for."""
    if standing.taking_applications(at, actor.user_id or 0).filter(action=action).exists():
        return "Οι αιτήσεις είναι ανοιχτές· δείτε στον κατάλογο τι εμποδίζει τη δική σας."
    ahead = action.periods.filter(phase_a_opens__gt=at)
    announced = ahead.exclude(state__in=(PeriodState.DRAFT, PeriodState.CANCELLED))
    period = announced.order_by("phase_a_opens").first()
    if period is None:
        return "Δεν έχει ανακοινωθεί ακόμη περίοδος. Θα τη δείτε εδώ."
    return f"Οι αιτήσεις ανοίγουν {long_moment(period.phase_a_opens)}."


def _to_confirm(own: list[ParticipationApplication], at: datetime) -> Iterator[Todo]:
    """A place to confirm before its deadline."""
    yield from shortened(
        [row for row in own if row.state == A.PLACED and row.confirm_by and row.confirm_by > at],
        lambda row: Todo(
            "Επιβεβαίωση της θέσης",
            reverse("enrolment:place", args=[row.period.code]),
            row.confirm_by,
            str(row.programme),
        ),
        rest="θέσεις προς επιβεβαίωση",
        url=reverse("enrolment:application"),
    )


def _without_place(own: list[ParticipationApplication], at: datetime) -> Iterator[Todo]:
    """Phase B is open and the person has no place."""
    yield from shortened(
        [
            row
            for row in own
            if row.state in (A.RUNNER_UP, A.CANCELLED) and _phase_b(row.period, at)
        ],
        lambda row: Todo(
            "Αίτημα θέσης στη Β΄ φάση",
            reverse("enrolment:phase-b", args=[row.period.code]),
            row.period.phase_b_closes,
            row.period.title,
        ),
        rest="περίοδοι στη Β΄ φάση",
        url=reverse("enrolment:application"),
    )


def _phase_b(period: TrainingPeriod, at: datetime) -> bool:
    return period.state == PeriodState.PHASE_B and period.phase_b_closes > at


@todos("enrolment.offers")
def offers(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Offers to answer before they expire."""
    if not actor.holds(Role.TEACHER):
        return
    rows = WaitingEntry.objects.filter(
        application__person_id=actor.user_id or 0, state=EntryState.OFFERED, expires_at__gt=at
    ).select_related("programme__cluster", "programme__centre", "application__period")
    yield from shortened(
        rows.order_by("expires_at"),
        lambda row: Todo(
            "Απάντηση σε προσφορά θέσης",
            reverse("enrolment:place", args=[row.application.period.code]),
            row.expires_at,
            str(row.programme),
        ),
        rest="προσφορές θέσης",
        url=reverse("enrolment:application"),
    )


@todos("enrolment.merging")
def merges(actor: Actor, at: datetime) -> Iterator[Todo]:
    """A proposed merge that waits for the person's answer."""
    if not actor.holds(Role.TEACHER):
        return
    rows = MergeConsent.objects.filter(
        application__person_id=actor.user_id or 0,
        answered_at=None,
        source__state=ProgrammeState.FILLING,
    ).select_related("target__cluster", "target__centre", "application__period")
    yield from shortened(
        rows.order_by("pk"),
        lambda row: Todo(
            "Απάντηση σε πρόταση συγχώνευσης",
            reverse("enrolment:place", args=[row.application.period.code]),
            None,
            str(row.target),
        ),
        rest="προτάσεις συγχώνευσης",
        url=reverse("enrolment:application"),
    )


@todos("enrolment.ceremony")
def beacons(actor: Actor, at: datetime) -> Iterator[Todo]:
    """The beacon to enter, by one officer and then by another; a computation that failed."""
    if not actor.holds(Role.BODY_OFFICER, Role.BODY_HEAD):
        return
    rows = visible(actor, "draw.conduct", Draw.objects.defer("frozen", "bundle", "result"))
    failed = Q(state=DrawState.COMPUTING, work__state=Work.State.FAILED)
    first = Q(state=DrawState.FROZEN, beacon_at__lte=at)
    second = Q(state=DrawState.BEACON_ENTERED) & ~Q(first_officer_id=actor.user_id)
    due = rows.filter(first | second | failed).select_related("period")
    yield from shortened(
        due.order_by("beacon_at"),
        lambda row: Todo(
            CEREMONY[row.state],
            reverse("enrolment:ceremony", args=[row.period.code]),
            row.beacon_at + timedelta(hours=24),
            row.period.title,
        ),
        rest="κληρώσεις",
        url=reverse("enrolment:ceremonies"),
    )


CEREMONY: dict[str, str] = {
    DrawState.FROZEN: "Καταχώριση της δημόσιας τύχης",
    DrawState.BEACON_ENTERED: "Δεύτερη καταχώριση και κλήρωση",
    DrawState.COMPUTING: "Νέα προσπάθεια υπολογισμού της κλήρωσης",
}


@todos("enrolment.filling")
def decisions(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Filling programmes to decide, then enrolment to open."""
    if not actor.holds(Role.BODY_OFFICER, Role.BODY_HEAD):
        return
    rows = TrainingPeriod.objects.filter(state=PeriodState.PHASE_B_CLOSED)
    filling = Count("programmes", filter=Q(programmes__state=ProgrammeState.FILLING))
    periods = visible(actor, "period.manage", rows).annotate(undecided=filling)
    yield from shortened(
        periods.order_by("enrolment_opens"),
        _to_decide,
        rest="περίοδοι μετά τη Β΄ φάση",
        url=reverse("enrolment:groups"),
    )


def _to_decide(row: Any) -> Todo:
    words = "Άνοιγμα εγγραφών"
    if row.undecided:
        words = f"Απόφαση για {count(row.undecided, 'πρόγραμμα', 'προγράμματα')}"
    return Todo(
        words, reverse("enrolment:filling", args=[row.code]), row.enrolment_opens, row.title
    )


MOMENTS = (
    ("phase_a_closes", "Λήξη υποβολής αιτήσεων", "enrolment:application"),
    ("phase_b_opens", "Άνοιγμα Β΄ φάσης", "enrolment:phase-b"),
    ("phase_b_closes", "Λήξη Β΄ φάσης", "enrolment:phase-b"),
    ("enrolment_closes", "Λήξη επιβεβαίωσης θέσεων", "enrolment:place"),
)
ENDED = (A.WITHDRAWN, A.LAPSED, A.REMOVED, A.CERTIFIED)


@dates("enrolment.phases")
def phases(actor: Actor, at: datetime) -> Iterator[Appointment]:
    """The moments of every period in which the person has a living application.

    Announced acts move them; each is a revision, so that calendars take the new moment.
    """
    rows = _own(actor).exclude(state__in=ENDED).annotate(acts=Count("period__acts"))
    for row in rows.exclude(period__state__in=(PeriodState.CLOSED, PeriodState.CANCELLED)):
        for field, title, name in MOMENTS:
            moment = getattr(row.period, field)
            url = (
                reverse(name)
                if name.endswith("application")
                else reverse(name, args=[row.period.code])
            )
            uid = f"period-{row.period_id}-{field}"
            words = f"{title}: {row.period.title}"
            yield Appointment(uid, words, moment, moment, url, revision=row.acts)


@dates("enrolment.offers")
def offer_deadlines(actor: Actor, at: datetime) -> Iterator[Appointment]:
    """Until when an offer holds."""
    rows = WaitingEntry.objects.filter(
        application__person_id=actor.user_id or 0, state=EntryState.OFFERED
    ).select_related("programme", "application__period")
    for row in rows:
        if row.expires_at:
            url = reverse("enrolment:place", args=[row.application.period.code])
            title = f"Λήξη προσφοράς θέσης στο {row.programme.code}"
            yield Appointment(f"offer-{row.pk}", title, row.expires_at, row.expires_at, url)
