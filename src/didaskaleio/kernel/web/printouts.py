"""The door of printed forms: one address for all, each under its own permission."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from didaskaleio.kernel import printouts
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.typesetting import TypesettingError
from didaskaleio.kernel.web.guard import one, to_login
from didaskaleio.kernel.web.http import Request


def printed(request: Request, name: str, pk: int) -> HttpResponse:
    """A printed form about one object, as PDF."""
    if request.actor.user_id is None:
        return to_login(request)
    found = printouts.known.get(name)
    if found is None:
        raise Http404
    thing = one(request, found.permission, found.some(), pk=pk)
    try:
        content = printouts.render(found, thing, at=request.at)
    except TypesettingError as error:
        raise Refusal(
            "Το έντυπο δεν τυπώνεται: κάποιο γράμμα δεν υπάρχει στη γραμματοσειρά. "
            "Διορθώστε το όνομα ή το θέμα που το περιέχει και ξαναδοκιμάστε."
        ) from error
    headers = {"Content-Disposition": f'inline; filename="{name}-{pk}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


printed.permission = "printout"  # type: ignore[attr-defined]
