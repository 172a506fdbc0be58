"""Completion of a programme: each trainee's rules, the consolidated attendance, acceptance."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.completion import operations, queries
from didaskaleio.completion.documents import sheet_of
from didaskaleio.completion.lifecycle import ATTESTATION
from didaskaleio.completion.models import ConsolidatedAttendance
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.programmes.lifecycle import PROGRAMME
from didaskaleio.programmes.models import Programme

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@guarded("completion.read")
def programme(request: Request, pk: int) -> HttpResponse:
    """Per trainee every rule with numbers, attestations, consolidated sheet, what is missing."""
    found = one(request, "completion.read", _programmes(), pk=pk)
    sheets = ConsolidatedAttendance.objects.filter(programme=found).select_related("document__file")
    conditions = queries.conditions(found, request.at)
    steps = [b for b in buttons(request, PROGRAMME, found) if b.name == "accept_documents"]
    context = {
        "programme": found,
        "lifecycle": PROGRAMME,
        "attestation_cycle": ATTESTATION,
        "standings": queries.standings(found, request.at),
        "conditions": conditions,
        "sheets": list(sheets.order_by("-version")),
        "may_consolidate": access.allowed(request.actor, "completion.consolidate", found),
        "may_issue": access.allowed(request.actor, "programme.manage", found),
        "steps": steps if all(c.met for c in conditions) else [],
        "entries": journal.of(found)[:10],
        "states": PROGRAMME.states,
    }
    return render(request, "completion/programme.html", context)


@require_POST
@guarded("completion.consolidate")
def consolidate(request: Request, pk: int) -> HttpResponse:
    """Issue the next version of the consolidated attendance."""
    found = one(request, "completion.consolidate", _programmes(), pk=pk)
    sheet = operations.consolidate(found, actor=request.actor, at=request.at)
    messages.success(request, f"Εκδόθηκε το συγκεντρωτικό παρουσιολόγιο {sheet.document.number}.")
    return HttpResponseRedirect(reverse("completion:programme", args=[pk]))


@guarded("consolidation.read")
def spreadsheet(request: Request, pk: int) -> HttpResponse:
    """One version of the consolidated attendance as XLSX: the figures of the sealed PDF."""
    rows = ConsolidatedAttendance.objects.select_related("programme")
    found = one(request, "consolidation.read", rows, pk=pk)
    name = f"{found.programme.code}-{found.version}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(sheet_of(found), content_type=XLSX, headers=headers)


def _programmes() -> QuerySet[Programme]:
    return Programme.objects.select_related(
        "period__action__body", "category", "cluster", "centre", "trainer"
    )
