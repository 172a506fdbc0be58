"""The page that ends a call: the selected of its final list become members of its register."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.models import Work
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.registers import operations, standings
from didaskaleio.registers.enums import Fills
from didaskaleio.registers.lifecycle import CALL
from didaskaleio.registers.models import Call, Register
from didaskaleio.registers.web.list_forms import CloseForm
from didaskaleio.registers.web.rows import crumbs_of, form_page


@guarded("call.manage")
def close(request: Request, pk: int) -> HttpResponse:
    """How many are entered and where; for posts, only the end of the call."""
    row = one(request, "call.manage", Call.objects.select_related("body", "register"), pk=pk)
    if not CALL.can("close", row, request.actor, request.at):
        return redirect("registers:desk-call", pk)
    form = CloseForm(_offered(row), request.POST or None, initial={"register": row.register_id})
    if row.fills == Fills.POSTS:
        del form.fields["register"]
    if request.method == "POST" and form.is_valid():
        try:
            work = operations.close(
                row,
                actor=request.actor,
                at=request.at,
                register=form.cleaned_data.get("register"),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _after(request, row, work)
    context = {"form": form, "call": row, "selected": standings.selected(row).count()}
    context |= {"posts": row.fills == Fills.POSTS, "crumbs": crumbs_of(row, "Ολοκλήρωση")}
    context["cancel_url"] = reverse("registers:desk-call", args=[pk])
    return form_page(request, "registers/close.html", form, context)


def _offered(row: Call) -> QuerySet[Register]:
    """The register that the call announced, or else those of its body."""
    rows = Register.objects.filter(body=row.body_id).order_by("sort_key", "pk")
    return rows.filter(pk=row.register_id) if row.register_id else rows


def _after(request: Request, row: Call, work: Work | None) -> HttpResponse:
    if work is None:
        messages.success(request, "Η πρόσκληση ολοκληρώθηκε.")
        return redirect("registers:desk-call", row.pk)
    return redirect("kernel:work", work.key)
