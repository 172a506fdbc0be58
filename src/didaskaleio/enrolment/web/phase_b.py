"""Phase B and my place: requests, answers, offers, confirmation, lists."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.enrolment import operations
from didaskaleio.enrolment.enums import LogOutcome
from didaskaleio.enrolment.lifecycle import APPLICATION
from didaskaleio.enrolment.models import (
    MergeConsent,
    ParticipationApplication,
    PhaseBLog,
    WaitingEntry,
)
from didaskaleio.enrolment.queries import groups, my_place
from didaskaleio.enrolment.queries import standing as standings
from didaskaleio.enrolment.web.catalogue import periods
from didaskaleio.enrolment.web.wizard import mine
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one, public
from didaskaleio.kernel.web.http import Request
from didaskaleio.programmes.enums import PeriodState
from didaskaleio.programmes.lifecycle import PROGRAMME
from didaskaleio.programmes.models import Programme

KINDS = {
    LogOutcome.PLACED: "good",
    LogOutcome.MOVED: "good",
    LogOutcome.FULL: "wait",
    LogOutcome.REFUSED: "bad",
}
WITH_PLACE = ("cluster", "centre", "period__action__course_version")
Response = HttpResponse | HttpResponseRedirect


@guarded("enrolment.apply", about_object=False)
def current(request: Request) -> HttpResponseRedirect:
    """To phase B of the period where it is open, or opens next."""
    rows = periods().filter(
        state__in=(PeriodState.PHASE_B, PeriodState.DRAWN, PeriodState.FROZEN),
        phase_b_closes__gt=request.at,
    )
    found = rows.order_by("phase_b_opens").first()
    if found is None:
        messages.info(request, "Καμία περίοδος δεν έχει τώρα Β΄ φάση.")
        return HttpResponseRedirect(reverse("enrolment:application"))
    return HttpResponseRedirect(reverse("enrolment:phase-b", args=[found.code]))


@guarded("enrolment.apply", about_object=False)
def phase_b(request: Request, period: str) -> HttpResponse:
    """The programmes open in phase B that I may take now, and why not the others."""
    found = get_object_or_404(periods(), code=period)
    person = request.actor.person_id
    application = standings.application_of(person, found)
    standing = standings.standing(found, person, application, request.at)
    rows = groups.open_groups(found, standing, request.at)
    context = {
        "period": found,
        "application": application,
        "broken": [f for f in standing.findings if f.forbids],
        "page": Paginator([g for g in rows if not g.findings], 25).get_page(
            request.GET.get("page")
        ),
        "away": [g for g in rows if g.findings],
        "open": found.state == PeriodState.PHASE_B
        and found.phase_b_opens <= request.at < found.phase_b_closes,
        "ahead": request.at < found.phase_b_opens,
        "bound": _bound(application),
        "cycle": PROGRAMME,
    }
    return render(request, "enrolment/phase_b.html", context)


def _bound(application: ParticipationApplication | None) -> str:
    """Why the person may not ask for any place; empty when they may."""
    if application is None or application.state in {"draft", "submitted"}:
        return ""
    if my_place.waits(application):
        return ""
    held = application.programme
    if held is not None:
        return f"Έχετε θέση στο {held.code}, που θα λειτουργήσει. Δεν αλλάζει στη Β΄ φάση."
    return f"Η αίτησή σας είναι «{application.get_state_display()}» και δεν δέχεται νέα θέση."


@require_POST
@guarded("enrolment.apply", about_object=False)
def claim(request: Request, period: str, code: str) -> HttpResponseRedirect:
    """A request for a place: decided at once, answered on a page of its own."""
    try:
        decision = operations.claim(period, code, actor=request.actor, at=request.at)
    except Programme.DoesNotExist as error:
        raise Http404 from error
    if decision.outcome == LogOutcome.REFUSED:
        rule = f" ({decision.rule})" if decision.rule else ""
        messages.error(request, decision.sentence + rule)
    url = reverse("enrolment:phase-b-answer", args=[period, decision.sequence])
    return HttpResponseRedirect(url)


@guarded("application.write")
def answer(request: Request, period: str, sequence: int) -> HttpResponse:
    """The answer to one request of mine."""
    application = mine(request, period)
    rows = PhaseBLog.objects.select_related("programme__cluster", "programme__centre")
    row = get_object_or_404(rows, application=application, sequence=sequence)
    context = {
        "application": application,
        "period": application.period,
        "row": row,
        "kind": KINDS[LogOutcome(row.outcome)],
        "placed": row.outcome in {LogOutcome.PLACED, LogOutcome.MOVED},
    }
    return render(request, "enrolment/phase_b_answer.html", context)


@public
def log(request: Request, period: str) -> HttpResponse:
    """The public log of phase B, by number, in the order of decision."""
    found = get_object_or_404(periods(), code=period)
    rows = PhaseBLog.objects.filter(period=found).select_related("programme", "freed_programme")
    q = "".join(c for c in request.GET.get("q", "") if c in "0123456789")[:8]
    if q:
        rows = rows.filter(number__startswith=q)
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    lines = [(row, KINDS[LogOutcome(row.outcome)]) for row in page.object_list]
    context = {"period": found, "page": page, "lines": lines, "q": q}
    return render(request, "enrolment/phase_b_log.html", context)


@guarded("enrolment.apply", about_object=False)
def place(request: Request, period: str) -> HttpResponse:
    """My place: what I hold, what I am offered, the lists where I stand or may stand."""
    found = get_object_or_404(periods(), code=period)
    person = request.actor.person_id
    application = standings.application_of(person, found)
    standing = standings.standing(found, person, application, request.at)
    context: dict[str, Any] = {
        "application": application,
        "period": found,
        "cycle": APPLICATION,
        "joinable": my_place.joinable(found, application, standing, request.at),
    }
    return render(request, "enrolment/my_place.html", context | _held(application))


def _held(application: ParticipationApplication | None) -> dict[str, Any]:
    if application is None:
        return {}
    return {
        "offers": my_place.offers_of(application),
        "stands": my_place.stands_of(application),
        "consents": my_place.consents_of(application),
        "confirmable": application.state == "placed" and application.confirm_by is not None,
    }


def _back(request: Request, period: str, words: str) -> HttpResponseRedirect:
    messages.success(request, words)
    return HttpResponseRedirect(reverse("enrolment:place", args=[period]))


@require_POST
@guarded("application.write")
def confirm(request: Request, period: str) -> HttpResponseRedirect:
    """Confirm my place with both declarations."""
    operations.confirm(
        mine(request, period),
        actor=request.actor,
        at=request.at,
        will_teach_declared="will_teach" in request.POST,
        regulation_accepted="regulation" in request.POST,
    )
    return _back(request, period, "Η εγγραφή σας επιβεβαιώθηκε.")


@require_POST
@guarded("application.write")
def decline(request: Request, period: str) -> HttpResponseRedirect:
    """Give up a place that is not confirmed."""
    operations.decline(mine(request, period), actor=request.actor, at=request.at)
    return _back(request, period, "Η θέση σας ελευθερώθηκε.")


@require_POST
@guarded("application.write")
def leave(request: Request, period: str) -> HttpResponseRedirect:
    """Leave after enrolling, with a reason."""
    reason = request.POST.get("reason", "")[:1000].replace("\0", "")
    operations.leave(mine(request, period), actor=request.actor, at=request.at, reason=reason)
    return _back(request, period, "Αποχωρήσατε από το πρόγραμμα.")


@require_POST
@guarded("waiting.answer")
def answer_offer(request: Request, pk: int) -> HttpResponseRedirect:
    """Accept or decline an offer made to me."""
    rows = WaitingEntry.objects.select_related("application__period", "programme")
    entry = one(request, "waiting.answer", rows, pk=pk)
    code = entry.application.period.code
    if request.POST.get("answer") == "yes":
        operations.accept_offer(entry, actor=request.actor, at=request.at)
        return _back(request, code, "Η θέση είναι δική σας.")
    operations.refuse_offer(entry, actor=request.actor, at=request.at)
    return _back(request, code, "Η προσφορά δόθηκε στον επόμενο της λίστας.")


@require_POST
@guarded("enrolment.apply", about_object=False)
def join(request: Request, period: str, code: str) -> HttpResponseRedirect:
    """Join the list of a viable programme."""
    rows = Programme.objects.select_related("category", "centre__prefecture", *WITH_PLACE)
    wanted = get_object_or_404(rows, period__code=period, code=code)
    operations.join(wanted, actor=request.actor, at=request.at)
    return _back(request, period, f"Μπήκατε στη λίστα του {wanted.code}.")


@require_POST
@guarded("application.write")
def answer_merge(request: Request, period: str, pk: int) -> HttpResponseRedirect:
    """Answer a proposed merge of my programme."""
    consent = get_object_or_404(MergeConsent, pk=pk, application=mine(request, period))
    agreed = request.POST.get("answer") == "yes"
    operations.answer_merge(consent, agreed=agreed, actor=request.actor, at=request.at)
    return _back(request, period, "Η απάντησή σας καταχωρίστηκε.")
