"""Doors of the sheet: save the draft, sign, second signature, own work, correct."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.delivery import operations, queries, rules
from didaskaleio.delivery.models import TrainingSession
from didaskaleio.delivery.web import forms, show
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request, numbers
from didaskaleio.kernel.words_display import iso_moment

CONFLICT = 409
SAID = {
    "save": "Το πρόχειρο αποθηκεύτηκε.",
    "all": "Σημειώθηκε παρουσία σε όσους δεν είχαν σημείωση. Οι άλλες σημειώσεις έμειναν.",
}


def _taught(request: Request, pk: int) -> TrainingSession:
    return one(
        request, "session.teach", queries.with_programme(TrainingSession.objects.all()), pk=pk
    )


@require_POST
@guarded("session.teach")
def save(request: Request, pk: int) -> HttpResponse:
    """Save the draft; by script it answers with the hour, else it goes on to what was asked."""
    found = _taught(request, pk)
    marks = forms.read_marks(request.POST, queries.roll(found))
    topic = request.POST.get("topic", "")
    by_script = request.headers.get("X-Requested-With") == "fetch"
    try:
        operations.save_draft(found, marks, topic=topic, actor=request.actor, at=request.at)
    except Refusal as refusal:
        if not by_script:
            raise
        return JsonResponse({"refused": str(refusal)}, status=CONFLICT)
    if by_script:
        return JsonResponse(_saved(request.at))
    if request.POST.get("act") == "sign":
        return redirect("delivery:sign", pk=pk)
    messages.success(request, SAID.get(request.POST.get("act", ""), SAID["save"]))
    return redirect("delivery:session", pk=pk)


def _saved(at: datetime) -> dict[str, str]:
    return {"saved": show.hour(at), "moment": iso_moment(at)}


@guarded("session.teach")
def sign(request: Request, pk: int) -> HttpResponse:
    """The tally in words, then the signature of exactly what was shown."""
    found = _taught(request, pk)
    if request.method == "POST":
        seen = request.POST.get("seen", "") or "-"
        operations.sign(found, actor=request.actor, at=request.at, seen=seen)
        messages.success(request, "Το παρουσιολόγιο υπογράφηκε.")
        return redirect("delivery:session", pk=pk)
    if not queries.may_sign(found, request.at):
        return redirect("delivery:session", pk=pk)
    waiting = [str(one.row.person) for one in queries.disagreements(found, request.at)]
    return render(request, "delivery/sign.html", _preview(found) | {"waiting": waiting})


def _preview(session: TrainingSession) -> dict[str, object]:
    rows = queries.sheet_rows(session)
    return {
        "session": session,
        "words": rules.in_words(rows),
        "unmarked": [row["name"] for row in rows if row["mark"] == "unknown"],
        "others": [row for row in rows if row["attendee"] != "trainee"],
        "seen": queries.next_digest(session),
        "when": show.when(session),
        "what": show.what(session, show.total_of(session.programme)),
        "cancel_url": reverse("delivery:session", args=[session.pk]),
    }


@require_POST
@guarded("session.teach")
def asynchronous(request: Request, pk: int) -> HttpResponse:
    """Confirm who did the session's own work."""
    found = _taught(request, pk)
    done = set(numbers(request.POST.getlist("done")))
    operations.confirm_async(found, done, actor=request.actor, at=request.at)
    messages.success(request, "Οι ασύγχρονες ώρες επιβεβαιώθηκαν.")
    return redirect("delivery:session", pk=pk)


@require_POST
@guarded("session.manage")
def countersign(request: Request, pk: int) -> HttpResponse:
    """The centre's signature."""
    found = one(request, "session.manage", TrainingSession.objects.all(), pk=pk)
    operations.countersign(found, actor=request.actor, at=request.at)
    messages.success(request, "Η δεύτερη υπογραφή μπήκε.")
    return redirect("delivery:session", pk=pk)


@guarded("session.correct")
def correct(request: Request, pk: int) -> HttpResponse:
    """A new version of a signed sheet, with its reason."""
    rows = queries.with_programme(TrainingSession.objects.all())
    found = one(request, "session.correct", rows, pk=pk)
    if found.state not in {"signed", "corrected"}:
        raise Http404
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        confirmed = found.async_confirmed_at is not None
        marks = forms.read_marks(request.POST, queries.roll(found), asynchronous=confirmed)
        reason = form.cleaned_data["reason"]
        operations.correct_sheet(found, marks, actor=request.actor, at=request.at, reason=reason)
        messages.success(request, "Το παρουσιολόγιο διορθώθηκε με νέα έκδοση.")
        return redirect("delivery:session", pk=pk)
    context = {"form": form, "session": found, "when": show.when(found)}
    people = {
        "people": show.people(found, request.at, standings=False),
        "longest": show.longest(found, request.at),
    }
    back = {"cancel_url": reverse("delivery:session", args=[pk])}
    return render(request, "delivery/correct.html", context | people | back)
