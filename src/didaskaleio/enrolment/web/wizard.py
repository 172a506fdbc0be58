"""The application, step by step: facts, conditions, preferences, check, submission."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.enrolment import operations, rules
from didaskaleio.enrolment.errors import ChangedMeanwhileError
from didaskaleio.enrolment.lifecycle import APPLICATION
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.enrolment.queries import standing as standings
from didaskaleio.enrolment.queries.catalogue import when
from didaskaleio.enrolment.queries.demand import demand
from didaskaleio.enrolment.web.catalogue import periods
from didaskaleio.kernel import limits
from didaskaleio.kernel.dates_display import in_athens
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request, number
from didaskaleio.kernel.web.limits import by_person, limited
from didaskaleio.kernel.web.middleware import page_before
from didaskaleio.programmes import queries as programme_queries

STEPS = (
    ("Τα στοιχεία μου", "facts"),
    ("Προϋποθέσεις", "conditions"),
    ("Προτιμήσεις", "preferences"),
    ("Έλεγχος", "check"),
    ("Υποβολή", "submit"),
)
Response = HttpResponse | HttpResponseRedirect


def mine(request: Request, period: str) -> ParticipationApplication:
    """My application in the period of the address; a stranger's is a 404."""
    found = ParticipationApplication.objects.select_related(
        "period__action__course_version__course",
        "period__action__body",
        "cluster",
        "submission__receipt__file",
        "programme__cluster",
        "programme__centre",
    )
    return one(request, "application.write", found, period__code=period, person=request.user)


def _step(request: Request, period: str, number: int) -> dict[str, Any]:
    application = mine(request, period)
    standing = standings.standing(
        application.period, application.person_id, _with_draft(application), request.at
    )
    return {
        "application": application,
        "period": application.period,
        "standing": standing,
        "cycle": APPLICATION,
        "step_number": number,
        "step_items": [
            {"label": label, "url": reverse(f"enrolment:{name}", args=[period])}
            for label, name in STEPS
        ],
        "back_url": reverse(f"enrolment:{STEPS[number - 2][1]}", args=[period])
        if number > 1
        else reverse("enrolment:catalogue"),
        "editable": standings.still_editable(application, request.at),
    }


def _with_draft(application: ParticipationApplication) -> ParticipationApplication:
    """The application as it would be submitted: with the cluster of the draft."""
    code = application.draft.get("cluster")
    if code:
        clusters = application.period.action.scheme.clusters
        application.cluster = clusters.filter(code=code).first()
    return application


def _next(number: int, period: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(f"enrolment:{STEPS[number][1]}", args=[period]))


@require_POST
@guarded("enrolment.apply", about_object=False)
def begin(request: Request, period: str) -> Response:
    """Begin (or go on with) my application."""
    found = get_object_or_404(periods(), code=period)
    operations.start(found, actor=request.actor, at=request.at)
    return HttpResponseRedirect(reverse("enrolment:facts", args=[period]))


@guarded("application.write")
def facts(request: Request, period: str) -> Response:
    """Step 1: what MySchool says, the cluster, the declaration that I will teach."""
    context = _step(request, period, 1)
    if request.method == "POST":
        operations.save_draft(
            context["application"],
            actor=request.actor,
            at=request.at,
            will_teach="will_teach" in request.POST,
            cluster=request.POST.get("cluster") or None,
        )
        return _next(1, period)
    return render(request, "enrolment/wizard_facts.html", context)


@guarded("application.write")
def conditions(request: Request, period: str) -> Response:
    """Step 2: every rule, fulfilled or not, with the values that decide."""
    return render(request, "enrolment/wizard_conditions.html", _step(request, period, 2))


def _ranked(context: dict[str, Any]) -> dict[str, Any]:
    application = context["application"]
    codes = application.draft.get("preferences", [])
    found = standings.listed(application.period, codes)
    wanted = demand(application.period_id, [row.code for row in found])
    times = when([row.pk for row in found])
    ranked = [
        (line, wanted[line.programme.code], times.get(line.programme.pk, "–"))
        for line in standings.judged(found, context["standing"])
    ]
    orders = [row.category.order for row in found]
    return context | {
        "ranked": ranked,
        "wrong": (rules.first_step_back(orders) or -1) + 1,
        "codes": [row.code for row in found],
        "counts": {
            code: sum(row.category.code == code for row in found) for code in ("IIa", "IIb")
        },
    }


@guarded("application.write")
def preferences(request: Request, period: str) -> Response:
    """Step 3: the order, by drag or by buttons; without scripts each button sends the form."""
    context = _step(request, period, 3)
    if request.method != "POST":
        return render(request, "enrolment/wizard_preferences.html", _ranked(context))
    application, move = context["application"], request.POST.get("move", "")
    codes = _moved(application, request.POST.getlist("order")[:200], move)
    operations.save_draft(application, actor=request.actor, at=request.at, preferences=codes)
    here = HttpResponseRedirect(reverse("enrolment:preferences", args=[period]))
    return here if move else _next(3, period)


@require_POST
@guarded("application.write")
def save_order(request: Request, period: str) -> HttpResponse:
    """Autosave of the order while it is being changed."""
    saved = operations.save_draft(
        mine(request, period),
        actor=request.actor,
        at=request.at,
        preferences=request.POST.getlist("order")[:200],
    )
    return JsonResponse({"saved": f"{in_athens(saved.draft_saved_at or request.at):%H:%M}"})


def _moved(application: ParticipationApplication, codes: list[str], move: str) -> list[str]:
    act, _, code = move.partition(":")
    if act == "fix":
        found = standings.listed(application.period, codes)
        orders = [row.category.order for row in found]
        return [row.code for row in rules.repaired(found, orders)]
    if code not in codes:
        return codes
    place = codes.index(code)
    codes.pop(place)
    if act == "del":
        return codes
    codes.insert(max(0, place - 1) if act == "up" else place + 1, code)
    return codes


@require_POST
@guarded("enrolment.apply", about_object=False)
def add(request: Request, period: str) -> Response:
    """Add a programme to my draft, from the catalogue or its sheet."""
    found = get_object_or_404(periods(), code=period)
    application = operations.start(found, actor=request.actor, at=request.at)
    code = request.POST.get("code", "")[:12]
    operations.add_preference(application, code, actor=request.actor, at=request.at)
    messages.success(request, f"Το {code} προστέθηκε στις προτιμήσεις του προχείρου σας.")
    return HttpResponseRedirect(page_before(request, reverse("enrolment:catalogue")))


@require_POST
@guarded("application.write")
def remove(request: Request, period: str) -> Response:
    """Take a programme out of my draft."""
    code = request.POST.get("code", "")[:12]
    operations.remove_preference(mine(request, period), code, actor=request.actor, at=request.at)
    messages.success(request, f"Το {code} αφαιρέθηκε από το πρόχειρό σας.")
    return HttpResponseRedirect(page_before(request, reverse("enrolment:catalogue")))


def _problems(context: dict[str, Any]) -> list[tuple[str, str]]:
    """What still stands in the way of a submission, each with the step that mends it."""
    found = [
        (f"{f.sentence} {f.remedy}", "conditions")
        for f in context["standing"].findings
        if f.forbids
    ]
    if not context["application"].draft.get("will_teach"):
        found.append(("Δηλώστε ότι θα διδάσκετε όσο διαρκεί η επιμόρφωση.", "facts"))
    if not context["ranked"]:
        found.append(("Προσθέστε τουλάχιστον ένα πρόγραμμα.", "preferences"))
    if context["wrong"]:
        text = f"Η {context['wrong']}η προτίμηση (ΙΙa) είναι κάτω από ΙΙb: διορθώστε τη σειρά."
        found.append((text, "preferences"))
    for line, _, _ in context["ranked"]:
        found.extend(
            (f"{line.programme.code}: {f.sentence}", "preferences") for f in line.forbidden
        )
    return found


@guarded("application.write")
def check(request: Request, period: str) -> Response:
    """Step 4: everything on one page, with what still stands in the way."""
    context = _ranked(_step(request, period, 4))
    context["problems"] = [
        (text, reverse(f"enrolment:{step}", args=[period])) for text, step in _problems(context)
    ]
    return render(request, "enrolment/wizard_check.html", context)


SUBMISSIONS = limits.declare("submit", "υποβολές αίτησης: πρόσωπο", 30, 900)


@guarded("application.write")
@limited(SUBMISSIONS, by_person)
def submit(request: Request, period: str) -> Response:
    """Step 5: accept the regulation and submit; a second click finds the receipt."""
    context = _ranked(_step(request, period, 5))
    if request.method == "POST":
        return _send(request, context["application"])
    regulation = programme_queries.current_regulation(context["period"].action, request.at)
    context |= {
        "regulation": regulation,
        "accepted": programme_queries.accepted(regulation, request.actor.user_id, "applicant"),
        "problems": _problems(context),
        "version": context["application"].submission.version
        if context["application"].submission
        else 0,
    }
    return render(request, "enrolment/wizard_submit.html", context)


def _send(request: Request, application: ParticipationApplication) -> Response:
    period = application.period.code
    try:
        sent = operations.send(
            application,
            actor=request.actor,
            at=request.at,
            reviewed=[code for code in request.POST.get("reviewed", "").split(",") if code],
            version=number(request.POST.get("version", "")) or 0,
            accepts="accepts" in request.POST,
        )
    except ChangedMeanwhileError as refusal:
        if refusal.code != "submitted" or application.submission is None:
            raise
        messages.info(request, str(refusal))
        sent = application.submission
    return HttpResponseRedirect(reverse("enrolment:receipt", args=[period, sent.version]))
