"""What teachers and officers must do about applications, draw and places; their dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from didaskaleio.enrolment.enums import ApplicationState, DrawState, EntryState
from didaskaleio.enrolment.models import (
    Draw,
    MergeConsent,
    ParticipationApplication,
    WaitingEntry,
)
from didaskaleio.kernel.access import Actor, visible
from didaskaleio.kernel.agenda import SHOWN, Appointment, Todo, dates, todos
from didaskaleio.kernel.greek import count
from didaskaleio.people.enums import Role
from didaskaleio.programmes.enums import PeriodState, ProgrammeState
from didaskaleio.programmes.models import TrainingPeriod

A = ApplicationState
Applications = QuerySet[ParticipationApplication]


def _own(actor: Actor) -> Applications:
    rows = ParticipationApplication.objects.filter(person_id=actor.user_id or 0)
    return rows.select_related("period", "programme").order_by("period__phase_a_closes", "pk")


@todos("enrolment.applying")
def to_submit(actor: Actor, at: datetime) -> Iterator[Todo]:
    """A draft that counts for nothing until it is submitted."""
    drafts = _own(actor).filter(
        state=A.DRAFT, period__state=PeriodState.PHASE_A, period__phase_a_closes__gt=at
    )
    for row in drafts[:SHOWN]:
        url = reverse("enrolment:check", args=[row.period.code])
        yield Todo("Υποβολή της αίτησης", url, row.period.phase_a_closes, row.period.title)


@todos("enrolment.offers")
def offers(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Offers to answer before they expire."""
    rows = WaitingEntry.objects.filter(
        application__person_id=actor.user_id or 0, state=EntryState.OFFERED, expires_at__gt=at
    ).select_related("programme__cluster", "programme__centre", "application__period")
    for row in rows.order_by("expires_at")[:SHOWN]:
        url = reverse("enrolment:place", args=[row.application.period.code])
        yield Todo("Απάντηση σε προσφορά θέσης", url, row.expires_at, str(row.programme))


@todos("enrolment.confirming")
def to_confirm(actor: Actor, at: datetime) -> Iterator[Todo]:
    """A place to confirm before its deadline."""
    rows = _own(actor).filter(state=A.PLACED, confirm_by__gt=at)
    for row in rows.select_related("programme__cluster", "programme__centre")[:SHOWN]:
        url = reverse("enrolment:place", args=[row.period.code])
        yield Todo("Επιβεβαίωση της θέσης", url, row.confirm_by, str(row.programme))


@todos("enrolment.merging")
def merges(actor: Actor, at: datetime) -> Iterator[Todo]:
    """A proposed merge that waits for the person's answer."""
    rows = MergeConsent.objects.filter(
        application__person_id=actor.user_id or 0,
        answered_at=None,
        source__state=ProgrammeState.FILLING,
    ).select_related("target__cluster", "target__centre", "application__period")
    for row in rows.order_by("pk")[:SHOWN]:
        period = row.application.period
        url = reverse("enrolment:place", args=[period.code])
        yield Todo("Απάντηση σε πρόταση συγχώνευσης", url, None, str(row.target))


@todos("enrolment.phase_b")
def without_place(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Phase B is open and the person has no place."""
    rows = _own(actor).filter(
        state__in=(A.RUNNER_UP, A.CANCELLED),
        period__state=PeriodState.PHASE_B,
        period__phase_b_closes__gt=at,
    )
    for row in rows[:SHOWN]:
        url = reverse("enrolment:phase-b", args=[row.period.code])
        yield Todo("Αίτημα θέσης στη Β΄ φάση", url, row.period.phase_b_closes, row.period.title)


@todos("enrolment.ceremony")
def beacons(actor: Actor, at: datetime) -> Iterator[Todo]:
    """The beacon to enter, by one officer and then by another."""
    if not actor.holds(Role.BODY_OFFICER, Role.BODY_HEAD):
        return
    rows = visible(actor, "draw.conduct", Draw.objects.defer("frozen", "bundle", "result"))
    due = rows.filter(
        Q(state=DrawState.FROZEN)
        | Q(state=DrawState.BEACON_ENTERED) & ~Q(first_officer_id=actor.user_id),
        beacon_at__lte=at,
    )
    for row in due.select_related("period").order_by("beacon_at")[:SHOWN]:
        second = row.state == DrawState.BEACON_ENTERED
        words = "Δεύτερη καταχώριση και κλήρωση" if second else "Καταχώριση της δημόσιας τύχης"
        url = reverse("enrolment:ceremony", args=[row.period.code])
        yield Todo(words, url, row.beacon_at + timedelta(hours=24), row.period.title)


@todos("enrolment.filling")
def decisions(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Filling programmes to decide, then enrolment to open."""
    if not actor.holds(Role.BODY_OFFICER, Role.BODY_HEAD):
        return
    rows = TrainingPeriod.objects.filter(state=PeriodState.PHASE_B_CLOSED)
    filling = Count("programmes", filter=Q(programmes__state=ProgrammeState.FILLING))
    periods = visible(actor, "period.manage", rows).annotate(undecided=filling)
    for row in periods.order_by("enrolment_opens")[:SHOWN]:
        words = "Άνοιγμα εγγραφών"
        if row.undecided:
            words = f"Απόφαση για {count(row.undecided, 'πρόγραμμα', 'προγράμματα')}"
        url = reverse("enrolment:filling", args=[row.code])
        yield Todo(words, url, row.enrolment_opens, row.title)


MOMENTS = (
    ("phase_a_closes", "Λήξη υποβολής αιτήσεων", "enrolment:application"),
    ("phase_b_opens", "Άνοιγμα Β΄ φάσης", "enrolment:phase-b"),
    ("phase_b_closes", "Λήξη Β΄ φάσης", "enrolment:phase-b"),
    ("enrolment_closes", "Λήξη επιβεβαίωσης θέσεων", "enrolment:place"),
)
ENDED = (A.WITHDRAWN, A.LAPSED, A.REMOVED, A.CERTIFIED)


@dates("enrolment.phases")
def phases(actor: Actor, at: datetime) -> Iterator[Appointment]:
    """The moments of every period in which the person has a living application."""
    rows = _own(actor).exclude(state__in=ENDED)
    for row in rows.exclude(period__state__in=(PeriodState.CLOSED, PeriodState.CANCELLED))[:SHOWN]:
        for field, title, name in MOMENTS:
            moment = getattr(row.period, field)
            url = (
                reverse(name)
                if name.endswith("application")
                else reverse(name, args=[row.period.code])
            )
            uid = f"period-{row.period_id}-{field}"
            yield Appointment(uid, f"{title}: {row.period.title}", moment, moment, url)


@dates("enrolment.offers")
def offer_deadlines(actor: Actor, at: datetime) -> Iterator[Appointment]:
    """Until when an offer holds."""
    rows = WaitingEntry.objects.filter(
        application__person_id=actor.user_id or 0, state=EntryState.OFFERED
    ).select_related("programme", "application__period")
    for row in rows[:SHOWN]:
        if row.expires_at:
            url = reverse("enrolment:place", args=[row.application.period.code])
            title = f"Λήξη προσφοράς θέσης στο {row.programme.code}"
            yield Appointment(f"offer-{row.pk}", title, row.expires_at, row.expires_at, url)
