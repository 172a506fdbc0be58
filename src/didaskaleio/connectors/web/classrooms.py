"""The doors by which the virtual classroom tells of a meeting that is over: what, and recorded."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from didaskaleio.connectors import operations
from didaskaleio.connectors.bbb import events
from didaskaleio.delivery import operations as delivery
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.web.guard import public
from didaskaleio.kernel.web.http import Request


@require_POST
@public
@csrf_exempt
def recorded(request: Request) -> HttpResponse:
    """Take in a record that the shared secret signs; the same one again is harmless."""
    secret = settings.BBB_SECRET if settings.BBB else ""
    if not events.trusted(request.headers.get("Authorization", ""), secret, request.at):
        return _said("Το μήνυμα δεν έχει έγκυρη υπογραφή.", HTTPStatus.UNAUTHORIZED)
    try:
        record = events.read(request.body)
    except events.UnreadableError:
        return _said("Το μήνυμα δεν είναι συμβάντα συνάντησης.", HTTPStatus.BAD_REQUEST)
    kept = operations.take_record(record, actor=SYSTEM, at=request.at)
    return JsonResponse({"kept": kept})


@require_POST
@public
@csrf_exempt
def ready(request: Request) -> HttpResponse:
    """A recording is ready, says the server: the platform will ask it what there is."""
    secret = settings.BBB_SECRET if settings.BBB else ""
    session = events.ready(request.POST.get("signed_parameters", ""), secret)
    if session is None:
        return _said("Το μήνυμα δεν έχει έγκυρη υπογραφή.", HTTPStatus.UNAUTHORIZED)
    return JsonResponse({"asked": delivery.hasten(session, at=request.at)})


def _said(sentence: str, status: HTTPStatus) -> HttpResponse:
    return JsonResponse(
        {"refused": sentence}, status=status, json_dumps_params={"ensure_ascii": False}
    )
