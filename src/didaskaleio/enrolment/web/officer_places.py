"""After the draw, for officers and centres: groups, people by name, decisions, manual moves."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.enrolment import operations
from didaskaleio.enrolment.enums import HOLDING_STATES, MoveReason
from didaskaleio.enrolment.lifecycle import APPLICATION
from didaskaleio.enrolment.models import MergeConsent, ParticipationApplication
from didaskaleio.enrolment.operations.phases import opens_unannounced
from didaskaleio.enrolment.queries import groups
from didaskaleio.enrolment.web.place_forms import MergeForm, MoveForm, PhaseBForm
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.programmes.enums import PeriodState, ProgrammeState
from didaskaleio.programmes.lifecycle import PERIOD, PROGRAMME
from didaskaleio.programmes.models import Programme, TrainingPeriod

AFTER_DRAW = (
    ProgrammeState.FILLING,
    ProgrammeState.VIABLE,
    ProgrammeState.ENROLLING,
    ProgrammeState.RUNNING,
    ProgrammeState.SUSPENDED,
    ProgrammeState.COMPLETED,
    ProgrammeState.DOCUMENTED,
)
Response = HttpResponse | HttpResponseRedirect


def _programmes() -> QuerySet[Programme]:
    return Programme.objects.select_related(*groups.SHEET)


def _programme(request: Request, permission: str, pk: int) -> Programme:
    return one(request, permission, _programmes(), pk=pk)


@guarded("places.desk", about_object=False)
def listing(request: Request) -> HttpResponse:
    """The groups whose people I may see by name, the newest period first."""
    found = rows(request, "places.read", _programmes().filter(state__in=AFTER_DRAW))
    q = request.GET.get("q", "")[:40].replace("\0", "").strip()
    if q:
        found = found.filter(code__icontains=q)
    ordered = found.order_by("-period__phase_a_opens", "code")
    page = Paginator(ordered, 25).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "groups": groups.groups(page.object_list, request.at),
        "cycle": PROGRAMME,
        "q": q,
    }
    return render(request, "enrolment/groups.html", context)


@guarded("places.read")
def places(request: Request, pk: int) -> HttpResponse:
    """Who holds a place in a programme, by name."""
    programme = _programme(request, "places.read", pk)
    people = rows(
        request,
        "application.read",
        ParticipationApplication.objects.filter(programme=programme, state__in=HOLDING_STATES),
    ).select_related("person", "period__action")
    context = {
        "programme": programme,
        "group": groups.groups([programme], request.at)[0],
        "page": Paginator(people.order_by("person__sort_key", "pk"), 50).get_page(
            request.GET.get("page")
        ),
        "cycle": APPLICATION,
        "programmes": PROGRAMME,
        "manages": rows(request, "programme.manage", Programme.objects.filter(pk=pk)).exists(),
    }
    return render(request, "enrolment/places.html", context)


@guarded("period.manage")
def filling(request: Request, period: str) -> Response:
    """What is still filling, one decision each; then enrolment opens."""
    found = _period(request, period)
    undecided = _programmes().filter(period=found, state=ProgrammeState.FILLING).order_by("code")
    page = Paginator(undecided, 25).get_page(request.GET.get("page"))
    decides = found.state == PeriodState.PHASE_B_CLOSED
    shown = groups.groups(page.object_list, request.at)
    context = {
        "period": found,
        "page": page,
        "lines": [
            (group, buttons(request, PROGRAMME, group.programme) if decides else [])
            for group in shown
        ],
        "decides": decides,
        "late": opens_unannounced(found) if found.state == PeriodState.DRAWN else "",
        "periods": PERIOD,
        "cycle": PROGRAMME,
    }
    return render(request, "enrolment/filling.html", context)


def _period(request: Request, code: str) -> TrainingPeriod:
    found = TrainingPeriod.objects.select_related("action__body")
    return one(request, "period.manage", found, code=code)


@require_POST
@guarded("period.manage")
def open_enrolment(request: Request, period: str) -> HttpResponseRedirect:
    """Open enrolment once everything is decided (or without phase B)."""
    found = _period(request, period)
    act = operations.skip_phase_b if found.state == PeriodState.DRAWN else operations.open_enrolment
    act(found, actor=request.actor, at=request.at)
    messages.success(request, "Οι εγγραφές άνοιξαν και στάλθηκαν οι ειδοποιήσεις.")
    return HttpResponseRedirect(reverse("enrolment:filling", args=[period]))


@guarded("period.manage")
def postpone(request: Request, period: str) -> Response:
    """Give phase B another moment by an announced act."""
    found = _period(request, period)
    form = PhaseBForm(
        request.POST or None,
        initial={"opens": found.phase_b_opens, "closes": found.phase_b_closes},
    )
    if request.method == "POST" and form.is_valid():
        operations.move_phase_b(found, actor=request.actor, at=request.at, **form.cleaned_data)
        messages.success(request, "Η νέα στιγμή της Β΄ φάσης ανακοινώθηκε.")
        return HttpResponseRedirect(reverse("enrolment:filling", args=[period]))
    back = reverse("enrolment:filling", args=[period])
    context = {
        "form": form,
        "title": "Νέα στιγμή της Β΄ φάσης",
        "lead": found.title,
        "label": "Ανακοίνωση",
        "cancel_url": back,
    }
    return render(request, "enrolment/place_form.html", context)


@guarded("programme.manage")
def merge(request: Request, pk: int) -> Response:
    """Candidates of a merge, who agreed, and the decision."""
    source = _programme(request, "programme.manage", pk)
    form = MergeForm(request.POST or None, targets=_targets(source))
    if request.method == "POST" and form.is_valid():
        return _merged(request, source, form)
    answers = MergeConsent.objects.filter(source=source).select_related(
        "application__person", "target"
    )
    context = {
        "source": source,
        "form": form,
        "group": groups.groups([source], request.at)[0],
        "targets": groups.groups(_targets(source), request.at),
        "answers": answers.order_by("target__code", "application__rank", "pk"),
        "cycle": PROGRAMME,
    }
    return render(request, "enrolment/merge.html", context)


def _targets(source: Programme) -> QuerySet[Programme]:
    return (
        _programmes()
        .filter(
            period_id=source.period_id,
            cluster_id=source.cluster_id,
            state__in=(ProgrammeState.FILLING, ProgrammeState.VIABLE),
        )
        .exclude(pk=source.pk)
        .order_by("code")
    )


def _merged(request: Request, source: Programme, form: MergeForm) -> HttpResponseRedirect:
    target, reason = form.cleaned_data["target"], form.cleaned_data["reason"]
    if "ask" in request.POST:
        asked = operations.propose_merge(source, target, actor=request.actor, at=request.at)
        messages.success(request, f"Ερωτήθηκαν {asked} άτομα για το {target.code}.")
        return HttpResponseRedirect(reverse("enrolment:merge", args=[source.pk]))
    moved = operations.merge(source, target, actor=request.actor, at=request.at, reason=reason)
    messages.success(request, f"Το {source.code} συγχωνεύτηκε: {moved} άτομα στο {target.code}.")
    return HttpResponseRedirect(reverse("enrolment:filling", args=[source.period.code]))


@guarded("application.manage")
def move(request: Request, pk: int) -> Response:
    """A manual move: to which programme, by which reason."""
    found = ParticipationApplication.objects.select_related("person", "programme__cluster")
    row = one(request, "application.manage", found, pk=pk)
    source = get_object_or_404(_programmes(), pk=row.programme_id)
    form = MoveForm(request.POST or None, targets=_receivers(source))
    back = reverse("enrolment:places", args=[source.pk])
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        operations.move_by_decision(
            row, given.pop("target"), actor=request.actor, at=request.at, **given
        )
        messages.success(request, "Η μετακίνηση έγινε και δημοσιεύθηκε με τον αριθμό.")
        return HttpResponseRedirect(back)
    context = {
        "form": form,
        "title": f"Μετακίνηση: {row.person.full_name}",
        "lead": f"Αριθμός {row.number} · τώρα στο {source}",
        "label": "Μετακίνηση",
        "cancel_url": back,
        "reasons": MoveReason.choices,
    }
    return render(request, "enrolment/place_form.html", context)


def _receivers(source: Programme) -> QuerySet[Programme]:
    receiving = (
        ProgrammeState.FILLING,
        ProgrammeState.VIABLE,
        ProgrammeState.ENROLLING,
        ProgrammeState.RUNNING,
    )
    same = _programmes().filter(period_id=source.period_id, cluster_id=source.cluster_id)
    return same.filter(state__in=receiving).exclude(pk=source.pk).order_by("code")
