"""Pages of the register of trained teachers: the search, one record, the record as PDF."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from didaskaleio.kernel import limits
from didaskaleio.kernel.access import Actor, allowed
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.limits import by_person, every_time, limited
from didaskaleio.people.models import Person
from didaskaleio.registers import documents, teachers
from didaskaleio.structures.models import Prefecture

PAGE = 50
PRINTED = limits.declare("registers.record", "εκτυπώσεις φακέλου: πρόσωπο", 30, 3600)


class TeacherSearch(forms.Form):
    """Φίλτρα του μητρώου εκπαιδευτικών."""

    is_search = True

    q = forms.CharField(label="Όνομα ή Α.Φ.Μ.", required=False, max_length=80)
    prefecture = forms.ModelChoiceField(
        Prefecture.objects.order_by("sort_key"),
        label="Νομός υπηρέτησης",
        required=False,
        empty_label="Όλοι",
    )
    holds = forms.ChoiceField(label="Κατέχει", required=False)

    def __init__(self, actor: Actor, *args: Any) -> None:
        super().__init__(*args)
        holds: Any = self.fields["holds"]
        holds.choices = [("", "Οτιδήποτε"), *teachers.held_kinds(actor)]


@guarded("teacher_record.desk", about_object=False)
def trained(request: Request) -> HttpResponse:
    """«Μητρώο εκπαιδευτικών»: who has been trained or certified, within one's rights."""
    form = TeacherSearch(request.actor, request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    seen = rows(request, "teacher_record.read", Person.objects.all())
    found = teachers.asked(seen, day=localdate(request.at), **asked)
    figures = teachers.with_figures(found, request.actor)
    page = Paginator(figures, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": [(row, teachers.held_words(row)) for row in page],
        "asked": any(asked.values()),
        "whole": allowed(request.actor, "teacher_record.every"),
    }
    return render(request, "registers/teachers.html", context)


def _person(request: Request, pk: int | None) -> Person:
    key = request.actor.person_id if pk is None else pk
    found = Person.objects.select_related("teacher__specialty").prefetch_related("certificates")
    return one(request, "teacher_record.read", found, pk=key)


@guarded("teacher_record.read")
def record(request: Request, pk: int | None = None) -> HttpResponse:
    """The record of a person; without a number one's own."""
    person = _person(request, pk)
    own = person.pk == request.actor.user_id
    context: dict[str, Any] = {
        "record": teachers.record_of(person, request.actor),
        "person": person,
        "own": own,
        "pdf": _pdf_address(pk),
    }
    if not own:
        desk = {"label": "Μητρώο εκπαιδευτικών", "url": reverse("registers:teachers")}
        context["crumbs"] = [desk, {"label": str(person)}]
    return render(request, "registers/teacher_record.html", context)


def _pdf_address(pk: int | None) -> str:
    if pk is None:
        return reverse("registers:my-record-pdf")
    return reverse("registers:record-pdf", args=[pk])


@guarded("teacher_record.read")
@limited(PRINTED, by_person, when=every_time)
def record_pdf(request: Request, pk: int | None = None) -> HttpResponse:
    """The same record as PDF/A, as it stands at this moment."""
    found = teachers.record_of(_person(request, pk), request.actor)
    pdf = documents.teacher_record(found, request.at)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="fakelos.pdf"'
    return answer
