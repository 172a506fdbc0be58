"""Attendance from a file, looked at before it counts; the scanned sheet."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.delivery import operations, queries
from didaskaleio.delivery.errors import SheetChangedError
from didaskaleio.delivery.models import TrainingSession
from didaskaleio.delivery.operations import Line
from didaskaleio.delivery.web import forms, show
from didaskaleio.delivery.web.views.signs import taught
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.limits import UPLOADS, by_person, limited

SALT = "delivery.roll_file"


@guarded("session.teach")
@limited(UPLOADS, by_person)
def roll_file(request: Request, pk: int) -> HttpResponse:
    """A file is read and shown; only what was shown is kept."""
    found = taught(request, pk)
    if request.method == "POST" and "seen" in request.POST:
        lines = _opened(found, request.POST["seen"])
        kept = operations.apply_file(found, lines, actor=request.actor, at=request.at)
        messages.success(request, f"Εισαγωγή από αρχείο: {kept} γραμμές.")
        return redirect("delivery:session", pk=pk)
    form = forms.RollFileForm(request.POST or None, request.FILES or None)
    context = {"form": form, "session": found, "when": show.when(found)}
    context |= {"cancel_url": reverse("delivery:session", args=[pk])}
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        lines = operations.read_file(found, upload, actor=request.actor, at=request.at)
        context |= _preview(found, lines)
    return render(request, "delivery/roll_file.html", context)


def _preview(session: TrainingSession, lines: list[Line]) -> dict[str, Any]:
    """What the file says beside what stands, sealed so that nothing else is kept."""
    good = [line for line in lines if line.row and not line.problem]
    told = [[line.row.pk, line.mark, line.late, line.minutes] for line in good if line.row]
    return {
        "lines": lines,
        "good": len(good),
        "counts": sorted(Counter(line.label for line in good).items()),
        "seen": signing.dumps([session.pk, told], salt=SALT),
    }


def _opened(session: TrainingSession, seen: str) -> list[Line]:
    try:
        pk, told = signing.loads(seen, salt=SALT)
    except signing.BadSignature:
        pk, told = 0, []
    if pk != session.pk:
        raise SheetChangedError("Η προεπισκόπηση δεν ισχύει. Στείλτε ξανά το αρχείο.")
    rows = {row.pk: row for row in queries.roll(session)}
    return [
        Line(0, "", rows[row], mark, late, minutes)
        for row, mark, late, minutes in told
        if row in rows
    ]


@guarded("session.scan")
@limited(UPLOADS, by_person)
def scan(request: Request, pk: int) -> HttpResponse:
    """Keep the sheet that was signed on paper."""
    rows = queries.with_programme(TrainingSession.objects.all())
    found = one(request, "session.scan", rows, pk=pk)
    form = forms.ScanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload, note = form.cleaned_data["file"], form.cleaned_data["note"]
        operations.keep_scan(found, upload=upload, name=upload.name, note=note,
                             actor=request.actor, at=request.at)  # fmt: skip
        messages.success(request, "Το σαρωμένο παρουσιολόγιο φυλάχθηκε.")
        return redirect("delivery:session", pk=pk)
    context = {"form": form, "session": found, "when": show.when(found)}
    back = {"cancel_url": reverse("delivery:session", args=[pk])}
    return render(request, "delivery/scan.html", context | back)
