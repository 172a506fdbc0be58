"""Work from a sheet: read and shown, then only what was shown is written."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.finance import operations
from didaskaleio.finance.amounts import ZERO
from didaskaleio.finance.batches import Said
from didaskaleio.finance.errors import WorkRefusedError
from didaskaleio.finance.operations.importing import Line
from didaskaleio.finance.web.desk import PAGE, action_of, crumbs
from didaskaleio.finance.web.pay_forms import WorkSheetForm
from didaskaleio.kernel import greek
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.web.guard import guarded
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.limits import UPLOADS, by_person, limited
from didaskaleio.programmes.models import TrainingAction

SALT = "finance.work_sheet"


@guarded("pay_action.keep")
@limited(UPLOADS, by_person)
def sheet(request: Request, pk: int) -> HttpResponse:
    """A sheet of scripts, sittings or items: dry run first."""
    found = action_of(request, pk, "pay_action.keep")
    if request.method == "POST" and "seen" in request.POST:
        return _written(request, found)
    form = WorkSheetForm(request.POST or None, request.FILES or None)
    context = {"form": form, "action_": found, "crumbs": crumbs(found, "Έργο από φύλλο")}
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            lines = operations.importing.read_sheet(found, upload, actor=request.actor)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            context |= _preview(found, lines)
    return render(request, "finance/pay/sheet.html", context, status=422 if form.errors else 200)


def _written(request: Request, found: TrainingAction) -> HttpResponse:
    told = _opened(found, request.POST["seen"])
    count = operations.importing.write(found, told, actor=request.actor, at=request.at)
    lines = greek.count(count, "γραμμή έργου", "γραμμές έργου")
    messages.success(request, f"Γράφτηκαν {lines} από το φύλλο.")
    return redirect(f"{reverse('finance:pay-work', args=[found.pk])}?state=due")


def _preview(found: TrainingAction, lines: list[Line]) -> dict[str, Any]:
    """What would be written, sealed so that nothing else is; problems stand first."""
    new = [line for line in lines if line.new]
    wrong = [line for line in lines if line.problem]
    told = [asdict(line.said) | {"day": str(line.said.day)} for line in new]
    told = [row | {"quantity": str(row["quantity"])} for row in told]
    shown = sorted(lines, key=lambda line: (not line.problem, line.said.number))[:PAGE]
    return {
        "lines": shown,
        "more": len(lines) - len(shown),
        "new": len(new),
        "wrong": len(wrong),
        "known": len(lines) - len(new) - len(wrong),
        "total": sum((line.amount for line in new), ZERO),
        "seen": signing.dumps([found.pk, told], salt=SALT, compress=True),
    }


def _opened(found: TrainingAction, seen: str) -> list[Said]:
    try:
        pk, told = signing.loads(seen, salt=SALT)
    except signing.BadSignature:
        pk, told = 0, []
    if pk != found.pk:
        raise WorkRefusedError("Η προεπισκόπηση δεν ισχύει. Στείλτε ξανά το φύλλο.")
    return [_said(row) for row in told]


def _said(row: dict[str, Any]) -> Said:
    day, quantity = date.fromisoformat(row["day"]), Decimal(row["quantity"])
    return Said(**(row | {"day": day, "quantity": quantity}))
