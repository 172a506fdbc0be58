"""Pages of a training centre: its programmes, a new proposal, one proposal."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from didaskaleio.kernel import access, journal, links
from didaskaleio.kernel.errors import OvertakenError
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request, number, numbers
from didaskaleio.kernel.web.overtaking import opened, seen
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.programmes import notices, operations, queries
from didaskaleio.programmes.enums import PeriodState, ProgrammeState
from didaskaleio.programmes.lifecycle import ASSIGNMENT, PROGRAMME
from didaskaleio.programmes.models import Programme, TimetableProposal, TrainingPeriod
from didaskaleio.programmes.queries import assignments
from didaskaleio.programmes.web import centre_list
from didaskaleio.programmes.web.changes import proposals_of
from didaskaleio.programmes.web.forms import ProposalForm, initial_of
from didaskaleio.programmes.web.search import proposal_form, trainer_search
from didaskaleio.programmes.web.show import consent, facts_of, rules_panel
from didaskaleio.structures.models import TrainingCentre

PAGE = 25


@guarded("programme.pages", about_object=False)
def programmes(request: Request) -> HttpResponse:
    """«Τα προγράμματά μου»: the programmes of the centres where I hold a post."""
    entitled = rows(request, "programme.centre", Programme.objects.all())
    found = centre_list.asked(queries.of_centres(entitled), request.GET)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    centres = list(rows(request, "centre.propose", TrainingCentre.objects.all()))
    periods = TrainingPeriod.objects.filter(
        state=PeriodState.PROPOSING,
        proposals_close__gt=request.at,
        action__body__in=[centre.body_id for centre in centres],
    )
    context = {
        "page": page,
        "cycle": PROGRAMME,
        "centres": centres[:10],
        "periods": periods.order_by("proposals_close"),
        "chosen": request.GET,
        **centre_list.choices(entitled),
    }
    return render(request, "programmes/centre.html", context)


def _centre(request: Request, centres: QuerySet[TrainingCentre]) -> TrainingCentre:
    """The centre chosen, or the first where the person may propose; 404 for a stranger."""
    chosen = request.POST.get("centre") or request.GET.get("centre") or ""
    found = centres.filter(pk=number(chosen) or 0) if chosen else centres
    if (centre := found.order_by("sort_key").first()) is None:
        raise Http404
    return centre


@guarded("centre.propose")
def new(request: Request, period: int) -> HttpResponse:
    """Begin a proposal; its timetable comes next."""
    centres = rows(request, "centre.propose", TrainingCentre.objects.select_related("prefecture"))
    centre = _centre(request, centres)
    the = one(request, "period.propose", TrainingPeriod.objects.select_related("action"), pk=period)
    form = proposal_form(request, the, centre)
    if form.is_bound and form.is_valid():
        made = operations.start_proposal(
            the, centre, form.content(), actor=request.actor, at=request.at
        )
        return redirect("programmes:timetable", made.pk)
    context = {"form": form, "period": the, "centre": centre, "centres": centres}
    found = trainer_search(request, form, the, centre)
    return render(request, "programmes/proposal_form.html", context | found)


def _whole(request: Request, permission: str, pk: int) -> Programme:
    found = queries.with_relations(Programme.objects.prefetch_related("slots", "staff__person"))
    return one(request, permission, found, pk=pk)


def _change(request: Request, programme: Programme, form: ProposalForm) -> OvertakenError | None:
    """Save; the refusal, if somebody saved meanwhile, so that nothing is retyped."""
    by: dict[str, Any] = {"actor": request.actor, "at": request.at, "seen": seen(request)}
    try:
        operations.change(programme, form.content(), **by)
    except OvertakenError as refusal:
        return refusal
    return None


@guarded("programme.edit")
def edit(request: Request, pk: int) -> HttpResponse:
    """Change what the proposal says besides its timetable."""
    programme = _whole(request, "programme.edit", pk)
    form = proposal_form(request, programme.period, programme.centre, initial_of(programme))
    ready = form.is_bound and form.is_valid()
    refused = _change(request, programme, form) if ready else None
    if ready and refused is None:
        messages.success(request, "Η πρόταση αποθηκεύτηκε.")
        return redirect("programmes:timetable", programme.pk)
    stored = "\n".join(f"{label}: {value}" for label, value in facts_of(programme) if value)
    theirs = [("στοιχεία της πρότασης", stored)]
    context = opened(request, programme, operations.CHANGED, refused, theirs) | {
        "form": form,
        "programme": programme,
        "period": programme.period,
        "centre": programme.centre,
    }
    found = trainer_search(request, form, programme.period, programme.centre, programme)
    return render(request, "programmes/proposal_form.html", context | found)


@guarded("centre.propose")
def trainers(request: Request, period: int, centre: int) -> HttpResponse:
    """The results of a search in the register, for a new proposal."""
    centres = TrainingCentre.objects.select_related("prefecture")
    at = one(request, "centre.propose", centres, pk=centre)
    the = one(request, "period.propose", TrainingPeriod.objects.select_related("action"), pk=period)
    return render(request, "programmes/trainers.html", trainer_search(request, None, the, at))


@guarded("programme.edit")
def trainers_of(request: Request, pk: int) -> HttpResponse:
    """The results of a search in the register, for a proposal that exists."""
    programme = _whole(request, "programme.edit", pk)
    found = trainer_search(request, None, programme.period, programme.centre, programme)
    return render(request, "programmes/trainers.html", found)


@guarded("programme.read")
def proposal(request: Request, pk: int) -> HttpResponse:
    """One proposal: facts, timetable, checks, history, what the person may do."""
    programme = _whole(request, "programme.read", pk)
    panel = rules_panel(programme, request.at)
    context = {
        "programme": programme,
        "cycle": PROGRAMME,
        "states": ProgrammeState,
        "entries": journal.of(programme)[:30],
        "facts": facts_of(programme),
        "steps": _steps(request, programme, ready=not panel["errors"] and programme.agreed),
        "proposals": proposals_of(programme),
        "may_edit": access.allowed(request.actor, "programme.edit", programme),
        "links": links.of(programme, request.actor),
        "is_trainer": programme.trainer_id == request.actor.user_id,
        "consent": consent(programme, request.at),
        "asked": assignments.of_programme(programme)[:20],
        "assignments": ASSIGNMENT,
        "may_assign": access.allowed(request.actor, "programme.assign", programme),
    }
    return render(request, "programmes/proposal.html", context | panel)


def _steps(request: Request, programme: Programme, *, ready: bool) -> list[object]:
    """The buttons, without «submit» while the proposal would be refused."""
    held_back = set() if ready else {"submit", "resubmit"}
    return [b for b in buttons(request, PROGRAMME, programme) if b.name not in held_back]


@require_POST
@guarded("programme.edit")
def discard(request: Request, pk: int) -> HttpResponseRedirect:
    """Delete a draft that was never submitted."""
    programme = one(request, "programme.edit", Programme.objects.all(), pk=pk)
    operations.discard(programme, actor=request.actor, at=request.at)
    messages.success(request, f"Η πρόχειρη πρόταση {programme.code} διαγράφηκε.")
    return redirect("programmes:centre")


@require_POST
@guarded("programme.edit")
def ask(request: Request, pk: int) -> HttpResponseRedirect:
    """Ask the trainer to agree with the present form of the proposal."""
    programme = _whole(request, "programme.edit", pk)
    notices.ask_agreement(programme, at=request.at)
    journal.write(programme, "Ζητήθηκε συμφωνία", actor=request.actor, at=request.at)
    messages.success(request, "Η ειδοποίηση στάλθηκε στον/στην επιμορφωτή/τρια.")
    return redirect("programmes:proposal", pk)


@require_POST
@guarded("programme.edit")
def answer(request: Request, pk: int, proposal: int) -> HttpResponseRedirect:
    """Take all, some or none of a trainer's changes."""
    programme = one(request, "programme.edit", Programme.objects.all(), pk=pk)
    row = programme.proposals.select_related("programme").filter(pk=proposal).first()
    if isinstance(row, TimetableProposal):
        answered = operations.answer(
            row,
            actor=request.actor,
            at=request.at,
            take=request.POST.get("answer") == "take",
            only=set(numbers(request.POST.getlist("change"))),
            reply=request.POST.get("reply", "")[:2000],
        )
        messages.success(request, f"{answered.get_answer_display()}. Στάλθηκε η απάντησή σας.")
    return redirect("programmes:proposal", pk)
