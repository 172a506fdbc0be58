"""The teacher's catalogue and the sheet of a programme."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.enrolment.queries import catalogue as queries
from didaskaleio.enrolment.queries import standing as standings
from didaskaleio.enrolment.queries.catalogue import Filters
from didaskaleio.enrolment.queries.demand import demand
from didaskaleio.kernel.greek.moments import WEEKDAYS
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded
from didaskaleio.kernel.web.http import Request
from didaskaleio.programmes.enums import PeriodState
from didaskaleio.programmes.models import TrainingPeriod

PAGE = 12
SHOWN = (PeriodState.DRAFT, PeriodState.CANCELLED)


def periods() -> QuerySet[TrainingPeriod]:
    """Every announced period."""
    rows = TrainingPeriod.objects.exclude(state__in=SHOWN)
    return rows.select_related("action__body", "action__course_version__course")


def the_period(request: Request) -> TrainingPeriod:
    """The period that the address names, else the one that takes applications."""
    asked = request.GET.get("period", "")[:24].replace("\0", "")
    if asked:
        return get_object_or_404(periods(), code=asked)
    found = standings.current_period(request.actor.person_id)
    if found is None:
        raise Http404("Δεν έχει ανακοινωθεί περίοδος επιμόρφωσης.")
    return found


def _filters(request: Request) -> Filters:
    get = request.GET
    return Filters(
        q=get.get("q", "")[:100].replace("\0", ""),
        categories=tuple(get.getlist("category")[:5]),
        days=tuple(int(day) for day in get.getlist("day")[:7] if day in set("1234567")),
        few="few" in get,
        endangered="endangered" in get,
        order=get.get("order", "near"),
    )


def _draft(application: ParticipationApplication | None) -> list[str]:
    return list(application.draft.get("preferences", [])) if application else []


@guarded("enrolment.apply", about_object=False)
def catalogue(request: Request) -> HttpResponse:
    """What I may take, the demand, and why not the rest."""
    period = the_period(request)
    application = standings.application_of(request.actor.person_id, period)
    standing = standings.standing(period, request.actor.person_id, application, request.at)
    asked = _filters(request)
    if why := request.GET.get("why", ""):
        return _away(request, period, standing, why)
    found = queries.catalogue(period, standing, _draft(application), asked)
    context = {
        "period": period,
        "standing": standing,
        "catalogue": found,
        "page": Paginator(found.offers, PAGE).get_page(request.GET.get("page")),
        "filters": asked,
        "application": application,
        "editable": _editable(application, period, request),
        "days": [(n, WEEKDAYS[n - 1], found.days.get(n, 0)) for n in range(1, 7)],
        "broken": [f for f in standing.findings if f.forbids],
    }
    return render(request, "enrolment/catalogue.html", context)


def _away(
    request: Request, period: TrainingPeriod, standing: standings.Standing, why: str
) -> HttpResponse:
    rows = queries.kept_away(period, standing, why)
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    lines: Any = page.object_list
    if lines and not isinstance(lines[0], standings.Ranked):
        lines = standings.judged(lines, standing)
    context = {"period": period, "page": page, "lines": lines, "why": why}
    return render(request, "enrolment/catalogue_away.html", context)


def _editable(
    application: ParticipationApplication | None, period: TrainingPeriod, request: Request
) -> bool:
    if application is not None:
        return standings.still_editable(application, request.at)
    return (
        period.state == PeriodState.PHASE_A
        and period.phase_a_opens <= request.at <= period.phase_a_closes
    )


@guarded("enrolment.apply", about_object=False)
def programme(request: Request, period: str, code: str) -> HttpResponse:
    """The full sheet of a programme with what the rules say of me."""
    found = get_object_or_404(periods(), code=period)
    rows = standings.listed(found, [code])
    if not rows or rows[0].state in {"draft", "submitted", "returned", "checked", "rejected"}:
        raise Http404
    application = standings.application_of(request.actor.person_id, found)
    standing = standings.standing(found, request.actor.person_id, application, request.at)
    ranked = standings.judged(rows, standing)[0]
    context = _sheet(ranked) | {
        "period": found,
        "standing": standing,
        "editable": _editable(application, found, request)
        and (application is None or application.state in EDITED),
        "listed": code in _draft(application),
    }
    return render(request, "enrolment/programme.html", context)


EDITED = (ApplicationState.DRAFT, ApplicationState.SUBMITTED)


def _sheet(ranked: standings.Ranked) -> dict[str, Any]:
    row = ranked.programme
    version = row.period.action.course_version
    return {
        "programme": row,
        "ranked": ranked,
        "slots": list(row.slots.all()),
        "version": version,
        "objectives": list(version.objectives.all()),
        "units": list(version.units.all()),
        "demand": demand(row.period_id, [row.code])[row.code],
        "when": queries.when([row.pk]).get(row.pk, queries.When()),
    }
