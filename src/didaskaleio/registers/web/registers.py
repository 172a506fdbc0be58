"""Pages of registers: the public list, and how an officer defines one and enters members."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.kernel import access
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.models import FormVersion
from didaskaleio.kernel.web.guard import guarded, one, public
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.overtaking import opened, saved
from didaskaleio.people.queries import find_people
from didaskaleio.registers import operations, queries
from didaskaleio.registers.enums import MemberState
from didaskaleio.registers.lifecycle import MEMBERSHIP
from didaskaleio.registers.models import Membership, Register
from didaskaleio.registers.web.register_forms import EntryForm, ProceduresForm, RegisterForm
from didaskaleio.registers.web.rows import form_page

CONTENT = ("title", "about", "form", "parent", "cluster", "prefecture", "months", "remind_days")
FOUND = 20


def register_of(request: Request, pk: int) -> Register:
    """A register of the officer's body."""
    rows = Register.objects.select_related("body", "parent", "form__form", "cluster", "prefecture")
    return one(request, "register.manage", rows, pk=pk)


def crumbs_of(register: Register, here: str = "") -> list[dict[str, str]]:
    """The registers, the register, and the page below it when it has a name."""
    found = [{"label": "Μητρώα", "url": reverse("registers:registers")}]
    if not here:
        return [*found, {"label": register.title}]
    of_register = {"label": register.title, "url": reverse("registers:members", args=[register.pk])}
    return [*found, of_register, {"label": here}]


@public
def registers(request: Request) -> HttpResponse:
    """«Μητρώα»: every register with how many members stand; my own memberships first."""
    kept = access.visible(request.actor, "register.manage", Register.objects.all())
    mine = access.visible(request.actor, "membership.own", Membership.objects.all())
    context = {
        "rows": queries.registers(),
        "kept": set(kept.values_list("pk", flat=True)),
        "mine": mine.exclude(state=MemberState.REMOVED).select_related("register"),
        "may_define": access.allowed(request.actor, "register.define"),
        "may_report": access.allowed(request.actor, "membership.desk"),
        "cycle": MEMBERSHIP,
    }
    return render(request, "registers/registers.html", context)


@guarded("register.define", about_object=False)
def new(request: Request) -> HttpResponse:
    """A new register of the body."""
    bodies = queries.bodies_of(request.actor)
    form = RegisterForm(bodies, queries.forms_of(bodies), request.POST or None)
    if len(bodies) == 1:
        del form.fields["body"]
    if request.method == "POST" and form.is_valid():
        body = form.cleaned_data.pop("body", None) or bodies[0]
        by: dict[str, Any] = {"actor": request.actor, "at": request.at}
        try:
            made = operations.define(body, **by, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.code or None, str(refusal))
        else:
            messages.success(request, "Το μητρώο άνοιξε. Ορίστε πώς αλλάζει κάθε στοιχείο.")
            return redirect("registers:procedures", made.pk)
    context = {"form": form, "cancel_url": reverse("registers:registers")}
    context["may_compose"] = access.allowed(request.actor, "form.pages")
    return form_page(request, "registers/register_edit.html", form, context)


@guarded("register.manage")
def edit(request: Request, pk: int) -> HttpResponse:
    """Title, words, fields and validity of a register."""
    row = register_of(request, pk)
    bodies = queries.bodies_of(request.actor).filter(pk=row.body_id)
    shown = {name: getattr(row, name) for name in CONTENT}
    # the version in use stays on offer when a newer one was published
    versions = queries.forms_of(bodies) | FormVersion.objects.filter(pk=row.form_id)
    form = RegisterForm(bodies, versions, request.POST or None, initial=shown)
    del form.fields["body"], form.fields["code"]
    done, refused = saved(
        request, form, lambda **by: operations.revise(row, **by, **form.cleaned_data)
    )
    if done:
        messages.success(request, "Αποθηκεύτηκε.")
        return redirect("registers:members", pk)
    theirs = [("Τίτλος", row.title), ("Για ποιους είναι", row.about)]
    context = {"form": form, "register": row, "crumbs": crumbs_of(row, "Στοιχεία μητρώου")}
    context |= {"cancel_url": reverse("registers:members", args=[pk])}
    context["may_compose"] = access.allowed(request.actor, "form.pages")
    context |= opened(request, row, operations.DESCRIBED, refused, theirs)
    return form_page(request, "registers/register_edit.html", form, context)


@guarded("register.manage")
def procedures(request: Request, pk: int) -> HttpResponse:
    """How a member changes each field."""
    row = register_of(request, pk)
    form = ProceduresForm(row, request.POST or None)
    done, refused = saved(
        request, form, lambda **by: operations.set_procedures(row, form.procedures(), **by)
    )
    if done:
        messages.success(request, "Οι διαδικασίες αποθηκεύτηκαν.")
        return redirect("registers:members", pk)
    theirs = [(one.label, row.procedure(one.key).label) for one in row.fields().questions()]
    context = {"form": form, "register": row, "crumbs": crumbs_of(row, "Διαδικασίες μεταβολής")}
    context |= {"cancel_url": reverse("registers:members", args=[pk])}
    context |= opened(request, row, operations.PROCEDURES, refused, theirs)
    return form_page(request, "registers/procedures.html", form, context)


@guarded("register.manage")
def enter(request: Request, pk: int) -> HttpResponse:
    """Enter a person, whom the officer searches."""
    row = register_of(request, pk)
    asked = request.GET.get("q", "").strip()[:80]
    found = list(find_people(asked).filter(is_active=True)[: FOUND + 1])
    form = EntryForm(found[:FOUND], request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = form.cleaned_data["person"]
        try:
            made = operations.enter(row, person, actor=request.actor, at=request.at)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Εντάχθηκε με αριθμό {made.number} και ειδοποιείται.")
            return redirect("registers:member", made.pk)
    context = {"register": row, "form": form, "q": asked, "crumbs": crumbs_of(row, "Ένταξη")}
    context |= {"found": len(found), "more": len(found) > FOUND}
    return render(request, "registers/enter.html", context, status=422 if form.errors else 200)
