"""The public check of authenticity, the published keys, and my own credentials."""

from __future__ import annotations

import base64
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from didaskaleio.credentials import queries, sheet
from didaskaleio.credentials.models import Credential
from didaskaleio.credentials.operations import normal_code
from didaskaleio.credentials.queries import Verdict
from didaskaleio.credentials.web.forms import VerifyForm
from didaskaleio.kernel.web.guard import guarded, public
from didaskaleio.kernel.web.http import Request


@public
def verify(request: Request) -> HttpResponse:
    """Ask by code, file or QR text; a code leads to its own page."""
    form = VerifyForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, status=422)
    given = form.cleaned_data
    if given["file"]:
        return _page(request, VerifyForm(), queries.by_file(given["file"].read()))
    if given["qr"]:
        return _page(request, VerifyForm(), queries.by_text(given["qr"]))
    return HttpResponseRedirect(reverse("credentials:check", args=[given["code"]]))


@public
def check(request: Request, code: str) -> HttpResponse:
    """The real content of the credential with this code."""
    code = normal_code(code[:40])
    verdict = queries.by_code(code)
    status = 200 if verdict.credential or verdict.evidence else 404
    return _page(request, VerifyForm(initial={"code": code}), verdict, status=status)


def _page(
    request: Request, form: VerifyForm, verdict: Verdict | None = None, *, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "verdict": verdict}
    if verdict and verdict.genuine and verdict.credential:
        picture = sheet.qr_png(verdict.credential.signed_content)
        context["qr"] = "data:image/png;base64," + base64.b64encode(picture).decode()
    response = render(request, "credentials/verify.html", context, status=status)
    # names of people are not for search engines, nor for the cache of a shared computer
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store"
    return response


@public
def keys(_request: Request) -> HttpResponse:
    """The published keys, for whoever verifies without a network."""
    text = queries.published_keys().as_json()
    return HttpResponse(text, content_type="application/json; charset=utf-8")


@guarded("own.pages", about_object=False)
def mine(request: Request) -> HttpResponse:
    """My credentials, each with its document."""
    rows = Credential.objects.filter(person_id=request.actor.user_id)
    found = rows.select_related("document__file", "body").order_by("-issued_at")
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    return render(request, "credentials/mine.html", {"page": page})
