"""Remote signing at the door: to the provider's pages and back."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.credentials import connection, operations
from didaskaleio.credentials.models import RemoteSigning, SigningCase
from didaskaleio.credentials.remote.csc import CscProvider, refused
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.limits import UPLOADS, by_person, limited


def _back() -> str:
    return settings.BASE_URL + reverse("credentials:remote-back")


def _provider() -> CscProvider:
    found = connection.provider()
    if found is None:
        raise Http404
    return found


@require_POST
@guarded("signing_case.sign")
@limited(UPLOADS, by_person)
def begin(request: Request, pk: int) -> HttpResponse:
    """What is about to happen, and the way to the provider's page.

    A link and not a redirect: the policy of our pages lets no form lead to another host.
    """
    rows = SigningCase.objects.select_related("turn__person", "file")
    case = one(request, "signing_case.sign", rows, pk=pk)
    provider = _provider()
    address = operations.begin_remote(
        case, provider, back=_back(), actor=request.actor, at=request.at
    )
    context = {"case": case, "address": address, "provider": provider.name}
    return render(request, "credentials/signing_go.html", context)


@guarded("own.pages", about_object=False)
def back(request: Request) -> HttpResponse:
    """The return from the provider: on to the second permission, or the signature itself."""
    provider = _provider()
    row = operations.open_try(_key(request), actor=request.actor, at=request.at)
    try:
        return _came_back(request, row, provider)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("credentials:case", row.signatory.case_id)


def _came_back(request: Request, row: RemoteSigning, provider: CscProvider) -> HttpResponse:
    code = request.GET.get("code", "")
    if not code:
        raise refused(request.GET.get("error", ""))
    by: dict[str, Any] = {"back": _back(), "actor": request.actor, "at": request.at}
    if row.prepared is None:
        return HttpResponseRedirect(operations.prepare_remote(row, provider, code, **by))
    operations.sign_remotely(row, provider, code, **by)
    messages.success(request, "Η υπογραφή ελέγχθηκε και καταχωρίστηκε.")
    return redirect("credentials:case", row.signatory.case_id)


def _key(request: Request) -> uuid.UUID:
    try:
        return uuid.UUID(request.GET.get("state", ""))
    except ValueError as error:
        raise Http404 from error
