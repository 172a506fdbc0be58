"""The public check of authenticity, the published keys, and my own credentials."""

from __future__ import annotations

import base64
from typing import Any

from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from didaskaleio.credentials import queries, sheet
from didaskaleio.credentials.models import Credential
from didaskaleio.credentials.operations import normal_code
from didaskaleio.credentials.queries import Verdict
from didaskaleio.credentials.web.forms import CodeForm, FileForm, TextForm
from didaskaleio.kernel import limits
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, public
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.limits import by_address, every_time, limited

CHECKS = limits.declare("verify", "έλεγχοι γνησιότητας: διεύθυνση", 300, 300)


@public
@limited(CHECKS, by_address)
def verify(request: Request) -> HttpResponse:
    """Ask by code, file or QR text; a code leads to its own page."""
    if request.method != "POST":
        return _page(request)
    if "file" in request.FILES:
        return _by_file(request)
    if "qr" in request.POST:
        return _by_text(request)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, code_form=form, status=422)
    return HttpResponseRedirect(reverse("credentials:check", args=[form.cleaned_data["code"]]))


def _by_file(request: Request) -> HttpResponse:
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, file_form=form, status=422)
    content = form.cleaned_data["file"].read()
    verdict = queries.by_file(content)
    if verdict.other:
        verdict = queries.by_signatures(content, request.at)
    return _page(request, verdict)


def _by_text(request: Request) -> HttpResponse:
    form = TextForm(request.POST)
    if not form.is_valid():
        return _page(request, text_form=form, status=422)
    return _page(request, queries.by_text(form.cleaned_data["qr"]))


@public
@limited(CHECKS, by_address, when=every_time)
def check(request: Request, code: str) -> HttpResponse:
    """The real content of the credential with this code."""
    code = normal_code(code[:40])
    verdict = queries.by_code(code)
    status = 200 if verdict.credential or verdict.evidence else 404
    return _page(request, verdict, code_form=CodeForm(initial={"code": code}), status=status)


def _page(
    request: Request, verdict: Verdict | None = None, *, status: int = 200, **forms: Form
) -> HttpResponse:
    blank: dict[str, Any] = {
        "code_form": CodeForm(),
        "file_form": FileForm(),
        "text_form": TextForm(),
    }
    context = blank | forms | {"checked": verdict}
    if verdict and verdict.good and verdict.credential:
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
    rows = Credential.objects.filter(person_id=request.actor.user_id or 0)
    found = rows.select_related("document__file", "body").order_by("-issued_at")
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    return render(request, "credentials/mine.html", {"page": page})
