"""My hours: what a trainer or a member of staff worked, by the signed sheets."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from didaskaleio.delivery import queries
from didaskaleio.delivery.lifecycle import UNMARKED
from didaskaleio.delivery.models import Attendance
from didaskaleio.delivery.web import show
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded
from didaskaleio.kernel.web.http import Request


@guarded("delivery.hours", about_object=False)
def hours(request: Request) -> HttpResponse:
    """My hours in each programme, then session by session."""
    mine = Attendance.objects.filter(person_id=request.actor.user_id or 0)
    worked = queries.with_worked(mine, request.at)
    lines = worked.select_related("session__programme").order_by("-session__starts_at", "-pk")
    totals = queries.totals_of(worked)
    waiting = mine.filter(
        attendee__in=queries.STAFF, session__ends_at__lte=request.at,
        session__programme__state="running",
    ).exclude(session__state__in=UNMARKED)  # fmt: skip
    page = Paginator(lines, 50).get_page(request.GET.get("page"))
    context = {
        "totals": totals,
        "hours": sum(row["hours"] for row in totals),
        "waiting": waiting.count(),
        "page": page,
        "lines": [(row, show.when(row.session), show.KINDS[row.mark]) for row in page],
    }
    return render(request, "delivery/hours.html", context)
