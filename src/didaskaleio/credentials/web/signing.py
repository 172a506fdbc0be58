"""Pages of signing cases: what I sign, one case with its turns, the desk of the body."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.credentials import connection, operations, queries
from didaskaleio.credentials.enums import SigningState
from didaskaleio.credentials.lifecycle import SIGNING
from didaskaleio.credentials.models import SigningCase
from didaskaleio.credentials.web.forms import SignedFileForm
from didaskaleio.kernel import access, journal, links
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web import desks
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.limits import UPLOADS, by_person, limited
from didaskaleio.kernel.web.steps import buttons

PAGE = 25


@guarded("own.pages", about_object=False)
def mine(request: Request) -> HttpResponse:
    """«Προς υπογραφή»: the documents that I sign or have signed, those that wait first."""
    found = queries.mine(request.actor.person_id)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "lifecycle": SIGNING, "person": request.actor.user_id}
    return render(request, "credentials/signing_mine.html", context)


@guarded("signing_case.desk", about_object=False)
def desk(request: Request) -> HttpResponse:
    """The signing cases of the body, by state."""
    found = rows(request, "signing_case.manage", queries.listed())
    offered = desks.views(SigningState, "Όλοι")
    desk = desks.by_state(request, found, offered, start=SigningState.OPEN)
    context = {
        "page": Paginator(desk.rows, PAGE).get_page(request.GET.get("page")),
        "lifecycle": SIGNING,
        "desk": desk,
    }
    return render(request, "credentials/signing_desk.html", context)


@guarded("signing_case.read")
def case(request: Request, pk: int) -> HttpResponse:
    """One case: the document, who signed and how we know, what I can do now."""
    return page(request, _case(request, "signing_case.read", pk), SignedFileForm())


def _crumbs(request: Request, found: SigningCase) -> list[dict[str, str]]:
    desk = access.allowed(request.actor, "signing_case.manage", found)
    label, name = ("Υπογραφές", "signing-desk") if desk else ("Προς υπογραφή", "my-signing")
    return [{"label": label, "url": reverse(f"credentials:{name}")}, {"label": found.title}]


def page(
    request: Request, found: SigningCase, form: SignedFileForm, *, status: int = 200
) -> HttpResponse:
    """The page of a case, with the form of the upload as it stands."""
    turn = found.turn
    context: dict[str, Any] = {
        "case": found,
        "turns": found.signatories.select_related("person", "body", "file", "instead_of"),
        **_standing_in(request, found),
        "turn": turn,
        "my_turn": turn is not None and access.allowed(request.actor, "signing_case.sign", found),
        "form": form,
        "remote": connection.called(),
        "lifecycle": SIGNING,
        "steps": buttons(request, SIGNING, found),
        "entries": journal.of(found),
        "states": SigningState,
        "links": links.of(found, request.actor),
        "crumbs": _crumbs(request, found),
    }
    return render(request, "credentials/signing_case.html", context, status=status)


def _standing_in(request: Request, found: SigningCase) -> dict[str, Any]:
    """Whether the person may put another in a turn, and whose post is vacant."""
    open_ = found.state == SigningState.OPEN
    may = open_ and access.allowed(request.actor, "signing_case.replace", found)
    return {"replaces": may, "vacant": queries.vacant(found, request.at) if may else set()}


@require_POST
@guarded("signing_case.sign")
@limited(UPLOADS, by_person)
def upload(request: Request, pk: int) -> HttpResponse:
    """The document as it was signed elsewhere; what is wrong with it stands beside the field."""
    found = _case(request, "signing_case.sign", pk)
    form = SignedFileForm(request.POST, request.FILES)
    if form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            operations.sign_by_upload(found, content, actor=request.actor, at=request.at)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return _signed(request, pk)
    return page(request, found, form, status=422)


@require_POST
@guarded("signing_case.sign")
def seal(request: Request, pk: int) -> HttpResponse:
    """The seal of the body whose turn it is."""
    found = _case(request, "signing_case.sign", pk)
    operations.sign_by_seal(found, actor=request.actor, at=request.at)
    return _signed(request, pk)


def _signed(request: Request, pk: int) -> HttpResponseRedirect:
    messages.success(request, "Η υπογραφή ελέγχθηκε και καταχωρίστηκε.")
    return redirect("credentials:case", pk)


def _case(request: Request, permission: str, pk: int) -> SigningCase:
    found = SigningCase.objects.select_related(
        "turn__person", "turn__body", "body", "file", "document__file", "opened_by"
    )
    return one(request, permission, found, pk=pk)
