"""Means by region: a region's own beside the country's, all of them for the ministry."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from didaskaleio.kernel.web.guard import guarded, rows
from didaskaleio.kernel.web.http import Request, number
from didaskaleio.surveys import queries
from didaskaleio.surveys.enums import Audience
from didaskaleio.surveys.models import Questionnaire, Survey


@guarded("survey.regions", about_object=False)
def regions(request: Request) -> HttpResponse:
    """One question of a questionnaire of trainees: the regions that I may see, and the country."""
    own = rows(request, "survey.of_region", Survey.objects.filter(region__isnull=False))
    asked = number(request.GET.get("questionnaire", ""))
    found = _judging(own)
    chosen = next((row for row in found if row.pk == asked), found[0] if found else None)
    context = {"questionnaires": found, "questionnaire": chosen}
    if chosen:
        context |= _compared(chosen, own, request.GET.get("item", ""))
    return render(request, "surveys/regions.html", context)


def _judging(own: Any) -> list[Questionnaire]:
    """The questionnaires of trainees of which there is something to show."""
    shown = own.filter(state="closed", answered__gte=queries.SMALLEST)
    found = queries.questionnaires().filter(audience=Audience.TRAINEE)
    return list(found.filter(pk__in=shown.values("questionnaire"))[:50])


def _compared(chosen: Questionnaire, own: Any, item: str) -> dict[str, Any]:
    version = queries.newest(chosen)
    items = queries.items_of(version.parsed()) if version else []
    if version is None or not items:
        return {"items": []}
    about = next((one for one in items if one.key == item), items[0])
    closed = queries.closed_of(chosen).filter(region__isnull=False)
    mine = closed.filter(pk__in=own.values("pk")).values_list("pk", flat=True)
    every = closed.values_list("pk", flat=True)
    lines = queries.compared(version.parsed(), mine, "region")
    whole = queries.compared(version.parsed(), every, "all")
    return {
        "items": items,
        "item": about,
        "lines": [line for line in lines if about.fits(line)],
        "whole": next((line for line in whole if about.fits(line)), None),
    }
