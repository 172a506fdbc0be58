"""What the trainees of a programme answered, for its trainer, its centre and its body."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from didaskaleio.completion import queries
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request, number
from didaskaleio.programmes.models import Programme
from didaskaleio.surveys.queries import results
from didaskaleio.surveys.suppression import SMALLEST

SHOWN = 50


@guarded("completion.read")
def opinions(request: Request, pk: int) -> HttpResponse:
    """The closed surveys of the class, and the figures of one of them."""
    rows = Programme.objects.select_related("period__action", "cluster", "centre")
    found = one(request, "completion.read", rows, pk=pk)
    surveys = list(queries.surveys_about(found)[:SHOWN])
    enough = [row for row in surveys if (row.answered or 0) >= SMALLEST]
    asked = number(request.GET.get("survey", ""))
    chosen = next((row for row in enough if row.pk == asked), enough[0] if enough else None)
    page = reverse("completion:programme", args=[pk])
    context = {
        "programme": found,
        "surveys": surveys,
        "enough": {row.pk for row in enough},
        "chosen": chosen,
        "results": results(chosen) if chosen else [],
        "crumbs": [
            {"label": f"Ολοκλήρωση του {found.code}", "url": page},
            {"label": "Τι απάντησαν"},
        ],
    }
    return render(request, "completion/opinions.html", context)
