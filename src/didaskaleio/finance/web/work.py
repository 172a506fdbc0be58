"""Pages of work done: preview of a calculation, lines, one line with its source, entry."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.finance import operations, queries
from didaskaleio.finance.documents import WORK_SHEET
from didaskaleio.finance.enums import WorkState
from didaskaleio.finance.lifecycle import INVOICE, WORK
from didaskaleio.finance.models import WorkLine
from didaskaleio.finance.operations.work import Entry
from didaskaleio.finance.queries import eligibility, origins
from didaskaleio.finance.queries import work as work_queries
from didaskaleio.finance.web.desk import PAGE, action_of, crumbs
from didaskaleio.finance.web.pay_forms import EntryForm
from didaskaleio.kernel import access, greek, journal
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web import desks
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request

PROBLEMS = 20


@guarded("pay_action.keep")
def preview(request: Request, pk: int) -> HttpResponse:
    """What a calculation would write now; nothing is written yet."""
    found = action_of(request, pk, "pay_action.keep")
    plan = work_queries.plan(found, request.at)
    outside = eligibility.proposed_outside(found, plan.lines)
    context = {
        "action": found,
        "plan": plan,
        "outside": outside,
        "covers": eligibility.told(eligibility.period_of(found)),
        "page": Paginator(plan.lines, PAGE).get_page(request.GET.get("page")),
        "problems": plan.problems[:PROBLEMS],
        "more": max(0, len(plan.problems) - PROBLEMS),
        "crumbs": crumbs(found, "Υπολογισμός"),
    }
    return render(request, "finance/pay/preview.html", context)


@require_POST
@guarded("pay_action.keep")
def calculate(request: Request, pk: int) -> HttpResponse:
    """Write what the preview showed."""
    found = action_of(request, pk, "pay_action.keep")
    seen = request.POST.get("seen", "")
    count = operations.work.calculate(found, actor=request.actor, at=request.at, seen=seen)
    lines = greek.count(count, "γραμμή έργου", "γραμμές έργου")
    messages.success(request, f"Γράφτηκαν {lines}.")
    return redirect(f"{reverse('finance:pay-work', args=[pk])}?state=due")


@guarded("pay_action.read")
def work(request: Request, pk: int) -> HttpResponse:
    """The lines of an action by state and by payee."""
    found = action_of(request, pk)
    asked = request.GET.get("q", "").replace("\0", "").strip()[:80]
    held = work_queries.lines().filter(action=found)
    if asked:
        named = queries.found(queries.payees().filter(body=found.body_id), asked)
        held = held.filter(payee__in=named.order_by().values("pk"))
    desk = desks.by_state(request, held, desks.views(WorkState))
    listed = desk.rows.order_by("-worked_on", "-pk")
    context = {
        "action": found,
        "page": Paginator(listed, PAGE).get_page(request.GET.get("page")),
        "q": asked,
        "desk": desk,
        "cycle": WORK,
        "crumbs": crumbs(found, "Γραμμές έργου"),
    }
    return render(request, "finance/pay/work.html", context)


@guarded("work.read")
def line(request: Request, pk: int) -> HttpResponse:
    """One line: quantity, rate with its version, source with its version, what became of it."""
    held = work_queries.lines().select_related("file", "adjusts", "rate__by", "invoice")
    found = one(request, "work.read", held, pk=pk)
    desk = access.allowed(request.actor, "pay_action.read", found.action)
    item: Any = found.items.select_related("minutes__committee__action").order_by("-pk").first()
    context = {
        "line": found,
        "cycle": WORK,
        "invoice_cycle": INVOICE,
        "item": item,
        "reads_minutes": bool(item) and access.allowed(request.actor, "minutes.read", item.minutes),
        "payments": found.payments.select_related("payment__order").order_by("pk"),
        "adjustments": found.adjustments.order_by("sequence"),
        "entries": journal.of(found)[:20],
        "states": WorkState,
        "desk": desk,
        "outside": desk and eligibility.of_line(found),
        "reads_file": _reads_file(found, desk=desk),
        "reads_contract": bool(found.contract)
        and access.allowed(request.actor, "contract.read", found.contract),
        "crumbs": _way(request, found),
    }
    return render(request, "finance/pay/line.html", context)


def _reads_file(found: WorkLine, *, desk: bool) -> bool:
    """A sheet names other people too: only the desk opens it."""
    return desk or bool(found.file and found.file.kind != WORK_SHEET.name)


@guarded("work.read")
def source(request: Request, pk: int) -> HttpResponse:
    """The source of a line as it was counted: the signed version, the deliverable, the document."""
    found = one(request, "work.read", work_queries.lines().select_related("file"), pk=pk)
    origin = origins.origin(found)
    session = origin.session
    context = {
        "line": found,
        "origin": origin,
        "reads_file": bool(origin.file)
        and _reads_file(found, desk=access.allowed(request.actor, "pay_action.read", found.action)),
        "reads_session": bool(session) and access.allowed(request.actor, "session.read", session),
        "crumbs": _way(request, found, last="Πηγή"),
    }
    return render(request, "finance/pay/source.html", context)


def _way(request: Request, found: WorkLine, *, last: str = "") -> list[dict[str, str]]:
    """From the action's desk, or from one's own payments, to a line and what lies under it."""
    desk = access.allowed(request.actor, "pay_action.read", found.action)
    way = crumbs(found.action, str(found)) if desk else _own(str(found))
    if not last:
        return way
    way[-1] |= {"url": reverse("finance:pay-line", args=[found.pk])}
    return [*way, {"label": last}]


def _own(last: str) -> list[dict[str, str]]:
    mine = {"label": "Οι πληρωμές μου", "url": reverse("finance:payments-mine")}
    return [mine, {"label": last}]


@guarded("pay_action.keep")
def enter(request: Request, pk: int) -> HttpResponse:
    """Work from a document: scripts, sittings, items."""
    found = action_of(request, pk, "pay_action.keep")
    form = EntryForm(found, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        upload = given.pop("file")
        try:
            made = operations.work.enter(
                found, Entry(**given), upload, actor=request.actor, at=request.at
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Καταχωρίστηκε.")
            return redirect("finance:pay-line", made.pk)
    context = {"form": form, "action_": found, "crumbs": crumbs(found, "Έργο από έγγραφο")}
    return render(request, "finance/pay/enter.html", context, status=422 if form.errors else 200)
