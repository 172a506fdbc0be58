"""Pages of reports of work: mine, writing one, the desk of body and centre, one report."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.finance import operations
from didaskaleio.finance import queries as finance
from didaskaleio.finance.enums import WorkReportState
from didaskaleio.finance.lifecycle import WORK_REPORT
from didaskaleio.finance.lifecycle.work_reports import WRITABLE
from didaskaleio.finance.models import WorkReport
from didaskaleio.finance.queries import work_reports as queries
from didaskaleio.finance.web.work_report_forms import WorkReportForm
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.errors import OvertakenError
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web import desks, overtaking
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.steps import buttons

PAGE = 50


@guarded("finance.mine", about_object=False)
def mine(request: Request) -> HttpResponse:
    """My contracts with the report of each: owed, in hand, accepted."""
    found = queries.mine(request.actor.person_id)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "cycle": WORK_REPORT, "writable": WRITABLE}
    return render(request, "finance/work_reports/mine.html", context)


@guarded("contract.own")
def write(request: Request, pk: int) -> HttpResponse:
    """The words of my report, beside the figures that the signed sheets give."""
    signed = finance.contracts().filter(state__in=queries.SIGNED, payee__person__isnull=False)
    found = one(request, "contract.own", signed, pk=pk)
    report = WorkReport.objects.filter(contract=found).first() or WorkReport(contract=found)
    if report.state not in WRITABLE:
        return redirect("finance:work-report", report.pk)
    shown = queries.activities(found, request.at)
    form = WorkReportForm(shown, report, request.POST or None)
    act = partial(operations.work_reports.write, found)
    done, refusal = overtaking.saved(request, form, lambda **by: act(*form.said, **by))
    if done:
        messages.success(request, "Η έκθεση αποθηκεύτηκε. Ελέγξτε την και υποβάλετέ την.")
        made = WorkReport.objects.get(contract=found)
        return redirect("finance:work-report", made.pk)
    return _write_page(request, report, form, refusal)


def _write_page(
    request: Request, report: WorkReport, form: WorkReportForm, refusal: OvertakenError | None
) -> HttpResponse:
    found = report.contract
    theirs = [("Συνολική αποτίμηση", report.summary)]
    context = {
        "contract": found,
        "form": form,
        "cancel_url": reverse("finance:work-reports-mine"),
        "crumbs": [*_crumbs(own=True), {"label": found.number}],
    } | overtaking.opened(request, report, operations.work_reports.WRITTEN, refusal, theirs)
    status = 422 if form.errors else 200
    return render(request, "finance/work_reports/write.html", context, status=status)


def _crumbs(*, own: bool) -> list[dict[str, str]]:
    page = "work-reports-mine" if own else "work-reports"
    label = "Οι εκθέσεις μου" if own else "Εκθέσεις πεπραγμένων"
    return [{"label": label, "url": reverse(f"finance:{page}")}]


@guarded("work_report.desk", about_object=False)
def desk(request: Request) -> HttpResponse:
    """The reports that I read by my posts: by state, the oldest submission first."""
    found = rows(request, "work_report.read", queries.work_reports())
    desk = desks.by_state(request, found, desks.views(WorkReportState))
    listed = desk.rows.order_by("submitted_at", "pk")
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "desk": desk, "cycle": WORK_REPORT}
    return render(request, "finance/work_reports/desk.html", context)


@guarded("work_report.read")
def work_report(request: Request, pk: int) -> HttpResponse:
    """One report: figures with their sources, the contributor's words, the decision."""
    found = one(request, "work_report.read", queries.work_reports(), pk=pk)
    own = access.allowed(request.actor, "work_report.own", found)
    acts = own or queries.judged_by(found, request.actor)
    context = {
        "report": found,
        "contract": found.contract,
        "reads_contract": access.allowed(request.actor, "contract.read", found.contract),
        "activities": queries.shown(found, request.at),
        "contradicted": queries.contradicted(found, request.at),
        "writes": own and found.state in WRITABLE,
        "cycle": WORK_REPORT,
        "steps": buttons(request, WORK_REPORT, found) if acts else [],
        "entries": journal.of(found)[:30],
        "states": WorkReportState,
        "crumbs": [*_crumbs(own=own), {"label": found.number or str(found.contract.payee)}],
    }
    return render(request, "finance/work_reports/work_report.html", context)
