"""The public check of authenticity, the published keys, and my own credentials."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from didaskaleio.credentials import queries
from didaskaleio.credentials.models import Credential
from didaskaleio.credentials.operations import normal_code
from didaskaleio.credentials.web.forms import VerifyForm
from didaskaleio.kernel.web.guard import guarded, public


@public
def verify(request: HttpRequest) -> HttpResponse:
    """Ask by code, file or QR text; a code leads to its own page."""
    form = VerifyForm(request.POST or None, request.FILES or None)
    verdict = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if given["file"]:
            verdict = queries.by_file(given["file"].read())
        elif given["qr"]:
            verdict = queries.by_text(given["qr"])
        else:
            return HttpResponseRedirect(reverse("credentials:check", args=[given["code"]]))
    status = 200 if request.method == "GET" or form.is_valid() else 422
    return render(
        request, "credentials/verify.html", {"form": form, "verdict": verdict}, status=status
    )


@public
def check(request: HttpRequest, code: str) -> HttpResponse:
    """The real content of the credential with this code."""
    verdict = queries.by_code(normal_code(code)[:40].replace("\0", ""))
    found = verdict.credential is not None
    context = {"form": VerifyForm(), "verdict": verdict}
    return render(request, "credentials/verify.html", context, status=200 if found else 404)


@public
def keys(_request: HttpRequest) -> HttpResponse:
    """The published keys, for whoever verifies without a network."""
    text = queries.published_keys().as_json()
    return HttpResponse(text, content_type="application/json; charset=utf-8")


@guarded("own.pages", about_object=False)
def mine(request: HttpRequest) -> HttpResponse:
    """My credentials, each with its document."""
    rows = Credential.objects.filter(person_id=request.actor.user_id)
    found = rows.select_related("document__file", "body").order_by("-issued_at")
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    return render(request, "credentials/mine.html", {"page": page})
