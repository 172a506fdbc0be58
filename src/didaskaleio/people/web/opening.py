"""Pages by which the operator opens accounts, invites again, closes and opens them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.limits import by_person, limited
from didaskaleio.people import operations
from didaskaleio.people.models import Person
from didaskaleio.people.web.forms import AccountForm, DetailsForm
from didaskaleio.people.web.limits import INVITATION

CRUMBS = [{"label": "Δικαιώματα", "url": "/rights/"}, {"label": "Νέος λογαριασμός"}]


@guarded("account.open", about_object=False)
@limited(INVITATION, by_person)
def new_account(request: Request) -> HttpResponse:
    """«Νέος λογαριασμός»: the person is invited by mail; rights are given on the next page."""
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.open_account(actor=request.actor, at=request.at, **form.facts())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Ο λογαριασμός άνοιξε· η πρόσκληση πάει στο {made.email}.")
            return redirect("people:rights-person", made.pk)
    context = {"form": form, "cancel_url": reverse("people:rights"), "crumbs": CRUMBS}
    return render(request, "people/new_account.html", context)


@guarded("account.open")
def details(request: Request, pk: int) -> HttpResponse:
    """Names and mail address of an account."""
    person = one(request, "account.open", Person.objects.all(), pk=pk)
    shown = {name: getattr(person, name) for name in DetailsForm.base_fields}
    form = DetailsForm(request.POST or None, initial=shown)
    if request.method == "POST" and form.is_valid():
        try:
            operations.amend_account(
                person, actor=request.actor, at=request.at, **form.cleaned_data
            )
        except Refusal as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, "Τα στοιχεία αποθηκεύτηκαν.")
            return _back(pk)
    context = {"form": form, "person": person, "crumbs": [*CRUMBS[:1], {"label": str(person)}]}
    context["cancel_url"] = reverse("people:rights-person", args=[pk])
    return render(request, "people/account_details.html", context)


@require_POST
@guarded("account.open")
@limited(INVITATION, by_person)
def invite(request: Request, pk: int) -> HttpResponseRedirect:
    """A new invitation, for a link that expired or a mail that was lost."""
    person = one(request, "account.open", Person.objects.all(), pk=pk)
    operations.invite(person, actor=request.actor, at=request.at)
    messages.success(request, f"Νέα πρόσκληση πάει στο {person.email}.")
    return _back(pk)


@require_POST
@guarded("account.close")
def close(request: Request, pk: int) -> HttpResponseRedirect:
    """Close an account, with a reason."""
    person = one(request, "account.close", Person.objects.all(), pk=pk)
    reason = request.POST.get("reason", "")[:500]
    operations.close_account(person, actor=request.actor, at=request.at, reason=reason)
    messages.success(request, "Ο λογαριασμός έκλεισε: δεν γίνεται πια σύνδεση με αυτόν.")
    return _back(pk)


@require_POST
@guarded("account.close")
def reopen(request: Request, pk: int) -> HttpResponseRedirect:
    """Open a closed account, with a reason."""
    person = one(request, "account.close", Person.objects.all(), pk=pk)
    reason = request.POST.get("reason", "")[:500]
    operations.reopen_account(person, actor=request.actor, at=request.at, reason=reason)
    messages.success(request, "Ο λογαριασμός άνοιξε ξανά.")
    return _back(pk)


def _back(pk: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("people:rights-person", args=[pk]))
