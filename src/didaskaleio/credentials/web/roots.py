"""The list of trust: authorities whose signatures count, added and ended by the operator."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from didaskaleio.credentials import operations
from didaskaleio.credentials.enums import RootState
from didaskaleio.credentials.lifecycle import ROOT
from didaskaleio.credentials.models import TrustRoot
from didaskaleio.credentials.web.forms import RootForm
from didaskaleio.kernel import journal
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.steps import buttons

PAGE = 50


@guarded("trust_root.manage", about_object=False)
def listed(request: Request) -> HttpResponse:
    """«Έμπιστες ρίζες» and the form that adds one."""
    form = RootForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            root = _added(request, form)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, f"Η αρχή «{root}» προστέθηκε στον κατάλογο εμπιστοσύνης.")
            return redirect("credentials:roots")
    found = rows(request, "trust_root.manage", TrustRoot.objects.order_by("name", "pk"))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "lifecycle": ROOT}
    status = 422 if form.errors else 200
    return render(request, "credentials/roots.html", context, status=status)


def _added(request: Request, form: RootForm) -> TrustRoot:
    content = form.cleaned_data["file"].read()
    name = form.cleaned_data["name"]
    return operations.add_root(content, name=name, actor=request.actor, at=request.at)


@guarded("trust_root.manage")
def shown(request: Request, pk: int) -> HttpResponse:
    """One authority: its certificate, since when it is trusted, who said so."""
    root = one(request, "trust_root.manage", TrustRoot.objects.all(), pk=pk)
    context = {
        "root": root,
        "lifecycle": ROOT,
        "steps": buttons(request, ROOT, root),
        "entries": journal.of(root),
        "states": RootState,
    }
    return render(request, "credentials/root.html", context)
