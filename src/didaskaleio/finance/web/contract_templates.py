"""Pages of contract templates: versions by kind, text, preview with an example."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.credentials.operations import unprintable
from didaskaleio.finance import operations, queries, wording
from didaskaleio.finance.documents import CONTRACT_PDF, example_data
from didaskaleio.finance.enums import ContractKind, PaperKind, TemplateState
from didaskaleio.finance.lifecycle import TEMPLATE
from didaskaleio.finance.models import ContractTemplate
from didaskaleio.finance.web.forms import NewTemplateForm, TemplateForm
from didaskaleio.kernel import journal, typesetting
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.typesetting import TypesettingError
from didaskaleio.kernel.web import overtaking
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.steps import buttons

PAGE = 50


@guarded("finance.desk", about_object=False)
def templates(request: Request) -> HttpResponse:
    """The templates of my body in all their versions; a new version of a kind."""
    bodies = queries.bodies(request.actor)
    form = NewTemplateForm(bodies, request.POST or None)
    if request.method == "POST" and form.is_valid():
        body = bodies.get(pk=form.cleaned_data["body"])
        kind = ContractKind(form.cleaned_data["kind"])
        try:
            made = operations.begin_template(body, kind, actor=request.actor, at=request.at)
        except Refusal as refusal:
            form.add_error("kind", str(refusal))
        else:
            return redirect("finance:template-write", made.pk)
    found = rows(request, "template.keep", ContractTemplate.objects.select_related("body"))
    page = Paginator(found.order_by("kind", "-version"), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "cycle": TEMPLATE}
    return render(request, "finance/templates.html", context, status=422 if form.errors else 200)


def _one(request: Request, pk: int) -> ContractTemplate:
    found = ContractTemplate.objects.select_related("body")
    return one(request, "template.keep", found, pk=pk)


@guarded("template.keep")
def template(request: Request, pk: int) -> HttpResponse:
    """One version: its text, what it asks for, what stands in the way of its use."""
    found = _one(request, pk)
    context = {
        "template": found,
        "blocks": wording.blocks(found.text),
        "requires": [kind.label for kind in PaperKind if kind in found.requires],
        "problems": wording.problems(found.text),
        "cycle": TEMPLATE,
        "steps": buttons(request, TEMPLATE, found),
        "entries": journal.of(found)[:30],
        "states": TemplateState,
        "draft": found.state == TemplateState.DRAFT,
        "crumbs": _crumbs(found),
    }
    return render(request, "finance/template.html", context)


def _crumbs(found: ContractTemplate) -> list[dict[str, str]]:
    return [{"label": "Υποδείγματα", "url": reverse("finance:templates")}, {"label": str(found)}]


@guarded("template.keep")
def template_write(request: Request, pk: int) -> HttpResponse:
    """The text of a draft with the list of its placeholders."""
    drafts = ContractTemplate.objects.select_related("body").filter(state=TemplateState.DRAFT)
    found = one(request, "template.keep", drafts, pk=pk)
    stored = {name: getattr(found, name) for name in TemplateForm.base_fields}
    form = TemplateForm(request.POST or None, initial=stored)
    act = partial(operations.write_template, found)
    done, refusal = overtaking.saved(
        request, form, lambda **by: act(**form.cleaned_data, **by), field="text"
    )
    if done:
        messages.success(request, "Αποθηκεύτηκε.")
        return redirect("finance:template", found.pk)
    theirs = [("Κείμενο", found.text)]
    context = {
        "template": found,
        "form": form,
        "placeholders": wording.PLACEHOLDERS,
        "cancel_url": reverse("finance:template", args=[found.pk]),
        "crumbs": _crumbs(found),
    } | overtaking.opened(request, found, operations.WRITTEN, refusal, theirs)
    page = "finance/template_write.html"
    return render(request, page, context, status=422 if form.errors else 200)


@guarded("template.keep")
def template_example(request: Request, pk: int) -> HttpResponse:
    """The template as a contract with invented facts (PDF)."""
    found = _one(request, pk)
    try:
        pdf = typesetting.render(CONTRACT_PDF.template, example_data(found))
    except TypesettingError as error:
        raise unprintable("Το υπόδειγμα", error) from error
    return HttpResponse(pdf, content_type="application/pdf")
