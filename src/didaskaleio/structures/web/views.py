"""Pages of room structures: centres, clusters, funded projects."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate

from didaskaleio.kernel import greek, links
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one, public, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.structures import queries, reports
from didaskaleio.structures.models import ClusterScheme, FundedProject, TrainingCentre
from didaskaleio.structures.web.forms import CentreFilter, ClusterFilter

PAGE = 25


@public
def centres(request: Request) -> HttpResponse:
    """The directory of training centres, by region, prefecture and name."""
    form = CentreFilter(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.centres(day=request.at.date(), **asked)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "structures/centres.html", {"form": form, "page": page})


@public
def centre(request: Request, pk: int) -> HttpResponse:
    """One training centre with its rooms."""
    found = get_object_or_404(
        TrainingCentre.objects.select_related(
            "prefecture", "region", "regional_unit", "directorate", "school__type", "body"
        ),
        pk=pk,
    )
    return render(
        request,
        "structures/centre.html",
        {
            "centre": found,
            "rooms": found.rooms.filter(in_use=True).order_by("name"),
            "approved": found.approved_on(localdate(request.at)),
            "links": links.of(found, request.actor),
            "crumbs": [
                {"label": "Κ.Σ.Ε.", "url": reverse("structures:centres")},
                {"label": found.name},
            ],
        },
    )


@public
def clusters(request: Request) -> HttpResponse:
    """Which specialty belongs to which cluster, level by level."""
    form = ClusterFilter(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    scheme = asked.get("scheme") or ClusterScheme.objects.get(level="B2", valid_until=None)
    groups = list(queries.cluster_groups(scheme, asked.get("q", "")))
    return render(
        request,
        "structures/clusters.html",
        {"form": form, "scheme": scheme, "groups": groups, "q": asked.get("q", "")},
    )


@guarded("project.view")
def projects(request: Request) -> HttpResponse:
    """The funded projects that the person answers for."""
    found = rows(request, "project.view", FundedProject.objects.select_related("body"))
    return render(request, "structures/projects.html", {"projects": found.order_by("code")})


@guarded("project.view")
def project(request: Request, code: str) -> HttpResponse:
    """A funded project: codes, targets, and what its documents carry from which date."""
    found = one(request, "project.view", FundedProject.objects.select_related("body"), code=code)
    day = request.at.date()
    texts = list(found.texts.order_by("-valid_from"))
    return render(
        request,
        "structures/project.html",
        {
            "project": found,
            "texts": texts,
            "now": next((text for text in texts if text.valid_from <= day), None),
            "pairs": _facts(found),
            "achieved": reports.achievements(found, request.actor),
            "links": links.of(found, request.actor),
            "crumbs": [
                {"label": "Πράξεις", "url": reverse("structures:projects")},
                {"label": found.code},
            ],
        },
    )


def _facts(project: FundedProject) -> list[tuple[str, str]]:
    until, eligible = project.retention_until, ""
    if project.eligible_from and project.eligible_until:
        eligible = greek.date_span(project.eligible_from, project.eligible_until)
    return [
        ("Συνέχεια της Πράξης", project.predecessor_code),
        ("Δικαιούχος", project.body.name),
        ("Ταμείο", project.fund),
        ("Πλαίσιο", project.framework),
        ("Επιλεξιμότητα δαπανών", eligible),
        ("Τήρηση τεκμηρίων έως", greek.short_date(until) if until else ""),
    ]
