"""Guards of the doors: every view declares its permission or that it is public."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, resolve_url
from django_htmx.http import HttpResponseClientRedirect

from didaskaleio.kernel import access
from didaskaleio.kernel.web import unsent
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.middleware import page_before

M = TypeVar("M", bound=Model)
View = Callable[..., HttpResponseBase]
PUBLIC = "public"


def public(view: View) -> View:
    """Mark a view that anybody may open."""
    view.permission = PUBLIC  # type: ignore[attr-defined]
    return view


def guarded(permission: str, *, about_object: bool = True) -> Callable[[View], View]:
    """Demand a signed-in person with ``permission``.

    With ``about_object`` (the rule) the view fetches its object through ``one`` or its rows
    through ``rows``, so that a stranger gets 404; otherwise the permission is checked here.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def door(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.actor.user_id is None:
                return to_login(request)
            if not about_object:
                access.require(request.actor, permission)
            return view(request, *args, **kwargs)

        door.permission = permission  # type: ignore[attr-defined]
        return door

    return decorate


def to_login(request: Request) -> HttpResponse:
    """To the login page and back to where the person was going, with what they had typed."""
    if request.method == "GET":
        back = request.get_full_path()
    else:
        back = unsent.keep(request) or page_before(request)
    address = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back})}"
    if request.htmx:  # a script would put the login page into a corner of its own
        return HttpResponseClientRedirect(address)
    return HttpResponseRedirect(address)


def rows(request: Request, permission: str, queryset: QuerySet[M]) -> QuerySet[M]:
    """The rows that the person of this request may see."""
    return access.visible(request.actor, permission, queryset)


def one(request: Request, permission: str, queryset: QuerySet[M], **lookup: Any) -> M:
    """One object that the person of this request may see; 404 for everybody else."""
    for value in lookup.values():
        if isinstance(value, str) and "\0" in value:
            raise Http404
    return get_object_or_404(rows(request, permission, queryset), **lookup)
