"""The page on which another person takes a turn of a signing case over."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.credentials import operations, queries
from didaskaleio.credentials.enums import SigningState
from didaskaleio.credentials.models import SigningCase
from didaskaleio.credentials.web.forms import ReplaceForm
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request

MOST = 50


@guarded("signing_case.replace")
def replace(request: Request, pk: int, turn: int) -> HttpResponse:
    """Who of those with the same post signs instead, and why."""
    case = one(request, "signing_case.replace", SigningCase.objects.select_related("body"), pk=pk)
    waiting = case.signatories.filter(signed_at=None).exclude(role="")
    row = waiting.select_related("person").filter(pk=turn).first()
    if row is None or case.state != SigningState.OPEN:
        raise Http404
    people = list(queries.substitutes(row, request.at)[:MOST])
    form = ReplaceForm(people, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        person = next(each for each in people if str(each.pk) == said["person"])
        by = {"actor": request.actor, "at": request.at, "reason": said["reason"]}
        try:
            operations.replace(case, turn, person, **by)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Υπογράφει: {person}. Ειδοποιήθηκαν και τα δύο πρόσωπα.")
            return redirect("credentials:case", pk)
    page = reverse("credentials:case", args=[pk])
    context = {"case": case, "turn": row, "people": people, "form": form, "cancel_url": page}
    context["crumbs"] = [{"label": case.title, "url": page}, {"label": "Αλλαγή προσώπου"}]
    status = 422 if form.errors else 200
    return render(request, "credentials/signing_replace.html", context, status=status)
