"""Pages of an import of members: the sheet, its columns, what each line becomes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.kernel import journal
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.limits import UPLOADS, by_person, limited
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.registers import operations
from didaskaleio.registers.batches import MEMBER_IMPORT, facts_of
from didaskaleio.registers.enums import BatchState, LineKind
from didaskaleio.registers.models import MemberImport
from didaskaleio.registers.web.registers import crumbs_of, register_of
from didaskaleio.registers.web.rows import form_page

PAGE, SAMPLES, LATEST = 50, 8, 20
MAY = "member_import.keep"


class SheetForm(forms.Form):
    """Το φύλλο με τα μέλη."""

    file = forms.FileField(label="Αρχείο", help_text="XLSX, XLS ή CSV, έως 4 MB και 2.000 γραμμές.")


class MemberColumns(forms.Form):
    """Which column holds each fact and each field of the register."""

    prefix = "column"

    def __init__(self, row: MemberImport, *args: Any) -> None:
        super().__init__(*args)
        samples = list(row.lines.values_list("cells", flat=True)[:SAMPLES])
        choices = [(str(n), cell or f"Στήλη {n + 1}") for n, cell in enumerate(row.heading)]
        for fact in facts_of(row.register.fields()):
            place = row.columns.get(fact.name)
            self.fields[fact.name] = forms.ChoiceField(
                label=fact.label,
                required=fact.required,
                choices=[("", "Δεν υπάρχει στο αρχείο"), *choices],
                initial="" if place is None else str(place),
                help_text=_examples(samples, place),
            )

    def columns(self) -> dict[str, int]:
        """Fact → column, of what was chosen."""
        return {name: int(value) for name, value in self.cleaned_data.items() if value}


def _examples(samples: Sequence[Sequence[str]], place: int | None) -> str:
    if place is None:
        return ""
    values = (row[place].strip()[:30] for row in samples if place < len(row))
    found = [value for value in dict.fromkeys(values) if value][:3]
    return f"Π.χ. {', '.join(found)}" if found else "Η στήλη είναι κενή στις πρώτες γραμμές."


@guarded("register.manage")
@limited(UPLOADS, by_person)
def new(request: Request, pk: int) -> HttpResponse:
    """A sheet of members, and the sheets that came before."""
    register = register_of(request, pk)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        by: dict[str, Any] = {"actor": request.actor, "at": request.at}
        try:
            made = operations.receive_members(register, upload, upload.name, **by)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("registers:member-columns", made.pk)
    context = {
        "form": form,
        "register": register,
        "batches": MemberImport.objects.filter(register=register)[:LATEST],
        "cycle": MEMBER_IMPORT,
        "crumbs": crumbs_of(register, "Εισαγωγή από αρχείο"),
        "cancel_url": reverse("registers:members", args=[pk]),
    }
    return form_page(request, "registers/member_sheet.html", form, context)


def _batch(request: Request, pk: int) -> MemberImport:
    found = MemberImport.objects.select_related("register__form", "register__body")
    return one(request, MAY, found, pk=pk)


def _crumbs(row: MemberImport, here: str = "") -> list[dict[str, str]]:
    found = crumbs_of(row.register, " ")[:2]
    address = reverse("registers:member-imports", args=[row.register_id])
    found.append({"label": "Εισαγωγή από αρχείο", "url": address})
    if not here:
        return [*found, {"label": row.name}]
    page = {"label": row.name, "url": reverse("registers:member-import", args=[row.pk])}
    return [*found, page, {"label": here}]


@guarded("member_import.keep")
def columns(request: Request, pk: int) -> HttpResponse:
    """Which column is what: as recognised, to be confirmed; then every line is checked."""
    row = _batch(request, pk)
    form = MemberColumns(row, request.POST or None)
    if request.method == "POST" and form.is_valid():
        by: dict[str, Any] = {"actor": request.actor, "at": request.at}
        try:
            operations.map_members(row, columns=form.columns(), **by)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Οι γραμμές ελέγχθηκαν. Δεν έχει γραφτεί τίποτε ακόμη.")
            return redirect("registers:member-import", pk)
    context = {"form": form, "row": row, "crumbs": _crumbs(row, "Στήλες")}
    context["cancel_url"] = reverse("registers:member-import", args=[pk])
    return form_page(request, "registers/member_columns.html", form, context)


@guarded("member_import.keep")
def shown(request: Request, pk: int) -> HttpResponse:
    """One batch: how many lines become what, each with its reason, and what may be done."""
    row = _batch(request, pk)
    kind = request.GET.get("kind", "")
    kind = kind if kind in LineKind.values else ""
    lines = row.lines.select_related("person", "membership")
    many = Counter(row.lines.values_list("kind", flat=True))
    if kind:
        lines = lines.filter(kind=kind)
    if request.GET.get("kept") == "1":
        lines = lines.exclude(kept="")
    context = {
        "row": row,
        "cycle": MEMBER_IMPORT,
        "states": BatchState,
        "page": Paginator(lines, PAGE).get_page(request.GET.get("page")),
        "kind": kind,
        "kinds": [(one.value, one.label, many[one.value]) for one in LineKind if many[one.value]],
        "total": sum(many.values()),
        "kept": row.lines.exclude(kept="").count(),
        "steps": buttons(request, MEMBER_IMPORT, row),
        "may_map": MEMBER_IMPORT.can("map", row, request.actor, request.at),
        "entries": journal.of(row),
        "crumbs": _crumbs(row),
    }
    return render(request, "registers/member_import.html", context)
