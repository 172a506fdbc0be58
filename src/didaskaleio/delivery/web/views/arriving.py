"""The trainee arrives: the code of the room, read by the camera or typed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from didaskaleio.delivery import minutes, operations, queries
from didaskaleio.delivery.models import Sign
from didaskaleio.delivery.rules import codes
from didaskaleio.delivery.web import forms, show
from didaskaleio.kernel import limits
from didaskaleio.kernel.web import device as devices
from didaskaleio.kernel.web.guard import guarded
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.limits import by_person, limited

TRIES = limits.declare("delivery.code", "κωδικοί αίθουσας: πρόσωπο", 30, 600)


@guarded("delivery.mine", about_object=False)
@limited(TRIES, by_person)
def check_in(request: Request) -> HttpResponse:
    """Declare that I am there; the code in the address fills the field."""
    device = devices.of(request)
    form = forms.CodeForm(request.POST or None, initial={"code": _given(request)})
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        made = operations.check_in(code, device=device, actor=request.actor, at=request.at)
        hour = show.hour(made.seen_at)
        messages.success(request, f"Η παρουσία σας δηλώθηκε στις {hour}.")
        return redirect("delivery:check-in")
    page = render(request, "delivery/check_in.html", _context(request, form))
    return devices.remembered(page, device)


def _given(request: Request) -> str:
    return codes.normal(request.GET.get("code", "")[:12])[: codes.LENGTH]


def _context(request: Request, form: Any) -> dict[str, Any]:
    found = queries.with_programme(queries.checking_in(request.actor, request.at))
    sessions = list(found.order_by("starts_at", "pk"))
    mine = Sign.objects.filter(
        session__in=sessions, source="code", row__person_id=request.actor.user_id or 0
    )
    arrived = {sign.session_id: sign for sign in mine}
    room = minutes.classroom() is not None
    lines = [
        (
            session,
            show.when(session),
            room and queries.classroom_open(session, request.at),
            arrived.get(session.pk),
            queries.recordings.foretold(session, request.at),
        )
        for session in sessions
    ]
    return {
        "lines": lines,
        "form": form,
        "asks": any(sign is None for *_, sign, _until in lines),
        "crumbs": show.crumbs(("Δήλωση παρουσίας", "")),
    }
