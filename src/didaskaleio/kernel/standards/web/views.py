"""Pages of standards: the list, one with its versions, writing it, acknowledging it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import COUNTRY
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.forms import owners
from didaskaleio.kernel.forms.operations import Owner
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.standards import operations, queries
from didaskaleio.kernel.standards.models import Standard, StandardFile, StandardVersion
from didaskaleio.kernel.standards.web.forms import FileForm, NewForm, TextForm
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request, number
from didaskaleio.kernel.web.limits import UPLOADS, by_person, limited
from didaskaleio.kernel.web.middleware import page_before


def _crumbs(standard: Standard | None = None, here: str = "") -> list[dict[str, str]]:
    found = [{"label": "Πρότυπα και οδηγίες", "url": reverse("kernel:standards")}]
    if standard is not None:
        url = reverse("kernel:standard", args=[standard.pk]) if here else ""
        found.append({"label": standard.title, "url": url})
    return [*found, {"label": here}] if here else found


@guarded("standard.pages", about_object=False)
def standards(request: Request) -> HttpResponse:
    """The standards that I write, by stage."""
    found = queries.listed(rows(request, "standard.write", Standard.objects.all()))
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    return render(request, "kernel/standards/list.html", {"page": page})


@guarded("standard.pages", about_object=False)
def new_standard(request: Request) -> HttpResponse:
    """«Νέο πρότυπο»: whose, stage, roles, text."""
    mine = _owners(request)
    form = NewForm(mine, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        owner = mine[given.pop("owner")]
        try:
            made = operations.begin(owner, actor=request.actor, at=request.at, **given)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Το πρόχειρο αποθηκεύτηκε. Δημοσιεύστε το όταν είναι έτοιμο.")
            return redirect("kernel:standard", made.standard_id)
    context = {"form": form, "cancel_url": reverse("kernel:standards")}
    return render(request, "kernel/standards/new.html", context | {"crumbs": _crumbs(None, "Νέο")})


def _owners(request: Request) -> dict[str, Owner]:
    """For whom the person writes: bodies, and the ministry for all of them."""
    found = owners.of(request.actor)
    everybody = Standard(scope=COUNTRY, scope_id=0)
    if access.allowed(request.actor, "standard.write", everybody):
        found.append(Owner(COUNTRY, 0, "Υπουργείο, για όλους τους φορείς"))
    return {f"{each.scope}:{each.scope_id}": each for each in found}


@guarded("standard.open")
def standard(request: Request, pk: int) -> HttpResponse:
    """One standard: the version in force or asked for; for who writes it, draft and readers."""
    the = one(request, "standard.open", Standard.objects.all(), pk=pk)
    writes = access.allowed(request.actor, "standard.write", the)
    version = _shown(the, request.GET.get("version", ""), drafts=writes)
    mine = version.acknowledgements.filter(person_id=request.actor.person_id).first()
    context: dict[str, Any] = {
        "standard": the,
        "version": version,
        "versions": the.versions.all() if writes else [],
        "mine": mine,
        "readers": version.acknowledgements.count(),
        "may_write": writes,
        "entries": journal.of(the)[:20] if writes else None,
        "file_form": FileForm(),
        "crumbs": _crumbs(the) if writes else None,
    }
    return render(request, "kernel/standards/standard.html", context)


def _shown(the: Standard, asked: str, *, drafts: bool) -> StandardVersion:
    """The version asked for, else the one in force, else the draft for who writes it."""
    found = the.versions.prefetch_related("files__file")
    if not drafts:
        found = found.exclude(published_at=None)
    if asked:
        version = found.filter(number=number(asked) or 0).first()
    else:
        in_force = found.filter(published_at__isnull=False, retired_at=None)
        version = in_force.first() or found.first()
    if version is None:
        raise Http404
    return version


def _draft(request: Request, pk: int) -> StandardVersion:
    the = one(request, "standard.write", Standard.objects.all(), pk=pk)
    version = the.versions.filter(published_at=None).select_related("standard").first()
    if version is None:
        raise Http404
    return version


def _to(version: StandardVersion) -> HttpResponseRedirect:
    page = reverse("kernel:standard", args=[version.standard_id])
    return HttpResponseRedirect(f"{page}?version={version.number}")


@guarded("standard.write")
def text(request: Request, pk: int) -> HttpResponse:
    """The text of the draft."""
    version = _draft(request, pk)
    first = {"text": version.text, "demanded": version.demanded}
    form = TextForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        operations.write(version, actor=request.actor, at=request.at, **form.cleaned_data)
        messages.success(request, "Αποθηκεύτηκε.")
        return _to(version)
    context = {"form": form, "standard": version.standard, "version": version}
    context["crumbs"] = _crumbs(version.standard, "Κείμενο")
    return render(request, "kernel/standards/text.html", context)


@require_POST
@guarded("standard.write")
@limited(UPLOADS, by_person)
def attach(request: Request, pk: int) -> HttpResponseRedirect:
    """A file beside the draft."""
    version = _draft(request, pk)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        raise Refusal("Διαλέξτε αρχείο και γράψτε τον τίτλο του.")
    upload, title = form.cleaned_data["file"], form.cleaned_data["title"]
    operations.attach(version, upload, upload.name, title=title, actor=request.actor, at=request.at)
    return _to(version)


@require_POST
@guarded("standard.write")
def detach(request: Request, pk: int, attached: int) -> HttpResponseRedirect:
    """Take a file away from the draft."""
    version = _draft(request, pk)
    row = StandardFile.objects.filter(version=version, pk=attached).first()
    if row is None:
        raise Http404
    operations.detach(row, actor=request.actor, at=request.at)
    return _to(version)


@require_POST
@guarded("standard.write")
def act(request: Request, pk: int, name: str) -> HttpResponseRedirect:
    """Publish the draft, begin the next version, or retire the standard."""
    by: dict[str, Any] = {"actor": request.actor, "at": request.at}
    the = one(request, "standard.write", Standard.objects.all(), pk=pk)
    if name == "publish":
        operations.publish(_draft(request, pk), **by)
        messages.success(request, "Δημοσιεύτηκε και ισχύει από τώρα.")
    elif name == "next":
        return _to(operations.draft_next(the, **by))
    elif name == "retire":
        operations.retire(the, reason=request.POST.get("reason", "")[:500], **by)
        messages.success(request, "Αποσύρθηκε.")
    else:
        raise Http404
    return HttpResponseRedirect(reverse("kernel:standard", args=[pk]))


@require_POST
@guarded("standard.open")
def acknowledge(request: Request, pk: int) -> HttpResponseRedirect:
    """«Έλαβα γνώση» of the version in force."""
    the = one(request, "standard.open", Standard.objects.all(), pk=pk)
    version = _shown(the, request.POST.get("version", ""), drafts=False)
    operations.acknowledge(version, actor=request.actor, at=request.at)
    messages.success(request, f"Καταγράφηκε ότι λάβατε γνώση: «{the}», {version}.")
    return HttpResponseRedirect(page_before(request))
