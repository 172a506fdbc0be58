"""Public pages: the programme's sheet and the regulation."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from didaskaleio.courses import profiles
from didaskaleio.kernel import access
from didaskaleio.kernel.web.guard import guarded, one, public, rows
from didaskaleio.kernel.web.http import Request, number
from didaskaleio.kernel.web.middleware import page_before
from didaskaleio.programmes import locality, operations, parameters, queries
from didaskaleio.programmes.lifecycle import PROGRAMME
from didaskaleio.programmes.models import Programme, Regulation, RegulationAcceptance
from didaskaleio.programmes.web.show import hours_of, meetings_of
from didaskaleio.structures.models import TrainingCentre


@public
def programme(request: Request, pk: int) -> HttpResponse:
    """The full sheet of a programme (R-035)."""
    found = queries.with_relations(Programme.objects.prefetch_related("slots", "staff"))
    the = one(request, "programme.sheet", found, pk=pk)
    return render(request, "programmes/programme.html", sheet_of(the, request))


def sheet_of(the: Programme, request: Request) -> dict[str, object]:
    """What the sheet shows; enrolment's own page may add its buttons to the same."""
    version = the.period.action.course_version
    numbers = parameters.of(the.period.action, request.at)
    return {
        "programme": the,
        "cycle": PROGRAMME,
        "version": version,
        "objectives": version.objectives.all(),
        "units": version.units.all(),
        "prerequisites": profiles.parse(version.trainee_profile).in_words(),
        "meetings": meetings_of(the),
        "hours": hours_of(queries.plan_of(the), numbers.timetable()),
        "locality": locality.in_words(locality.parse(the.locality_rules)),
        "regulation": queries.current_regulation(the.period.action, request.at),
        "parameters": numbers,
    }


@public
def regulation(request: Request, pk: int) -> HttpResponse:
    """One version of the regulation, with the ways in which the person may accept it."""
    found = Regulation.objects.select_related("action__body")
    the = get_object_or_404(found, pk=pk)
    if the.published_at is None:
        access.require(request.actor, "action.manage", the.action)
    own = RegulationAcceptance.objects.filter(
        regulation=the, person_id=request.actor.user_id or 0
    ).select_related("centre")
    versions = the.action.regulations.exclude(published_at=None).order_by("-version")
    context = {
        "regulation": the,
        "accepted": own if request.actor.user_id else [],
        "ways": _ways(request, the),
        "versions": versions,
        "may_publish": the.published_at is None,
    }
    return render(request, "programmes/regulation.html", context)


def _ways(request: Request, the: Regulation) -> list[dict[str, object]]:
    """In which capacities the person of this request may still accept."""
    actor = request.actor
    if actor.user_id is None or the.published_at is None:
        return []
    found: list[dict[str, object]] = []
    for capacity, role, label in (
        ("applicant", "teacher", "Αποδέχομαι ως επιμορφούμενος/η"),
        ("trainer", "trainer", "Αποδέχομαι ως επιμορφωτής/τρια"),
    ):
        if actor.holds(role) and not queries.accepted(the, actor.user_id, capacity):
            found.append({"capacity": capacity, "label": label, "centre": ""})
    for centre in rows(request, "centre.propose", TrainingCentre.objects.all()):
        if not queries.accepted(the, actor.user_id, "centre", centre_id=centre.pk):
            label = f"Αποδέχομαι για το κέντρο {centre.name}"
            found.append({"capacity": "centre", "label": label, "centre": centre.pk})
    return found


@require_POST
@guarded("regulation.accept")
def accept(request: Request, pk: int) -> HttpResponseRedirect:
    """Record the acceptance."""
    the = one(request, "regulation.accept", Regulation.objects.select_related("action"), pk=pk)
    chosen, centres = request.POST.get("centre", ""), TrainingCentre.objects.all()
    centre = one(request, "centre.propose", centres, pk=number(chosen)) if chosen else None
    operations.accept_regulation(
        the,
        actor=request.actor,
        at=request.at,
        capacity=request.POST.get("capacity", ""),
        centre=centre,
    )
    messages.success(request, "Η αποδοχή σας καταγράφηκε.")
    return HttpResponseRedirect(page_before(request))
