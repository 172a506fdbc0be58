"""What centres, trainers and officers must do about programmes (εκκρεμότητες), and their dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.urls import reverse

from didaskaleio.kernel.access import Actor, visible
from didaskaleio.kernel.agenda import Appointment, Todo, dates, open_rows, shortened, todos
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.greek import count
from didaskaleio.people.enums import Role
from didaskaleio.programmes.enums import PeriodState, ProgrammeState
from didaskaleio.programmes.lifecycle import PERIOD, PROGRAMME, WORK_CALL
from didaskaleio.programmes.models import Programme, TimetableProposal, TrainingPeriod
from didaskaleio.programmes.queries import assignments, waiting

OFFICERS = (Role.BODY_OFFICER, Role.BODY_HEAD)
ENDED = (
    ProgrammeState.DOCUMENTED,
    ProgrammeState.CANCELLED,
    ProgrammeState.REJECTED,
    ProgrammeState.DRAFT,
)
# what waits for a person, by kind: words, its page, what the rest is called, all of them
OWN = {
    waiting.AGREEMENT: (
        "Συμφωνία με το ωρολόγιο του {}",
        "programmes:proposal",
        "προτάσεις προς συμφωνία",
        "programmes:trainer",
    ),
    waiting.ASKED: (
        "Απάντηση σε ανάθεση έργου: {}",
        "programmes:assignment",
        "αναθέσεις έργου",
        "programmes:work",
    ),
    waiting.CALL: (
        "Αίτηση για έργο: {}",
        "programmes:work-call",
        "προσκλήσεις για έργο",
        "programmes:work",
    ),
}
MOMENTS = (
    ("proposals_close", "Λήξη προτάσεων Κ.Σ.Ε."),
    ("phase_a_opens", "Άνοιγμα Α΄ φάσης"),
    ("phase_a_closes", "Λήξη υποβολής αιτήσεων"),
    ("phase_b_opens", "Άνοιγμα Β΄ φάσης"),
    ("phase_b_closes", "Λήξη Β΄ φάσης"),
    ("enrolment_opens", "Άνοιγμα εγγραφών"),
    ("enrolment_closes", "Λήξη επιβεβαίωσης θέσεων"),
    ("starts_at", "Έναρξη μαθημάτων"),
)


@todos("programmes.centre")
def of_centre(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Drafts to finish while the window is open, proposals that came back."""
    if not actor.holds(Role.CENTRE_MANAGER):
        return
    rows = visible(actor, "programme.edit", Programme.objects.select_related("cluster", "centre"))
    window = Q(state=ProgrammeState.RETURNED) | Q(period__proposals_close__gt=at)
    rows = rows.filter(window, period__state=PeriodState.PROPOSING).select_related("period")
    yield from shortened(
        rows.order_by("period__proposals_close", "code"),
        _proposal,
        rest="προτάσεις προς υποβολή",
        url=reverse("programmes:centre"),
    )


def _proposal(row: Programme) -> Todo:
    if row.state == ProgrammeState.RETURNED:
        title, due = f"Διόρθωση της πρότασης {row.code}", row.period.phase_a_opens
        detail = f"Παρατηρήσεις: {row.remarks}" if row.remarks else _of_period(row)
    else:
        title, due = f"Ολοκλήρωση και υποβολή της πρότασης {row.code}", row.period.proposals_close
        detail = _of_period(row)
    return Todo(title, reverse("programmes:timetable", args=[row.pk]), due, detail)


def _of_period(row: Programme) -> str:
    """The programme with its period: codes begin anew in each period."""
    return f"{row} · {row.period.title}"


@todos("programmes.answers")
def answers(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Proposals of the trainer that the centre has not answered."""
    if not actor.holds(Role.CENTRE_MANAGER):
        return
    open_drafts = visible(actor, "programme.edit", Programme.objects.all())
    rows = TimetableProposal.objects.filter(
        answer="", programme__in=open_drafts, programme__period__state=PeriodState.PROPOSING
    ).select_related("programme__period")
    yield from shortened(
        rows.order_by("programme__period__proposals_close", "pk"),
        lambda row: Todo(
            f"Απάντηση στην πρόταση αλλαγών για το {row.programme.code}",
            reverse("programmes:proposal", args=[row.programme_id]),
            row.programme.period.proposals_close,
            row.message or f"{count(len(row.changes), 'αλλαγή', 'αλλαγές')} στο ωρολόγιο",
        ),
        rest="προτάσεις αλλαγών",
        url=reverse("programmes:centre"),
    )


@todos("programmes.trainer")
def of_trainer(actor: Actor, at: datetime) -> Iterator[Todo]:
    """What waits for me, by one query: agreements, calls for work that I may apply in."""
    if actor.user_id is None:
        return
    found = waiting.of_person(actor, at)
    for kind, (title, page, rest, all_) in OWN.items():
        rows: Any = [row for row in found if row.kind == kind]
        as_todo = partial(_waiting, title, page)
        yield from shortened(rows, as_todo, rest=rest, url=reverse(all_))


def _waiting(title: str, page: str, row: waiting.Waiting) -> Todo:
    return Todo(title.format(row.name), reverse(page, args=[row.pk]), row.due, row.detail)


@todos("programmes.officer")
def of_officer(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Checked proposals that wait for approval, one line a period."""
    if not actor.holds(*OFFICERS):
        return
    waiting = open_rows(PROGRAMME, "approve", actor).order_by()
    periods = waiting.values("period_id", "period__title").annotate(
        amount=Count("pk"), due=Min("period__phase_a_opens"), since=Min("state_since")
    )
    for row in periods.order_by("due", "period_id"):
        words = count(row["amount"], "προγράμματος", "προγραμμάτων")
        url = f"{reverse('programmes:desk')}?period={row['period_id']}&view=check"
        days = max(0, (at - row["since"]).days) if row["since"] else 0
        waited = f", αναμονή {count(days, 'ημέρα', 'ημέρες')}" if days else ""
        yield Todo(f"Έγκριση {words}", url, row["due"], f"{row['period__title']}{waited}")


@todos("programmes.periods")
def of_periods(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Periods to announce before their proposals, and periods to close."""
    if not actor.holds(*OFFICERS):
        return
    unfinished = Programme.objects.filter(period=OuterRef("pk")).exclude(state__in=ENDED)
    over = Q(state__in=PERIOD.steps["close"].sources, last_day__lt=at.astimezone(ATHENS).date())
    drafts = Q(state__in=PERIOD.steps["announce"].sources)
    rows = visible(actor, "period.manage", TrainingPeriod.objects.all())
    found = list(rows.filter(drafts | over & ~Exists(unfinished)).order_by("proposals_open", "pk"))
    new = [row for row in found if row.state in PERIOD.steps["announce"].sources]
    yield from _periods(new, "Ανακοίνωση της περιόδου", due="proposals_open")
    ready = [row for row in found if row not in new]
    yield from _periods(ready, "Κλείσιμο της περιόδου")


def _periods(rows: list[TrainingPeriod], words: str, *, due: str = "") -> Iterator[Todo]:
    yield from shortened(
        rows,
        lambda row: Todo(
            words,
            reverse("programmes:period", args=[row.pk]),
            getattr(row, due) if due else None,
            row.title,
        ),
        rest="περίοδοι",
        url=reverse("programmes:periods"),
    )


@todos("programmes.work")
def of_calls(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Calls for work whose ranking waits for confirmation."""
    del at
    if not actor.holds(*OFFICERS):
        return
    yield from shortened(
        open_rows(WORK_CALL, "select", actor).order_by("closes_at", "pk"),
        lambda row: Todo(
            "Επικύρωση επιλογής για έργο",
            reverse("programmes:work-desk", args=[row.pk]),
            None,
            row.title,
        ),
        rest="προσκλήσεις για έργο",
        url=reverse("programmes:actions"),
    )


@todos("programmes.nobody_left")
def without_anybody(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Drafts without a trainer for which nobody of the ranking is left: by hand, or a new call."""
    del at
    if not actor.holds(*OFFICERS):
        return
    rows = visible(actor, "programme.assign", assignments.exhausted())
    yield from shortened(
        rows.order_by("period__proposals_close", "code"),
        lambda row: Todo(
            f"Δεν έμεινε κανείς να ερωτηθεί για το {row.code}",
            reverse("programmes:programme-work", args=[row.pk]),
            row.period.proposals_close,
            _of_period(row),
        ),
        rest="προγράμματα χωρίς επόμενο στην κατάταξη",
        url=reverse("programmes:desk"),
    )


@dates("programmes.phases")
def phases(actor: Actor, at: datetime) -> Iterator[Appointment]:
    """The moments of the periods that a person works on; a centre's window comes first."""
    rows = visible(actor, "period.read", TrainingPeriod.objects.all())
    if actor.holds(Role.CENTRE_MANAGER, Role.CENTRE_STAFF, Role.TRAINER, Role.REGIONAL_OFFICER):
        rows = TrainingPeriod.objects.all()
    announced = rows.exclude(
        state__in=(PeriodState.DRAFT, PeriodState.CLOSED, PeriodState.CANCELLED)
    )
    shown = announced.annotate(announced_acts=Count("acts"), work=waiting.calls_of_period(actor))
    for period in shown.order_by("-phase_a_opens")[:20]:
        yield from _of_work(period.work or (), actor)
        url = _page_of(period, actor)
        for field, title in MOMENTS:
            moment = getattr(period, field)
            yield Appointment(
                f"period-{period.pk}-{field}",
                f"{title}: {period.title}",
                moment,
                moment,
                url,
                revision=period.announced_acts,
            )


def _of_work(calls: Iterable[dict[str, Any]], actor: Actor) -> Iterator[Appointment]:
    """The end of applications in the calls for work of a period."""
    page = "programmes:work-call"
    if actor.holds(*OFFICERS, Role.PLANNER, Role.MINISTRY_OFFICER):
        page = "programmes:work-desk"
    for call in calls:
        moment = datetime.fromisoformat(call["closes"])
        title = f"Λήξη αιτήσεων για έργο: {call['title']}"
        yield Appointment(
            f"work-call-{call['pk']}", title, moment, moment, reverse(page, args=[call["pk"]])
        )


def _page_of(period: TrainingPeriod, actor: Actor) -> str:
    if actor.holds(*OFFICERS, Role.PLANNER, Role.MINISTRY_OFFICER):
        return reverse("programmes:period", args=[period.pk])
    if actor.holds(Role.CENTRE_MANAGER, Role.CENTRE_STAFF):
        return reverse("programmes:centre")
    return reverse("programmes:trainer") if actor.holds(Role.TRAINER) else ""
