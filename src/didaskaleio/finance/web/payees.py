"""Pages of payees: one's own facts in two steps, the desk's list and checks."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.finance import operations, queries
from didaskaleio.finance.enums import PayeeState
from didaskaleio.finance.lifecycle import CONTRACT, INVOICE, PAPER, PAYEE
from didaskaleio.finance.models import Payee
from didaskaleio.finance.queries.invoices import invoices
from didaskaleio.finance.web.forms import AccountForm, TaxForm
from didaskaleio.kernel import journal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web import desks, overtaking
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.steps import buttons

PAGE = 50
STEPS = ("Ταυτότητα και φορολογικά", "Λογαριασμός", "Έλεγχος και υποβολή")
FORMS: dict[int, type[TaxForm | AccountForm]] = {1: TaxForm, 2: AccountForm}
TITLES = {name: label[:1].upper() + label[1:] for name, label in queries.OWED.items()} | {
    "public_servant": "Υπηρετεί στο δημόσιο"
}


@guarded("finance.desk", about_object=False)
def payees(request: Request) -> HttpResponse:
    """The payees of my body: by state, by name or ΑΦΜ."""
    asked = request.GET.get("q", "").replace("\0", "").strip()[:80]
    found = queries.found(rows(request, "payee.keep", queries.payees()), asked)
    desk = desks.by_state(request, found, desks.views(PayeeState, "Όλοι"))
    context = {
        "page": Paginator(desk.rows, PAGE).get_page(request.GET.get("page")),
        "q": asked,
        "desk": desk,
        "cycle": PAYEE,
    }
    return render(request, "finance/payees.html", context)


@guarded("payee.keep")
def payee(request: Request, pk: int) -> HttpResponse:
    """One payee as the desk checks it: facts, documents, contracts, changes."""
    found = one(request, "payee.keep", queries.payees(), pk=pk)
    given = invoices().filter(payee=found)[:PAGE]
    context = _shown(request, found) | {
        "invoices": [(row, buttons(request, INVOICE, row)) for row in given],
        "invoice_cycle": INVOICE,
        "differs": queries.differs_from_record(found),
        "crumbs": [
            {"label": "Δικαιούχοι", "url": reverse("finance:payees")},
            {"label": str(found)},
        ],
    }
    return render(request, "finance/payee.html", context)


def _shown(request: Request, found: Payee) -> dict[str, Any]:
    """What both the payee and the desk see of a record."""
    papers = queries.papers().filter(payee=found)[:PAGE]
    return {
        "payee": found,
        "facts": facts_of(found),
        "cycle": PAYEE,
        "steps": buttons(request, PAYEE, found),
        "entries": journal.of(found)[:30],
        "states": PayeeState,
        "lines": queries.checklist(found, queries.asked_of(found), request.at),
        "papers": [(row, buttons(request, PAPER, row)) for row in papers],
        "paper_cycle": PAPER,
        "changes": found.changes.select_related("actor")[:PAGE],
        "titles": TITLES,
        "contracts": queries.contracts().filter(payee=found)[:PAGE],
        "contract_cycle": CONTRACT,
    }


def facts_of(found: Payee) -> list[tuple[str, str]]:
    """The facts of a record with their labels."""
    unasked = {"legal_name"} if found.person_id else {"amka"}
    shown = [(TITLES[name], name) for name in queries.OWED if name not in unasked]
    said = {"tax_status": found.get_tax_status_display(), "iban": spaced(found.iban)}
    facts = [(title, said.get(name, getattr(found, name)) or "–") for title, name in shown]
    if found.person_id:
        facts.append((TITLES["public_servant"], "Ναι" if found.public_servant else "Όχι"))
    return facts


def spaced(iban: str) -> str:
    """An IBAN as it is printed, in fours."""
    return " ".join(iban[place : place + 4] for place in range(0, len(iban), 4))


@guarded("finance.mine", about_object=False)
def mine(request: Request) -> HttpResponse:
    """«Τα στοιχεία πληρωμής μου»: one record for each body that pays me or my centre."""
    found = rows(request, "payee.own", queries.payees())
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "finance/mine.html", {"page": page, "cycle": PAYEE})


@guarded("payee.own")
def mine_payee(request: Request, pk: int) -> HttpResponse:
    """My record with one body: facts, documents that are asked, what waits."""
    found = one(request, "payee.own", queries.payees(), pk=pk)
    context = _shown(request, found) | {
        "lacking": queries.lacking(found),
        "open": found.state in operations.OPEN,
        "crumbs": own_crumbs(found),
    }
    return render(request, "finance/mine_payee.html", context)


def own_crumbs(found: Payee, last: str = "") -> list[dict[str, str]]:
    """From all of one's records to a page of one of them."""
    crumbs = [
        {"label": "Τα στοιχεία πληρωμής μου", "url": reverse("finance:mine")},
        {"label": found.body.short_name, "url": reverse("finance:mine-payee", args=[found.pk])},
    ]
    return [*crumbs, {"label": last}] if last else [crumbs[0], {"label": crumbs[1]["label"]}]


@guarded("payee.own")
def mine_write(request: Request, pk: int) -> HttpResponse:
    """The facts in two steps; the third is the record itself, to check and submit."""
    open_ones = queries.payees().filter(state__in=operations.OPEN)
    found = one(request, "payee.own", open_ones, pk=pk)
    number = 2 if request.GET.get("step") == "2" else 1
    form = _form(number, found, request)
    act = partial(operations.write, found)
    done, refusal = overtaking.saved(request, form, lambda **by: act(form.cleaned_data, **by))
    if done and number == 1:
        return redirect(f"{request.path}?step=2")
    if done:
        messages.success(request, "Αποθηκεύτηκαν. Ελέγξτε τα και υποβάλετέ τα.")
        return redirect("finance:mine-payee", found.pk)
    context = _wizard(found, number) | {"form": form}
    context |= overtaking.opened(request, found, operations.FACTS, refusal, facts_of(found))
    return render(request, "finance/mine_write.html", context, status=422 if form.errors else 200)


def _form(number: int, found: Payee, request: Request) -> Any:
    given = request.POST or None
    if number == 1:
        return TaxForm(found, given, initial=_stored(found, TaxForm))
    return AccountForm(given, initial=_stored(found, AccountForm))


def _stored(found: Payee, form: Any) -> dict[str, Any]:
    return {name: getattr(found, name) for name in form.base_fields}


def _wizard(found: Payee, number: int) -> dict[str, Any]:
    page = reverse("finance:mine-write", args=[found.pk])
    record = reverse("finance:mine-payee", args=[found.pk])
    return {
        "payee": found,
        "step_items": STEPS,
        "step_number": number,
        "action": f"{page}?step={number}",
        "back_url": page if number > 1 else record,
        "crumbs": own_crumbs(found, "Συμπλήρωση"),
    }
