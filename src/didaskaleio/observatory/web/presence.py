"""Presence in the country: region, centre, then the programmes; what is missed most first."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, rows
from didaskaleio.kernel.web.http import Request, number
from didaskaleio.observatory.queries import presence
from didaskaleio.programmes.models import Programme
from didaskaleio.structures.models import Region

PAGE = 50


@guarded("delivery.progress", about_object=False)
def shown(request: Request) -> HttpResponse:
    """The marks of signed sheets by region, or by centre of one region, with the map."""
    allowed = rows(request, "programme.follow", Programme.objects.all())
    chosen = number(request.GET.get("region", ""))
    region = Region.objects.filter(pk=chosen).first() if chosen is not None else None
    if region:
        allowed = allowed.filter(centre__region=region)
    lines = presence.lines(allowed, "centre" if region else "region")
    context = {
        "region": region,
        "page": Paginator(lines, PAGE).get_page(request.GET.get("page")),
        "total": presence.total(lines),
        "units": presence.units(allowed),
    }
    return render(request, "observatory/presence.html", context)
