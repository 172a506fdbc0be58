"""«Στόχοι και ζήτηση»: what the action wanted, what is planned, who could, asked and got."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from didaskaleio.enrolment.queries import targets as queries
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.programmes.models import TrainingPeriod

TABS = ("region", "cluster", "category")


def _asked(request: Request, name: str, known: tuple[str, ...]) -> str:
    """What the address says, if it is one of what is known; else the first."""
    value = request.GET.get(name, "")
    return value if value in known else known[0]


@guarded("period.read")
def targets(request: Request, period: str) -> HttpResponse:
    """The comparison by region, cluster or category, beside the map of the units."""
    rows = TrainingPeriod.objects.select_related("action__scheme", "action__body")
    the = one(request, "period.read", rows, code=period)
    clusters = list(the.action.scheme.clusters.order_by("order"))
    cluster = _asked(request, "cluster", ("", *(each.code for each in clusters)))
    by = _asked(request, "by", TABS)
    measure = _asked(request, "map", tuple(queries.MEASURES))
    lines = list(queries.compared(the, by, cluster))
    sums = ("target", "seats", "eligible", "applied", "placed")
    context = {
        "period": the,
        "clusters": clusters,
        "cluster": cluster,
        "by": by,
        "tabs": [(key, queries.BY[key].title) for key in TABS],
        "head": queries.BY[by].title,
        "lines": lines,
        "total": {name: sum(getattr(line, name) for line in lines) for name in sums},
        "counted_at": queries.counted_at(the),
        "units": queries.on_map(the, measure, cluster),
        "measure": measure,
        "measures": queries.MEASURES.items(),
        "noun": queries.MEASURES[measure],
    }
    return render(request, "enrolment/targets.html", context)
