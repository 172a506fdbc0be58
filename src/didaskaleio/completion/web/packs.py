"""Packs of documents: the list, one pack with its files, an audit pack, the public check."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from didaskaleio.completion import operations
from didaskaleio.completion.enums import PackState
from didaskaleio.completion.lifecycle import PACK
from didaskaleio.completion.models import Pack
from didaskaleio.completion.queries import dossiers as queries
from didaskaleio.completion.queries import verifying
from didaskaleio.completion.web.forms import ArchiveForm, AuditForm
from didaskaleio.kernel import archives, files, journal, limits, packages
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.models import Work
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one, public, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.limits import by_address, limited
from didaskaleio.structures.models import FundedProject

PAGE = 50
CHECKS = limits.declare("pack", "έλεγχοι πακέτων τεκμηρίων: διεύθυνση", 30, 300)


@guarded("pack.desk", about_object=False)
def desk(request: Request) -> HttpResponse:
    """The packs of my body: what, who asked, why; the projects that may be audited."""
    found = rows(request, "pack.read", queries.packs())
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    projects = rows(request, "project.pack", FundedProject.objects.order_by("code"))
    context = {"page": page, "projects": projects[:PAGE], "cycle": PACK}
    return render(request, "completion/packs.html", context)


@guarded("project.pack")
def audit(request: Request, pk: int) -> HttpResponse:
    """Ask for an audit pack of a project: parts, size and seed of the sample, reason."""
    found = one(request, "project.pack", FundedProject.objects.select_related("body"), pk=pk)
    form = AuditForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        sample = operations.Sample(said["size"], said["seed"])
        by = {"reason": said["reason"], "actor": request.actor, "at": request.at}
        try:
            made = operations.pack_project(found, sample, said["parts"], **by)
        except Refusal as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, str(refusal))
        else:
            return redirect("kernel:work", made.work.key)
    context = {
        "project": found,
        "form": form,
        "population": queries.auditable(found).count(),
        "cancel_url": reverse("completion:packs"),
        "crumbs": [*_crumbs(), {"label": "Πακέτο ελέγχου"}],
    }
    page = "completion/pack_audit.html"
    return render(request, page, context, status=422 if form.errors else 200)


def _crumbs() -> list[dict[str, str]]:
    return [{"label": "Πακέτα τεκμηρίων", "url": reverse("completion:packs")}]


@guarded("pack.read")
def pack(request: Request, pk: int) -> HttpResponse:
    """One pack: why, its sample, what is missing, its files and how they are checked."""
    found = one(request, "pack.read", queries.packs(), pk=pk)
    items = found.items.select_related("file")
    units = list(found.units.select_related("programme__period", "programme__centre"))
    context = {
        "pack": found,
        "cycle": PACK,
        "page": Paginator(items, PAGE).get_page(request.GET.get("page")),
        "units": units,
        "lacking": [(unit, each) for unit in units for each in unit.missing],
        "failed": found.work.state == Work.State.FAILED,
        "may_take": found.state == PackState.SEALED,
        "entries": journal.of(found)[:20],
        "states": PackState,
        "crumbs": [*_crumbs(), {"label": found.number or found.code}],
    }
    return render(request, "completion/pack.html", context)


@require_POST
@guarded("pack.read")
def retry(request: Request, pk: int) -> HttpResponse:
    """Go on with a pack that stopped."""
    found = one(request, "pack.read", queries.packs(), pk=pk)
    operations.retry(found, actor=request.actor, at=request.at)
    messages.success(request, "Η προετοιμασία συνεχίζεται.")
    return redirect("kernel:work", found.work.key)


@require_POST
@guarded("pack.read")
def archive(request: Request, pk: int) -> StreamingHttpResponse:
    """The ZIP of a sealed pack, written while it is sent."""
    found = one(request, "pack.read", queries.packs(), pk=pk)
    operations.handed_over(found, actor=request.actor, at=request.at)
    name = content_disposition_header(as_attachment=True, filename=f"{found.number}.zip")
    response = StreamingHttpResponse(archives.stream(_members(found)), content_type=packages.ZIP)
    response["Content-Disposition"] = name
    return response


def _members(pack: Pack) -> Iterator[tuple[str, bytes]]:
    """Manifest, its document, then every file, one at a time."""
    assert pack.manifest is not None  # noqa: S101 - it is sealed
    assert pack.document is not None  # noqa: S101
    yield verifying.MANIFEST, files.read(pack.manifest)
    yield verifying.DOCUMENT, files.read(pack.document.file)
    for item in pack.items.select_related("file").iterator(chunk_size=PAGE):
        yield item.path, files.read(item.file)


@public
@limited(CHECKS, by_address)
def verify(request: Request) -> HttpResponse:
    """Anybody who was given a pack asks whether it is what was sealed; nothing is kept."""
    form = ArchiveForm(request.POST or None, request.FILES or None)
    checked = None
    if request.method == "POST" and form.is_valid():
        checked = verifying.verified(form.cleaned_data["file"])
    context = {"form": form, "checked": checked}
    status = 422 if form.errors or (checked and checked.pack is None) else 200
    return render(request, "completion/pack_verify.html", context, status=status)
