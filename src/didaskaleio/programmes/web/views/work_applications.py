"""Pages of whoever applies for work: calls that concern me, one of them, my application."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.kernel import access, journal
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one, public, rows
from didaskaleio.kernel.web.http import Request, number
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.people.models import Person
from didaskaleio.programmes import operations
from didaskaleio.programmes.enums import WorkApplicationState
from didaskaleio.programmes.lifecycle import ASSIGNMENT, WORK_APPLICATION, WORK_CALL
from didaskaleio.programmes.models import Availability, WorkApplication, WorkCall
from didaskaleio.programmes.operations.work_applications import WRITABLE
from didaskaleio.programmes.queries import assignments, current_regulation, work_ranking
from didaskaleio.programmes.queries import work_calls as queries
from didaskaleio.programmes.web.work_application_forms import WorkApplicationForm, initial_of
from didaskaleio.structures.models import TrainingCentre

PAGE = 25
MINE = {"label": "Έργο σε προγράμματα"}
OPEN = {"label": "Προσκλήσεις για έργο"}
WINDOWS = {"open": "Ανοιχτές", "past": "Έληξαν"}


def _crumbs(*more: dict[str, str]) -> list[dict[str, str]]:
    return [MINE | {"url": reverse("programmes:work")}, *more]


@guarded("work_call.list", about_object=False)
def mine(request: Request) -> HttpResponse:
    """Calls for work that concern me, and my applications in them."""
    found = queries.for_me(request.actor).order_by("-closes_at", "-pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    own = WorkApplication.objects.filter(queries.own_q(request.actor), call__in=list(page))
    per_call: dict[int, list[WorkApplication]] = {}
    for row in own.select_related("centre", "line__cluster", "line__prefecture", "line__region"):
        per_call.setdefault(row.call_id, []).append(row)
    context = {
        "page": page,
        "shown": [(call, per_call.get(call.pk, [])) for call in page],
        "cycle": WORK_CALL,
        "applications": WORK_APPLICATION,
        "assigned": assignments.of_person(request.actor.person_id)[:PAGE],
        "assignments": ASSIGNMENT,
        "now": request.at,
        "crumbs": [MINE],
    }
    return render(request, "programmes/work_mine.html", context)


@public
def listed(request: Request) -> HttpResponse:
    """«Προσκλήσεις για έργο»: those that take applications by deadline, and the past ones."""
    window = "past" if request.GET.get("show") == "past" else "open"
    found = queries.announced(window, request.at)
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "window": window,
        "windows": WINDOWS.items(),
        "cycle": WORK_CALL,
        "called": access.allowed(request.actor, "work_call.list"),
    }
    return render(request, "programmes/work_open.html", context)


@public
def call(request: Request, pk: int) -> HttpResponse:
    """One call as everybody reads it; whom it concerns sees the terms, going on begins a draft."""
    found = WorkCall.objects.select_related("period__action__body")
    the = one(request, "work_call.page", found, pk=pk)
    if request.method == "POST":
        centre = _centre(request, the)
        made = operations.start_application(the, centre=centre, actor=request.actor, at=request.at)
        return redirect("programmes:work-write", made.pk)
    may = access.allowed(request.actor, "work_call.apply", the)
    context = _of_call(the, request) | (_of_applicant(the, request) if may else {})
    return render(request, "programmes/work_call.html", context)


def _of_call(the: WorkCall, request: Request) -> dict[str, Any]:
    categories = the.period.action.categories.order_by("order")
    return {
        "call": the,
        "cycle": WORK_CALL,
        "who": queries.who_may(the),
        "lines": the.lines.select_related("cluster", "prefecture", "region"),
        "hours": [(row.label, assignments.hours_of_category(row)) for row in categories],
        "regulation": current_regulation(the.period.action, request.at),
        "closed": queries.why_closed(the, request.at),
        "signed_in": request.actor.user_id is not None,
        "now": request.at,
        "crumbs": [OPEN | {"url": reverse("programmes:work-open")}, {"label": the.title}],
    }


def _of_applicant(the: WorkCall, request: Request) -> dict[str, Any]:
    centre = _centre(request, the)
    who = centre or Person.objects.get(pk=request.actor.person_id)
    fits = the.for_trainers or centre is not None
    return {
        "may": True,
        "centre": centre,
        "centres": _centres(request, the)[:20] if not the.for_trainers else [],
        "terms": queries.terms(the, who, request.at) if fits else [],
        "application": _own(request, the, centre),
        "applications": WORK_APPLICATION,
        "crumbs": _crumbs({"label": the.title}),
    }


def _centres(request: Request, call: WorkCall) -> Any:
    own = rows(request, "centre.propose", TrainingCentre.objects.order_by("sort_key"))
    return own.filter(body=call.period.action.body_id)


def _centre(request: Request, call: WorkCall) -> TrainingCentre | None:
    """The centre chosen, or the first of mine that is of the body of the call."""
    if call.for_trainers:
        return None
    asked = request.POST.get("centre") or request.GET.get("centre") or ""
    found = _centres(request, call)
    centre = (found.filter(pk=number(asked) or 0) if asked else found).first()
    if asked and centre is None:
        raise Http404
    return centre if isinstance(centre, TrainingCentre) else None


def _own(request: Request, call: WorkCall, centre: TrainingCentre | None) -> WorkApplication | None:
    own = {"person": None, "centre": centre} if centre else {"person": request.actor.user_id}
    return call.applications.filter(**own).first()


def _application(request: Request, permission: str, pk: int) -> WorkApplication:
    found = WorkApplication.objects.select_related(
        "call__period__action__body", "person", "centre", "submission__receipt__file",
        "line__cluster", "line__prefecture", "line__region",
    )  # fmt: skip
    return one(request, permission, found, pk=pk)


@guarded("work_application.write")
def write(request: Request, pk: int) -> HttpResponse:
    """Write the application: kept as it is typed, submitted by its own button."""
    row = _application(request, "work_application.write", pk)
    if row.state not in WRITABLE or queries.why_closed(row.call, request.at):
        return redirect("programmes:work-application", pk)
    who = row.person or row.centre
    lines = list(queries.lines_of(row.call, who)) if who else []
    whole = "send" in request.POST
    first = initial_of(row)
    form = WorkApplicationForm(request.POST or None, call=row.call, lines=lines, initial=first)
    fits = form.is_bound and form.can_be_kept()
    if fits:
        operations.save_application(row, **form.draft(), actor=request.actor, at=request.at)
    if request.htmx:
        return render(
            request, "programmes/work_live.html", {"saved": request.at, "wrong": not fits}
        )
    ready = form.is_valid() if whole else fits
    if ready and (done := _sent(request, row, form, whole=whole)):
        return done
    return _page(request, row, form)


def _sent(
    request: Request, row: WorkApplication, form: WorkApplicationForm, *, whole: bool
) -> HttpResponse | None:
    """Where a form leads that was kept or sent; None with the refusal on it, to be read there."""
    if not whole:
        messages.success(request, "Το πρόχειρο αποθηκεύτηκε. Δεν έχει υποβληθεί ακόμη.")
        return redirect("programmes:work-write", row.pk)
    version = number(request.POST.get("version", "")) or 0
    row.refresh_from_db()
    try:
        operations.send_application(row, actor=request.actor, at=request.at, version=version)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, "Η αίτηση υποβλήθηκε. Κρατήστε τον αριθμό της απόδειξης.")
    return redirect("programmes:work-application", row.pk)


def _page(request: Request, row: WorkApplication, form: WorkApplicationForm) -> HttpResponse:
    last = row.submissions.first()
    context = {
        "form": form,
        "row": row,
        "call": row.call,
        "preferences": [form[f"p{n}"] for n in range(1, form.places + 1)],
        "version": last.version if last else 0,
        "load": queries.load_of(row.call, row.person, request.at) if row.person else None,
        "availability": Availability.objects.filter(person=row.person_id).first(),
        "now": request.at,
        "crumbs": _crumbs(
            {"label": row.call.title, "url": reverse("programmes:work-call", args=[row.call_id])},
            {"label": "Αίτηση"},
        ),
    }
    status = 422 if form.errors else 200
    return render(request, "programmes/work_write.html", context, status=status)


@guarded("work_application.read")
def application(request: Request, pk: int) -> HttpResponse:
    """One application: what was submitted, the receipts, the rank in each line and why."""
    row = _application(request, "work_application.read", pk)
    own = access.allowed(request.actor, "work_application.write", row)
    last = row.submission
    named = row.call.lines.select_related("cluster", "prefecture", "region").in_bulk()
    standings = row.standings.select_related("line__cluster", "line__prefecture", "line__region")
    context = {
        "row": row,
        "call": row.call,
        "cycle": WORK_APPLICATION,
        "states": WorkApplicationState,
        "own": own,
        "chosen": [named[pk] for pk in last.lines if pk in named] if last else [],
        "versions": row.submissions.select_related("receipt__file") if own else [],
        "standings": [(one, work_ranking.before(one)) for one in standings.order_by("preference")],
        "open": own and not queries.why_closed(row.call, request.at) and row.state in WRITABLE,
        "steps": buttons(request, WORK_APPLICATION, row),
        "entries": journal.of(row)[:20],
        "now": request.at,
        "crumbs": _crumbs({"label": row.call.title}) if own else [],
    }
    return render(request, "programmes/work_application.html", context)
