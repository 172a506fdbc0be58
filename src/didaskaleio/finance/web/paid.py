"""«Οι πληρωμές μου»: the payee's works by stage, payments, yearly statements."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from didaskaleio.finance.documents import STATEMENT_PDF, year_data
from didaskaleio.finance.lifecycle import INVOICE, PAYMENT, WORK
from didaskaleio.finance.models import Payee
from didaskaleio.finance.queries import invoices, orders, statements
from didaskaleio.finance.queries.payees import payees
from didaskaleio.kernel import documents, greek
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request

PAGE = 50


@guarded("finance.mine", about_object=False)
def mine(request: Request) -> HttpResponse:
    """My works with their stages, my payments, the years of which there is a statement."""
    mine_ = rows(request, "payee.own", Payee.objects.all())
    found = orders.payments().filter(payee__in=mine_).order_by("-pk")
    context = {
        "engagements": statements.engagements(mine_),
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "years": statements.years_of(mine_),
        "uninvoiced": invoices.uninvoiced(mine_),
        "invoices": invoices.invoices().filter(payee__in=mine_)[:PAGE],
        "invoice_cycle": INVOICE,
        "work_cycle": WORK,
        "cycle": PAYMENT,
    }
    return render(request, "finance/pay/mine.html", context)


@guarded("payee.own")
def statement(request: Request, pk: int, year: int) -> HttpResponse:
    """The yearly statement as PDF; 404 for a year without payments."""
    found = one(request, "payee.own", payees(), pk=pk)
    if not statements.paid_in(found, year):
        raise Http404
    day = greek.long_date(request.at.astimezone(ATHENS), weekday=False)
    told = year_data(found, year)
    number = f"{year}/{found.pk}"
    head = STATEMENT_PDF.data(found)["document"] | {"date": day, "number": number}
    pdf = documents.render(STATEMENT_PDF, found, document=head, number=number, **told)
    return HttpResponse(pdf, content_type="application/pdf")
