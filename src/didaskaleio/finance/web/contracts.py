"""Pages of contracts: the desk's list, one contract, one's own, terms and amendments."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.credentials.operations import unprintable
from didaskaleio.finance import operations, queries, reports
from didaskaleio.finance.documents import CONTRACT_PDF
from didaskaleio.finance.enums import STANDING, ContractKind, ContractState
from didaskaleio.finance.lifecycle import CONTRACT
from didaskaleio.finance.models import Contract
from didaskaleio.finance.queries import eligibility
from didaskaleio.finance.web.forms import AmendForm, TermsForm
from didaskaleio.kernel import access, documents, journal
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.typesetting import TypesettingError
from didaskaleio.kernel.web import desks
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.steps import buttons

PAGE = 50
FILTERS = ("q", "kind", "state", "period")


@guarded("finance.desk", about_object=False)
def contracts(request: Request) -> HttpResponse:
    """The contracts of my body: by state, kind, period, name; those ready are issued together."""
    mine = rows(request, "contract.keep", queries.contracts())
    found = reports.chosen(mine, {**request.GET.dict(), "state": ""})
    desk = desks.by_state(request, found, desks.views(ContractState))
    context = {
        "page": Paginator(desk.rows, PAGE).get_page(request.GET.get("page")),
        "given": request.GET,
        "desk": desk,
        "kinds": ContractKind.choices,
        "periods": queries.periods(request.actor)[:PAGE],
        "drafts": desk.counts.get(ContractState.DRAFT, 0),
        "cycle": CONTRACT,
    }
    return render(request, "finance/contracts.html", context)


@require_POST
@guarded("finance.desk", about_object=False)
def issue_all(request: Request) -> HttpResponse:
    """Issue and send what the filters show, in the background."""
    found = reports.chosen(queries.contracts(), request.POST.dict())
    work = operations.begin_issuing(found, actor=request.actor, at=request.at)
    return redirect("kernel:work", work.key)


@guarded("contract.read")
def contract(request: Request, pk: int) -> HttpResponse:
    """One contract: terms, documents asked, signatures, its acts and history."""
    found = one(request, "contract.read", queries.contracts(), pk=pk)
    keeps = access.allowed(request.actor, "contract.keep", found)
    own = access.allowed(request.actor, "contract.own", found)
    case = found.case
    context = {
        "contract": found,
        "cycle": CONTRACT,
        "keeps": keeps,
        "outside": eligibility.of_contract(found) if keeps and found.state in STANDING else "",
        "own": own,
        "sealed_papers": not access.allowed(request.actor, "payee.papers", found.payee),
        "lines": queries.checklist(found.payee, queries.asked(found), request.at),
        "case": case,
        "may_sign": access.allowed(request.actor, "signing_case.sign", case) if case else False,
        "may_read_case": access.allowed(request.actor, "signing_case.read", case)
        if case
        else False,
        "signatories": case.signatories.select_related("person", "body") if case else [],
        "amendments": found.amendments.order_by("-pk")[:PAGE],
        "steps": buttons(request, CONTRACT, found),
        "entries": journal.of(found)[:30],
        "states": ContractState,
        "crumbs": _crumbs(found, own=own and not keeps),
    }
    return render(request, "finance/contract.html", context)


def _crumbs(found: Contract, *, own: bool = False, last: str = "") -> list[dict[str, str]]:
    label, page = ("Οι συμβάσεις μου", "my-contracts") if own else ("Συμβάσεις", "contracts")
    first = {"label": label, "url": reverse(f"finance:{page}")}
    if not own:
        first["needs"] = "finance.desk"
    name = {"label": found.number or str(found.payee)}
    if not last:
        return [first, name]
    return [first, name | {"url": reverse("finance:contract", args=[found.pk])}, {"label": last}]


@guarded("contract.keep")
def specimen(request: Request, pk: int) -> HttpResponse:
    """The contract as a specimen: without number, seal and signatures."""
    found = one(request, "contract.keep", queries.contracts(), pk=pk)
    try:
        pdf = documents.render(CONTRACT_PDF, found)
    except TypesettingError as error:
        raise unprintable("Η σύμβαση", error) from error
    return HttpResponse(pdf, content_type="application/pdf")


@guarded("finance.mine", about_object=False)
def my_contracts(request: Request) -> HttpResponse:
    """«Οι συμβάσεις μου» and those of the centres that I manage."""
    found = rows(request, "contract.own", queries.contracts())
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "finance/my_contracts.html", {"page": page, "cycle": CONTRACT})


def _in(state: ContractState) -> QuerySet[Contract]:
    return queries.contracts().filter(state=state)


@guarded("contract.keep")
def terms(request: Request, pk: int) -> HttpResponse:
    """The terms of a contract in preparation."""
    found = one(request, "contract.keep", _in(ContractState.DRAFT), pk=pk)
    form = TermsForm(request.POST or None, initial=stored_terms(found))
    if request.method == "POST" and form.is_valid():
        agreed = operations.Terms(**form.cleaned_data)
        try:
            operations.set_terms(found, agreed, actor=request.actor, at=request.at)
        except Refusal as refusal:
            form.add_error(refusal.code or None, str(refusal))
        else:
            messages.success(request, "Οι όροι αποθηκεύτηκαν.")
            return redirect("finance:contract", found.pk)
    return _terms_page(request, found, form, "Όροι")


@guarded("contract.keep")
def amend(request: Request, pk: int) -> HttpResponse:
    """An amendment of a contract in force: new terms and why."""
    found = one(request, "contract.keep", _in(ContractState.IN_FORCE), pk=pk)
    form = AmendForm(request.POST or None, initial=stored_terms(found))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        reason = said.pop("reason")
        agreed = operations.Terms(**said)
        try:
            made = operations.amend(
                found, agreed, actor=request.actor, at=request.at, reason=reason
            )
        except Refusal as refusal:
            form.add_error(refusal.code or None, str(refusal))
        else:
            messages.success(request, "Η τροποποίηση ετοιμάστηκε. Εκδώστε τη για υπογραφή.")
            return redirect("finance:contract", made.pk)
    return _terms_page(request, found, form, "Τροποποίηση")


def stored_terms(found: Contract) -> dict[str, Any]:
    """The terms as they are agreed now."""
    names = ("duties", "hours", "ceiling", "starts_on")
    return {name: getattr(found, name) for name in names} | {"ends_on": found.last_day}


def _terms_page(request: Request, found: Contract, form: TermsForm, title: str) -> HttpResponse:
    context = {
        "contract": found,
        "form": form,
        "title": title,
        "cancel_url": reverse("finance:contract", args=[found.pk]),
        "crumbs": _crumbs(found, last=title),
    }
    return render(request, "finance/terms.html", context, status=422 if form.errors else 200)
