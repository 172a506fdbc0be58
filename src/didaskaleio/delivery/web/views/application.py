"""Application in class: the trainee's plan and evidence, the trainer's list and feedback."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.delivery import operations, queries
from didaskaleio.delivery.enums import ClassApplicationState
from didaskaleio.delivery.lifecycle import CLASS_APPLICATION, EDITABLE, PROVING
from didaskaleio.delivery.models import ClassApplication
from didaskaleio.delivery.web import show, work_forms
from didaskaleio.kernel import journal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.limits import UPLOADS, by_person, limited
from didaskaleio.kernel.web.steps import buttons

RELATIONS = ("application__person", "application__programme__cluster")


@guarded("delivery.mine", about_object=False)
def mine(request: Request) -> HttpResponse:
    """The application in class of each programme that the person follows."""
    rows = queries.application.of_person(request.actor.person_id)
    context = {"rows": rows[:20], "cycle": CLASS_APPLICATION}
    return render(request, "delivery/class_mine.html", context)


@guarded("delivery.teaching", about_object=False)
def reviewing(request: Request) -> HttpResponse:
    """Everybody in the trainer's classes, whoever waits for feedback first."""
    rows = queries.application.of_trainer(request.actor.person_id)
    context = {
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "cycle": CLASS_APPLICATION,
    }
    return render(request, "delivery/class_list.html", context)


@guarded("attendance.apply")
def plan(request: Request, pk: int) -> HttpResponse:
    """Write the lesson plan."""
    found = one(request, "attendance.apply", queries.application.following(), pk=pk)
    work = ClassApplication.objects.filter(application=found).first()
    if work is not None and work.state not in EDITABLE:
        return redirect("delivery:class-application", pk=work.pk)
    form = work_forms.PlanForm(request.POST or None, initial=vars(work) if work else None)
    if request.method == "POST" and form.is_valid():
        saved = operations.save_plan(found, form.plan, actor=request.actor, at=request.at)
        messages.success(request, "Το σχέδιο αποθηκεύτηκε. Υποβάλετέ το όταν είναι έτοιμο.")
        return redirect("delivery:class-application", pk=saved.pk)
    context = {"form": form, "programme": found.programme, "feedback": _feedback(work)}
    back = {"cancel_url": reverse("delivery:my-class-application")}
    return render(request, "delivery/class_plan.html", context | back)


def _feedback(work: ClassApplication | None) -> Any:
    """The last thing that the trainer said."""
    return journal.of(work).exclude(reason="").first() if work else None


@guarded("class_application.read")
def work(request: Request, pk: int) -> HttpResponse:
    """The plan, the evidence, the support meetings, and what was said of them."""
    rows = ClassApplication.objects.select_related(
        *RELATIONS, "application__programme__trainer", "application__programme__centre"
    )
    found = one(request, "class_application.read", rows, pk=pk)
    own = found.application.person_id == request.actor.user_id
    context = {
        "work": found,
        "programme": found.application.programme,
        "person": found.application.person,
        "own": own,
        "may_edit": own and found.state in EDITABLE,
        "may_prove": own and CLASS_APPLICATION.can("hand_in", found, request.actor, request.at),
        "evidence": list(found.evidence.select_related("file")),
        "meetings": queries.application.support_meetings(found),
        "cycle": CLASS_APPLICATION,
        "states": ClassApplicationState,
        "steps": buttons(request, CLASS_APPLICATION, found),
        "entries": journal.of(found)[:20],
        "feedback": _feedback(found),
        "crumbs": show.crumbs(("Εφαρμογή στην τάξη", _home(own=own)), (found.title, "")),
    }
    return render(request, "delivery/class_work.html", context)


def _home(*, own: bool) -> str:
    return reverse("delivery:my-class-application") if own else ""


def _proving(request: Request, pk: int) -> ClassApplication:
    rows = ClassApplication.objects.select_related(*RELATIONS)
    found = one(request, "class_application.own", rows, pk=pk)
    if found.state not in PROVING:
        raise Http404
    return found


@guarded("class_application.own")
@limited(UPLOADS, by_person)
def evidence(request: Request, pk: int) -> HttpResponse:
    """One more file from the class."""
    found = _proving(request, pk)
    form = work_forms.EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        by: Any = {"actor": request.actor, "at": request.at}
        operations.add_evidence(found, said["file"], title=said["title"], **by)
        messages.success(request, "Το τεκμήριο αποθηκεύτηκε.")
        return redirect("delivery:class-application", pk=pk)
    return render(request, "delivery/class_evidence.html", _form(found, form))


def _form(work: ClassApplication, form: Any) -> dict[str, Any]:
    url = reverse("delivery:class-application", args=[work.pk])
    return {
        "form": form,
        "work": work,
        "cancel_url": url,
        "crumbs": show.crumbs((work.title, url), ("Τεκμήρια", "")),
    }


@guarded("class_application.own")
def hand_in(request: Request, pk: int) -> HttpResponse:
    """The evidence goes to the trainer."""
    found = _proving(request, pk)
    form = work_forms.HandInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by: Any = {"actor": request.actor, "at": request.at}
        operations.hand_in_evidence(found, **form.cleaned_data, **by)
        messages.success(request, "Τα τεκμήρια υποβλήθηκαν στην επιμόρφωση.")
        return redirect("delivery:class-application", pk=pk)
    return render(request, "delivery/class_hand_in.html", _form(found, form))
