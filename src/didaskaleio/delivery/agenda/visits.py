"""Things to do and dates about on-site visits: inspector, centre, officers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse

from didaskaleio.delivery.enums import RoundState, VisitState
from didaskaleio.delivery.lifecycle import VISIT
from didaskaleio.delivery.models import SiteVisit, VisitRound
from didaskaleio.kernel import access, agenda
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.agenda import Appointment, Todo
from didaskaleio.people.enums import Role

BODY = (Role.BODY_OFFICER, Role.BODY_HEAD)
PAST_DAYS = 30
OF_LINE = ("session__programme__centre", "session__programme__period")


def _todo(words: str, visit: SiteVisit, due: datetime | None = None) -> Todo:
    session = visit.session
    return Todo(
        f"{words}: {session.programme.code}, {session}",
        reverse("delivery:visit", args=[visit.pk]),
        due,
        session.programme.centre.name,
    )


def _listed(state: VisitState) -> str:
    return f"{reverse('delivery:visits')}?state={state}"


def _sorted(rows: QuerySet[SiteVisit]) -> QuerySet[SiteVisit]:
    return rows.select_related(*OF_LINE).order_by("session__starts_at", "pk")


@agenda.todos("delivery.inspecting")
def inspectors_duties(actor: Actor, _at: datetime) -> Iterator[Todo]:
    """Visits to make, reports to sign."""
    if not actor.holds(Role.INSPECTOR):
        return
    rows = access.visible(actor, "visit.inspect", SiteVisit.objects.all())
    yield from agenda.shortened(
        _sorted(rows.filter(state=VisitState.ASSIGNED)),
        lambda visit: _todo("Επίσκεψη", visit, visit.session.starts_at),
        rest="επισκέψεις που σας ανατέθηκαν",
        url=_listed(VisitState.ASSIGNED),
    )
    yield from agenda.shortened(
        _sorted(rows.filter(state=VisitState.IN_PROGRESS)),
        lambda visit: _todo("Υπογραφή έκθεσης", visit),
        rest="εκθέσεις προς υπογραφή",
        url=_listed(VisitState.IN_PROGRESS),
    )


@agenda.todos("delivery.visited")
def answers_owed(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Reports that the centre answers."""
    if not actor.holds(Role.CENTRE_MANAGER):
        return
    rows = agenda.open_rows(VISIT, "answer", actor).filter(answer_due__gte=at)
    yield from agenda.shortened(
        _sorted(rows),
        lambda visit: _todo("Απάντηση σε έκθεση ελέγχου", visit, visit.answer_due),
        rest="εκθέσεις ελέγχου χωρίς απάντηση",
        url=_listed(VisitState.REPORTED),
    )


@agenda.todos("delivery.visit_desk")
def officers_decisions(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Draws to make, proposals to decide, visits to assign, answers to judge."""
    if not actor.holds(*BODY):
        return
    yield from _draws(actor, at)
    rows = access.visible(actor, "visit.manage", SiteVisit.objects.all())
    waiting = Q(state=VisitState.REPORTED) & (Q(answer_due=None) | Q(answer_due__lt=at))
    ahead = Q(session__ends_at__gte=at)
    for words, rest, chosen, state in (
        ("Απόφαση για επίσκεψη", "προτάσεις επισκέψεων", ahead, VisitState.PROPOSED),
        ("Ανάθεση επίσκεψης", "επισκέψεις προς ανάθεση", ahead, VisitState.PLANNED),
        ("Έκθεση που περιμένει", "εκθέσεις που περιμένουν", waiting, VisitState.REPORTED),
        ("Απάντηση κέντρου", "απαντήσεις κέντρων", Q(), VisitState.ANSWERED),
    ):
        yield from agenda.shortened(
            _sorted(rows.filter(chosen, state=state)),
            lambda visit, words=words: _todo(words, visit),  # type: ignore[misc]
            rest=rest,
            url=_listed(state),
        )


def _draws(actor: Actor, at: datetime) -> Iterator[Todo]:
    rows = access.visible(actor, "visit_round.manage", VisitRound.objects.all())
    due = rows.filter(state=RoundState.COMMITTED, beacon_at__lte=at).order_by("first_day", "pk")
    yield from agenda.shortened(
        due.defer("frozen", "scores"),
        lambda row: Todo(
            f"Κλήρωση: {row}", reverse("delivery:visit-round", args=[row.pk]), row.reveals_at
        ),
        rest="επιλογές επισκέψεων προς κλήρωση",
        url=reverse("delivery:visit-rounds"),
    )


@agenda.dates("delivery.visits")
def visit_dates(actor: Actor, at: datetime) -> Iterable[Appointment]:
    """The visits of an inspector, from a month ago on."""
    if not actor.holds(Role.INSPECTOR):
        return []
    rows = access.visible(actor, "visit.inspect", SiteVisit.objects.all())
    rows = rows.filter(session__starts_at__gte=at - timedelta(days=PAST_DAYS))
    return [_appointment(visit) for visit in _sorted(rows)]


def _appointment(visit: SiteVisit) -> Appointment:
    session = visit.session
    return Appointment(
        uid=f"visit-{visit.pk}",
        title=f"Επίσκεψη: {session.programme.code}, {session}",
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        url=reverse("delivery:visit", args=[visit.pk]),
        place=session.programme.centre.name,
        cancelled=visit.state == VisitState.NOT_DONE,
        revision=session.revision,
    )
